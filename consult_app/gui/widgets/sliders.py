# ruff: noqa: N802 - Qt names its own hooks
"""Sliders that scrolling never moves, and severity in four steps on one of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSlider, QWidget

from consult_app.gui.commands import GRADES, MAP, fill_keys
from consult_app.gui.row_keys import read_command
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.themed import Themed, is_mirrored, smooth
from consult_app.gui.widgets.words import ENGLISH, Words

_TRACK = 6


class PatientSlider(Themed, QSlider):
    """A slider whose whole row can be pressed and that changes only on purpose.

    A tap sets the value on release, a sideways drag drags, a vertical swipe and the wheel
    are left to the page.

    Attributes:
        moved: Emitted with the new value when a person changed it.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pressed_at = QPointF()
        self._gesture = ""
        self._bottom, self._top, self.margin = 0, 4, 16
        self._silent = False
        self.valueChanged.connect(self._hear_value)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.follow(theme)

    def set_scale(self, bottom: int, top: int) -> None:
        """Draw from bottom to top; the range, which can be set, may be narrower."""
        self._bottom, self._top = bottom, top
        self.setRange(bottom, top)

    def setValue(self, value: int) -> None:
        """Set the value for the program, without telling; a screen reader's change is told."""
        self._silent = True
        super().setValue(value)
        self._silent = False

    def setRange(self, bottom: int, top: int) -> None:
        """Limit the value for the program, without telling."""
        self._silent = True
        super().setRange(bottom, top)
        self._silent = False

    def restyle(self) -> None:
        """Take the height from the theme."""
        self.margin = self.theme.px(16)
        self.setMinimumHeight(self.theme.px(TARGET))
        super().restyle()

    def sizeHint(self) -> QSize:
        """Return a row high enough for a finger."""
        return QSize(self.theme.px(180), self.theme.px(TARGET))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change nothing yet."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed_at, self._gesture = event.globalPosition(), "tap"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the first movement decide between dragging and scrolling."""
        way = event.globalPosition() - self._pressed_at
        far = way.manhattanLength() > QApplication.styleHints().startDragDistance()
        if self._gesture == "tap" and far:
            self._gesture = "drag" if abs(way.x()) > abs(way.y()) else "scroll"
            self.setSliderDown(self._gesture == "drag")
        if self._gesture == "drag":
            self._take(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Set the value where a tap ended."""
        gesture, self._gesture = self._gesture, ""
        self.setSliderDown(False)
        if gesture == "tap":
            self._take(self._value_at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past never changes a clinical value."""
        event.ignore()

    def x_of(self, value: float) -> float:
        """Return where a value stands, in own coordinates."""
        share = (value - self._bottom) / max(1, self._top - self._bottom)
        if is_mirrored(self):
            share = 1 - share
        return self.margin + share * (self.width() - 2 * self.margin)

    def _value_at(self, x: float) -> int:
        share = (x - self.margin) / max(1, self.width() - 2 * self.margin)
        if is_mirrored(self):
            share = 1 - share
        share = max(0.0, min(1.0, share))
        return round(self._bottom + share * (self._top - self._bottom))

    def _take(self, value: int) -> None:
        super().setValue(value)

    def _hear_value(self, value: int) -> None:
        if not self._silent:
            self.moved.emit(value)

    def _draw_track(self, painter: QPainter) -> None:
        theme, y = self.theme, self.height() / 2
        self._draw_line(painter, "line", self.x_of(self._bottom), self.x_of(self._top))
        if self.value() > self._bottom:
            token = "accent" if self.isEnabled() else "control"
            self._draw_line(painter, token, self.x_of(self._bottom), self.x_of(self.value()))
        painter.setPen(Qt.PenStyle.NoPen)
        for stop in range(self._bottom, self._top + 1):
            if stop != self.value():
                painter.setBrush(theme.color("on_accent" if stop < self.value() else "control"))
                painter.drawEllipse(QPointF(self.x_of(stop), y), 2.2, 2.2)

    def _draw_line(self, painter: QPainter, token: str, start: float, end: float) -> None:
        pen = QPen(self.theme.color(token), _TRACK)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        y = self.height() / 2
        painter.drawLine(QPointF(start, y), QPointF(end, y))


class SeveritySlider(PatientSlider):
    """How marked a finding is, 1 to 4; the digit stands in the thumb, none while it is not graded.

    Attributes:
        graded: Emitted with the grade when a person changed it.
    """

    graded = Signal(int)

    def __init__(
        self, theme: Theme, name: str, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, parent)
        self._words = words
        self.set_scale(0, 4)
        self.setPageStep(1)
        self.valueChanged.connect(self._describe)
        self.moved.connect(self.graded)
        self._describe()
        self.setToolTip(fill_keys(words.grade_keys))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade by the keys of the map, of which one takes a finding away."""
        command = read_command(event, MAP)
        if command in GRADES:
            self.obey(command)
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> tuple[str, ...]:
        """Return the grades."""
        return GRADES if self.isEnabled() else ()

    def obey(self, command: str) -> None:
        """Grade it, or take the finding away."""
        if grade := GRADES.index(command):
            self._take(grade)
        else:
            self.graded.emit(0)

    def show_grade(self, grade: int) -> None:
        """Show a grade, without a signal; what is graded stays at 1 or more until unchosen."""
        self.setRange(min(grade, 1), self.maximum())
        self.setValue(grade)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, stops and thumb."""
        with QPainter(self) as painter:
            smooth(painter)
            self._draw_track(painter)
            centre = QPointF(self.x_of(self.value()), self.height() / 2)
            painter.setBrush(self.theme.color("surface"))
            painter.setPen(QPen(self.theme.color("accent" if self.isEnabled() else "control"), 2))
            size = self.theme.px(13)
            painter.drawEllipse(centre, size, size)
            painter.setPen(self.theme.color("accent_text" if self.value() else "text2"))
            painter.setFont(self.theme.font("label_strong"))
            box = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.value() or "?"))

    def _describe(self) -> None:
        grade = self.value()
        told = self._words.severity(grade) if grade else self._words.ungraded
        self.setAccessibleDescription(told)


class SeverityRow(QWidget):
    """A finding's name, its slider and the grade in a word.

    Attributes:
        graded: Emitted with the grade when a person changed it.
    """

    graded = Signal(int)

    def __init__(
        self, theme: Theme, text: str, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self.slider = SeveritySlider(theme, text, words=words)
        self._name = Label(theme, text, wrap=True)
        self._word = Label(theme, words.ungraded, "label", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._word)
        self.slider.valueChanged.connect(self._say)
        self.slider.graded.connect(self.graded)
        theme.changed.connect(self._measure)
        self._measure()

    def value(self) -> int:
        """Return the grade."""
        return self.slider.value()

    def set_value(self, grade: int) -> None:
        """Show a grade, without the signal; 0 is not graded."""
        self.slider.show_grade(grade)

    def _say(self) -> None:
        self._word.setText(self._words.marked(self.slider.value()))

    def _measure(self) -> None:
        metrics = QFontMetrics(self._theme.font("label"))
        shown = (self._words.marked(grade) for grade in range(5))
        widest = max(metrics.horizontalAdvance(word) for word in shown)
        self._word.setFixedWidth(widest + 4)
        self._name.setFixedWidth(self._theme.px(132))
