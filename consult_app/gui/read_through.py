"""How far a part of a page was on the screen, from its beginning on and without a gap."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from consult_app.gui.widgets.scrolling import ScrollPane


class ReadThrough:
    """Remembers what of a part was in sight; another part, or one laid out anew, begins anew.

    Args:
        pane: What scrolls it.
    """

    def __init__(self, pane: ScrollPane) -> None:
        self._pane = pane
        self._of: tuple[QWidget, int] | None = None
        self._seen = 0

    def note(self, part: QWidget) -> bool:
        """Note what is in sight now, and return whether all of the part was by then.

        What is not laid out yet is nowhere.
        """
        inside, width = self._pane.widget(), part.width()
        if inside is None or not part.isVisible() or not (_is_laid(inside) and _is_laid(part)):
            return False
        if self._of != (part, width):
            self._of, self._seen = (part, width), 0
        above = part.mapTo(self._pane, QPoint()).y() - self._pane.viewport().y()
        begins, ends = -above, self._pane.viewport().height() - above
        if begins <= self._seen:
            self._seen = max(self._seen, ends)
        return self._seen >= part.height()


def _is_laid(widget: QWidget) -> bool:
    """Return whether a widget has the height that its words take at its width."""
    return widget.height() >= widget.heightForWidth(widget.width())
