"""Return visits, treatments and reviews say what they stand on and what nobody said yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Consumable, Review, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.access import Access
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.patient_view.waiting import WAITING
from consult_app.gui.start.due import PROMISED, tell_due_for
from consult_app.gui.start.following import find_base
from consult_app.knowledge.visits.coming import CHECK_IN
from consult_app.knowledge.visits.treating import answer_medicines
from tests.gui.conftest import Clock, room_of
from tests.gui.touring import make_last, workspace_of
from tests.sealed import PASSPHRASE

HOURS = 60 * 60


def begin(desk: Desk, kind: str, last: Consultation) -> Consultation:
    """Return a visit that follows a signed one."""
    person = desk.patients.open(last.patient_id)
    return desk.begin_after(kind, desk.settings, person, last, 0)


def test_a_side_effect_that_is_there_and_not_named_is_noted(window: MainWindow, desk: Desk) -> None:
    """*Still there* was locked without a word of what."""
    window.show_visit(begin(desk, "review", make_last(desk)))
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    assert "are there side effects?" in panel.missing.text()

    for state in ("ongoing", "new"):
        panel.adverse.edited.emit(state)
        assert "which side effect is there?" in panel.missing.text()
        assert panel.happened.help() in panel.missing.text().splitlines()

    panel.happened.edited.emit("A scab on the left cheek")
    assert "Not said" not in panel.missing.text()
    assert panel.happened.help() == ""
    panel.happened.edited.emit("")
    panel.adverse.edited.emit("none")
    assert "Not said" not in panel.missing.text()


def test_an_adverse_event_that_is_not_described_is_noted(window: MainWindow, desk: Desk) -> None:
    window.show_visit(begin(desk, "treatment", make_last(desk)))
    workspace = workspace_of(window)
    workspace.show_panel("after")
    panel = workspace.panel
    assert isinstance(panel, AfterPanel)

    panel.adverse.edited.emit("described")

    assert "what happened?" in panel.missing.text()
    assert "what happened?" in panel.happened.help()
    panel.happened.edited.emit("Fainted")
    assert "Not said" not in panel.missing.text()


def test_a_treatment_says_how_old_its_consultation_is(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Nine years later it began without a word."""
    last = make_last(desk)
    clock.now = clock.now.replace(year=2035)
    window.show_visit(begin(desk, "treatment", last))
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)

    assert panel.age.isVisible()
    assert "9 Mar 2026, 9 years ago" in panel.age.text()
    window.reception.show_patient(last.patient_id)
    told = [it.text() for it in window.reception.person.findChildren(QLabel)]
    assert any("Last consultation 9 Mar 2026, 9 years ago: Go ahead" in it for it in told)


def test_a_review_without_a_sheet_lets_nobody_wait_for_a_plan(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    last = make_last(desk)
    refused = replace(last.agreement, decision="no")
    last = replace(last, id="n" * 32, agreement=refused)
    desk.records.sign(last, None, 0)
    window.show_visit(begin(desk, "review", last))

    window.run("patient_view")

    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.place.text() != "")
    assert view.slide is not None
    words = " ".join(it.text() for it in view.slide.findChildren(QLabel))
    assert WAITING not in words
    assert "no plan to look at here today" in words


