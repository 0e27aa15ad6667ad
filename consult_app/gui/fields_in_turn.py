"""Which fields of what is told stand on screen: two that nothing is said in, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.entries import Entry
from consult_app.gui.widgets.flow import FlowBox
from consult_app.knowledge.details import LABELS

MOST = 2
"""How many fields stand empty at a time; the next comes once one of them is filled in."""
_GOES_ON = frozenset({"active", "flare"})
"""The states of what has not ended."""


class FieldsInTurn:
    """The fields of one entry, in their order.

    Args:
        flow: Where they stand.
        ended_on: The attribute that says when it was over; may be empty.

    Attributes:
        by_label: The fields by what they are called.
    """

    def __init__(self, flow: FlowBox, ended_on: str) -> None:
        self._flow, self._ended_on = flow, ended_on
        self._fields: dict[str, QWidget] = {}
        self.by_label: dict[str, QWidget] = {}

    def add(self, attribute: str, field: QWidget) -> None:
        """Take one more field, which says this of the entry."""
        self._flow.add(field)
        self._fields[attribute] = self.by_label[LABELS[attribute]] = field

    def show(
        self, find_entry: Callable[[], Entry | None], find_lacking: Callable[[], Collection[str]]
    ) -> None:
        """Show what is told and the two that come next, those first that something depends on.

        What somebody is at, or left half written, stays.

        Args:
            find_entry: Gives what is recorded, None before anything is.
            find_lacking: Gives the labels of what is still needed.
        """
        entry, lacking = find_entry(), find_lacking()
        needed = {it for it in self._fields if LABELS[it] in lacking}
        told = {it for it in self._fields if _is_told(getattr(entry, it, None))}
        goes_on = getattr(entry, "status", None) in _GOES_ON
        asked = [
            it for it in self._fields if it in needed or not (goes_on and it == self._ended_on)
        ]
        open_yet = sorted((it for it in asked if it not in told), key=lambda it: it not in needed)
        held = {it for it, field in self._fields.items() if _is_held(field)}
        shown = {*told, *held, *open_yet[:MOST]}
        for it, field in self._fields.items():
            if field.isHidden() == (it in shown):
                field.setVisible(it in shown)


def _is_told(value: object) -> bool:
    return value is not None and value not in ("", ())


def _is_held(field: QWidget) -> bool:
    """Return whether somebody is at a field, or left in it what cannot be read."""
    focused = QApplication.focusWidget()
    at = focused is not None and (field is focused or field.isAncestorOf(focused))
    return (at and not field.isHidden()) or bool(getattr(field, "error", ""))
