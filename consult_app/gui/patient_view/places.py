"""Where the patient view opens, and what stands at each of its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.patient_view.harms import Parts
from consult_app.gui.patient_view.slide import Slide

BEGINS = {"expectations": "may", "after": "after"}
"""The section of the sheet that a panel is about, by panel."""
CHOICE = "agree"
"""The panel on which the patient decides, once the harms were shown."""

Begin = Callable[[Parts, bool], int]
"""Finds the place at which a view opens, among its parts; and whether the patient decides."""


@dataclass(frozen=True)
class Place:
    """Where a patient view was ended.

    Attributes:
        visit: The id of its visit.
        panel: The panel it was opened from.
        at: The place, from 0.
    """

    visit: str = ""
    panel: str = ""
    at: int = 0


def find_place(visit: Consultation, panel: str, left: Place, parts: Parts, *, asks: bool) -> int:
    """Return at which place the view of a visit opens, from 0.

    That is where it was left; from a panel that is for the patient, what that is about.

    Args:
        visit: The visit.
        panel: The panel that is shown.
        left: Where the last view was ended.
        parts: The sheet, part by part.
        asks: Whether the patient decides at the end.
    """
    stays = left.at if left.visit == visit.id else 0
    if panel == CHOICE and asks and visit.discussion.risks_shown:
        return len(parts)
    if stays and left.panel == panel:
        return stays
    wanted = BEGINS.get(panel)
    names = ([section.id for section in part] for part in parts)
    return next((at for at, there in enumerate(names) if wanted in there), stays)


class Slides(QStackedWidget):
    """What stands at each place, made when it is first turned to."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[int, Slide] = {}

    def hold(self, at: int, make: Callable[[], Slide]) -> Slide:
        """Return what stands at a place."""
        if at not in self._made:
            self._made[at] = slide = make()
            self.addWidget(slide)
        return self._made[at]

    def drop(self, at: int) -> None:
        """Have what stands at a place made anew."""
        if slide := self._made.pop(at, None):
            self.removeWidget(slide)
            slide.deleteLater()

    def drop_all(self) -> None:
        """Have everything made anew."""
        for at in tuple(self._made):
            self.drop(at)
