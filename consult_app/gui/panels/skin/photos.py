"""Photographs: taken, kept, and whether they can be compared later. Never needed to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.domain.consultation import SkinAssessment
from consult_app.gui.desk import Desk
from consult_app.gui.photo_set import PhotoSet
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.visits.photographs import ANGLES
from consult_app.wording import t

# Same light, distance and angles make photographs worth more than any score (screening reference
# 2.0).
CONDITIONS = (
    ("same_light", t("Same light")),
    ("same_distance", t("Same distance")),
    ("plain_background", t("Plain background")),
    ("bare_skin", t("Bare skin, hair back")),
)


class PhotosCard(Card):
    """Lists angles and conditions to tick off.

    Attributes:
        edited: What is ticked, angles and conditions together.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, session: Session) -> None:
        super().__init__(theme, name=t("Photographs"))
        self.fold = Fold(theme, t("Photographs"))
        self.add(self.fold)
        self.kept = PhotoSet(theme, desk, session)
        self.fold.body.addWidget(self.kept)
        self.angles = ChipGroup(theme, t("Angles taken"), ANGLES)
        self.conditions = ChipGroup(theme, t("Conditions"), CONDITIONS)
        for text, chips in (
            (t("Taken"), self.angles),
            (t("So that they compare"), self.conditions),
        ):
            self.fold.body.addWidget(Label(theme, text, "label", "text2"))
            self.fold.body.addWidget(chips)
            chips.edited.connect(self._tell)

    def show_skin(self, skin: SkinAssessment) -> None:
        """Show what is ticked and what is kept."""
        self.kept.refresh()
        self.angles.set_chosen(skin.photos)
        self.conditions.set_chosen(skin.photos)
        taken, met = (len(chips.chosen()) for chips in (self.angles, self.conditions))
        parts = [t("{count} taken", count=taken)] if taken or met else [t("Optional")]
        if taken:
            parts.append(t("{n} of {count} conditions", n=met, count=len(CONDITIONS)))
        if skin.pictures:
            parts.append(t("{n} kept here", n=len(skin.pictures)))
        self.fold.show_summary(", ".join(parts))

    def _tell(self) -> None:
        self.edited.emit((*self.angles.chosen(), *self.conditions.chosen()))
