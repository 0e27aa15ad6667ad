"""Which question a part of the screen asks, so that a field tells what the keyboard is in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_ITEM = "asks"


def name_question(part: QWidget, item: str) -> None:
    """Let a part be known as that of a screening item."""
    part.setProperty(_ITEM, item)


def find_question(field: QWidget) -> str:
    """Return the item around a field; empty where no part is known by one."""
    part: QWidget | None = field
    while part is not None:
        if item := part.property(_ITEM):
            return str(item)
        part = part.parentWidget()
    return ""
