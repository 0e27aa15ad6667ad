"""The start page: one line finds, resumes or begins; who may be here already is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Event, get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.start.page import READING
from consult_app.gui.start.same_person import FROM_FILE
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.workspace.workspace import Workspace
from consult_app.store.faults import StoreError
from tests.gui.touring import make_last

ADA = Patient(name="Ada Berg", date_of_birth=date(1992, 4, 30), record_number="K-17")
FOOT = ("Open case file", "Settings", "Records and backup")
CTRL = Qt.KeyboardModifier.ControlModifier


def write(window: MainWindow, text: str) -> None:
    QTest.keyClicks(window.start.search.control, text)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)
    QApplication.processEvents()


def opened(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


@pytest.fixture
def enter(window: MainWindow) -> Callable[..., Consultation]:
    """Enter a patient by a visit, signed or not."""

    def do(
        patient: Patient = ADA, *, first: date | None = None, sign: bool = False
    ) -> Consultation:
        visit = window.desk.begin_visit(window.desk.settings, patient)
        if first is not None:
            begin = datetime.combine(first, datetime.min.time())
            plan = PlanRequest(first_session=begin)
            visit = replace(visit, plan=plan, agreement=Agreement(decision="go_ahead"))
        if sign:
            signed = replace(visit, state="signed", signed_at=window.desk.clock())
            return window.desk.records.sign(signed, b"%PDF-", 2)
        window.show_visit(visit)
        QApplication.processEvents()
        window.show_start()
        QApplication.processEvents()
        return visit

    return do


@pytest.mark.parametrize(
    ("typed", "patient"),
    [
        ("Ada Berg", Patient(name="Ada Berg")),
        ("Ada Berg 30/4/1992", replace(ADA, record_number="")),
        ("30.4.1992 Berg, Ada K-17", replace(ADA, name="Berg Ada")),
        ("", Patient()),
    ],
)
def test_one_line_begins_a_visit(window: MainWindow, typed: str, patient: Patient) -> None:
    write(window, typed)

    press(Qt.Key.Key_N, CTRL)

    assert opened(window).session.visit.patient == patient
    assert window.start.search.text() == "", "the next person begins with an empty line"


def test_what_was_understood_stands_beneath_the_line(window: MainWindow) -> None:
    write(window, "Ada Berg 3/4/1992")

    assert "Ada Berg · born 3 Apr 1992" in window.start.search.help()


def test_enter_opens_the_patient_and_enter_again_resumes_what_is_unfinished(
    window: MainWindow, enter: Callable[..., Consultation]
) -> None:
    visit = enter()

    write(window, "ber")
    press(Qt.Key.Key_Return)
    assert window.reception.person.isVisible()
    told = [it.text() for it in window.reception.person.findChildren(QLabel) if it.isVisible()]
    assert "No consultation is signed yet. One that was begun waits below." in told
    press(Qt.Key.Key_Space)

    assert opened(window).session.visit.id == visit.id


@pytest.mark.parametrize("born", ["30 4 1992", "30 Apr 1992", "April 30, 1992"])
def test_a_patient_whose_visit_is_signed_begins_a_return_visit(
    window: MainWindow, enter: Callable[..., Consultation], born: str
) -> None:
    signed = enter(sign=True)

    write(window, born)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_N, CTRL)

    session = opened(window).session
    assert session.visit.follows == signed.id
    assert session.visit.patient_id == signed.patient_id
    assert session.visit.patient == ADA
    assert session.last == signed
    assert session.visit.answers == {}, "nothing counts as asked"


def test_unfinished_visits_wait_and_are_resumed_by_the_arrow_keys(window: MainWindow) -> None:
    window.reception.begin_visit(Patient())
    QApplication.processEvents()
    opened(window).session.set("goals.own_words", "dents")
    visit = opened(window).session.visit
    window.show_start()
    QApplication.processEvents()
    assert [row.button.accessibleName() for row in window.start.unfinished.rows] == [
        "Resume Name not given yet"
    ]

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)

    assert opened(window).session.visit.id == visit.id


def test_who_is_due_is_listed_with_the_day(
    window: MainWindow, enter: Callable[..., Consultation]
) -> None:
    today = window.desk.clock().date()
    enter(sign=True, first=today + timedelta(days=3))
    window.show_start()

    (row,) = window.start.due.rows

    assert row.button.accessibleName() == "Open Ada Berg"
    assert "in 3 days" in row.button.accessibleDescription()


@pytest.mark.parametrize(("key", "same"), [(Qt.Key.Key_Space, True), (None, False)])
def test_a_person_who_may_be_here_already_is_shown_beside_what_was_typed(
    window: MainWindow, enter: Callable[..., Consultation], key: Qt.Key | None, *, same: bool
) -> None:
    known = enter(sign=True)
    write(window, "Berg, Ada Maria 30/4/1992")

    press(Qt.Key.Key_N, CTRL)
    card = window.start.same
    assert card.isVisible()
    assert window.workspace is None, "nothing began"
    assert {"Berg Ada Maria", "Ada Berg", "K-17"} <= {it.text() for it in card.labels()}
    if key is None:
        press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Space)

    if same:
        assert window.reception.person.isVisible()
    else:
        assert opened(window).session.visit.patient_id != known.patient_id
        assert opened(window).session.visit.patient.name == "Berg Ada Maria"


@pytest.mark.parametrize("same", [True, False])
def test_a_case_file_of_somebody_who_may_be_here_asks_before_a_second_record(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, *, same: bool
) -> None:
    """It began one without a word, in which no earlier treatment of this clinic counted."""
    path = window.desk.resources / "examples" / "first-visit.json"
    known = make_last(window.desk)
    monkeypatch.setattr(window.sheets, "choose_case_file", lambda then: then(path))

    window.run("file")

    card = window.start.same
    assert card.isVisible()
    assert window.workspace is None, "nothing began"
    assert FROM_FILE in {it.text() for it in card.labels()}
    QApplication.processEvents()
    if not same:
        press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Space)

    if same:
        assert window.reception.person.isVisible()
    else:
        begun = opened(window).session.visit
        assert begun.patient_id != known.patient_id
        assert begun.patient.name == known.patient.name


@pytest.mark.parametrize("leave", ["Cancel", "Keep these settings"])
def test_after_the_settings_what_is_typed_is_looked_for(
    window: MainWindow, qtbot: QtBot, leave: str
) -> None:
    by_name = {it.words: it for it in window.start.findChildren(Button)}
    by_name["Settings"].setFocus()
    QTest.mouseClick(by_name["Settings"], Qt.MouseButton.LeftButton)
    (sheet,) = [it for it in window.findChildren(PracticeSheet) if it.isVisible()]

    next(it for it in sheet.findChildren(Button) if it.words == leave).click()
    window.activateWindow()

    qtbot.waitUntil(window.start.search.control.hasFocus)


def test_a_click_on_the_foot_leaves_the_keyboard_in_the_search_line(window: MainWindow) -> None:
    by_name = {it.words: it for it in window.start.findChildren(Button)}

    QTest.mouseClick(by_name["Records and backup"], Qt.MouseButton.LeftButton)

    assert window.start.search.control.hasFocus()


def test_no_match_says_how_to_begin(window: MainWindow) -> None:
    write(window, "nobody")

    assert window.start.found.isVisible()
    assert window.start.found.rows == ()
    press(Qt.Key.Key_Return)
    assert window.workspace is None, "a mistyped name is nobody new"
    assert window.start.search.text() == "nobody"

    write(window, " 30/4/1992")
    press(Qt.Key.Key_Return)
    assert opened(window).session.visit.patient.name == "nobody"


def test_the_way_back_leads_from_the_patient_to_the_start_page(
    window: MainWindow, enter: Callable[..., Consultation]
) -> None:
    enter(sign=True)
    write(window, "ada")
    press(Qt.Key.Key_Return)

    press(Qt.Key.Key_W, CTRL)

    assert window.start.isVisible()
    assert window.start.search.control.hasFocus()


def test_the_sample_patient_is_marked_as_one(window: MainWindow) -> None:
    window.start.sample_wanted.emit()

    assert opened(window).session.visit.sample


def test_a_long_list_is_read_behind_the_page_which_is_there_at_once(
    window: MainWindow,
    enter: Callable[..., Consultation],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    enter(sign=True)
    patients = window.desk.patients
    gate, readers = Event(), []

    def read_slowly() -> None:
        readers.append(get_ident())
        assert gate.wait(30)
        monkeypatch.setattr(type(patients), "is_at_hand", property(lambda _: True))

    monkeypatch.setattr(type(patients), "is_at_hand", property(lambda _: False))
    monkeypatch.setattr(patients, "read_ahead", read_slowly)
    window.show_start()
    write(window, "ada")
    assert window.start.notice.text() == READING
    assert window.start.sample.isHidden()
    assert window.start.found.isHidden()
    gate.set()
    qtbot.waitUntil(window.start.notice.isHidden)
    (row,) = window.start.found.rows
    assert row.button.accessibleName() == "Open Ada Berg"
    assert not window.start.found.isHidden()
    assert len(readers) == 1
    assert readers[0] != get_ident()


def test_a_list_that_cannot_be_read_behind_the_page_says_so_there(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The records cannot be read", "Close other programs.")

    monkeypatch.setattr(type(window.desk.patients), "is_at_hand", property(lambda _: False))
    monkeypatch.setattr(window.desk.patients, "read_ahead", fail)
    monkeypatch.setattr(window.desk.patients, "find", fail)
    window.show_start()
    qtbot.waitUntil(lambda: "cannot be read" in window.start.notice.text())


def test_lists_side_by_side_begin_on_one_line(
    open_window: Callable[..., MainWindow], enter: Callable[..., Consultation]
) -> None:
    """Also where the first of the second column are not shown, as when a lot is looked for."""
    enter(sign=True)
    start = open_window().start
    start.refresh()
    start.unfinished.hide()
    start.due.hide()
    start.lots.show_rows((), "Nobody")
    QApplication.processEvents()

    assert start.found.isVisible()
    assert start.lots.x() > start.found.x()
    assert start.lots.y() == start.found.y()

    start.window().resize(800, 900)
    QApplication.processEvents()
    assert start.lots.x() == start.found.x()
    assert start.lots.y() >= start.found.geometry().bottom()


def test_tab_goes_through_the_page_as_it_is_read(
    window: MainWindow, enter: Callable[..., Consultation]
) -> None:
    """It went to the links at the foot before the lists, which are filled later."""
    enter(first=date(2026, 6, 1), sign=True)
    enter(Patient(name="Bo Lund"))
    start = window.start
    start.focus_first()
    rows = [row.button for part in (start.found, start.unfinished, start.due) for row in part.rows]
    assert len(rows) > 1

    first, stops = start.search.control, list[QWidget | None]()
    while not stops or stops[-1] is not first:
        press(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())

    foot = [start.due._more, *(it for it in start.findChildren(Button) if it.words in FOOT)]
    assert stops[0] is start.begin
    assert stops[-5 - len(rows) :] == [*rows, *foot, first]
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is foot[-1]
