"""A card with lines to open; hidden while there are none and nothing to say about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.panel import swap
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label


class PersonList(Card):
    """Lines under a heading.

    Attributes:
        rows: The lines, from the top.
    """

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.rows: tuple[PersonRow, ...] = ()
        self._shown: QWidget | None = None

    def show_rows(self, rows: Sequence[PersonRow], none: str = "") -> None:
        """Show these lines, or what there is to say when there are none."""
        self.rows = tuple(rows)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(self.theme, shown, column, 6)
        for row in rows:
            column.addWidget(row)
        if not rows:
            column.addWidget(Label(self.theme, none, "body", "text2", wrap=True))
        self._shown = swap(self.body, self._shown, shown)
        self.setVisible(bool(rows) or bool(none))
