"""A treatment that is refused on its day, or was not done: the patient reads no dates of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_anew, find_moved
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.patient_view.waiting import AGREED, ASK_US, NEW_DATE, NOT_TODAY, UNDECIDED
from consult_app.gui.phrases import write_weekday
from consult_app.gui.session import Session
from tests.gui.test_handed_dates import hand_over
from tests.gui.test_patient_view import words_in
from tests.gui.test_return_faults import begin
from tests.gui.test_supervised import start, write
from tests.gui.touring import workspace_of

TODAY = date(2026, 6, 15)


def burn(visit: Consultation, days: int) -> Consultation:
    """Return a treatment before which the skin was burnt by the sun so many days ago."""
    day = PartialDate.of(TODAY - timedelta(days=days))
    burnt = Exposure(code="sunburn", date=day, still_inflamed=False, zones=("cheeks",))
    facts = replace(visit.facts, exposures=(burnt,))
    return replace(visit, facts=facts, answers={**visit.answers, "sunburn": Answer(state="yes")})


def open_treatment(
    window: MainWindow, desk: Desk, *, early: int = 0, burnt: int = 3, treated: bool | None = None
) -> Session:
    """Open a treatment, so many days after its plan's day, with all else of the re-check denied."""
    begun = begin(desk, "treatment", hand_over(desk, early))
    window.show_visit(begun)
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    for item in desk.pack.recheck.items:
        panel._answer(item, "no")
    panel._medicines("no")
    said = burn(panel.session.visit, burnt) if burnt else panel.session.visit
    treatment = replace(said.treatment or Treatment(), treated=treated)
    panel.session.take(replace(said, treatment=treatment), "")
    return panel.session


def read_view(window: MainWindow, qtbot: QtBot) -> tuple[PatientView, str]:
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)
    return view, words_in(view)


def test_the_patient_reads_that_it_is_not_today_and_from_when_it_can_be(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """They read a course that nobody had planned, its last visit after their wedding."""
    session = open_treatment(window, desk)
    assert session.judgement.decision.headline == "Not before 26 June 2026"

    view, told = read_view(window, qtbot)

    assert view.count == 1
    assert NOT_TODAY in told
    assert "It cannot be before Fri 26 Jun 2026." in told
    assert "Visit 1" not in told


def test_it_comes_and_goes_with_the_refusal(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    session = open_treatment(window, desk, burnt=0)
    assert not session.judgement.decision.blocks_treatment
    view, told = read_view(window, qtbot)
    assert view.is_told
    assert NOT_TODAY not in told

    session.take(burn(session.visit, 3), "")
    qtbot.waitUntil(lambda: NOT_TODAY in words_in(view))
    session.undo()

    # What was shown before is let go of once Qt comes to it.
    qtbot.waitUntil(lambda: view.is_told and NOT_TODAY not in words_in(view))


def test_what_was_done_all_the_same_names_no_care_from_a_later_day(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """It counted washing and make-up from the day on which the treatment could have been."""
    open_treatment(window, desk, treated=True)

    _, told = read_view(window, qtbot)

    assert ASK_US in told
    assert NOT_TODAY not in told
    assert "26 June" not in told


def test_who_was_not_treated_reads_of_no_visit_today(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """Their screen went on counting the care from a needling that did not take place."""
    open_treatment(window, desk, burnt=0, treated=False)

    view, told = read_view(window, qtbot)

    assert not view.is_told
    assert (NOT_TODAY in told, NEW_DATE in told) == (True, True)


def test_a_date_that_was_agreed_is_told_and_not_asked_for(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    session = open_treatment(window, desk, burnt=0, treated=False)
    day = session.today + timedelta(days=35)
    session.set("treatment.next_date", day)

    _, told = read_view(window, qtbot)

    assert NEW_DATE not in told
    assert AGREED.format(day=write_weekday(day)) in told


def test_what_is_to_be_decided_first_promises_no_dates(window: MainWindow, qtbot: QtBot) -> None:
    treatment = start(window, waits=False).session.visit
    window.open_visit(treatment.follows or "")
    window.run("return")
    other = workspace_of(window).session
    with other.one_step():
        other.answer("keloid", "yes")
        other.add_entry("conditions", "keloid")
    window.open_visit(treatment.id)
    session = workspace_of(window).session
    assert session.judgement.decision.state is DecisionState.RELATIVE

    _, told = read_view(window, qtbot)

    assert UNDECIDED in told
    assert NOT_TODAY not in told


def test_what_a_supervisor_allowed_names_no_care_from_a_later_day(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """The plan has moved past what waits, the treatment is today."""
    panel = start(window, waits=True)
    assert NOT_TODAY in read_view(window, qtbot)[1]

    write(panel, "Seen together")

    view = window.patient.view
    assert view is not None
    # What was shown before is let go of once Qt comes to it.
    qtbot.waitUntil(lambda: ASK_US in words_in(view) and NOT_TODAY not in words_in(view))
    assert find_moved(desk, panel.session) == ""


@pytest.mark.parametrize("early", [0, 6])
def test_the_sheet_shown_says_that_nothing_counts_from_a_day_that_is_refused(
    window: MainWindow, desk: Desk, early: int
) -> None:
    """Above it stood that its hours counted half an hour later, or the dates from that day."""
    session = open_treatment(window, desk, early=early)

    told = find_moved(desk, session)

    assert told.startswith("Treating is refused on 15 June 2026: Not before 26 June 2026.")
    assert f"follows from {15 - early} June 2026; none of that holds now" in told
    assert find_anew(desk, session) is None


@pytest.mark.parametrize(("days", "holds"), [(-10, False), (-20, True)])
def test_a_day_to_come_holds_where_it_is_late_enough(
    window: MainWindow, desk: Desk, days: int, *, holds: bool
) -> None:
    told = find_moved(desk, open_treatment(window, desk, early=days))

    assert (told == "") is holds


@pytest.mark.parametrize("treated", [None, False])
@pytest.mark.parametrize("said", ["yes", "possible"])
def test_a_day_to_come_is_not_told_to_hold_where_nobody_knows_that(
    window: MainWindow, desk: Desk, said: Literal["yes", "possible"], *, treated: bool | None
) -> None:
    """Who cannot be treated at all was shown all the visits to come, without a word."""
    session = open_treatment(window, desk, early=-20, burnt=0, treated=treated)
    told = session.visit
    facts = replace(told.facts, pregnancy=said)
    answers = {**told.answers, "pregnancy": Answer(state="yes")}
    session.take(replace(told, facts=facts, answers=answers), "")
    decision = session.judgement.decision
    state = DecisionState.ABSOLUTE if said == "yes" else DecisionState.DEFER
    assert decision.state is state

    assert find_moved(desk, session) == (
        f"Treating is refused on 15 June 2026: {decision.headline}. "
        "Tell the patient what holds until the next date."
    )


def test_a_day_to_come_that_is_too_early_is_told_after_nobody_was_treated(
    window: MainWindow, desk: Desk
) -> None:
    told = find_moved(desk, open_treatment(window, desk, early=-10, treated=False))

    assert told.startswith("Treating is refused on 15 June 2026: Not before 26 June 2026.")


def test_what_was_done_all_the_same_is_told_by_its_own_day(window: MainWindow, desk: Desk) -> None:
    told = find_moved(desk, open_treatment(window, desk, early=6, treated=True))

    assert "this treatment is on 15 June 2026" in told
