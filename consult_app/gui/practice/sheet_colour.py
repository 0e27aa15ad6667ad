"""The colour of the patient's sheet: a few to choose from, or any that is typed."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from consult_app.errors import ConsultError
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.handout.clinic_look import is_colour
from consult_app.wording import t

OWN = "own"
COLOURS = (
    Option(OWN, "", t("Petrol"), "#0A555C"),
    Option("#1F4E8C", "", t("Blue"), "#1F4E8C"),
    Option("#4B3F8F", "", t("Violet"), "#4B3F8F"),
    Option("#6B2F6E", "", t("Plum"), "#6B2F6E"),
    Option("#6A4423", "", t("Brown"), "#6A4423"),
    Option("#3F4F5A", "", t("Slate"), "#3F4F5A"),
)
"""Dark enough for words as they are. No red or green, which mean something on the sheet."""
_SHOWN = 84, 28


class ColourField(QWidget):
    """Asks for a colour; the program's own stands as nothing written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.choices = Segmented(theme, t("Colour of the handout"), COLOURS)
        for option in COLOURS:
            self.choices.cell(option.id).setToolTip(option.spoken)
        self.name = Label(theme, "", "label")
        self.choices.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.typed = TextField(
            theme,
            t("Another colour (#RRGGBB)"),
            help_text=t("A colour that is too light for words is darkened; its hue is kept."),
        )
        self.swatch = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.name, self.choices, self.typed, self.swatch):
            column.addWidget(widget)
        self.choices.edited.connect(self._choose)
        self.typed.edited.connect(lambda _text: self._show())

    def text(self) -> str:
        """Return what is written, without spaces around it."""
        return self.typed.text().strip()

    def set_text(self, colour: str) -> None:
        """Show a colour as it was kept; empty for the program's."""
        self.typed.set_text(colour)
        self._show()

    def take(self) -> str:
        """Return the colour, or an empty text for the program's own.

        Raises:
            ConsultError: What is written is no colour.
        """
        colour = self.text()
        if colour and not is_colour(colour):
            raise ConsultError(
                t("The colour is not a colour"), t("Write it like #0A555C, or choose one.")
            )
        return colour

    def _choose(self, chosen: str) -> None:
        self.set_text("" if chosen == OWN else chosen)

    def _show(self) -> None:
        """Show which is chosen, and one that was typed as it will be printed."""
        # Loaded on demand: it brings the PDF writer along.
        from consult_app.handout.palette import darken  # noqa: PLC0415

        colour = self.text()
        chosen = colour.upper() or OWN
        offered = chosen in self.choices.options()
        self.choices.set_value(chosen if offered else "")
        name = next((it.spoken for it in COLOURS if it.id == chosen), t("another"))
        self.name.setText(t("Colour of the handout: {name}", name=name))
        self.swatch.setVisible(is_colour(colour) and not offered)
        if is_colour(colour):
            printed = QPixmap(*_SHOWN)
            printed.fill(QColor(darken(colour)))
            self.swatch.setPixmap(printed)
            self.swatch.setAccessibleName(t("Printed as {colour}", colour=darken(colour)))
