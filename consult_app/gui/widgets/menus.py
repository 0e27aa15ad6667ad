"""Menus that are too long for the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.themed import is_mirrored

_SCROLLING = "QMenu { menu-scrollable: 1; }"
_APART = 4


def open_beneath(menu: QMenu, button: QWidget) -> None:
    """Open a menu beneath what asks for it, from the edge on at which lines begin."""
    spare = button.width() - menu.sizeHint().width() if is_mirrored(button) else 0
    open_on_screen(menu, button.mapToGlobal(QPoint(spare, button.height() + _APART)))


def open_on_screen(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a point; it or a branch scrolls where its columns have no room on the screen.

    Qt breaks a long menu into columns, which shows all at once; but those that have no room stand
    beyond the edge of the screen, where nobody can choose from them. One that scrolls takes only
    the height beneath the point, so it begins at the top.
    """
    room = menu.screen().availableGeometry()
    for part in (menu, *menu.findChildren(QMenu)):
        if part.sizeHint().width() > room.width():
            part.setStyleSheet(_SCROLLING)
    scrolls = bool(menu.styleSheet())
    menu.popup(QPoint(at.x(), room.top()) if scrolls else at)
    if any(ring.by_keys for ring in _find_rings(menu)):
        # Its first line is heard then; else nothing told that a menu is open.
        _press(menu, Qt.Key.Key_Down)


def lead_to(menu: QMenu, action: QAction) -> QMenu:
    """Make a line of a menu, or of one of its branches, the active one; return whose line it is.

    As the arrow keys do: Qt's own setActiveAction opens a branch as well, and leaves the keyboard
    in the menu around it, so that what is pressed next is chosen there, unseen.
    """
    around = next((it for it in menu.actions() if action in list_branch(it)), None)
    if around is not None:
        lead_to(menu, around)
        _press(menu, Qt.Key.Key_Left if menu.isRightToLeft() else Qt.Key.Key_Right)
        branch = around.menu()
        assert isinstance(branch, QMenu)  # noqa: S101 - it has lines
        return lead_to(branch, action)
    for _ in menu.actions():
        if menu.activeAction() is not action:
            _press(menu, Qt.Key.Key_Down)
    return menu


def list_branch(action: QAction) -> list[QAction]:
    """Return all lines beneath a line, those of its own menu first; none of one that opens none."""
    branch = action.menu()
    lines = branch.actions() if isinstance(branch, QMenu) else []
    return [*lines, *(it for line in lines for it in list_branch(line))]


def _press(menu: QMenu, key: Qt.Key) -> None:
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(menu, pressed)


def _find_rings(menu: QMenu) -> list[FocusRing]:
    owner = menu.parentWidget()
    return owner.window().findChildren(FocusRing) if owner is not None else []
