"""Everything that stands in the way of signing, each with the way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.dialogs import fit_screen
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.visits.obstacle import Obstacle
from consult_app.wording import t, tn

ROW, MOST_ROWS = 52, 7


class ObstacleSheet(QDialog):
    """Lists what is needed first; it closes as it leads to one of them.

    Attributes:
        chosen: Where to go; carries the place of an obstacle.
        rows: What each is and its button, in the order they are met.
        first: Leads to the first.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, obstacles: Sequence[Obstacle], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Not locked yet"))
        self._theme = theme
        rows = min(len(obstacles), MOST_ROWS)
        fit_screen(self, theme.px(640), theme.px(190 + rows * ROW))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, "octagon-alert", "stop", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(theme, t("This record cannot be locked yet"), "section"), 1)
        column.addLayout(head)
        count = tn(
            "Nothing was changed. One thing is needed first:",
            "Nothing was changed. {n} things are needed first:",
            len(obstacles),
        )
        column.addWidget(Label(theme, count, "body", "text2", wrap=True))
        self.setAccessibleDescription(" ".join((count, *(it.text for it in obstacles))))
        self.rows = [(it.text, self._make_way(it)) for it in obstacles]
        pane = ScrollPane(theme)
        pane.body.setSpacing(theme.px(4))
        for text, way in self.rows:
            row = QHBoxLayout()
            row.addWidget(Label(theme, text, "body", wrap=True), 1)
            row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
            pane.body.addLayout(row)
        pane.body.addStretch(1)
        column.addWidget(pane, 1)
        leads = t("Go to the first") if len(obstacles) > 1 else t("Go there")
        self.first = Button(theme, leads, "primary")
        self.first.clicked.connect(lambda: self._go(obstacles[0].place))
        column.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        leave = Button(self._theme, t("Close"), "quiet")
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(self._theme.px(8))
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.first)
        self.first.setDefault(True)
        self.first.setFocus()
        return foot

    def _make_way(self, obstacle: Obstacle) -> Button:
        way = Button(self._theme, t("Go"), "ghost", "arrow-right")
        way.set_flush()
        way.setAccessibleName(t("Go: {text}", text=obstacle.text))
        way.clicked.connect(lambda: self._go(obstacle.place))
        return way

    def _go(self, place: str) -> None:
        self.accept()
        self.chosen.emit(place)
