"""Where on the body: a button that opens the tree of areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.menus import lead_to, list_branch, open_beneath
from consult_app.knowledge.areas import AreaTree
from consult_app.wording import t

SHOWN = 3
TYPING_MS = 1000
"""After so long a letter begins another word."""


class ZonesMenu(QMenu):
    """A menu in which several can be ticked: Space, mouse and finger tick and leave it open."""

    _typed, _typed_at = "", 0

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick with Space; Enter ticks and closes. Letters lead to what begins with them.

        Escape closes all that is open, the way back to what a branch stands in is an arrow.
        """
        if event.key() == Qt.Key.Key_Escape:
            self._close_all()
            return
        at = event.timestamp()
        if event.key() != Qt.Key.Key_Space:
            letter = event.text().strip().casefold()
        elif self._goes_on(at):
            letter = " "
        elif self._tick(self.activeAction()):
            return
        else:
            letter = ""
        if not self._seek(letter, at):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tick what was pressed."""
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def _close_all(self) -> None:
        self._close_to(None)

    def _close_to(self, end: ZonesMenu | None) -> None:
        """Close this and what it stands in, up to a menu that stays open; all for None."""
        menu: QWidget | None = self
        while isinstance(menu, ZonesMenu) and menu is not end:
            around = menu.parentWidget()
            menu.close()
            menu = around

    def _find_root(self) -> ZonesMenu:
        around = self.parentWidget()
        return around._find_root() if isinstance(around, ZonesMenu) else self  # noqa: SLF001 - of the same class

    def _goes_on(self, at: int) -> bool:
        """Return whether a space belongs to a name being typed: *Upper lip*, beside *Upper arm*."""
        typed = self._typed.strip()
        if not typed or at - self._typed_at > TYPING_MS or self._typed.endswith(" "):
            return False
        named = [it for it in self._list_all() if it.text().casefold().startswith(f"{typed} ")]
        return any(it is not self.activeAction() for it in named)

    def _list_all(self) -> list[QAction]:
        lines = self._find_root().actions()
        return [*lines, *(it for line in lines for it in list_branch(line))]

    def _seek(self, letter: str, at: int) -> bool:
        """Lead to what begins with the letters typed, the last at a moment; tell whether any does.

        Args:
            letter: What was typed now.
            at: When, in milliseconds.
        """
        if not letter:
            return False
        typed = letter if at - self._typed_at > TYPING_MS else self._typed + letter
        action = self._find_line(typed)
        menu: QMenu = self
        if action is not None:
            lines = self.actions()
            inside = action in lines or any(action in list_branch(it) for it in lines)
            start = self if inside else self._find_root()
            self._close_to(start)
            menu = lead_to(start, action)
        if isinstance(menu, ZonesMenu):  # a branch that opens has what is typed next
            menu._typed, menu._typed_at = typed, at  # noqa: SLF001 - of the same class
        return action is not None

    def _find_line(self, typed: str) -> QAction | None:
        """Return what begins so, here or else elsewhere, or has a later word that does.

        Of a letter typed again it is the next one.
        """
        lines = [it for it in self.actions() if it.isVisible()]
        again = len(set(typed)) == 1
        here = lines.index(self.activeAction()) if self.activeAction() in lines else -1
        start = here + 1 if again else max(here, 0)
        inside = [it for line in lines for it in list_branch(line)]
        begin = typed[0] if again else typed
        sought = (*lines[start:], *lines[:start], *inside, *self._list_all())
        found = [it for it in sought if it.text().casefold().startswith(begin)]
        if not found and not again:
            found = [it for it in sought if f" {begin}" in it.text().casefold()]
        return next(iter(found), None)

    def _tick(self, action: QAction | None) -> bool:
        """Tick an area, and tell whether it was one."""
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class ZonesField(QWidget):
    """Chooses any number of areas.

    Attributes:
        edited: The areas as a tuple of ids, or None when none is given.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, name: str, tree: AreaTree) -> None:
        super().__init__()
        self._name = name
        self._tree = tree
        self._chosen: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(theme, name, "label", "text2"))
        self.button = Button(theme, "", "secondary", "map-pin")
        column.addWidget(self.button)
        self._menu: ZonesMenu | None = None
        self._done = QAction(self)
        self._actions: dict[str, QAction] = {}
        self.button.clicked.connect(self._open)
        self._show()

    def value(self) -> tuple[str, ...] | None:
        """Return the areas, or None when none is given."""
        return self._chosen or None

    def set_value(self, areas: tuple[str, ...] | None) -> None:
        """Show areas, without a signal."""
        chosen = tuple(self._tree.normalise(area) for area in areas or ())
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()

    def _fill(self, menu: QMenu, areas: Sequence[str]) -> None:
        for area in areas:
            children = self._tree.children(area)
            label = self._tree.label(area)
            if children:
                branch = ZonesMenu(label, menu)
                menu.addMenu(branch)
                self._add_action(branch, area, t("Whole: {label}", label=label))
                self._fill(branch, children)
                _end(branch)
            else:
                self._add_action(menu, area, label)

    def _add_action(self, menu: QMenu, area: str, text: str) -> None:
        if (
            known := self._actions.get(area)
        ) is not None:  # it lies in two areas: one tick for both
            menu.addAction(known)
            return
        action = menu.addAction(text)
        action.setCheckable(True)
        action.toggled.connect(self._toggler(area))
        self._actions[area] = action

    def _toggler(self, area: str) -> Callable[[bool], None]:
        def toggle(on: bool) -> None:  # noqa: FBT001 - the shape of Qt's signal
            rest = tuple(item for item in self._chosen if item != area)
            self._chosen = (*rest, area) if on else rest
            self._show()
            self.edited.emit(self.value())

        return toggle

    def _open(self) -> None:
        """Open the menu, made when it is first asked for: most fields are never asked."""
        if self._menu is None:
            self._menu = ZonesMenu(self)
            areas = self._tree.area
            self._fill(self._menu, [it.id for it in areas if not it.under and not it.prohibited])
            # By themselves: in one list with the others they cover most of a small screen.
            never = ZonesMenu(t("Never treated"), self._menu)
            self._menu.addMenu(never)
            self._fill(never, [it.id for it in areas if not it.under and it.prohibited])
            _end(never)
            self._done = _end(self._menu)
            self._show()
        _show_end(self._menu, self._done)
        open_beneath(self._menu, self.button)

    def _show(self) -> None:
        for area, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(area in self._chosen)
            action.blockSignals(False)
        labels = [self._tree.label(area) for area in self._chosen]
        text = ", ".join(labels[:SHOWN]) or t("Not given")
        if len(labels) > SHOWN:
            text = t("{places} and {n} more", places=text, n=len(labels) - SHOWN)
        self.button.set_text(text)
        self.button.setAccessibleName(f"{self._name}: {text}")


def _end(menu: QMenu) -> QAction:
    """End a menu that stays open while areas are ticked, and return what closes all of it."""
    return menu.addAction(t("Done"))


def _show_end(menu: QMenu, end: QAction) -> None:
    """Show the end of a menu where it takes no further column, which would cover the rest."""
    end.setVisible(False)
    width = menu.sizeHint().width()
    end.setVisible(True)
    end.setVisible(menu.sizeHint().width() == width)
