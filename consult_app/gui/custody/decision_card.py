"""After a restore: keep the restored records, or go back to those before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

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
KEEP = t("The records from before the restore are then gone for good. Keep the restored ones?")
BACK = t("What was entered since the restore is then gone for good. Go back to those before?")


class DecisionCard(Card):
    """Says what waits, and takes the decision at the second press, since either loses records.

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
        self.keep.clicked.connect(lambda: self._ask(KEEP))
        self.back.clicked.connect(lambda: self._ask(BACK))
        self.back.set_flush()
        self.asked = Label(theme, "", "body", "warn", wrap=True)
        self.sure = Button(theme, t("Yes, for good"), "secondary", "check")
        self.not_yet = Button(theme, t("Not yet"), "ghost")
        self.sure.clicked.connect(self._decide)
        self.not_yet.clicked.connect(lambda: self._ask(""))
        self._choice = self._make_row(t("Decide about the restore"), self.keep, self.back)
        self._sureness = self._make_row(t("Are you sure?"), self.sure, self.not_yet)
        self.add(Label(theme, WORDS, "body", wrap=True))
        for part in (self._choice, self.asked, self._sureness):
            self.add(part)
        self._ask("")

    def _make_row(self, name: str, *buttons: Button) -> FlowBox:
        row = FlowBox(name, gap=LOOSE)
        for button in buttons:
            row.add(button)
        return row

    def _ask(self, words: str) -> None:
        """Ask whether it is meant; with no words begin again."""
        before = self.asked.text()
        self.asked.setText(words)
        for part in (self.asked, self._sureness):
            part.setVisible(bool(words))
        self._choice.setVisible(not words)
        if words or before:
            onward = self.not_yet if words else self.back if before == BACK else self.keep
            onward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        decided = self.keep_wanted if self.asked.text() == KEEP else self.back_wanted
        self._ask("")
        decided.emit()
