"""How long the clinic keeps records; nothing is assumed, because the law differs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.wording import t

LONGEST_YEARS = 200
WORDS = t(
    "For how many years after the last entry a record has to be kept. Which rule holds differs "
    "from place to place, so nothing is assumed: until this is set, no patient can be erased. "
    "Write 0 where nothing has to be kept."
)


class RetentionCard(Card):
    """Edits the years.

    Attributes:
        chosen: They are to be kept; carries the years, or None for not set.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, years: int | None) -> None:
        super().__init__(theme, t("How long records are kept"))
        self.add(Label(theme, WORDS, "body", "text2", wrap=True))
        self.years = NumberField(
            theme, t("Years after the last entry"), lowest=0, highest=LONGEST_YEARS
        )
        self.years.set_value(years)
        self.keep = Button(theme, t("Keep these years"), "secondary", "check")
        self.keep.clicked.connect(self._keep)
        self.said = Label(theme, "", "label", "text2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.keep)
        # Beside it, for beneath it might be out of sight; and there from the beginning, so that the
        # button stays where it was pressed.
        row.addWidget(self.said, 1)
        self.add(self.years)
        self.add(row)

    def say(self, words: str) -> None:
        """Say what came of it."""
        self.said.setText(words)

    def _keep(self) -> None:
        if self.years.pending():
            return  # the field says what is wrong with it
        years = self.years.value()
        self.chosen.emit(None if years is None else int(years))
