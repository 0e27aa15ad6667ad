"""After a restore: keep the restored records, or go back to those before."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import LOOSE, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

WORDS = t(
    "These records were restored. Those they replaced are still there. Look at the restored ones "
    "first: keeping them removes the others for good; going back loses what was entered since the "
    "restore. Until you decide, nothing can be restored or erased."
)


class DecisionCard(Card):
    """Says what waits, and takes the decision.

    Attributes:
        keep_wanted: The restored records are to stay.
        back_wanted: Those before are to come back.
    """

    keep_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("A restore waits for your decision"))
        self.keep = Button(theme, t("Keep the restored records"), "secondary", "check")
        self.back = Button(theme, t("Go back to those before"), "ghost", "undo-2")
        self.keep.clicked.connect(self.keep_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.back.set_flush()
        row = FlowBox(t("Decide about the restore"), gap=LOOSE)
        for button in (self.keep, self.back):
            row.add(button)
        self.add(Label(theme, WORDS, "body", wrap=True))
        self.add(row)
