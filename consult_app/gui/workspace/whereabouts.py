"""Where the keyboard is in a panel, as a name that holds until the next start."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.segmented import Segmented
from consult_app.gui.workspace.reading_order import list_fields

GROUP = "group "
"""What the names of parts begin with of which a panel shows one at a time."""

CHOSEN = "/chosen"
"""What the name of a choice ends with where the one that is chosen beside it is meant."""


def name_field(panel: QWidget, field: QWidget) -> str:
    """Return a name for a field: what it and the parts around it are called, from outside in.

    Of several with the same name the later ones are numbered.
    """
    name = _describe(panel, field)
    same = _find_same(panel, name)
    number = same.index(field) if field in same else 0
    return f"{name}#{number}" if number else name


def name_fields(panel: QWidget) -> list[tuple[str, QWidget]]:
    """Return every field with the name that `name_field` gives it, in reading order."""
    count: Counter[str] = Counter()
    named = []
    for field in list_fields(panel):
        name = _describe(panel, field)
        named.append((f"{name}#{count[name]}" if count[name] else name, field))
        count[name] += 1
    return named


def find_field(panel: QWidget, name: str) -> QWidget | None:
    """Return the field of that name, or None when there is none any more."""
    wanted, _, number = name.partition("#")
    same = _find_same(panel, wanted)
    index = int(number) if number.isdecimal() else 0
    return same[index] if index < len(same) else None


def find_chosen(field: QWidget) -> QWidget:
    """Return what is chosen of the cells among which a field stands; itself where nothing is."""
    group = field.parentWidget()
    return group.stop() if isinstance(group, Segmented) and group.value() else field


def reveal_field(panel: QWidget, field: QWidget) -> None:
    """Open what is closed around a field."""
    part = field.parentWidget()
    while part is not None and part is not panel:
        if isinstance(part, Fold):
            part.set_open(on=True)
        part = part.parentWidget()


def read_cursor(field: QWidget) -> int:
    """Return where the cursor stands in a text; 0 where nothing is written."""
    if isinstance(field, QLineEdit):
        return field.cursorPosition()
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().position()
    return 0


def put_cursor(field: QWidget, position: int) -> None:
    """Put the cursor of a text where it stood."""
    if isinstance(field, QLineEdit):
        field.setCursorPosition(position)
    elif isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(min(position, len(field.toPlainText())))
        field.setTextCursor(cursor)


def _find_same(panel: QWidget, name: str) -> list[QWidget]:
    """Return the fields of that name, in reading order.

    A part whose own name does not stand in it is passed by: a look at everything takes longer than
    a frame, and this is done at each change.
    """
    fields = list_fields(panel, lambda part: _call(part) in name)
    return [field for field in fields if _describe(panel, field) == name]


def _describe(panel: QWidget, field: QWidget) -> str:
    names = [_call(field) or type(field).__name__]
    part = field.parentWidget()
    while part is not None and part is not panel:
        names.append(_call(part))
        part = part.parentWidget()
    return "/".join(name for name in reversed(names) if name)


def _call(widget: QWidget) -> str:
    """Return what a widget is called; Qt's own names for its parts say nothing."""
    name = widget.objectName()
    return name if name and not name.startswith("qt_") else widget.accessibleName()
