"""What was told stands: by chance nothing brings a calmer box than what was told and not denied."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import Decision
from consult_app.domain.history import Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.handing_over import hands_over
from tests.gui.conftest import Clock
from tests.gui.telling import Memory, Teller, Told, find_item
from tests.gui.test_random_work import judge_anew
from tests.gui.touring import make_last, workspace_of
from tests.knowledge.oracle.asking import STRONGEST, Say, ask
from tests.knowledge.oracle.cases import CONCERNS, MAKERS, CaseMaker
from tests.knowledge.oracle.reckoning import Meant

BORN = date(1984, 3, 3)
LAST = date(2026, 3, 9)
TOLD_FIRST = 5
STEPS = 14


def ask_of(memory: Memory, visit: Consultation, depth_mm: float | None) -> Say:
    """Return what the reference says of what stands told."""
    stands = memory.stands()
    told: dict[str, list[object]] = {}
    facts = Facts(phototype=2)
    for (name, _), it in stands.items():
        if name == "person":
            facts = replace(facts, **it.said)
        else:
            told.setdefault(name, []).append(it.said)
    lists: Any = {name: tuple(entries) for name, entries in told.items()}
    first = visit.plan.first_session
    meant = Meant(
        day=first.date() if first is not None else visit.visit_date,
        told=min((it.on for it in stands.values()), default=visit.visit_date),
        areas=tuple(it.area for it in visit.plan.targets),
        depth_mm=depth_mm if depth_mm is not None else 0.25,
        phototype=2,
        device="generic",
    )
    return ask(replace(facts, **lists), BORN, meant)


def stands_in(box: Decision, rule: str, said: tuple[str, date | None]) -> bool:
    """Return whether a box holds what was told, and nobody goes on over it."""
    severity, until = said
    if severity == "precaution":
        return True
    for it in box.findings:
        if it.id == rule and STRONGEST.index(it.severity.value) <= STRONGEST.index(severity):
            if severity == "relative":
                return box.blocks_treatment or rule in box.recorded
            late = it.open or (until is not None and it.until is not None and it.until >= until)
            return box.blocks_treatment and (
                late or it.severity == "absolute" or severity != "defer"
            )
    return False


def stops(box: Decision) -> bool:
    """Return whether nobody can agree to go ahead; to come once a wait is over they can."""
    return box.blocks_treatment and box.state != "defer"


class Walk:
    """A visit in which things are told by chance, looked at after every step."""

    def __init__(self, window: MainWindow, clock: Clock, qtbot: QtBot, seed: int) -> None:
        self._window, self._qtbot = window, qtbot
        chance = Random(seed)  # noqa: S311 - it has to come again
        begin = begin_return if chance.random() < 0.4 else begin_first
        self.teller = Teller(window, clock, chance, begin(window, chance))
        self._where = f"seed {seed}"

    def work(self) -> None:
        """Work, and look."""
        for _ in range(TOLD_FIRST):
            self.teller.do(Teller.tell)
            self.look()
        for _ in range(STEPS):
            if not self.teller.act():
                break
            self.look()
        self.look_at_handing_over()
        self.look_at_what_is_due()

    def look(self) -> None:
        """Look at the box, and at what stands in the way, beside what was told."""
        session, memory = self.teller.session, self.teller.memory
        visit, made = session.visit, session.judgement
        box, where = made.decision, f"{self._where}: {self.teller.did}"
        assert made == judge_anew(self._window, session), where
        asked = {it.item for it in box.needed} if box.blocks_treatment else set()
        together = self.ask()
        for key, told in memory.stands().items():
            alone = replace(memory, told={key: told})
            say = ask_of(alone, visit, self._depth)
            for rule in say.keys() & together.keys():  # not such as nickel beside steel
                said = say[rule]
                assert told.item in asked or stands_in(box, rule, said), (
                    f"{where}\n{rule} {said} was told; the box says {box.headline}, "
                    f"{[(it.id, it.severity.value, it.until) for it in box.findings]}"
                )
        shown = workspace_of(self._window).box.block
        assert shown.state == box.state or (shown.state == "not_checked" and box.needed), where
        if visit.agreement.decision == "go_ahead" and stops(box):
            assert list_obstacles(visit, made, self._window.desk), where
        if self.teller.did[-1:] == ["treat_today"] and box.blocks_treatment:
            assert not visit.agreement.treat_today, where

    @property
    def _depth(self) -> float | None:
        facts = self.teller.session.judgement.facts
        return facts.depth_mm if facts is not None else None

    def ask(self) -> Say:
        """Return what the reference says of what stands told."""
        return ask_of(self.teller.memory, self.teller.session.visit, self._depth)

    def look_at_handing_over(self) -> None:
        """Look for a sheet where there is to be none, and for visits on it before their day."""
        session, window = self.teller.session, self._window
        hands = hands_over(session.visit, session.judgement)
        window.run("panel:finish")
        panel = workspace_of(window).panel
        assert isinstance(panel, FinishPanel)
        assert panel.see.isEnabled() == hands, self._where
        window.run("patient_view")
        view = window.patient.view
        if view is not None:
            self._qtbot.wait(1)
            assert hands or view.count == 1, self._where  # the page that there is no plan
            window.run("patient_view")
        if not hands:
            return
        found = {it.id for it in session.judgement.decision.findings}  # the rest is asked anew
        said = {rule: it for rule, it in self.ask().items() if rule in found}
        assert "absolute" not in {severity for severity, _ in said.values()}, self._where
        sheet = window.desk.make_sheet(session.visit)
        days = read_visits(sheet.dates)
        words = " ".join(sheet.text.split())
        assert all(f"{day.day} {day:%B}" in words for day in days[:1]), self._where
        waits = [until for severity, until in said.values() if severity == "defer"]
        if days and None in waits:
            assert "dates may change" in words, self._where
        assert all(until is None or min(days, default=until) >= until for until in waits), (
            self._where
        )

    def look_at_what_is_due(self) -> None:
        """Sign it where that is possible; nobody is expected before what was told is over."""
        session, window = self.teller.session, self._window
        said = self.ask()
        session.set("discussion.risks_shown", value=True)
        window.run("panel:agree")
        panel = workspace_of(window).panel
        assert isinstance(panel, AgreePanel)
        panel.decision.cell("go_ahead").click()
        if panel.on_paper.isEnabled():
            panel.on_paper.click()
        stopped = stops(session.judgement.decision)
        window.run("sign")
        self._qtbot.waitUntil(lambda: not session.held)
        self.teller.settle()
        assert not (session.locked and stopped), self._where
        window.show_start()
        window.desk.records.finish_writing()
        waits = [until for severity, until in said.values() if severity == "defer" and until]
        due = window.desk.patients.list_due(session.today)
        if waits and session.locked:
            assert all(it.due >= max(waits) for it in due), self._where


def read_visits(dates: str) -> list[date]:
    """Return the days of the visits in the dates of a sheet; what is no visit has no length."""
    events = dates.split("BEGIN:VEVENT")[1:]
    days = [re.search(r"DTSTART[^:]*:(\d{8})", it) for it in events if "DURATION" in it]
    return sorted(datetime.strptime(it[1], "%Y%m%d").date() for it in days if it)  # noqa: DTZ007 - wall clock


def make_plan(chance: Random, day: date) -> PlanRequest:
    """Return a plan for one or two areas."""
    areas = chance.sample(sorted(CONCERNS), chance.choice((1, 2)))
    targets = tuple(Target(area=area, concern=CONCERNS[area]) for area in areas)
    return PlanRequest(
        primary_concern=targets[0].concern,
        targets=targets,
        device_label_max_mm=2.5,
        first_session=datetime(day.year, day.month, day.day, 10, 0),  # noqa: DTZ001 - wall clock
    )


def make_healthy(window: MainWindow, chance: Random, day: date) -> Consultation:
    """Return a visit in which all was asked and denied."""
    sample = window.desk.sample_visit()
    no = {item: Answer(state="no") for item in sample.answers}
    facts = Facts(phototype=2, jurisdiction="UK", sex="F")
    skin = replace(sample.skin, phototype_seen=2, findings=())
    return replace(
        sample,
        sample=False,
        visit_date=day,
        facts=facts,
        answers=no,
        skin=skin,
        patient=Patient(name="Ada Berg", date_of_birth=BORN, sex="F"),
        plan=make_plan(chance, day),
    )


def begin_first(window: MainWindow, chance: Random) -> Memory:
    """Open a first visit in which some of the questions were denied."""
    visit = make_healthy(window, chance, window.desk.clock().date())
    some = {item: it for item, it in visit.answers.items() if chance.random() < 0.8}
    window.show_visit(replace(visit, answers=some))
    return Memory()


def begin_return(window: MainWindow, chance: Random) -> Memory:
    """Open a return visit after one in which something was told."""
    base = make_healthy(window, chance, LAST)
    areas = tuple(it.area for it in base.plan.targets)
    memory, facts, answers = Memory(), base.facts, dict(base.answers)
    for name, make in chance.sample(MAKERS, 3):
        entry = make(CaseMaker(chance, LAST, LAST, areas))
        code = next(iter(entry)) if name == "person" else getattr(entry, "code", entry)
        item = find_item(window, name, code)
        if item is None or name == "person" or answers[item].state == "yes":
            continue
        added: Any = {name: (*getattr(facts, name), entry)}
        facts = replace(facts, **added)
        answers[item] = Answer(state="yes")
        memory = memory.tell((name, code), Told(said=entry, item=item, on=LAST))
    said = {"facts": facts, "answers": answers, "patient": base.patient, "plan": base.plan}
    last = make_last(window.desk, skin=base.skin, **said)
    patient = window.desk.patients.open(last.patient_id)
    again = window.desk.begin_again(window.desk.settings, patient, last.id)
    today = make_healthy(window, chance, again.visit_date)
    told = replace(again.facts, phototype=2)
    window.show_visit(replace(again, facts=told, skin=today.skin, plan=today.plan))
    return memory


@pytest.mark.parametrize("seed", range(100, 112))
def test_what_was_told_stands_in_the_box(
    window: MainWindow, clock: Clock, qtbot: QtBot, seed: int
) -> None:
    Walk(window, clock, qtbot, seed).work()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(112, 300))
def test_what_was_told_stands_in_hundreds_of_visits(
    request: pytest.FixtureRequest, clock: Clock, qtbot: QtBot, seed: int
) -> None:
    """One in four where it can be seen: what it says follows from what is told there or not."""
    window: MainWindow = request.getfixturevalue("room" if seed % 4 else "window")
    Walk(window, clock, qtbot, seed).work()
