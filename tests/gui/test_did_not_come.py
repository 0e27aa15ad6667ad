"""A treatment to which the patient did not come: kept as that, and counted for nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.by_plan import ABSENT
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.start.filing import list_reasons
from consult_app.gui.start.lines import tell_patient
from consult_app.gui.workspace.earlier import recall_last
from consult_app.knowledge.visits.coming import find_coming
from tests.gui.conftest import Clock
from tests.gui.test_last_answers import tell
from tests.gui.test_putting_away import ask
from tests.gui.test_recheck_panel import answer_all
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last, workspace_of

TODAY = date(2026, 6, 15)


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    """A signed consultation whose first treatment is today."""
    return make_last(window.desk, expected_on=TODAY)


def miss(window: MainWindow, last: Consultation) -> AfterPanel:
    """Begin a treatment record, and say in it that the patient did not come."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    panel.treated.cell("absent").click()
    return panel


def lock(window: MainWindow, qtbot: QtBot) -> Consultation:
    """Sign the open record, and return it."""
    window.run("sign")
    qtbot.waitUntil(lambda: workspace_of(window).session.locked)
    visit: Consultation = workspace_of(window).session.visit
    return visit


def due(window: MainWindow) -> list[tuple[date, str]]:
    listed = window.desk.patients.list_due(window.desk.clock().date())
    return [(it.due, it.what) for it in listed]


def test_it_is_locked_with_nothing_asked_and_the_history_says_so(
    window: MainWindow, last: Consultation, qtbot: QtBot
) -> None:
    panel = miss(window, last)
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert (treatment.treated, treatment.absent) == (False, True)
    assert panel.by_plan.text() == ABSENT
    assert "adverse event" not in tell(panel.before)

    signed = lock(window, qtbot)

    assert signed.expected_on is None
    assert panel.by_plan.text() == ABSENT
    window.reception.show_patient(last.patient_id)
    rows = [it.button.accessibleName() for it in window.reception.person.visits.rows]
    assert any("Treatment record: the patient did not come" in it for it in rows)


def test_another_choice_takes_it_back(window: MainWindow, last: Consultation) -> None:
    panel = miss(window, last)
    panel.treated.cell("no").click()
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert (treatment.treated, treatment.absent) == (False, False)
    window.run("undo")
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert (treatment.treated, treatment.absent) == (None, False)


def test_what_was_to_come_stays_listed_and_says_it(
    window: MainWindow, last: Consultation, clock: Clock, qtbot: QtBot
) -> None:
    before = due(window)
    assert [day for day, _ in before] == [TODAY]
    miss(window, last)
    lock(window, qtbot)
    window.show_start()
    clock.move(2 * 86400)

    assert due(window) == [(day, f"{what}; did not come on 15 Jun 2026") for day, what in before]


def test_a_visit_that_is_put_away_as_that_says_it_too(
    window: MainWindow, last: Consultation, clock: Clock
) -> None:
    window.reception.show_patient(last.patient_id)
    window.run("return")
    workspace_of(window).session.set("goals.own_words", "nobody came")
    (before,) = due(window)
    ask(window).reasons["absent"].click()
    clock.move(86400)
    assert due(window) == [(before[0], f"{before[1]}; did not come on 15 Jun 2026")]
    window.reception.show_patient(last.patient_id)
    told = [it.button.accessibleDescription() for it in window.reception.person.visits.rows]
    assert any("Put away: The patient did not come" in it for it in told)


def test_a_day_that_was_agreed_for_it_is_listed_instead(
    window: MainWindow, last: Consultation, qtbot: QtBot
) -> None:
    miss(window, last).session.set("treatment.next_date", TODAY + timedelta(days=7))
    lock(window, qtbot)
    ((day, what),) = due(window)
    assert day == TODAY + timedelta(days=7)
    assert what == "Next visit; did not come on 15 Jun 2026"


