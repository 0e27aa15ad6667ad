"""Which fields of what is told stand on screen: two that nothing is said in, and what is told.

A button names the next one, so that nobody has to fill in another to reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.entries import Entry
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import FlowBox
from consult_app.knowledge.visits.details import LABELS
from consult_app.wording import t

MOST = 2
"""How many fields stand empty at a time; the next comes once one is filled in, or asked for."""
MORE = t("More: {name}")
_GOES_ON = frozenset({"active", "flare"})
"""The states of what has not ended."""


class FieldsInTurn:
    """The fields of one entry, in their order.

    Args:
        theme: The look.
        flow: Where they stand.
        ended_on: The attribute that says when it was over; may be empty.
        find_entry: Gives what is recorded, None before anything is.
        find_lacking: Gives the labels of what is still needed.

    Attributes:
        by_label: The fields by what they are called.
        more: Shows the next field; hidden where there is none.
    """

    def __init__(
        self,
        theme: Theme,
        flow: FlowBox,
        ended_on: str,
        find_entry: Callable[[], Entry | None],
        find_lacking: Callable[[], Collection[str]],
    ) -> None:
        self._flow, self._ended_on = flow, ended_on
        self._find_entry, self._find_lacking = find_entry, find_lacking
        self._fields: dict[str, QWidget] = {}
        self._next, self._wanted = "", set[str]()
        self.by_label: dict[str, QWidget] = {}
        self.more = Button(theme, "", "quiet", "plus", parent=flow)
        self.more.clicked.connect(self._open_next)

    def add(self, attribute: str, field: QWidget) -> None:
        """Take one more field, which says this of the entry."""
        self._flow.add(field)
        self._fields[attribute] = self.by_label[LABELS[attribute]] = field

    def finish(self) -> None:
        """Take no more fields."""
        self._flow.add(self.more)

    def show(self, *, locked: bool = False) -> None:
        """Show what is told and the two that come next, those first that something depends on.

        What somebody is at, asked for, or left half written, stays.

        Args:
            locked: Nothing can be said any more, so no further field is offered.
        """
        entry, lacking = self._find_entry(), self._find_lacking()
        self._wanted = self._wanted if entry is not None else set()
        needed = {it for it in self._fields if LABELS[it] in lacking}
        told = {it for it in self._fields if _is_told(getattr(entry, it, None))}
        goes_on = getattr(entry, "status", None) in _GOES_ON
        asked = [
            it for it in self._fields if it in needed or not (goes_on and it == self._ended_on)
        ]
        open_yet = sorted((it for it in asked if it not in told), key=lambda it: it not in needed)
        held = {it for it, field in self._fields.items() if _is_held(field)}
        shown = {*told, *held, *self._wanted, *open_yet[:MOST]}
        for it, field in self._fields.items():
            if field.isHidden() == (it in shown):
                field.setVisible(it in shown)
        left = (it for it in open_yet if it not in shown and not locked)
        self._offer(next(left, ""))

    def _offer(self, attribute: str) -> None:
        """Name the field that comes next; empty for none."""
        self._next = attribute
        if attribute:
            self.more.set_text(MORE.format(name=LABELS[attribute]))
        if self.more.isHidden() == bool(attribute):
            self.more.setVisible(bool(attribute))

    def _open_next(self) -> None:
        """Show the field that is named, with the keyboard in it."""
        field = self._fields[self._next]
        self._wanted.add(self._next)
        field.show()
        take_first(field, field)
        self.show()


def take_first(part: QWidget, within: QWidget) -> bool:
    """Give the keyboard to the first place in a part that takes it; return whether there is one.

    Args:
        part: The part.
        within: What may itself be out of sight; what is hidden in it takes no keyboard.
    """
    for field in part.findChildren(QWidget):
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisibleTo(within):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def _is_told(value: object) -> bool:
    return value is not None and value not in ("", ())


def _is_held(field: QWidget) -> bool:
    """Return whether somebody is at a field, or left in it what cannot be read."""
    focused = QApplication.focusWidget()
    at = focused is not None and (field is focused or field.isAncestorOf(focused))
    return (at and not field.isHidden()) or bool(getattr(field, "error", ""))