def test_the_hours_for_which_a_visit_was_closed_do_not_count(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    window.show_visit(replace(desk.sample_visit(), started_at=desk.clock()))
    workspace_of(window).session.set("goals.own_words", "dents")
    visit_id = workspace_of(window).session.visit.id
    clock.move(5 * 60)
    window.show_start()
    clock.move(3 * HOURS)

    window.open_visit(visit_id)
    clock.move(60)
    opened = window.reception.visit
    assert opened is not None
    opened.show_elapsed()

    assert workspace_of(window).footer.elapsed.text() == "1:00"


def test_a_visit_behind_a_lock_runs_on(frame: Frame, access: Access, clock: Clock) -> None:
    """The patient is still in the room."""
    frame.absence.end()
    room = room_of(frame)
    room.show_visit(replace(room.desk.sample_visit(), started_at=room.desk.clock(), sample=False))
    workspace_of(room).session.set("goals.own_words", "dents")
    clock.move(5 * 60)

    frame.lock()
    clock.move(60)
    frame.enter(access.unlock(PASSPHRASE))

    assert workspace_of(room_of(frame)).footer.elapsed.text() == "6:00"


def test_the_treatment_stays_where_it_is_as_its_areas_are_confirmed(
    open_window: Callable[..., MainWindow], desk: Desk
) -> None:
    """The button went and everything moved by its height, as did each line with its mark."""
    window = open_window(1366, 768)
    begun = begin(desk, "treatment", make_last(desk))
    window.show_visit(begun)
    workspace = workspace_of(window)
    session = workspace.session
    for item in desk.pack.recheck.items:
        session.answer(item, "no")
    asked = answer_medicines(desk.pack, session.visit, session.last, "no")
    session.take(asked, "answers")
    workspace.show_panel("treated")
    panel = workspace.panel
    assert isinstance(panel, TreatedPanel)
    bar = panel.pane.verticalScrollBar()

    def tell_places() -> list[int]:
        for _ in range(8):
            QApplication.processEvents()
        rows = [row.needled for row in panel._areas]
        return [it.mapTo(panel, QPoint()).y() for it in (*rows, panel.confirm, panel.device)]

    tell_places()
    bar.setValue(150)
    before = tell_places()
    assert bar.value() == 150
    QTest.mouseClick(panel.confirm, Qt.MouseButton.LeftButton)
    assert tell_places() == before
    assert not any(it.suggested for it in (session.visit.treatment or Treatment()).areas)
    assert not panel.confirm.isEnabled()
    assert panel.confirm.text() == "All areas are confirmed"
    session.undo()
    workspace.show_panel("treated")
    assert panel.confirm.isEnabled()


def test_a_time_that_cannot_be_read_is_no_time_and_what_is_not_written_is_noted(
    window: MainWindow, desk: Desk
) -> None:
    """The time before was kept beneath the fault, and nothing was said to be missing."""
    visit = begin(desk, "treatment", make_last(desk))
    treatment = visit.treatment or Treatment()
    put_on = datetime.fromisoformat("2026-06-15T09:10:00")
    treatment = replace(
        treatment, treated=True, numbing=Consumable(name="Lidocaine"), numbing_on=put_on
    )
    window.show_visit(replace(visit, treatment=treatment, panel="treated"))
    workspace = workspace_of(window)
    panel = workspace.panel
    assert isinstance(panel, TreatedPanel)
    panel.on.set_text("9:75")
    panel.on.finished.emit()
    panel.refresh()

    now = workspace.session.visit.treatment
    assert now is not None
    assert now.numbing_on is None
    assert (panel.on.text(), panel.on.error) == ("9:75", "Write the time as 9:15 or 14:30")
    workspace.show_panel("after")
    after = workspace.panel
    assert isinstance(after, AfterPanel)
    told = [line for line in after.missing.text().splitlines() if "on Treatment" in line]
    assert 'Written on Treatment and not understood: "9:75".' in told
    (noted,) = [line for line in told if line.startswith("Not written on Treatment: ")]
    for what in ("passes", "lot of the cartridge", "when the cream was put on"):
        assert what in noted
    workspace.session.undo()
    workspace.show_panel("treated")
    assert (panel.on.text(), panel.on.error) == ("09:10", "")


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"treatment": Treatment(next_visit="review")}, "Review"),
        ({"treatment": Treatment(next_visit="treatment")}, "Next treatment"),
        ({"treatment": Treatment()}, "Next visit"),
        ({"review": Review(decision="continue")}, "After a review that says to continue"),
        (
            {
                "review": Review(
                    decision="change", next_date=date(2026, 7, 1), next_visit="test_patch"
                )
            },
            "Test patch",
        ),
        ({"review": Review(next_date=date(2026, 7, 1), next_visit="treatment")}, "Next treatment"),
        ({"review": Review(decision="stop")}, "After a review that says to stop"),
        ({"review": Review(adverse="ongoing")}, "A side effect, and no next date"),
        (
            {"treatment": Treatment(), "expected_on": date(2026, 7, 6)},
            "Next visit, no date written: by the plan",
        ),
        (
            {"treatment": Treatment(next_date=date(2026, 7, 1)), "expected_on": date(2026, 7, 6)},
            "Next visit",
        ),
        ({"expected_on": date(2026, 7, 6)}, "First treatment"),
        ({"expected_on": date(2026, 6, 8)}, "Test patch"),
        ({"expected_on": date(2026, 7, 20)}, "First visit by the plan"),
    ],
)
def test_the_list_of_who_is_due_says_what_for(
    desk: Desk, part: dict[str, object], told: str
) -> None:
    visit = desk.sample_visit()
    asked = replace(visit.plan, first_session=datetime.fromisoformat("2026-07-06T10:00:00"))

    assert tell_due_for(replace(visit, plan=asked, **part)) == told  # type: ignore[arg-type] # its fields


