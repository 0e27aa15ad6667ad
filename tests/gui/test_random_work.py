"""Work at random: nothing ends the window, and what it says is never older than the visit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from consult_app.domain.change import look, put
from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.domain.timeline import LIMIT
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import NO_EDITS, Session
from consult_app.gui.workspace.open_visit import find_judge
from consult_app.knowledge.judgement import Judgement
from tests.gui.conftest import Clock, room_of
from tests.gui.touring import make_last

FIELDS = (QAbstractButton, QAbstractSlider, QLineEdit, QPlainTextEdit)
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Equal),
    *(Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_U, Qt.Key.Key_Backspace, Qt.Key.Key_2, Qt.Key.Key_4),
    *(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete),
)
SLIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
LETTERS = "1234567ZJKD"
TEXTS = (
    *("3", "31.2.2026", "14.3.1990", "2025", "03/2026", "warfarin", "copper", "0.5", "2.25"),
    *("12:30", "99", "-1", "abc def", "isotretinoin", "Amara Okafor 30/4/1992"),
)
LEFT_ALONE = (
    "Lock",
    "Print",
    "Save",
    "Export",
    "Restore",
    "Settings",
    "Records",
    "Erase",
    "Back up",
)
"""What leaves the visit for a printer, a file or the records as a whole has tests of its own."""


class Hand:
    """Presses, clicks and types whatever is in sight, by chance."""

    def __init__(self, frame: Frame, chance: random.Random) -> None:
        self._frame, self._chance = frame, chance
        self.did: list[str] = []

    def act(self) -> None:
        """Do one thing where the window takes it."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._frame
        if isinstance(top, QFileDialog):
            top.reject()
        elif isinstance(top, QMenu):
            self._choose(top)
        elif self._chance.random() < 0.25:
            self._press(QApplication.focusWidget() or top)
        else:
            self._touch(top)

    def _choose(self, menu: QMenu) -> None:
        self.did.append("menu")
        if self._chance.random() < 0.5:
            QTest.keyClick(menu, Qt.Key.Key_Down)
            QTest.keyClick(menu, Qt.Key.Key_Return)
        else:
            menu.close()

    def _press(self, where: QWidget) -> None:
        if self._chance.random() < 0.75:
            key = self._chance.choice(KEYS)
            self.did.append(f"{key.name} on {where.accessibleName()}")
            QTest.keyClick(where, key)
            return
        letter = self._chance.choice(LETTERS)
        held = Qt.KeyboardModifier.ControlModifier
        if self._chance.random() < 0.15:
            held |= Qt.KeyboardModifier.ShiftModifier
        self.did.append(f"Ctrl+{letter}")
        QTest.keyClick(where, Qt.Key[f"Key_{letter}"], held)

    def _touch(self, top: QWidget) -> None:
        shown = [it for it in top.findChildren(QWidget) if isinstance(it, FIELDS) and _is_shown(it)]
        if not shown:
            QTest.keyClick(top, Qt.Key.Key_Escape)
            return
        field = self._chance.choice(shown)
        name = (
            field.text() if isinstance(field, QAbstractButton) else ""
        ) or field.accessibleName()
        if name.startswith(LEFT_ALONE):
            return
        self.did.append(f"{type(field).__name__} {name}")
        if isinstance(field, QAbstractButton):
            QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=_middle(field))
        elif isinstance(field, QAbstractSlider):
            QTest.keyClick(field, self._chance.choice(SLIDES))
        elif not field.isReadOnly():
            field.setFocus()
            QTest.keyClicks(field, self._chance.choice(TEXTS))


def _is_shown(field: QWidget) -> bool:
    return field.isVisible() and field.isEnabled() and not field.visibleRegion().isEmpty()


def _middle(field: QWidget) -> QPoint:
    return field.visibleRegion().boundingRect().center()


def open_visit(room: MainWindow, last: Consultation, chance: random.Random) -> None:
    """Open a visit of some kind, also out of another."""
    desk = room.desk
    patient = desk.patients.open(last.patient_id)
    kind = chance.choice(("sample", "new", "again", "treatment", "review"))
    if kind == "sample":
        room.show_visit(desk.sample_visit())
    elif kind == "new":
        born = date(1992, 4, chance.randint(1, 28))
        room.begin_visit(Patient(name="Amara Okafor", date_of_birth=born))
    elif kind == "again":
        room.show_visit(desk.begin_again(desk.settings, patient, last.id))
    else:
        room.show_visit(desk.begin_after(kind, desk.settings, patient, last, 0))


def undo_and_redo(session: Session) -> tuple[Consultation, Consultation]:
    """Take all steps back and do them again; return the visit before and after that."""
    before = session.visit
    for _ in range(LIMIT):
        session.undo()
    for _ in range(LIMIT):
        session.redo()
    after = session.visit
    for path in NO_EDITS:
        after = put(after, path, look(before, path))
    return before, after


def work(frame: Frame, qtbot: QtBot, clock: Clock, seed: int, steps: int) -> None:
    """Work at random and look after each step at what the window says."""
    frame.absence.end()
    room, chance = room_of(frame), random.Random(seed)  # noqa: S311 - it has to come again
    last = make_last(room.desk)
    hand = Hand(frame, chance)
    for _ in range(steps):
        if room.workspace is None or chance.random() < 0.004:
            sheet = QApplication.activeModalWidget()
            if sheet is not None:
                sheet.close()
            open_visit(room, last, chance)
        hand.act()
        qtbot.wait(1)
        clock.move(chance.choice((0, 1, 3)))
        if room.workspace is not None:
            session = room.workspace.session
            assert session.judgement == judge_anew(room, session), hand.did[-5:]
    if room.workspace is not None and not room.workspace.session.locked:
        before, after = undo_and_redo(room.workspace.session)
        assert replace(after, unread=before.unread) == before, hand.did[-5:]


def judge_anew(room: MainWindow, session: Session) -> Judgement:
    """Judge a visit as if it had just been opened, beside what was said before and elsewhere."""
    return find_judge(room.desk, session.visit, session.said)(session.visit)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_ends_the_window_or_leaves_it_behind(
    frame: Frame, qtbot: QtBot, clock: Clock, seed: int
) -> None:
    work(frame, qtbot, clock, seed, 120)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(10, 13))
def test_nothing_ends_a_long_day(frame: Frame, qtbot: QtBot, clock: Clock, seed: int) -> None:
    work(frame, qtbot, clock, seed, 700)
