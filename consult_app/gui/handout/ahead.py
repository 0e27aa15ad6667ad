"""What a handout is made with, loaded before the first one is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from consult_app.paths import find_resources


def is_typing() -> bool:
    """Whether the keyboard is in a field that takes words."""
    field = QApplication.focusWidget()
    return field is not None and field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def prepare_sheet() -> None:
    """Load what a sheet is made and shown with.

    Raises:
        FileError: A font or drawing cannot be read.
    """
    import pypdfium2  # noqa: F401, PLC0415 - to have it loaded, in a worker, is all that is wanted

    from consult_app.handout.preparing import prepare  # noqa: PLC0415 - as above

    prepare(find_resources())