def test_who_did_not_come_was_not_seen(
    window: MainWindow, last: Consultation, qtbot: QtBot
) -> None:
    miss(window, last)
    lock(window, qtbot)
    (person,) = window.desk.patients.find(last.patient.name, 5)
    assert person.last_visit == last.visit_date
    assert "seen 9 Mar 2026" in tell_patient(person)


@pytest.mark.parametrize(("state", "stays"), [("no", "yes"), ("yes", "yes")])
def test_it_denies_nothing_that_was_told_before_and_what_was_told_counts(
    window: MainWindow, clock: Clock, last: Consultation, state: str, stays: str
) -> None:
    """Nobody was there to answer; but who calls to say so may tell something."""
    told = replace(
        last,
        id="told",
        kind="treatment",
        follows=last.id,
        visit_date=TODAY,
        fingerprint="",
        answers={**last.answers, "pregnancy": Answer(state="yes")},
        facts=replace(last.facts, pregnancy="yes"),
        treatment=Treatment(treated=False, new_medicines="no"),
    )
    if state == "no":
        window.desk.records.sign(replace(told, signed_at=clock()), None, 0)
        clock.move(3600)
    answers = {**last.answers, "pregnancy": Answer(state=state)}  # type: ignore[arg-type] # one of its
    missed = replace(
        told,
        id="missed",
        answers=answers,
        facts=replace(last.facts, pregnancy=state),  # type: ignore[arg-type] # one of its
        treatment=Treatment(treated=False, absent=True, new_medicines="no"),
    )
    window.desk.records.sign(replace(missed, signed_at=clock()), None, 0)
    clock.move(3600)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    said = recall_last(window.desk, workspace_of(window).session.visit)
    assert said is not None
    assert said.visit.answers["pregnancy"].state == stays


def test_a_treatment_after_it_asks_all_again_and_is_the_first(
    window: MainWindow, clock: Clock, last: Consultation, qtbot: QtBot
) -> None:
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    answer_all(workspace_of(window).panel)  # type: ignore[arg-type] # the re-check comes first
    window.run("panel:after")
    workspace_of(window).panel.treated.cell("absent").click()  # type: ignore[attr-defined] # After
    lock(window, qtbot)
    clock.move(3600)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    visit = workspace_of(window).session.visit
    assert not visit.needled
    assert not set(window.desk.pack.recheck.items) & visit.answers.keys()


def test_a_review_to_continue_leaves_what_was_to_come_before_nobody_came(
    desk: Desk, last: Consultation
) -> None:
    """It took the day on which nobody came for the last treatment, and nothing was to come."""
    day = last.visit_date
    agreed = Treatment(treated=True, next_date=day + timedelta(days=60), next_visit="treatment")
    done = replace(begin(desk, "treatment", last), treatment=agreed)
    missed = Treatment(treated=False, absent=True)
    gone = replace(done, id="gone", visit_date=day + timedelta(days=20), treatment=missed)
    looked = replace(begin(desk, "review", last), visit_date=day + timedelta(days=30))
    review = replace(looked, review=Review(decision="continue"))

    coming = find_coming(desk.pack, review, desk.judge(review), [gone, done])

    assert coming is not None
    assert coming.day == day + timedelta(days=60)


def test_an_addendum_is_not_put_away_as_one_to_which_nobody_came(
    desk: Desk, last: Consultation
) -> None:
    reasons = list_reasons(begin(desk, "addendum", last), overtaken=False)

    assert "absent" not in reasons
    assert "absent" in list_reasons(begin(desk, "treatment", last), overtaken=False)


def test_a_review_before_the_first_treatment_leaves_its_day_standing(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock, qtbot: QtBot
) -> None:
    """Nobody was treated yet, and the patient was gone from Follow-ups due."""
    clock.move(-2 * 24 * 3600)
    review = replace(begin(desk, "review", last), review=Review(decision="continue"))
    window.show_visit(review)

    signed = lock(window, qtbot)

    assert signed.expected_on == TODAY
    assert [it.due for it in desk.patients.list_due(TODAY)] == [TODAY]
