"""What was needled here is known to the visits that follow: nobody has to tell it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from consult_app.domain import change
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Target
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.session import Session
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.workspace import earlier as earlier_visits
from consult_app.gui.workspace.earlier import list_adverse
from consult_app.gui.workspace.stepping import count_deeper
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.visits.begun import move_to
from consult_app.knowledge.visits.done_before import know_needling, lay_needling
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

WEEK = 7 * 24 * 60 * 60
CHEEKS = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.0)


def treat(desk: Desk, last: Consultation, *areas: TreatedArea, treated: bool = True) -> None:
    """Keep a signed treatment of today."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("treatment", desk.settings, person, last, 0)
    done = Treatment(treated=treated, areas=areas)
    desk.records.sign(replace(begun, treatment=done, state="signed"), None, 0)


def review(desk: Desk, last: Consultation, adverse: Literal["none", "new"]) -> None:
    """Keep a signed review of today."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    seen = Review(adverse=adverse, decision="continue")
    desk.records.sign(replace(begun, review=seen, state="signed"), None, 0)


def test_a_treatment_a_week_later_has_to_wait(window: MainWindow, desk: Desk, clock: Clock) -> None:
    """The consultation had said that there was no needling, and the decision was calm."""
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    clock.move(WEEK)
    window.open_visit(last.id)

    window.run("treatment")

    session = workspace_of(window).session
    (needled,) = session.visit.facts.procedures
    assert needled.date == PartialDate(2026, 6, 15)
    assert (needled.zones, needled.depth_mm) == (("cheeks",), 1.0)
    (waits,) = [it for it in session.judgement.decision.findings if it.item == "needling_recent"]
    assert waits.until == date(2026, 7, 13)
    assert session.judgement.decision.blocks_treatment


def test_a_return_visit_is_not_told_that_there_was_none(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """*Rest as last visit* said that there was no needling, as before the course began."""
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    clock.move(WEEK)
    window.open_visit(last.id)
    window.run("return")
    workspace = workspace_of(window)
    window.run("panel:safety")
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)

    panel.show_group("procedures")
    panel.take_same()

    visit = workspace.session.visit
    assert visit.answers["needling_recent"] == Answer(state="yes")
    assert [it.code for it in visit.facts.procedures] == ["microneedling"]


def test_a_treatment_that_nobody_signed_yet_counts_as_well(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The next one was calm and could be locked, five days after the skin was needled."""
    last = make_last(desk)
    window.open_visit(last.id)
    window.run("treatment")
    done = Treatment(
        treated=True, areas=(CHEEKS,), adverse="described", adverse_event="Spreading infection"
    )
    workspace_of(window).session.set("treatment", done)
    window.show_start()
    clock.move(WEEK)

    for kind in ("treatment", "return"):
        window.open_visit(last.id)
        window.run(kind)
        session = workspace_of(window).session
        assert session.visit.treatment != done
        (needled,) = session.visit.facts.procedures
        assert needled.date == PartialDate(2026, 6, 15)
        window.show_start()

    window.open_visit(last.id)
    window.run("treatment")
    session = workspace_of(window).session
    assert session.judgement.decision.blocks_treatment
    assert "Spreading infection" in " ".join(list_adverse(desk, session.visit))


def test_of_each_area_the_last_treatment_counts(desk: Desk) -> None:
    last = make_last(desk)
    neck = replace(CHEEKS, area="neck", depth_mm=0.5)
    first = replace(last, kind="treatment", treatment=Treatment(treated=True, areas=(CHEEKS, neck)))
    none = replace(first, treatment=Treatment(treated=False, areas=(CHEEKS,)))
    again = replace(
        first,
        visit_date=date(2026, 5, 4),
        treatment=Treatment(treated=True, areas=(replace(CHEEKS, depth_mm=1.25),)),
    )
    coming = replace(again, visit_date=date(2026, 12, 1))
    empty = desk.begin_visit(desk.settings, last.patient)

    told = lay_needling(desk.pack, empty, [coming, none, again, first]).facts.procedures

    assert [(it.date, it.zones, it.depth_mm) for it in told] == [
        (PartialDate(2026, 5, 4), ("cheeks",), 1.25),
        (PartialDate(2026, 3, 9), ("cheeks", "neck"), 1.0),
    ]
    assert lay_needling(desk.pack, empty, [none, coming]) == empty
    twice = lay_needling(desk.pack, lay_needling(desk.pack, empty, [again]), [again])
    assert len(twice.facts.procedures) == 1, "told at the consultation before"


