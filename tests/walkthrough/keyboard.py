"""Keys for whatever has the keyboard, counted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

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
            passed.append(self.focus.accessibleName())
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name!r}; it passed {passed}")

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


def read_chosen(menu: QMenu) -> str:
    """Return the text of the line that the keyboard is on."""
    on: list[QAction | None] = [menu.activeAction()]  # Qt's types leave out that there may be none
    return "".join(action.text() for action in on if action is not None)
