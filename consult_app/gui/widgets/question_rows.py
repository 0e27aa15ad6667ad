"""Rows of a questionnaire: the question on one side, a list or a number on the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.choices import PillCombo
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.wording import t

NOT_ANSWERED = t("Not answered")
ANSWER_WIDTH, NUMBER_WIDTH = 240, 150


class ChoiceRow(QWidget):
    """A question with a list of answers; the first line of the list takes an answer back.

    Attributes:
        edited: The points that a person chose, or None.
    """

    edited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        question: str,
        options: Sequence[tuple[float, str]],
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._points: list[float | None] = [None, *(points for points, _ in options)]
        row = _make_row(self, theme, question)
        self.combo = PillCombo(theme, name or question)
        for text in (NOT_ANSWERED, *(text for _, text in options)):
            self.combo.addItem(text)
        self.combo.setFixedWidth(theme.px(ANSWER_WIDTH))
        self.combo.activated.connect(lambda: self.edited.emit(self.value()))
        row.addWidget(self.combo)
        self.setFocusProxy(self.combo)

    def value(self) -> float | None:
        """Return the points of the answer, None while there is none."""
        return self._points[self.combo.currentIndex()]

    def set_value(self, points: float | None) -> None:
        """Show an answer, without a signal."""
        at = self._points.index(points) if points in self._points else 0
        self.combo.setCurrentIndex(at)


class NumberRow(QWidget):
    """A question answered by a number.

    Attributes:
        edited: The number, or None for an empty or faulty text.
    """

    edited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        question: str,
        *,
        unit: str = "",
        lowest: float = 0.0,
        highest: float | None = None,
        decimals: int = 0,
    ) -> None:
        super().__init__()
        row = _make_row(self, theme, question)
        self.field = NumberField(
            theme, unit or t("Number"), lowest=lowest, highest=highest, decimals=decimals
        )
        self.field.control.setAccessibleName(f"{question} ({unit})" if unit else question)
        self.field.setFixedWidth(theme.px(NUMBER_WIDTH))
        self.field.edited.connect(self.edited)
        row.addWidget(self.field)
        self.setFocusProxy(self.field)

    def value(self) -> float | None:
        """Return the number, None while nothing usable is written."""
        return self.field.value()

    def set_value(self, number: float | None) -> None:
        """Show a number, without a signal."""
        self.field.set_value(number)


def _make_row(widget: QWidget, theme: Theme, question: str) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    row.addWidget(Label(theme, question, "body", wrap=True), 1)
    return row
