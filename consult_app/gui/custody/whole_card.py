"""What can be done to the records as a whole."""

from __future__ import annotations

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import LOOSE, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

EXPORT = t(
    "An export is one zip with everything in it: records, tables and the sheets handed over. It is "
    "not encrypted: whoever has the file can read all of it. Keep it as you would paper, and "
    "delete it when it has served. One patient alone is exported from the patient's page."
)
STAY = t("Leave this open while something is being done: to close it, or a lock, stops it.")


class WholeCard(Card):
    """Offers to restore, export, import and erase."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("The records as a whole"))
        self.restore = Button(theme, t("Restore a backup"), "ghost", "history")
        self.export = Button(theme, t("Export everything"), "ghost", "download")
        self.take_in = Button(theme, t("Import records"), "ghost", "upload")
        self.erase = Button(theme, t("Erase a patient"), "ghost", "trash-2")
        buttons = FlowBox(t("The records as a whole"), gap=LOOSE)
        for button in (self.restore, self.export, self.take_in, self.erase):
            button.set_flush()
            buttons.add(button)
        for part in (Label(theme, EXPORT, "body", "text2", wrap=True), buttons):
            self.add(part)
        self.add(Label(theme, STAY, "label", "text2", wrap=True))