@pytest.mark.parametrize(
    ("event", "findings", "told"),
    [
        (date(2026, 8, 10), {}, "First visit by the plan"),
        (None, {"sunburn_or_tan": "defer"}, "First visit by the plan"),
        (date(2026, 7, 1), {"acne_active": "precaution"}, "First treatment"),
    ],
)
def test_what_may_be_a_test_patch_is_not_called_the_first_treatment(
    desk: Desk, event: date | None, findings: dict[str, str], told: str
) -> None:
    """A plan that was moved by just four weeks has its patch on the day that was asked for."""
    visit = desk.sample_visit()
    first = datetime.fromisoformat("2026-07-06T10:00:00")
    asked = replace(visit.plan, first_session=first, event_date=event)

    signed = replace(visit, plan=asked, findings=findings, expected_on=first.date())

    assert tell_due_for(signed) == told


def test_the_start_page_says_what_is_due(window: MainWindow, desk: Desk) -> None:
    begun = begin(desk, "treatment", make_last(desk))
    done = Treatment(treated=True, next_visit="review", next_date=date(2026, 6, 18))
    desk.records.sign(replace(begun, treatment=done, state="signed"), None, 0)

    window.show_start()

    review, call = (row.button.accessibleDescription() for row in window.start.due.rows)
    assert review.startswith("Review · 18 Jun 2026, in 3 days")
    assert call.startswith(f"{PROMISED[CHECK_IN]} · 18 Jun 2026, in 3 days")


@pytest.mark.parametrize("kind", ["return", "treatment"])
def test_what_went_wrong_since_is_told_where_the_next_visit_begins(
    window: MainWindow, desk: Desk, kind: str
) -> None:
    """Only the patient's page and the next review said it; who goes straight on missed it."""
    last = make_last(desk)
    begun = begin(desk, "review", last)
    seen = Review(adverse="ongoing", adverse_event="Brown marks, left cheek", decision="continue")
    desk.records.sign(replace(begun, review=seen, state="signed"), None, 0)
    window.open_visit(last.id)

    window.run(kind)

    told = [it.text() for it in workspace_of(window).panel.findChildren(QLabel) if it.isVisible()]
    assert "Adverse event told on 15 Jun 2026: still there: Brown marks, left cheek" in told


def test_a_signed_addendum_is_not_called_unsigned(desk: Desk) -> None:
    """Ctrl+Shift+A on one said that it could still be changed."""
    last = make_last(desk)
    added = replace(begin(desk, "addendum", last), addendum="Red for five days", state="signed")

    with pytest.raises(ConsultError) as caught:
        find_base(desk, "addendum", added, None)

    assert "not signed yet" not in caught.value.advice
    assert "Open the record that it adds to" in caught.value.advice
