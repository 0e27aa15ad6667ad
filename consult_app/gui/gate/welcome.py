"""The first page of the first start: set up this computer, or try the program first."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme


class WelcomePage(GatePage):
    """Offers the set-up and the sample patients.

    Attributes:
        set_up_wanted: Records are to be made here.
        sample_wanted: The program is to be tried with sample patients.
    """

    set_up_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "Microneedling consultation",
            "Your patients' records stay on this computer, encrypted. No network is needed.",
            "stethoscope",
        )
        self.add_words(
            "The set-up takes a few minutes: a passphrase, a recovery code to print, and your "
            "practice as it stands on the handout."
        )
        self.add_words(
            "To look around first, take the sample patients. Nothing typed there is kept."
        )
        self.sample = self.add_button("Try it with sample patients", "flask-conical", "secondary")
        self.sample.clicked.connect(self.sample_wanted)
        self.onward.set_text("Set up")
        self.onward.clicked.connect(self.set_up_wanted)
