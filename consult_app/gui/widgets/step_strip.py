# ruff: noqa: N802 - Qt names its own hooks
"""What happens step by step, from left to right along a line, or downwards where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.themed import Themed, is_mirrored, smooth

_NODE, _LINE = 6, 2
_COLUMN = 104
"""The narrowest column, in logical pixels at text size 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: when it is, what is seen, and what to know about it."""

    when: str
    looks: str
    note: str = ""


class StepStrip(Themed, QWidget):
    """Steps along a line.

    Args:
        theme: The look.
        steps: In order.
        parent: Qt owner.
    """

    def __init__(self, theme: Theme, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns = [self._make_column(theme, step) for step in steps]
        for column in self._columns:
            self._row.addWidget(column, 1, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.follow(theme)

    def restyle(self) -> None:
        """Take room for the line from the theme."""
        self._shape()
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go downwards where the columns would be too narrow to read."""
        super().resizeEvent(event)
        self._shape()

    @property
    def sideways(self) -> bool:
        """Whether the steps stand side by side."""
        return self.width() >= self.theme.px(_COLUMN) * len(self._columns)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line and a node for each step."""
        if not self._columns:
            return
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(self.theme.color("line"), _LINE))
            nodes = [self._node(column) for column in self._columns]
            painter.drawLine(nodes[0], nodes[-1])
            painter.setPen(QPen(self.theme.color("accent"), 1.5))
            painter.setBrush(self.theme.color("surface"))
            for node in nodes:
                painter.drawEllipse(node, _NODE, _NODE)

    def _node(self, column: QWidget) -> QPointF:
        place, edge = column.geometry(), _NODE + 1
        if self.sideways:
            x = place.right() - edge if is_mirrored(self) else place.left() + edge
            return QPointF(x, edge)
        x = self.width() - edge if is_mirrored(self) else edge
        return QPointF(x, place.top() + self.theme.px(10))

    def _shape(self) -> None:
        theme, direction = self.theme, QBoxLayout.Direction
        if self.sideways:
            self._row.setDirection(direction.LeftToRight)
            self._row.setContentsMargins(0, 2 * _NODE + theme.px(10), 0, 0)
            self._row.setSpacing(theme.px(12))
        else:
            lead = 2 * _NODE + theme.px(12)
            self._row.setDirection(direction.TopToBottom)
            left, right = (0, lead) if is_mirrored(self) else (lead, 0)
            self._row.setContentsMargins(left, 0, right, 0)
            self._row.setSpacing(theme.px(10))

    def _make_column(self, theme: Theme, step: Step) -> QWidget:
        column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(2))
        lines.addWidget(Label(theme, step.when, "label_strong", "accent_text", wrap=True))
        lines.addWidget(Label(theme, step.looks, "label", wrap=True))
        if step.note:
            lines.addWidget(Label(theme, step.note, "label", "text2", wrap=True))
        return column
