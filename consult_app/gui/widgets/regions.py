# ruff: noqa: N802 - Qt names its own hooks
"""Regions of the drawn face and body: real buttons, whatever their shape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
    QRegion,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from consult_app.gui.commands import GRADES, MAP, ROW_COMMANDS, fill_keys
from consult_app.gui.row_keys import read_command
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.figure import Outline
from consult_app.gui.widgets.themed import ARROWS, Pressable
from consult_app.gui.widgets.words import Words

_HERE = [command.id for command in ROW_COMMANDS if command.place == MAP]
_WAYS = [command for command in _HERE if command not in GRADES]
_CHOOSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)

Told = tuple[str, int]
"""A finding as it is shown: the concern in words, and its grade 1 to 4, or 0 for not graded."""


class Region(Pressable, QAbstractButton):
    """A part of the body that can be chosen and graded; reported as a radio button.

    The map paints it; this owns its shape, state and keyboard.

    Attributes:
        graded: Emitted with a grade when one of the keys 0 to 4 is pressed.
        taken: Emitted when Space or Enter chooses it.
        walked: Emitted with the way by which a key leads away: up 0, down 1, left 2, right 3.
        findings: What was found here, strongest first.
        planned: Where it is said to be treated, in words; empty where it is not.
        outlined: Whether there was a finding at the visit before.
    """

    graded = Signal(int)
    taken = Signal()
    walked = Signal(int)

    def __init__(self, theme: Theme, outline: Outline, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.outline, self.place = outline, outline.place
        self.findings: tuple[Told, ...] = ()
        self.planned = ""
        self.outlined = False
        self.path, self.badge = outline.path, outline.badge
        self._words = words
        self.setObjectName(" ".join(("region", *self.place)).strip())
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Qt paints a button that was chosen or left within its mask; its outline lies around that.
        self.toggled.connect(lambda _on: self._refresh_map())
        self.follow(theme)
        self.show_state()

    @property
    def grade(self) -> int:
        """The strongest grade here; 0 where nothing is graded."""
        return self.findings[0][1] if self.findings else 0

    def show_state(
        self, findings: tuple[Told, ...] = (), *, planned: str = "", outlined: bool = False
    ) -> None:
        """Show what is found, planned and remembered here."""
        shown = (self.findings, self.planned, self.outlined)
        if self.accessibleName() and shown == (findings, planned, outlined):
            return
        self.findings, self.planned, self.outlined = findings, planned, outlined
        name = self._words.area(*self.place)
        told = self._words.tell(findings)
        self.setAccessibleName(f"{name}: {told}" if told else name)
        beside = [
            words
            for words, holds in (
                (self._words.no_findings, not findings),
                (planned, planned),
                (self._words.last_time, outlined),
            )
            if holds
        ]
        self.setAccessibleDescription(", ".join(beside))
        keys = f"{self._words.grade_keys}\n{self._words.way_keys}"
        self.setToolTip(f"{self.accessibleName()}\n{fill_keys(keys)}")
        self.update()

    def choose(self, *, on: bool) -> None:
        """Choose or leave it, without a signal; Qt alone never leaves the only chosen one."""
        if on != self.isChecked():
            self.setAutoExclusive(on)
            self.setChecked(on)
            self.setAutoExclusive(True)

    def place_on(self, transform: QTransform) -> None:
        """Take place and shape on the map."""
        path = transform.map(self.outline.path)
        box = path.boundingRect().adjusted(-2, -2, 2, 2).toAlignedRect()
        self.setGeometry(box)
        self.badge = transform.map(self.outline.badge)
        self.path = path.translated(QPointF(-box.topLeft()))
        points = self.path.toFillPolygon().toList()
        self.setMask(QRegion(QPolygonF(points).toPolygon()))

    def path_on_map(self) -> QPainterPath:
        """Return the shape in the map's coordinates."""
        return self.path.translated(QPointF(self.pos()))

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return all that a key does here."""
        return _HERE if self.isEnabled() else []

    def obey(self, command: str) -> None:
        """Grade it, or walk on."""
        if command in GRADES:
            self.graded.emit(GRADES.index(command))
        else:
            self.walked.emit(_WAYS.index(command))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade with 0 to 4, walk with the arrow keys, choose with Space or Enter, as usual."""
        key = Qt.Key(event.key())
        if command := read_command(event, MAP):
            self.obey(command)
        elif key in ARROWS:
            event.ignore()  # Qt's own order surprises
        elif key in _CHOOSES:
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        """Only what lies inside the shape is pressed."""
        return self.path.contains(QPointF(pos))

    def focus_outline(self) -> QPainterPath:
        """Return the shape."""
        return self.path

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the map."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the map show that the pointer is here."""
        self._refresh_map()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let the map show that the pointer has gone."""
        self._refresh_map()
        super().leaveEvent(event)

    def update(self, *_area: object) -> None:
        """Ask the map to paint."""
        self._refresh_map()

    def _refresh_map(self) -> None:
        owner = self.parentWidget()
        if owner is not None:
            owner.update()
