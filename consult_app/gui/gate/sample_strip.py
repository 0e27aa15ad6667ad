"""A strip over every page that says: these are sample patients."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.themed import Themed
from consult_app.wording import t

WORDS = t("Sample patients. Nothing typed here is kept after closing.")


class SampleStrip(Themed, QFrame):
    """Stands at the top of the window as long as sample patients are open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(WORDS)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(3), theme.px(20), theme.px(3))
        row.setSpacing(theme.px(8))
        row.addWidget(IconLabel(theme, "flask-conical", "info", 16))
        row.addWidget(Label(theme, WORDS, "label", "text", wrap=True), 1)
        self.hide()
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tint."""
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("info_soft"))
            painter.drawRect(QRectF(self.rect()))
