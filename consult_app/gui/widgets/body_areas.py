# ruff: noqa: N802 - Qt names its own hooks
"""The areas of the body as a tidy group of buttons, one or two abreast."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.figure import Place
from consult_app.gui.widgets.regions import BodyArea
from consult_app.gui.widgets.words import Words

BODY_AREAS = (
    "chest",
    "shoulders",
    "upper_arms",
    "forearms",
    "hands",
    "breasts",
    "abdomen",
    "flanks",
    "back",
    "buttocks",
    "thighs",
    "knees",
    "calves",
    "feet",
)
SCAR_SITES = ("limb_soft", "limb_bony")
"""The two places that have a depth row of their own for scars."""

_GAP = 8


class BodyAreas(QWidget):
    """Puts two areas side by side where both names can be read, else one.

    Attributes:
        buttons: The buttons by place, in reading order.
    """

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.body_areas)
        self.buttons: dict[Place, BodyArea] = {
            (area, ""): BodyArea(theme, area, words, self) for area in BODY_AREAS + SCAR_SITES
        }
        self._abreast = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._arrange(2)
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widest = max(self.buttons[area, ""].sizeHint().width() for area in BODY_AREAS)
        self._arrange(2 if self.width() >= 2 * widest + _GAP else 1)

    def _arrange(self, abreast: int) -> None:
        if abreast == self._abreast:
            return
        self._abreast = abreast
        for index, area in enumerate(BODY_AREAS):
            row, column = divmod(index, abreast)
            self._grid.addWidget(self.buttons[area, ""], row, column)
        last = len(BODY_AREAS)
        for row, area in enumerate(SCAR_SITES, start=last):
            self._grid.addWidget(self.buttons[area, ""], row, 0, 1, abreast)
