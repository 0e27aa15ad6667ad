"""The heading of a panel, and at the end of its line what the panel lacks for its tick."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import GUTTER


class PanelHead(QHBoxLayout):
    """A title; what is missing takes no line of its own, so that nothing moves as it goes."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setSpacing(theme.px(24))
        self.title = Label(theme, title, "title")
        self._lacking = Label(theme, "", "label", "text2", wrap=True)
        self._lacking.stand_at_end()
        self.addWidget(self.title)
        self.addWidget(self._lacking, 1)
        self.addSpacing(2 * GUTTER)  # it ends where the cards do, beside their scroll bar

    @property
    def lacking(self) -> str:
        """What it says is missing."""
        return self._lacking.text()

    def tell(self, text: str) -> None:
        """Say what is missing for a tick; empty for nothing."""
        self._lacking.setText(text)
