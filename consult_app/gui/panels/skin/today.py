"""The skin today: its type, how it reacts, and whether it keeps dark marks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from consult_app.domain.consultation import Answer, SkinAssessment
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.segmented import Option, Segmented

SKIN_TYPES = (("dry", "Dry"), ("normal", "Normal"), ("combination", "Mixed"), ("oily", "Oily"))
TRAITS = (("sensitive", "Stings or reddens easily"), ("fragile", "Thin or fragile"))


class TodayCard(Card):
    """Asks four short questions.

    Attributes:
        type_edited: dry, normal, combination or oily.
        traits_edited: The traits chosen, as a tuple.
        marks_edited: yes or no.
    """

    type_edited = Signal(str)
    traits_edited = Signal(object)
    marks_edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Skin today")
        self.skin_type = Segmented(
            theme, "An hour after washing", [Option(*item) for item in SKIN_TYPES]
        )
        self.traits = ChipGroup(theme, "Skin traits", TRAITS)
        self.dark_marks = Segmented(
            theme, "Dark marks after spots or bites", [Option("no", "No"), Option("yes", "Yes")]
        )
        self.skin_type.edited.connect(self.type_edited)
        self.traits.edited.connect(self.traits_edited)
        self.dark_marks.edited.connect(self.marks_edited)
        self.add(Label(theme, "An hour after washing, with nothing put on", "label", "text2"))
        self.add(self.skin_type)
        self.add(self.traits)
        row = QHBoxLayout()
        row.addWidget(Label(theme, "Do spots or bites leave dark marks for months?", wrap=True), 1)
        row.addWidget(self.dark_marks)
        self.add(row)

    def show_skin(self, skin: SkinAssessment, told: Answer | None) -> None:
        """Show what is recorded; `told` is the answer about dark marks."""
        if skin.skin_type is None:
            self.skin_type.clear()
        else:
            self.skin_type.set_value(skin.skin_type)
        self.traits.set_chosen([key for key, _ in TRAITS if getattr(skin, key)])
        if told is None or told.state == "unsure":
            self.dark_marks.clear()
        else:
            self.dark_marks.set_value(told.state)
