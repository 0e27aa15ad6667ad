"""Keys that act where the keyboard is: in an answer row, or on the map."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from consult_app.gui.commands import ROW_COMMANDS, find_keys

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


@runtime_checkable
class Heeding(Protocol):
    """A part of a panel that does commands of its own."""

    def list_heeded(self, field: QWidget) -> Collection[str]:
        """Return what it does now, while this field in it has the keyboard."""
        ...

    def obey(self, command: str) -> None:
        """Do it as the key does."""
        ...


def read_command(event: QKeyEvent, place: str) -> str:
    """Return the command of a place that a key gives; empty when it gives none."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    # On many keyboards = and the digits are typed with Shift.
    bare = held if key in _LETTERS else held & ~_SHIFT
    pressed = [QKeySequence(QKeyCombination(it, key)) for it in (held, bare)]
    here = (command.id for command in ROW_COMMANDS if command.place == place)
    return next((command for command in here if find_keys(command) in pressed), "")


def find_heeding(field: QWidget | None) -> dict[str, Heeding]:
    """Return what can be done where the keyboard is, and the part that does it."""
    found: dict[str, Heeding] = {}
    part = field
    while field is not None and part is not None:
        if isinstance(part, Heeding):
            found = dict.fromkeys(part.list_heeded(field), part) | found
        part = part.parentWidget()
    return found
