"""Has a screen reader say what is shown at a place where the keyboard is not."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def speak(widget: QWidget, text: str) -> None:
    """Have a text said by whoever reads the screen aloud; the keyboard stays where it is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
