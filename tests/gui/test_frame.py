"""The window on the screen: locking hides everything and drops the keys, closing keeps all."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.gui.dialogs import show_on_screen
from consult_app.gui.frame import Frame
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.start.visits import UNSAVED, Visits
from consult_app.gui.workspace.workspace import Workspace
from consult_app.store.derivation import KeyRing
from consult_app.store.faults import StoreError
from consult_app.store.sealing import AesSealer
from tests.gui.conftest import room_of
from tests.gui.test_room import look_over
from tests.sealed import PASSPHRASE, Sealed

SLOW = 30_000
"""Milliseconds a busy machine may take for a passphrase."""
FULL = StoreError("The disk is full.", "Free some space; everything is still in the window.")


def dialogs(frame: Frame) -> list[QDialog]:
    return [dialog for dialog in frame.findChildren(QDialog) if dialog.isVisible()]


def words_in(root: QWidget) -> str:
    """Return every word in `root`, seen or not."""
    found = [root.windowTitle()]
    for part in (root, *root.findChildren(QWidget)):
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, (QLabel, QLineEdit)):
            found.append(part.text())
        if isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
    return "\n".join(found)


def begin(room: MainWindow, name: str = "Ada Berg") -> Workspace:
    room.begin_visit(Patient(name=name))
    assert room.workspace is not None
    return room.workspace


def lock(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def unlock(frame: Frame, qtbot: QtBot, secret: str = PASSPHRASE) -> MainWindow:
    page = frame.gate.page
    assert isinstance(page, UnlockPage)
    QTest.keyClicks(page.secret.line, secret)
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: frame.room is not None and frame.room.isVisible(), timeout=SLOW)
    return room_of(frame)


def test_locking_leaves_no_word_of_a_patient_in_the_window(frame: Frame, qtbot: QtBot) -> None:
    room = room_of(frame)
    begin(room).session.set("goals.own_words", "Scars")
    room.run("identity")
    assert "Ada" in words_in(frame)

    lock(frame)

    assert frame.gate.isVisible()
    assert dialogs(frame) == []
    qtbot.waitUntil(lambda: "Ada" not in words_in(frame))
    assert "Scars" not in words_in(frame)


def test_locking_closes_the_records(frame: Frame, home: Path, sealed: Sealed) -> None:
    begin(room_of(frame))

    lock(frame)

    with sealed.open_again(home):
        pass  # nobody else has them open


PRIVATE = (KeyRing, AesSealer, Consultation, Patient)


def test_the_window_holds_no_key_no_visit_and_nobody_while_locked(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    gc.collect()
    of_others = find(*PRIVATE)
    sealed.put(home)
    closed_frame.gate.begin()
    begin(unlock(closed_frame, qtbot))
    assert len(find(*PRIVATE)) > len(of_others)

    lock(closed_frame)

    qtbot.waitUntil(lambda: len(find(*PRIVATE)) <= len(of_others), timeout=SLOW)


def find(*kinds: type) -> list[object]:
    """Return the objects of these kinds that are still in memory."""
    return [found for found in gc.get_objects() if type(found) in kinds]


def test_unlocking_leads_back_to_the_same_visit_and_panel(frame: Frame, qtbot: QtBot) -> None:
    workspace = begin(room_of(frame))
    workspace.session.set("goals.own_words", "Scars")
    workspace.go_to("isotretinoin")
    workspace.bookmark.note()
    visit = workspace.session.visit
    assert "group medicines" in visit.focus
    lock(frame)

    room = unlock(frame, qtbot)

    assert room.workspace is not None
    session, panel = room.workspace.session, cast("SafetyPanel", room.workspace.panel)
    assert session.visit == visit
    assert panel.step == "safety"
    qtbot.waitUntil(lambda: panel.groups.value() == "medicines", timeout=SLOW)
    room.run("undo")
    assert session.visit.goals.own_words == "Scars", "nothing can be undone behind a lock"


def test_settings_that_were_being_typed_are_gone_on_with_behind_a_lock(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    """Idleness took away the practice that somebody was setting up, and it was not asked again."""
    gc.collect()
    of_others = find(*PRIVATE)
    sealed.put(home)
    closed_frame.gate.begin()
    unlock(closed_frame, qtbot).run("settings")
    (sheet,) = closed_frame.findChildren(PracticeSheet)
    sheet._texts["clinic_name"].set_text("Birch Street Clinic")
    sheet.limits.reason.set_text("audit")
    closed_frame.absence.noticed.emit("idle")
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: len(find(*PRIVATE)) <= len(of_others), timeout=SLOW)

    room = unlock(closed_frame, qtbot)

    (again,) = (it for it in room.findChildren(PracticeSheet) if it.isVisible())
    assert again._texts["clinic_name"].text() == "Birch Street Clinic"
    assert again.limits.reason.text() == "audit"
    again._keep()
    assert room.desk.settings.practice.clinic_name == "Birch Street Clinic"
    assert not [it for it in room.findChildren(PracticeSheet) if it.isVisible()]


def test_a_wrong_passphrase_says_so_and_can_be_typed_over(frame: Frame, qtbot: QtBot) -> None:
    lock(frame)
    page = frame.gate.page
    assert isinstance(page, UnlockPage)

    QTest.keyClicks(page.secret.line, "wrong but long enough")
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    frame.gate.tasks.wait()
    qtbot.waitUntil(page.notice.isVisible)

    assert "does not open the records" in page.notice.text()
    assert "Nothing was changed" in page.notice.text()
    assert page.secret.line.hasSelectedText()
    room = unlock(frame, qtbot)
    assert frame._opened is not None
    assert frame._opened.keys is not None
    actions = [entry.action for entry in frame._opened.keys.audit.entries(3)]
    assert actions[:2] == ["store.unlocked", "unlock.failed"]
    assert room.isVisible()


def test_the_start_page_can_be_locked(frame: Frame) -> None:
    lock(frame)

    assert frame.gate.isVisible()


def test_a_handout_made_while_somebody_locks_stays_behind_the_lock(frame: Frame) -> None:
    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    room.run("handout")

    lock(frame)
    QTest.qWait(0)

    assert frame.gate.isVisible()


class FullDisk:
    """Records on a disk that takes nothing more."""

    def __init__(self, room: MainWindow) -> None:
        self._real: Any = room.desk.records
        self.full = True
        self.kept: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the records offer
        return getattr(self._real, name)

    def keep_draft(self, visit: Consultation, done: Any, failed: Any) -> None:  # noqa: ANN401 - as they come
        """Fail, or keep it."""
        if self.full:
            failed(FULL)
            return
        self.kept.append(visit.goals.own_words)
        self._real.keep_draft(visit, done, failed)

    def finish_writing(self) -> None:
        """Fail, or wait."""
        if self.full:
            raise FULL
        self._real.finish_writing()


def test_what_cannot_be_saved_waits_behind_the_lock(frame: Frame, qtbot: QtBot) -> None:
    room = room_of(frame)
    disk = FullDisk(room)
    room.desk = replace(room.desk, records=disk)
    room.reception.use(room.desk)
    workspace = begin(room)
    workspace.session.set("goals.own_words", "Scars")

    lock(frame)

    page = frame.gate.page
    assert isinstance(page, UnlockPage)
    assert "could not be saved" in page.lead.text()
    assert "Free some space" in page.notice.text()
    QTest.keyClicks(page.secret.line, "wrong but long enough")
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in page.notice.text(), timeout=SLOW)
    assert not room.isVisible()
    page.secret.clear()
    disk.full = False
    at_once: list[str] = []
    frame.gate.opened.connect(lambda _: at_once.extend(disk.kept))
    assert unlock(frame, qtbot) is room
    assert workspace.session.visit.goals.own_words == "Scars"
    # On a slow machine the draft's own turn may have come before, and kept the same once more.
    assert set(at_once) == {"Scars"}, "nobody has to think of saving again"
    assert frame.upkeep._timer.isActive(), "backups are made as before"


@pytest.mark.expects_log("ZeroDivisionError")
@pytest.mark.parametrize("leave", [lock, Frame.close])
def test_what_nobody_foresaw_loses_nothing_at_a_lock_or_at_closing(
    frame: Frame, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Frame], object]
) -> None:
    """The window closed without a word, and behind a lock the records opened for nobody."""
    room = room_of(frame)
    workspace = begin(room)
    visits = room.desk.records
    assert isinstance(visits, Visits)

    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(visits._patients, "find_change", stumble)
        workspace.session.set("goals.own_words", "Scars")
        leave(frame)

    assert frame.isVisible()
    told = frame.gate.page if frame.gate.isVisible() else dialogs(frame)[0]
    assert UNSAVED in words_in(told)
    assert frame.room is room, "it is still there"
    room.settle()
    kept = room.desk.records.open_visit(workspace.session.visit.id)
    assert kept.goals.own_words == "Scars"


def test_closing_keeps_everything_without_asking(frame: Frame, home: Path, sealed: Sealed) -> None:
    visit = begin(room_of(frame)).session.visit

    frame.close()

    assert not frame.isVisible()
    with sealed.open_again(home) as store:
        assert [draft.id for draft in store.drafts.list()] == [visit.id]


@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (800, 1240)])
@pytest.mark.parametrize("percent", [100, 130])
def test_the_lock_page_has_room(frame: Frame, size: tuple[int, int], percent: int) -> None:
    room_of(frame).theme.set_text_percent(percent)
    frame.resize(*size)
    frame.lock()

    found = look_over(frame.gate, "locked")

    assert not found, "\n".join(found)


def test_what_is_typed_at_once_goes_into_the_search_line(frame: Frame) -> None:
    """Also the first letters after the passphrase, before anything was painted."""
    line = room_of(frame).start.search.control

    assert line.hasFocus()


@pytest.mark.parametrize(
    ("room", "fills"),
    [
        ((1920, 1040), False),
        ((1366, 808), False),
        ((1366, 768), True),
        ((960, 500), True),
        ((683, 384), True),
    ],
)
def test_the_window_opens_as_large_as_the_screen_has_room_for(
    *, room: tuple[int, int], fills: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen:
        def availableGeometry(self) -> QRect:  # noqa: N802 - Qt's name
            return QRect(0, 0, *room)

    window = QWidget()
    window.setMinimumSize(720, 480)
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "screen", Screen)
    show_on_screen(window, 1366, 768)
    least = window.minimumSize()
    assert least.width() <= room[0]
    assert least.height() < room[1], "the foot of the window is above the edge of the screen"
    assert window.isMaximized() is fills, "what lies below the edge of the screen is never pressed"
    assert window.isVisible()
    if not fills:
        assert (window.width(), window.height()) == (1366, 768)
