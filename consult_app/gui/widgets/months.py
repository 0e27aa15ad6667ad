# ruff: noqa: N802 - Qt names its own hooks
"""Small calendars of the months in which something happens."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.themed import Themed, is_mirrored, smooth
from consult_app.gui.widgets.written_dates import ORDER
from consult_app.wording import t

Kind = Literal["visit", "check", "event"]

_CELL, _HEAD, _WEEKS, _DAYS = 26, 44, 6, 7
_MOST = 12
"""Months shown at the most; a course is hardly ever longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day and what it is: a visit is filled, a check is ringed, an event has corners."""

    day: date
    label: str
    kind: Kind = "visit"


class Months(FlowBox):
    """Shows the months of its marks, one beside the other.

    Args:
        theme: The look.
        marks: In any order.
    """

    def __init__(self, theme: Theme, marks: Iterable[Mark]) -> None:
        super().__init__(t("Dates"))
        ordered = sorted(marks, key=lambda mark: mark.day)
        months = dict.fromkeys((mark.day.year, mark.day.month) for mark in ordered)
        for year, month in list(months)[:_MOST]:
            inside = [mark for mark in ordered if (mark.day.year, mark.day.month) == (year, month)]
            self.add(Month(theme, year, month, inside))


class Month(Themed, QWidget):
    """One month with its marked days, in weeks as the practice counts them; read aloud as well."""

    def __init__(self, theme: Theme, year: int, month: int, marks: Sequence[Mark]) -> None:
        super().__init__()
        self._title = f"{calendar.month_abbr[month]} {year}"
        # Where dates are written month first, weeks begin on a Sunday.
        begins = calendar.SUNDAY if ORDER.month_first else calendar.MONDAY
        self._letters = "MTWTFSS"[begins:] + "MTWTFSS"[:begins]
        self._weeks = calendar.Calendar(begins).monthdayscalendar(year, month)
        self._marks = {mark.day.day: mark for mark in marks}
        said = ", ".join(f"{mark.day.day} {mark.label}" for mark in marks)
        self.setAccessibleName(f"{self._title}: {said}")
        self.setToolTip(said)
        self.follow(theme)

    def restyle(self) -> None:
        """Take the size from the theme."""
        edge = self.theme.px(_CELL)
        width, height = _DAYS * edge + self.theme.px(16), self.theme.px(_HEAD) + _WEEKS * edge
        self.setFixedSize(QSize(width, height))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the month."""
        theme, edge = self.theme, self.theme.px(_CELL)
        with QPainter(self) as painter:
            smooth(painter)
            painter.setFont(theme.font("label_strong"))
            painter.setPen(theme.color("text"))
            title = QRectF(0, 0, _DAYS * edge, theme.px(22))
            painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self._title)
            painter.setFont(theme.font("caption"))
            for column, letter in enumerate(self._letters):
                self._draw_text(painter, self._box(column, -1), letter, "text3")
            for row, week in enumerate(self._weeks):
                for column, day in enumerate(week):
                    if day:
                        self._draw_day(painter, self._box(column, row), day)

    def _box(self, column: int, row: int) -> QRectF:
        edge = self.theme.px(_CELL)
        at = _DAYS - 1 - column if is_mirrored(self) else column
        top = self.theme.px(_HEAD) + row * edge
        return QRectF(at * edge, top, edge, edge)

    def _draw_day(self, painter: QPainter, box: QRectF, day: int) -> None:
        mark = self._marks.get(day)
        if mark is None:
            self._draw_text(painter, box, str(day), "text2")
            return
        inner = box.adjusted(1, 1, -1, -1)
        if mark.kind == "visit":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawEllipse(inner)
        elif mark.kind == "check":
            painter.setPen(QPen(self.theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(inner.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QPen(self.theme.color("warn"), 1.5))
            painter.setBrush(self.theme.color("warn_soft"))
            painter.drawPolygon(_diamond(box))
        ink = {"visit": "on_accent", "check": "accent_text", "event": "warn"}[mark.kind]
        self._draw_text(painter, box, str(day), ink)

    def _draw_text(self, painter: QPainter, box: QRectF, text: str, token: str) -> None:
        painter.setPen(self.theme.color(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _diamond(box: QRectF) -> QPolygonF:
    centre = box.center()
    return QPolygonF(
        [
            QPointF(centre.x(), box.top()),
            QPointF(box.right(), centre.y()),
            QPointF(centre.x(), box.bottom()),
            QPointF(box.left(), centre.y()),
        ]
    )
