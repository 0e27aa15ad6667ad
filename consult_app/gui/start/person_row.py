"""A line of a list: who or what, a quiet second line, and a button that opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.phrases import write_name
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label

WIDTH = 96
"""Of the button at least, so that they stand in a column."""


class PersonRow(QWidget):
    """One line.

    Args:
        theme: The look.
        title: Who or what.
        about: Parts of the second line; empty ones are left out.
        verb: What the button says.
        act: What it does.
        resumes: Whether it goes on with something unfinished.

    Attributes:
        button: The button; its accessible name says what it opens.
        resumes: Whether it goes on with something unfinished.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        about: tuple[str, ...],
        verb: str,
        act: Callable[[], None],
        *,
        resumes: bool = False,
    ) -> None:
        super().__init__()
        self.resumes = resumes
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, row, 12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, write_name(title), "strong", wrap=True))
        second = " · ".join(part for part in about if part)
        words.addWidget(Label(theme, second, "label", "text2", wrap=True))
        row.addLayout(words, 1)
        self.button = Button(theme, verb, "secondary")
        theme.changed.connect(self._fit)
        self._fit()
        self.button.setAccessibleName(f"{verb} {title}")
        self.button.setAccessibleDescription(second)
        self.button.clicked.connect(act)
        row.addWidget(self.button)

    def _fit(self) -> None:
        self.button.setMinimumWidth(self._theme.px(WIDTH))
