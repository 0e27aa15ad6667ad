"""What is written but is no value yet is kept too, and stands there again when work resumes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import Field
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.gui.workspace.signing import list_unread
from consult_app.gui.workspace.workspace import Workspace
from consult_app.store.faults import UnknownRecordError
from consult_app.store.kinds import CONSULTATIONS
from tests.store.test_store_saved import read_sample


@pytest.fixture
def visit(desk: Desk) -> Consultation:
    return replace(desk.sample_visit(), panel="goals")


def show(window: MainWindow, visit: Consultation) -> Workspace:
    window.show_visit(visit)
    assert window.workspace is not None
    return window.workspace


def write(field: Field, text: str) -> None:
    """Type into a field behind what stands there, and do not leave it."""
    field.control.setFocus()
    QTest.keyClicks(field.control, text)


def find_details(window: MainWindow) -> IdentitySheet:
    window.run("identity")
    QApplication.processEvents()
    return [it for it in window.findChildren(IdentitySheet) if it.isVisible()][-1]


def press_done(sheet: IdentitySheet) -> None:
    (done,) = [it for it in sheet.findChildren(Button) if it.words == "Done"]
    QTest.mouseClick(done, Qt.MouseButton.LeftButton)


def resume(window: MainWindow, visit_id: str) -> Workspace:
    """Leave the visit, and open it again as it was kept."""
    window.show_start()
    return show(window, window.desk.records.open_visit(visit_id))


def test_half_a_date_is_kept_while_it_is_written(
    window: MainWindow, visit: Consultation, qtbot: QtBot
) -> None:
    panel = show(window, visit).panel
    assert isinstance(panel, GoalsPanel)
    panel.event_date.forget()

    write(panel.event_date, "31.2.2026")

    # Nothing was left and no panel turned: what a kill would find is on the disk by itself.
    records = window.desk.records

    def is_kept() -> bool:
        with suppress(UnknownRecordError):
            return "31.2.2026" in records.open_visit(visit.id).unread.values()
        return False  # nothing at all is written yet

    qtbot.waitUntil(is_kept)


def test_it_stands_there_again_with_its_fault_and_is_no_value(
    window: MainWindow, visit: Consultation
) -> None:
    panel = show(window, visit).panel
    assert isinstance(panel, GoalsPanel)
    panel.event_date.forget()
    write(panel.event_date, "31.2.2026")
    window.run("panel:skin")  # where work resumes; what the other panel holds is not lost

    workspace = resume(window, visit.id)
    assert workspace.panel.step == "skin"
    window.run("panel:goals")

    again = workspace.panel
    assert isinstance(again, GoalsPanel)
    assert again.event_date.line.text() == "31.2.2026"
    assert again.event_date.error
    assert workspace.session.visit.goals.event_date is None


def test_what_was_corrected_is_no_longer_kept(window: MainWindow, visit: Consultation) -> None:
    workspace = show(window, visit)
    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    panel.event_date.forget()
    write(panel.event_date, "1.9.202")
    window.reception.keep_draft()
    assert list(workspace.session.visit.unread.values()) == ["1.9.202"]

    write(panel.event_date, "7")
    window.reception.keep_draft()

    assert workspace.session.visit.unread == {}
    assert workspace.session.visit.goals.event_date == date(2027, 9, 1)


def test_a_detail_of_an_answer_in_another_group_comes_back(
    window: MainWindow, visit: Consultation
) -> None:
    panel = show(window, replace(visit, panel="safety")).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("procedures")
    panel._rows["needling_recent"].row.answered.emit("yes")
    when = next(it for it in panel.findChildren(DateField) if it.isVisible())
    write(when, "13/2026")

    again = resume(window, visit.id).panel

    assert isinstance(again, SafetyPanel)
    assert "13/2026" in [it.line.text() for it in again.findChildren(DateField) if it.isVisible()]


def test_numbers_and_times_at_fault_come_back(window: MainWindow, visit: Consultation) -> None:
    panel = show(window, replace(visit, panel="plan")).panel
    assert isinstance(panel, PlanPanel)
    assert visit.plan.first_session is not None
    day = visit.plan.first_session.date()
    panel.first_time.line.clear()
    write(panel.first_time, "25:99")
    panel.first_day.control.setFocus()

    again = resume(window, visit.id).panel

    assert isinstance(again, PlanPanel)
    assert again.first_time.text() == "25:99"
    assert again.first_time.error
    assert again.first_day.value() == PartialDate.of(day), "the day stands beside it"
    assert again.session.visit.plan.first_session is None, "and the time before counts no more"
    again.first_time.line.clear()
    write(again.first_time, "14:30")
    assert again.session.visit.plan.first_session == datetime.combine(day, time(14, 30))
    assert again.first_time.unread() == ""


def test_undo_leaves_it_alone(window: MainWindow, visit: Consultation) -> None:
    workspace = show(window, visit)
    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    panel.event_date.forget()
    workspace.session.set("goals.own_words", "Scars")
    write(panel.event_date, "31.2.2026")
    window.reception.keep_draft()

    workspace.session.undo()

    assert list(workspace.session.visit.unread.values()) == ["31.2.2026"]


def test_a_record_is_not_signed_while_something_typed_would_be_dropped(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, visit)
    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    panel.event_date.forget()
    write(panel.event_date, "31.2.2026")
    resumed = resume(window, visit.id)
    resumed.show_panel("finish")

    window.sign()

    (said,) = [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
    words = " ".join(text for text, _ in said.rows)
    assert 'Goals, Its date: "31.2.2026" cannot be read. Correct or clear it.' in words
    said.close()
    resumed.show_panel("goals")
    assert isinstance(resumed.panel, GoalsPanel)
    resumed.panel.event_date.line.clear()
    assert list_unread(resumed) == ()


def test_a_detail_that_applies_no_more_is_not_asked_for_at_signing(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, replace(visit, panel="safety"))
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("procedures")
    row = panel._rows["needling_recent"].row
    row.set_answer("yes")
    row.answered.emit("yes")
    write(next(it for it in panel.findChildren(DateField) if it.isVisible()), "13/2026")
    assert ['"13/2026"' in it.text for it in list_unread(workspace)] == [True]

    row.set_answer("no")
    row.answered.emit("no")

    assert list_unread(workspace) == ()


def test_finish_does_not_say_that_nothing_is_missing_while_a_date_cannot_be_read(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, replace(visit, panel="goals"))
    goals = workspace.panel
    assert isinstance(goals, GoalsPanel)
    goals.event_date.forget()
    write(goals.event_date, "13/2026")

    workspace.show_panel("plan")
    lines = [it.text() for it in workspace.panel.findChildren(QLabel)]
    assert 'Written on Goals and not understood: "13/2026".' in lines, "the plan leaves it out"

    workspace.show_panel("finish")

    finish = workspace.panel
    assert isinstance(finish, FinishPanel)
    told = [it.text() for it in finish.missing.findChildren(QLabel)]
    assert 'Written on Goals and not understood: "13/2026".' in told
    assert not [it for it in told if it.startswith("Nothing is missing")]


def test_a_date_of_the_details_is_kept_until_it_can_be_read(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    sheet = find_details(window)
    write(sheet.born, "14.3.88")

    press_done(sheet)
    assert sheet.isVisible(), "what is wrong was not seen yet"
    assert sheet.born.control.hasFocus()
    assert sheet.born.error
    press_done(sheet)
    assert not sheet.isVisible()

    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (told,) = list_unread(window.workspace)
    assert told.text.startswith('Patient details, Date of birth: "14.3.88"')
    again = find_details(window)
    assert (again.born.line.text(), bool(again.born.error)) == ("14.3.88", True)
    again.born.line.clear()
    write(again.born, "14.3.1988")
    press_done(again)
    assert window.workspace.session.visit.patient.date_of_birth == date(1988, 3, 14)
    assert list_unread(window.workspace) == ()


def test_what_is_corrected_is_told_no_more_where_it_stands(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, replace(visit, panel="plan"))
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    time = panel.first_time
    time.line.selectAll()
    write(time, "25:10")
    QTest.keyClick(time.control, Qt.Key.Key_Tab)
    workspace.bookmark.note()  # as at a save, while the panel stays in sight
    QApplication.processEvents()
    assert [text for text in tell(panel) if "not understood" in text and "25:10" in text]

    time.line.selectAll()
    write(time, "9.15")
    QTest.keyClick(time.control, Qt.Key.Key_Tab)
    QApplication.processEvents()

    assert workspace.session.visit.plan.first_session is not None
    assert f"{workspace.session.visit.plan.first_session:%H:%M}" == "09:15"
    assert not [text for text in tell(panel) if "not understood" in text]


def tell(panel: PlanPanel) -> set[str]:
    return {each.text() for each in panel.result.findChildren(QLabel) if each.isVisible()}


@pytest.mark.parametrize("version", range(2, 8))
def test_what_an_older_program_kept_of_a_nameless_field_is_not_dropped(
    window: MainWindow, version: int
) -> None:
    """It named the event date by its kind alone, so nothing was found to put it back into."""
    document = CONSULTATIONS.format.bring(read_sample("consultation", version))
    old = record.read(Consultation, document)
    kept = {"goals:LineEdit": "31.2.2026"}
    goals = replace(old.goals, event_date=None)
    old = replace(old, kind="consultation", treatment=None, state="draft", follows=None)
    old = replace(old, goals=goals, unread=kept, panel="skin", handout=None, signed_at=None)
    plan = replace(old.plan, event_date=None)
    workspace = show(window, replace(old, plan=plan))
    assert [it.text for it in list_unread(workspace) if "31.2.2026" in it.text]

    workspace.show_panel("goals")
    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    assert panel.event_date.line.text() == "31.2.2026"
    workspace.show_panel("skin")

    assert list(workspace.session.visit.unread.values()) == ["31.2.2026"]
    assert "goals:LineEdit" not in workspace.session.visit.unread
    assert [it.text for it in list_unread(workspace) if "31.2.2026" in it.text]


def test_what_has_no_field_any_more_stays_with_the_draft(
    window: MainWindow, visit: Consultation
) -> None:
    kept = {"goals:A field that was taken out": "12/2"}
    workspace = show(window, replace(visit, unread=kept))
    workspace.show_panel("skin")
    workspace.show_panel("goals")
    workspace.show_panel("skin")

    assert workspace.session.visit.unread == kept
    workspace.show_panel("finish")
    shown = [it.text() for it in workspace.panel.findChildren(QLabel) if it.isVisible()]
    assert any("12/2" in it for it in shown), "it is told before it is signed"


def test_the_visit_that_is_open_is_not_opened_over_what_was_just_typed(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, visit)
    workspace.session.set("goals.own_words", "Typed a moment ago")

    window.run(f"visit:{visit.id}")

    assert window.workspace is workspace
    assert workspace.session.visit.goals.own_words == "Typed a moment ago"
    window.show_start()
    kept = window.desk.records.open_visit(visit.id)
    assert kept.goals.own_words == "Typed a moment ago"
