"""A card that stands beside the column of a panel, or on top of it where both have no room."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.themed import Themed

WIDTH, ROOMY, COLUMN = 318, 460, 456
"""The card's width beside the column, the one where there is more room, and what the column needs.

From 1600 pixels of window on the column has more than it needs beside the wider card.
"""
SPARE = 48
HEIGHT, SHARE, HIGHEST = 520, 0.42, 820
"""The card's height on top of the column, its share of a high window, and what it never exceeds."""
_NO_LIMIT = (1 << 24) - 1  # Qt's own, which its Python module leaves out


class Beside:
    """Moves a card between its two places.

    Args:
        theme: The look.
        card: The card.
        row: Holds the column; the card goes before it.
        column: The column itself; the card goes to its top.
    """

    def __init__(self, theme: Theme, card: QWidget, row: QBoxLayout, column: QBoxLayout) -> None:
        self._theme, self._card, self._column = theme, card, column
        self._stacked = False
        self._place = QVBoxLayout()  # so that a card with no use for all the height keeps the top
        self._place.addStretch()
        row.insertLayout(0, self._place)
        self._stand_beside()

    def fit(self, width: int, window: int) -> None:
        """Find the place and size for the width of the panel and the height of the window."""
        px, card = self._theme.px, self._card
        stacked = width < px(WIDTH) + px(COLUMN)
        if stacked != self._stacked:
            self._stacked = stacked
            if stacked:
                self._place.removeWidget(card)
                self._column.insertWidget(0, card)
                card.setMinimumWidth(0)
                card.setMaximumWidth(_NO_LIMIT)
            else:
                self._stand_beside()
            # What takes it in gives its parts the fonts back with which they were made.
            for part in card.findChildren(QWidget):
                if isinstance(part, Themed):
                    part.restyle()
        if stacked:
            card.setFixedHeight(min(max(px(HEIGHT), round(SHARE * window)), px(HIGHEST)))
        else:
            card.setMinimumHeight(0)
            card.setMaximumHeight(px(HIGHEST))
            roomy = width >= px(ROOMY) + px(COLUMN) + px(SPARE)
            card.setFixedWidth(px(ROOMY if roomy else WIDTH))

    def _stand_beside(self) -> None:
        self._place.insertWidget(0, self._card, 1)
        self._card.setFixedWidth(self._theme.px(WIDTH))
