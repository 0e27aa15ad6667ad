"""The skin today: its type, how it reacts, and whether it keeps dark marks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from consult_app.domain.consultation import Answer, SkinAssessment
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.yes_no import YesNo
from consult_app.wording import t

# Own words for the four answers of the clinical reference (screening reference 2.14).
SKIN_TYPES = (
    ("dry", t("Dry"), t("tight or flaky")),
    ("normal", t("Normal"), t("neither tight nor shiny")),
    ("combination", t("Mixed"), t("shiny on forehead, nose and chin alone")),
    ("oily", t("Oily"), t("shiny all over")),
)
LEAD = t("An hour after washing, with nothing put on")


class TodayCard(Card):
    """Asks four short questions; none has an answer before one was given.

    Attributes:
        type_edited: dry, normal, combination or oily.
        sensitive_edited: Whether it stings or reddens; None once the answer was taken back.
        fragile_edited: Whether the practitioner marks it as thin.
        marks_edited: yes, no or unsure; None once the answer was taken back.
    """

    type_edited = Signal(str)
    sensitive_edited = Signal(object)
    fragile_edited = Signal(bool)
    marks_edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Skin today"))
        options = [Option(key, text, f"{text}: {means}") for key, text, means in SKIN_TYPES]
        self.skin_type = Segmented(theme, LEAD, options)
        self.meaning = Label(theme, LEAD, "label", "text2", wrap=True)
        self.add(self.meaning)
        self.add(self.skin_type)
        self.sensitive = self._ask(t("Does it sting or redden with most products?"))
        marks = t("Do spots or bites leave dark marks for months?")
        self.dark_marks = self._ask(marks, unsure=True)
        self.fragile = Chip(theme, t("Thin or fragile"))
        self.add(self.fragile)
        self.skin_type.edited.connect(self.type_edited)
        stings = {"yes": True, "no": False}
        self.sensitive.edited.connect(lambda said: self.sensitive_edited.emit(stings.get(said)))
        self.sensitive.advance.connect(self.dark_marks.take_focus)
        self.fragile.clicked.connect(self.fragile_edited)
        self.dark_marks.edited.connect(lambda said: self.marks_edited.emit(said or None))
        self.dark_marks.advance.connect(self.fragile.setFocus)

    def show_skin(self, skin: SkinAssessment, told: Answer | None) -> None:
        """Show what is recorded; `told` is the answer about dark marks."""
        means = {key: f"{LEAD}: {means}" for key, _, means in SKIN_TYPES}
        self.meaning.setText(means.get(skin.skin_type or "", LEAD))
        _show(self.skin_type, skin.skin_type)
        stings = skin.sensitive
        _show(self.sensitive, None if stings is None else "yes" if stings else "no")
        self.fragile.setChecked(skin.fragile)
        _show(self.dark_marks, told.state if told is not None else None)

    def _ask(self, text: str, *, unsure: bool = False) -> YesNo:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        choice = YesNo(self.theme, text, unsure=unsure)
        row.addWidget(Label(self.theme, text, wrap=True), 1)
        row.addWidget(choice)
        self.add(row)
        return choice


def _show(choice: Segmented, value: str | None) -> None:
    if value is None:
        choice.clear()
    else:
        choice.set_value(value)
