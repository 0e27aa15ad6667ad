"""The first page of the first start: set up this computer, or try the program first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.wording import t


class WelcomePage(GatePage):
    """Offers the set-up and the sample patients.

    Attributes:
        set_up_wanted: Records are to be made here.
        sample_wanted: The program is to be tried with sample patients.
        restore_wanted: The records are to come out of a backup, as on a new computer.
    """

    set_up_wanted = Signal()
    sample_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            t("Microneedling consultation"),
            t("Your patients' records stay on this computer, encrypted. No network is needed."),
            "stethoscope",
        )
        self.add_words(
            t(
                "The set-up takes a few minutes: a passphrase, a recovery code to print, and your "
                "practice as it stands on the handout."
            )
        )
        self.add_words(
            t("To look around first, take the sample patients. Nothing typed there is kept.")
        )
        self.sample = self.add_button(
            t("Try it with sample patients"), "flask-conical", "secondary"
        )
        self.sample.clicked.connect(self.sample_wanted)
        self.restore = Button(theme, t("Restore a backup"), "ghost", "history")
        self.restore.set_flush()
        self.restore.clicked.connect(self.restore_wanted)
        self.foot.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)
        self.onward.set_text(t("Set up"))
        self.onward.clicked.connect(self.set_up_wanted)
