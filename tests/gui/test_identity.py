"""Patient details and what the practice chose of the sheet's language: kept, and kept in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.start.same_person import TWICE
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.identity import GIVEN, NEEDED, IdentitySheet
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.signing import list_unread
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.conftest import Clock, room_of
from tests.gui.test_frame import unlock
from tests.gui.touring import make_last, workspace_of

Kind = Literal["consultation", "treatment", "review", "addendum"]


def dialogs(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def begin(window: MainWindow) -> Workspace:
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    return window.workspace


def test_a_visit_may_be_entered_later_but_never_before_it_takes_place(window: MainWindow) -> None:
    workspace = begin(window)
    session = workspace.session
    entered = session.visit.started_at
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]

    sheet.visit_day.edited.emit(PartialDate(2026, 6, 1))
    assert (session.visit.visit_date, session.visit.started_at) == (date(2026, 6, 1), entered)
    assert "Visit of 1 Jun 2026, entered 15 Jun 2026" in {
        tag.text() for tag in workspace.banner.findChildren(Tag)
    }

    sheet.visit_day.edited.emit(PartialDate(2026, 6, 16))
    assert session.visit.visit_date == date(2026, 6, 1)
    assert sheet.visit_day.error
    sheet.visit_day.line.setText("16.6.2026")
    sheet.visit_day.line.editingFinished.emit()
    assert sheet.visit_day.error, "said as long as it does not count, also once it is left"


def test_taking_back_goes_on_once_the_details_are_closed(window: MainWindow) -> None:
    session = begin(window).session
    session.set("goals.own_words", "The dents on my cheeks")
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    window.run("undo")

    assert session.visit.goals.own_words == ""


def test_a_preferred_language_stays_in_sight_and_with_the_patient(
    window: MainWindow, desk: Desk
) -> None:
    workspace = begin(window)
    session = workspace.session
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert session.visit.locale.language == "en-GB"

    sheet.language.edited.emit("Polish")
    sheet.sheet_language.edited.emit("en-US")

    assert "Speaks Polish" in {tag.text() for tag in workspace.banner.findChildren(Tag)}
    window.run("panel:finish")
    finish = workspace.panel
    assert isinstance(finish, FinishPanel)
    told = "The patient prefers Polish, the handout is in English (United States)."
    assert finish.spoken.text().startswith(told)
    window.settle()
    assert desk.patients.open(session.visit.patient_id).needs.language == "Polish"
    sheet.language.edited.emit("English")
    assert not finish.spoken.isVisible()


def test_the_practice_chooses_the_language_of_its_sheets_and_whether_time_is_shown(
    window: MainWindow,
) -> None:
    window.run("settings")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, PracticeSheet)]
    sheet.country.edited.emit("US")
    assert sheet.settings.practice.language == "en-US"
    sheet.language.set_value("en-CA")
    sheet.elapsed.set_value("hidden")

    sheet.findChildren(Button)[-1].click()

    workspace = begin(window)
    assert workspace.session.visit.locale.language == "en-CA"
    assert workspace.footer.elapsed.text() == ""


def test_a_visit_gone_on_with_on_another_day_has_run_for_no_time_worth_telling(
    window: MainWindow, desk: Desk
) -> None:
    """It said 1440:00 the day after."""
    begun = replace(desk.sample_visit(), started_at=desk.clock())
    window.show_visit(begun)
    assert workspace_of(window).footer.elapsed.text() == "0:00"

    window.show_visit(replace(begun, started_at=desk.clock() - timedelta(days=1)))
    assert workspace_of(window).footer.elapsed.text() == ""


def test_a_day_still_to_come_stays_in_the_details_and_stands_in_the_way(
    window: MainWindow, clock: Clock
) -> None:
    """It went with *Done*, and the visit was signed for the day of entry without a word."""
    workspace = begin(window)
    session = workspace.session
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.visit_day.line.clear()
    QTest.keyClicks(sheet.visit_day.line, "17.6.2026")
    assert "the visit stays on 15 Jun 2026" in sheet.visit_day.error
    sheet.accept()

    told = 'Patient details, Date of visit: "17.6.2026" has not come yet. Correct or clear it.'
    assert [it.text for it in list_unread(workspace)] == [told]
    assert session.visit.visit_date == date(2026, 6, 15)
    window.run("identity")
    (again,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert again.visit_day.line.text() == "17.6.2026"
    assert again.visit_day.error
    again.accept()

    clock.move(2 * 24 * 3600)
    told_then = '"17.6.2026" has come by now. Open the details to take it, or clear it.'
    assert [it.text.endswith(told_then) for it in list_unread(workspace)] == [True]
    window.run("identity")
    (come,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert not come.visit_day.error, "the day has come"
    assert session.visit.visit_date == date(2026, 6, 17)
    come.accept()
    assert list_unread(workspace) == ()


def test_an_age_that_nobody_reaches_is_asked_about_beside_the_date(window: MainWindow) -> None:
    """It counts all the same, and nothing waits for an answer."""
    workspace = begin(window)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.born.line.clear()
    QTest.keyClicks(sheet.born.line, "1.1.1880")
    assert sheet.born.help().endswith("years old: is the year right?")
    assert not sheet.born.error
    assert workspace.session.visit.patient.date_of_birth == date(1880, 1, 1)
    QTest.keyClicks(sheet.born.line, "\b" * 4 + "1980")
    assert sheet.born.help() == "1 January 1980"


def test_a_birth_date_still_to_come_stays_in_the_details_and_counts_for_nothing(
    window: MainWindow,
) -> None:
    """The banner said *-67 years*, and the box that a minor is not treated."""
    workspace = begin(window)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.born.line.clear()
    QTest.keyClicks(sheet.born.line, "17.6.2093")
    assert sheet.born.error == "This day has not come, so it is no date of birth."
    assert workspace.session.visit.patient.date_of_birth is None
    sheet.accept()

    told = 'Patient details, Date of birth: "17.6.2093" has not come yet. Correct or clear it.'
    assert [it.text for it in list_unread(workspace)] == [told]
    window.run("identity")
    (again,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert again.born.error
    again.born.line.clear()
    QTest.keyClicks(again.born.line, "17.6.1993")
    assert not again.born.error
    assert workspace.session.visit.patient.date_of_birth == date(1993, 6, 17)
    assert list_unread(workspace) == ()


@pytest.mark.parametrize("kind", ["consultation", "treatment", "review", "addendum"])
def test_a_visit_of_a_day_still_to_come_may_be_planned_and_not_signed(
    window: MainWindow, desk: Desk, clock: Clock, kind: Kind
) -> None:
    """Such as one from a case file."""
    coming = replace(desk.sample_visit(), kind=kind, visit_date=date(2026, 6, 20))
    judgement = desk.judge(coming)
    told = "The visit is dated 20 Jun 2026, which has not come. Sign it then, or correct the date"
    first = list_obstacles(coming, judgement, desk)[0]
    assert first.text.startswith(told)
    assert first.place == "identity"

    if kind == "consultation":
        window.show_visit(coming)
        window.run("identity")
        (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
        assert "sign it then" in sheet.visit_day.error
        sheet._finish()
        assert not sheet.isVisible(), "a name may be corrected all the same"
    clock.move(5 * 24 * 3600)
    assert not any(told in it.text for it in list_obstacles(coming, judgement, desk))


def test_half_a_date_in_the_details_is_kept_by_a_lock(frame: Frame, qtbot: QtBot) -> None:
    """It was gone without a word, and the visit stayed on the day of entry."""
    begin(room_of(frame))
    room_of(frame).run("identity")
    (sheet,) = [it for it in dialogs(room_of(frame)) if isinstance(it, IdentitySheet)]
    sheet.visit_day.line.clear()
    QTest.keyClicks(sheet.visit_day.line, "31/12/20")

    frame.lock()
    room = unlock(frame, qtbot)
    room.run("identity")

    (again,) = [it for it in dialogs(room) if isinstance(it, IdentitySheet)]
    assert again.visit_day.line.text() == "31/12/20"
    assert again.visit_day.error
    again.accept()


def test_the_reason_is_needed_only_while_name_or_birth_date_is_missing(window: MainWindow) -> None:
    begin(window)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    shown = [label.text() for label in sheet.reason.findChildren(Label)]
    assert NEEDED in shown
    sheet.born.edited.emit(PartialDate(1990, 2, 14))
    shown = [label.text() for label in sheet.reason.findChildren(Label)]
    assert NEEDED not in shown
    assert GIVEN in shown
    sheet.name.edited.emit(" ")
    assert NEEDED in [label.text() for label in sheet.reason.findChildren(Label)]


def test_who_may_be_here_already_is_told_where_the_birth_date_is_written(
    window: MainWindow, desk: Desk
) -> None:
    born = date(1994, 3, 12)
    make_last(desk, patient=Patient(name="Priya Nair", date_of_birth=born), patient_id="p9")
    session = begin(window).session
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.name.edited.emit("Prya Nair")
    assert not sheet.same.text()

    sheet.born.set_value(PartialDate.of(born))
    sheet.born.edited.emit(PartialDate.of(born))
    assert "Priya Nair, born 12 Mar 1994, is here already" in sheet.same.text()
    sheet._finish()
    assert sheet.isVisible(), "once it leads to what nobody may have read"
    sheet._finish()
    assert not sheet.isVisible()
    assert session.visit.patient.date_of_birth == born

    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert sheet.same.text(), "and again as long as it stands so"
    sheet.born.edited.emit(PartialDate(1994, 3, 13))
    assert not sheet.same.text()


def test_two_records_of_one_person_tell_of_each_other(window: MainWindow, desk: Desk) -> None:
    """After an import a treatment in the one counted for nothing in the other, without a word."""
    last = make_last(desk)
    window.reception.show_patient(last.patient_id)
    notice = window.reception.person.notice
    assert not notice.isVisible()

    make_last(desk, id="elsewhere", patient_id="elsewhere")

    for patient in (last.patient_id, "elsewhere"):
        window.reception.show_patient(patient)
        assert notice.isVisible()
        assert notice.text() == TWICE.format(name=last.patient.name)


def test_a_patient_is_not_told_as_their_own_namesake(window: MainWindow, desk: Desk) -> None:
    window.open_visit(make_last(desk).id)
    window.run("return")
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert desk.patients.find_namesakes(workspace_of(window).session.visit.patient)
    assert not sheet.same.text()


def test_the_details_of_a_signed_record_are_read_and_not_written(
    window: MainWindow, desk: Desk
) -> None:
    """A new name and a need were typed, *Done* closed the sheet, and nothing had been kept."""
    window.open_visit(make_last(desk).id)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert sheet.name.text()
    assert not [field for field in sheet._fields() if field.isEnabled()]
    assert "nothing here can be changed" in sheet.same.text()
    sheet._finish()
    assert not sheet.isVisible()

    begin(window)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert all(field.isEnabled() for field in sheet._fields())
    assert not sheet.same.text()


def test_enter_on_a_need_that_was_just_chosen_is_done(window: MainWindow) -> None:
    """It took the large print away again instead."""
    window.show_visit(window.desk.sample_visit())
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    chip = sheet.needs.chip("large_print")
    before = chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Space)

    QTest.keyClick(chip, Qt.Key.Key_Return)

    assert workspace_of(window).session.visit.needs.large_print is not before
    assert not sheet.isVisible()
