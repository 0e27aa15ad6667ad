"""Gaps that grow with the text, on pages that are there before the text size changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

from consult_app.gui.theme import Theme


class Gaps(QObject):
    """Keeps the margins and the spacing of a layout at the text size.

    Args:
        theme: The look.
        owner: What the layout belongs to; they go together.
        layout: The layout.
        spacing: Between its parts, at text size 100.
        margins: Around them, from the left on clockwise, at text size 100; None leaves them.
    """

    def __init__(
        self,
        theme: Theme,
        owner: QWidget,
        layout: QLayout,
        spacing: int,
        margins: tuple[int, int, int, int] | None = None,
    ) -> None:
        super().__init__(owner)
        self._theme, self._layout = theme, layout
        self._spacing, self._margins = spacing, margins
        theme.changed.connect(self._measure)
        self._measure()

    def use(self, spacing: int, margins: tuple[int, int, int, int]) -> None:
        """Take others from now on."""
        self._spacing, self._margins = spacing, margins
        self._measure()

    def _measure(self) -> None:
        self._layout.setSpacing(self._theme.px(self._spacing))
        if self._margins is not None:
            self._layout.setContentsMargins(*map(self._theme.px, self._margins))
