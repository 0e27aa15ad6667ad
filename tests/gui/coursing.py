"""Leads a patient through a course of visits by chance, and remembers what was told in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.session import Session
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.visits.recall import reconfirm
from tests.gui.conftest import Clock
from tests.gui.remembering import EVER, Planned, Remembered, find_wait
from tests.gui.telling import Told, find_item, write_entry
from tests.gui.test_told_stands import BORN, make_healthy, make_plan
from tests.gui.touring import workspace_of
from tests.knowledge.oracle.cases import MAKERS, CaseMaker

BEGUN = ("2026-06-15", "2026-10-05", "2026-11-20", "2027-02-10", "2027-12-29", "2028-01-31")
"""Days on which a course begins: before ends of years, changed clocks and a leap day."""
HOUR = 3600


class Course:
    """One patient and their visits.

    Attributes:
        memory: What was told and not taken back.
        did: What was done, for the words of a failure.
        patient_id: The patient.
    """

    def __init__(
        self,
        window: MainWindow,
        clock: Clock,
        qtbot: QtBot,
        chance: Random,
        look: Callable[[], None],
    ) -> None:
        self.window, self.clock, self._qtbot, self._chance = window, clock, qtbot, chance
        self._look = look
        self.memory = Remembered()
        self.did: list[str] = []
        self.patient_id = ""
        self.areas: tuple[str, ...] = ()
        clock.now = datetime.fromisoformat(f"{chance.choice(BEGUN)}T10:00:00")

    @property
    def session(self) -> Session:
        """The open visit."""
        return workspace_of(self.window).session

    @property
    def today(self) -> date:
        """The day by the clock."""
        return self.clock.now.date()

    @property
    def planned(self) -> Planned:
        """For what what was told is asked in the open visit."""
        facts = self.session.judgement.facts
        depth = facts.depth_mm if facts is not None else None
        return Planned(born=BORN, areas=self.areas, depth_mm=0.25 if depth is None else depth)

    def say(self, words: str) -> None:
        """Remember what was done, and look what came of it."""
        self.did.append(words)
        QApplication.processEvents()
        if self.window.workspace is not None:
            self._look()

    def begin(self) -> None:
        """Have the first consultation."""
        visit = make_healthy(self.window, self._chance, self.today)
        later = self._chance.choice((0, 1, 7, 14, 30, 60))
        visit = replace(visit, plan=make_plan(self._chance, self.today + timedelta(days=later)))
        self.areas = tuple(it.area for it in visit.plan.targets)
        self.window.show_visit(visit)
        self.patient_id = visit.patient_id
        self.say(f"first {self.today}, {self.areas} from {visit.plan.first_session}")
        for _ in range(self._chance.choice((1, 2, 2, 3))):
            self._tell_new()
        self._conclude()

    def go_on(self) -> None:
        """Let days go by, and have another visit."""
        self._move_on()
        kind = self._chance.choices(("treatment", "return", "review"), (5, 3, 2))[0]
        self.window.reception.show_patient(self.patient_id)
        self.window.run(kind)
        if self.window.workspace is None:
            self._close_sheets()
            self.did.append(f"no {kind} on {self.today}")
            return
        self.did.append(f"{kind} {self.today}")
        {"treatment": self._treat, "return": self._return, "review": self._review}[kind]()

    def _move_on(self) -> None:
        due = self.window.desk.patients.list_due_of(self.patient_id, self.today)
        days = [it.due for it in due if it.due > self.today and it.treated]
        wait = self._chance.randint(1, 60)
        if days and self._chance.random() < 0.6:
            wait = (days[0] - self.today).days
        self.clock.move(wait * 24 * HOUR)

    def _tell_new(self) -> None:
        """Answer *Yes* to what was not told yet, and say what and when."""
        name, make = self._chance.choice(MAKERS)
        first = self.session.visit.plan.first_session
        day = first.date() if first is not None else self.today
        entry = make(CaseMaker(self._chance, self.today, day, self.areas))
        code = next(iter(entry)) if name == "person" else getattr(entry, "code", entry)
        item = find_item(self.window, name, code)
        if item is None or item in self.memory.list_items():
            return
        before = self.session.visit
        with self.session.one_step():
            self.session.answer(item, "yes")
            write_entry(self.session, name, code, entry)
        if self.session.judgement.decision.state == "absolute" and self._chance.random() < 0.8:
            self.session.take(before, "")
            return
        self.memory.told[name, code] = Told(said=entry, item=item, on=self.today)
        self.say(f"tell {entry}")

    def _conclude(self) -> None:
        """Decide what there is to decide, and sign to go ahead where that is possible."""
        session = self.session
        if self._chance.random() < 0.7:
            with session.one_step():
                for it in find_undecided(session.judgement.decision):
                    session.override(it.id, "Agreed with Dr Lee", it.digest)
            self.say("decide")
        session.set("discussion.risks_shown", value=True)
        self.window.run("panel:agree")
        panel = workspace_of(self.window).panel
        assert isinstance(panel, AgreePanel)
        panel.decision.cell("go_ahead").click()
        if panel.on_paper.isEnabled():
            panel.on_paper.click()
        self.say("go ahead")
        if not self._sign():
            panel.decision.cell("think").click()
            self.say("think")
            self._sign()

    def _sign(self) -> bool:
        session = self.session
        self.window.run("sign")
        self._qtbot.waitUntil(lambda: not session.held, timeout=30_000)
        self._close_sheets()
        self.did.append("signed" if session.locked else "not signed")
        self.clock.move(HOUR)
        return session.locked

    def _close_sheets(self) -> None:
        QApplication.processEvents()
        for sheet in self.window.findChildren(QDialog):
            if sheet.isVisible():
                sheet.close()

    def _return(self) -> None:
        """Ask everything anew: some as last time, some denied, the rest *No*."""
        session, last = self.session, self.session.last
        assert last is not None
        today = make_healthy(self.window, self._chance, self.today)
        later = self._chance.choice((0, 0, 7, 30))
        first = datetime.combine(self.today + timedelta(days=later), self.clock.now.time())
        with session.one_step():
            session.set("facts.phototype", 2)
            session.set("skin", today.skin)
            session.set("plan", replace(last.plan, first_session=first.replace(hour=10)))
            session.set("allergy_state", "none_known")
        once = DeniedOnce(self.window.desk.pack, session)
        told = set(self.memory.list_items())
        with session.one_step():
            for it in self.window.desk.pack.questions:
                if it.id not in told:
                    self._deny(once, it.id, 2)
        self.say("the rest is No")
        for item in sorted(told):
            self._ask_again(once, item)
        if self._chance.random() < 0.4:
            self._tell_new()
        self._conclude()

    def _deny(self, once: DeniedOnce, item: str, times: int) -> None:
        for _ in range(times):
            if (now := self.session.visit.answers.get(item)) is None or now.state != "no":
                self.session.answer(item, once.take(item, "no"))

    def _ask_again(self, once: DeniedOnce, item: str) -> None:
        """Ask again at a return visit what was told."""
        how = self._chance.choices(("same", "no", "no twice", "unsure", "open"), (5, 2, 2, 1, 1))[0]
        if how == "same" and self.session.last and item in self.session.last.answers:
            visit = reconfirm(self.window.desk.pack, self.session.visit, self.session.last, (item,))
            self.session.take(visit, "")
        elif how in {"no", "no twice"}:
            twice = how == "no twice"
            self._deny(once, item, 2 if twice else 1)
            if twice or not self._is_held(item, EVER):
                self.memory.forget(lambda it: it.item == item)
        elif how == "unsure":
            self.session.answer(item, "unsure")
        self.say(f"{item}: {how}")

    def _is_held(self, item: str, ever: set[str]) -> bool:
        """Return whether one *No* does not end it: something of it ever was, or has to wait."""
        told = [it for it in self.memory.told.values() if it.item == item]
        return item in ever or any(find_wait(it, self.planned, self.today) for it in told)

    def _treat(self) -> None:
        panel = workspace_of(self.window).panel
        assert isinstance(panel, RecheckPanel)
        told, done = set(self.memory.list_items()), set[str]()
        while rest := [it for it in panel._rows if it not in done]:
            item = rest[0]
            done.add(item)
            if item == "medicines":
                panel._medicines("no")
            elif item in told:
                self._recheck(panel, item)
            else:
                panel._answer(item, "no")
        self.say("the rest is No")
        self.window.run("panel:after")
        after = workspace_of(self.window).panel
        assert isinstance(after, AfterPanel)
        how = self._chance.choices(("yes", "no", "absent"), (6, 1, 1))[0]
        after.treated.cell(how).click()
        treatment = self.session.visit.treatment
        assert treatment is not None
        if how == "yes" and not treatment.treated:
            after.treated.cell("no").click()
        elif how == "yes":
            areas = tuple(replace(it, suggested=False) for it in treatment.areas)
            self.session.set("treatment.areas", areas)
        self.say(f"treated: {how}")
        self._sign()

    def _recheck(self, panel: RecheckPanel, item: str) -> None:
        """Ask again on the day of a treatment what was told."""
        how = self._chance.choices(("same", "no", "no twice", "unsure", "open"), (4, 3, 1, 1, 1))[0]
        if how == "same":
            panel._reconfirm(item)
        elif how in {"no", "no twice"}:
            for _ in how.split():
                if item not in self.session.visit.answers:
                    panel._answer(item, "no")
            waits = self._is_held(item, set())
            if not waits and (how == "no twice" or item not in EVER):
                self.memory.forget(lambda it: it.item == item)
        elif how == "unsure":
            panel._answer(item, "unsure")
        self.say(f"{item}: {how}")

    def _review(self) -> None:
        decided = self._chance.choices(("continue", "change", "stop"), (7, 1, 1))[0]
        self.session.set("review.decision", decided)
        self.session.set("review.adverse", "none")
        self.say(f"review: {decided}")
        self._sign()
