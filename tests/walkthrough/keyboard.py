"""Keys for whatever has the keyboard, counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from consult_app.gui.widgets.chips import Chip, ChipGroup

FARTHEST = 150
"""Tab presses within which any field of a screen is reached."""


class Keyboard:
    """Keys for whatever has them: the open menu, or the focused control."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        self.pressed += 1
        QTest.keyClick(self.target, key, held)
        QApplication.processEvents()

    def chord(self, key: Qt.Key) -> None:
        """Press a key with Ctrl held."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str) -> None:
        """Type a text."""
        self.pressed += len(text)
        QTest.keyClicks(self.target, text)
        QApplication.processEvents()

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the control of that name has the keyboard; names may go on."""
        passed = []
        for _ in range(FARTHEST):
            if self.focus.accessibleName().startswith(name):
                return self.focus
            if self.arrow_to(name):
                return self.focus
            passed.append(self.focus.accessibleName())
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name!r}; it passed {passed}")

    def back_to(self, name: str) -> QWidget:
        """Press Shift+Tab until the control of that name has the keyboard."""
        for _ in range(FARTHEST):
            if self.focus.accessibleName().startswith(name):
                return self.focus
            self.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        raise AssertionError(f"Shift+Tab never reached {name!r}")

    def arrow_to(self, name: str) -> bool:
        """Move among chips that stand together to the one of that name, if it is among them."""
        group = self.focus.parentWidget()
        if not isinstance(group, ChipGroup):
            return False
        names = [it.words for it in group.findChildren(Chip) if it.isVisible()]
        wanted = next((number for number, it in enumerate(names) if it.startswith(name)), None)
        if wanted is None:
            return False
        way = wanted - names.index(self.focus.accessibleName())
        for _ in range(abs(way)):
            self.press(Qt.Key.Key_Right if way > 0 else Qt.Key.Key_Left)
        return True

    def pick(self, *names: str) -> None:
        """Walk an open menu and its branches, and take the last name."""
        for number, name in enumerate(names, 1):
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), "no menu is open"
            for _ in menu.actions():
                if read_chosen(menu) == name:
                    break
                self.press(Qt.Key.Key_Down)
            else:
                texts = [action.text() for action in menu.actions()]
                raise AssertionError(f"no {name!r} in the menu {texts}")
            self.press(Qt.Key.Key_Return if number == len(names) else Qt.Key.Key_Right)

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        return focused

    @property
    def target(self) -> QWidget:
        """What a key goes to."""
        return QApplication.activePopupWidget() or self.focus


def check_told(what: str, pressed: int) -> None:
    """Check that the README tells how many keys this takes: no fewer, and not a tenth more."""
    lines = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    told = next(int(it[1]) for it in cells if it[0] == what and it[1].isdecimal())
    assert pressed <= told <= pressed * 1.1, f"{what}: {pressed} keys, the README tells {told}"


def read_chosen(menu: QMenu) -> str:
    """Return the text of the line that the keyboard is on."""
    on: list[QAction | None] = [menu.activeAction()]  # Qt's types leave out that there may be none
    return "".join(action.text() for action in on if action is not None)
