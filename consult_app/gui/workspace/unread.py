"""What stands in the fields of a panel but is no value yet, such as half a date.

The record has no place for it, so the draft keeps it beside: whoever resumes finds it as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from PySide6.QtWidgets import QWidget

from consult_app.gui.missing_told import BOX
from consult_app.gui.panel import Panel
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import Field
from consult_app.gui.workspace.whereabouts import find_field, name_field

NAMELESS = re.compile(r"[:/]LineEdit(#\d+)?$")
"""How older programs named a field that was called nothing."""


def gather_unread(
    panel: Panel, before: Mapping[str, str], placeless: Collection[str] = ()
) -> dict[str, str]:
    """Return what the draft keeps beside: what other panels hold, and what this one does now.

    Args:
        panel: The panel.
        before: What the draft keeps by now.
        placeless: What of it had no field when it was to be put back; it is kept until it has one.
    """
    gathered = {
        name: text
        for name, text in before.items()
        if not _is_of(panel, name) or (name in placeless and _look_up(panel, name) is None)
    }
    for field in panel.findChildren(Field):
        if text := field.unread():
            gathered[_begin(panel) + name_field(panel, field.control)] = text
    return gathered


def gather_begun(begun: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return what the draft keeps beside, with the reasons begun in the decision box."""
    others = {name: text for name, text in before.items() if not name.startswith(f"{BOX}:")}
    return others | {f"{BOX}:{finding}": text for finding, text in begun.items()}


def read_begun(unread: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that were begun in the decision box and not recorded, by finding."""
    begin = f"{BOX}:"
    return {it.removeprefix(begin): text for it, text in unread.items() if it.startswith(begin)}


def holds_unread(panel: Panel, unread: Mapping[str, str]) -> bool:
    """Return whether any of it stands in this panel."""
    return any(_is_of(panel, name) for name in unread)


def put_back_unread(panel: Panel, unread: Mapping[str, str]) -> frozenset[str]:
    """Write into the fields of a panel what stood in them, and return the names of no field."""
    placed = {name: field for name, field in _find_fields(panel, unread) if field is not None}
    for name, field in placed.items():
        field.write_unread(unread[name])
    return frozenset(name for name in unread if _is_of(panel, name) and name not in placed)


def find_unread(panel: Panel, unread: Mapping[str, str]) -> Iterator[tuple[Field, str]]:
    """Yield the fields of a panel with what stands in them but is no value."""
    for name, field in _find_fields(panel, unread):
        if field is not None:
            yield field, unread[name]


def _find_fields(panel: Panel, unread: Mapping[str, str]) -> Iterator[tuple[str, Field | None]]:
    for name in unread:
        if _is_of(panel, name):
            control = panel.find_field(name.removeprefix(_begin(panel)))
            field = control.parentWidget() if control is not None else None
            yield name, field if isinstance(field, Field) else _find_lone(panel, name)


def _find_lone(panel: Panel, name: str) -> DateField | None:
    """Return the one empty date that a name of older programs means, which named no field."""
    dates = panel.findChildren(DateField) if NAMELESS.search(name) else []
    return dates[0] if len(dates) == 1 and not dates[0].line.text() else None


def _look_up(panel: Panel, name: str) -> QWidget | None:
    """Return the field of a name, where it is there by now; none is made for it."""
    return find_field(panel, name.removeprefix(_begin(panel)))


def _begin(panel: Panel) -> str:
    return f"{panel.step}:"


def _is_of(panel: Panel, name: str) -> bool:
    return name.startswith(_begin(panel))
