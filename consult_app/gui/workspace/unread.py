"""What stands in the fields of a panel but is no value yet, such as half a date.

The record has no place for it, so the draft keeps it beside: whoever resumes finds it as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult_app.gui.panel import Panel
from consult_app.gui.widgets.fields import Field
from consult_app.gui.workspace.whereabouts import name_field


def gather_unread(panel: Panel, before: Mapping[str, str]) -> dict[str, str]:
    """Return what the draft keeps beside: what other panels hold, and what this one does now."""
    gathered = {name: text for name, text in before.items() if not _is_of(panel, name)}
    for field in panel.findChildren(Field):
        if text := field.unread():
            gathered[_begin(panel) + name_field(panel, field.control)] = text
    return gathered


def holds_unread(panel: Panel, unread: Mapping[str, str]) -> bool:
    """Return whether any of it stands in this panel."""
    return any(_is_of(panel, name) for name in unread)


def put_back_unread(panel: Panel, unread: Mapping[str, str]) -> None:
    """Write into the fields of a panel what stood in them; what has no field any more is left."""
    for field, text in find_unread(panel, unread):
        field.write_unread(text)


def find_unread(panel: Panel, unread: Mapping[str, str]) -> Iterator[tuple[Field, str]]:
    """Yield the fields of a panel with what stands in them but is no value."""
    for name, text in unread.items():
        if _is_of(panel, name):
            control = panel.find_field(name.removeprefix(_begin(panel)))
            field = control.parentWidget() if control is not None else None
            if isinstance(field, Field):
                yield field, text


def _begin(panel: Panel) -> str:
    return f"{panel.step}:"


def _is_of(panel: Panel, name: str) -> bool:
    return name.startswith(_begin(panel))