def test_a_return_visit_in_which_nothing_was_entered_is_still_not_kept(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    window.open_visit(last.id)
    window.run("return")
    begun = workspace_of(window).session.visit

    window.show_start()

    listed = desk.patients.list_visits(last.patient_id)
    assert begun.id not in [it.id for it in listed]
    assert change.look(begun, "answers")["needling_recent"].state == "yes"


def answer_needling(window: MainWindow, state: str) -> AnswerRow:
    """Press an answer on the row about earlier needling, and return the row."""
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.focus_item("needling_recent")
    row = panel._rows["needling_recent"].row
    row._take(state)
    return row


def find_waits(window: MainWindow) -> list[date | None]:
    """Return until when needling has to wait for what was needled before."""
    findings = workspace_of(window).session.judgement.decision.findings
    return [it.until for it in findings if it.item == "needling_recent"]


def test_a_no_takes_nothing_back_of_what_the_records_know(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """It had swept away what the record says, and the box was calm two weeks after needling."""
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    clock.move(2 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    targets = (Target(area="cheeks", concern="acne_rolling"),)
    session.set("plan.targets", targets)
    assert find_waits(window) == [date(2026, 7, 13)]

    row = answer_needling(window, "no")

    assert session.visit.answers["needling_recent"].state == "no"
    assert find_waits(window) == [date(2026, 7, 13)]
    assert row._caption.text() == (
        "Answered No. Needled here on 15 June 2026 (Cheeks, 1 mm). What the records know counts."
    )
    facts = settle_facts(desk.pack, session.visit, today=session.today)
    assert [it.code for it in facts.procedures] == ["microneedling"], "on the sheet and in exports"

    row = answer_needling(window, "yes")
    assert row._caption.text() == "Needled here on 15 June 2026 (Cheeks, 1 mm)."


def test_another_day_in_the_details_takes_nothing_back_either(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    clock.move(2 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    session.set("plan.targets", (Target(area="cheeks", concern="acne_rolling"),))

    session.change_entry("procedures", "microneedling", date=PartialDate(2020, 1, 1))

    assert find_waits(window) == [date(2026, 7, 13)]


def test_a_visit_that_was_begun_before_the_treatment_knows_of_it_once_it_is_opened_again(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    session.set("plan.targets", (Target(area="cheeks", concern="acne_rolling"),))
    answer_needling(window, "no")
    begun = session.visit
    window.show_start()
    treat(desk, last, CHEEKS)

    window.open_visit(begun.id)

    assert workspace_of(window).session.visit.answers == begun.answers
    assert find_waits(window) == [date(2026, 7, 13)]


def test_a_deeper_treatment_before_the_last_counts_and_so_does_a_depth_not_written(
    desk: Desk,
) -> None:
    """The last alone would let needling follow a week later."""
    last = make_last(desk)
    empty = desk.begin_visit(desk.settings, last.patient)
    light, deep = (
        replace(
            last,
            kind="treatment",
            visit_date=date(2026, 6, day),
            treatment=Treatment(treated=True, areas=(replace(CHEEKS, depth_mm=depth),)),
        )
        for day, depth in ((8, 0.25), (1, 2.0))
    )
    neck = TreatedArea(area="cheeks", concern="pores")
    unsaid = replace(light, treatment=Treatment(treated=True, areas=(CHEEKS, neck)))

    told = know_needling(empty, [light, deep]).needled

    assert [it.depth_mm for it in told] == [0.25, 2.0]
    last_deep = replace(deep, visit_date=date(2026, 6, 9))
    assert [it.depth_mm for it in know_needling(empty, [light, last_deep]).needled] == [2.0]
    assert [it.depth_mm for it in know_needling(empty, [unsaid]).needled] == [None]


def test_a_treatment_that_did_not_take_place_is_no_session_before_the_next(
    window: MainWindow, desk: Desk
) -> None:
    """The next one went as deep as a second session, in skin that was never needled."""
    light = make_last(desk)
    skin = replace(light.skin, phototype_seen=5)
    facts = replace(light.facts, phototype=5)
    dark = replace(light, id="dark", visit_date=date(2026, 4, 9), skin=skin, facts=facts)
    last = desk.records.sign(dark, None, 0)
    treat(desk, last, CHEEKS, treated=False)
    window.open_visit(last.id)

    window.run("treatment")

    session = workspace_of(window).session
    plan, treatment = session.judgement.plan, session.visit.treatment
    assert plan is not None
    assert treatment is not None
    first, second = ([it.planned_mm for it in one.depths] for one in plan.session_plan[:2])
    assert first != second
    assert [it.depth_mm for it in treatment.areas] == first
    treat(desk, last, CHEEKS)
    assert count_deeper(desk, last, desk.patients.list_visits(last.patient_id)) == 0
    review(desk, last, "new")
    assert count_deeper(desk, last, desk.patients.list_visits(last.patient_id)) == 0
    review(desk, last, "none")
    assert count_deeper(desk, last, desk.patients.list_visits(last.patient_id)) == 1


@pytest.mark.parametrize(
    ("kind", "readable"), [("return", True), ("treatment", True), ("treatment", False)]
)
def test_a_visit_made_todays_knows_what_was_needled_since_it_was_begun(
    window: MainWindow,
    desk: Desk,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    *,
    readable: bool,
) -> None:
    """It knew only what was needled by its own day, and let treat a day after a treatment."""
    last = make_last(desk)
    window.open_visit(last.id)
    window.run(kind)
    session = workspace_of(window).session
    session.set("needs", replace(session.visit.needs, large_print=True))
    visit_id = session.visit.id
    window.show_start()
    clock.move(WEEK / 7)
    treat(desk, last, CHEEKS)
    clock.move(WEEK / 7)
    window.open_visit(visit_id)
    session = workspace_of(window).session
    if kind == "return":
        session.set("plan", replace(last.plan, first_session=clock()))
    assert not is_told_of_needling(session)
    if not readable:
        monkeypatch.setattr(earlier_visits, "read_earlier", refuse)

    session.take(move_to(desk.pack, session.visit, clock().date()), "")

    assert is_told_of_needling(session)
    assert session.judgement.decision.blocks_treatment
    session.undo()
    session.redo()
    assert is_told_of_needling(session)


def test_what_was_needled_before_the_first_visit_that_is_planned_counts_for_it(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Of a return visit that stays on its day: the sheet asked to come three days after it."""
    last = make_last(desk)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    session.set("plan", last.plan)
    session.set("facts.phototype", 2)
    visit_id = session.visit.id
    window.show_start()
    clock.move(WEEK / 7)
    done = clock().date()
    treat(desk, last, CHEEKS)
    clock.move(WEEK / 7)
    window.open_visit(visit_id)
    session = workspace_of(window).session

    session.set("plan.first_session", clock() + timedelta(days=2))

    ends = {it.id: it.until for it in session.judgement.decision.findings}
    assert ends["microneedling_recent"] == done + timedelta(weeks=4)
    session.set("plan.first_session", clock() + timedelta(weeks=5))
    assert not is_told_of_needling(session)


def is_told_of_needling(session: Session) -> bool:
    """Return whether the box names the needling; or asks for it, where somebody had denied it."""
    decision = session.judgement.decision
    found = {it.id for it in decision.findings}
    asked = {it.item for it in decision.needed} & session.visit.answers.keys()
    return "microneedling_recent" in found or "needling_recent" in asked


def refuse(*_: object, **__: object) -> list[Consultation]:
    title = "This record cannot be read"
    raise ConsultError(title, "Look into it.")
