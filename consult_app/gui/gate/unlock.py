"""Where the passphrase is typed: at the start, and after every pause. It names nobody."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.wording import t

FORGOTTEN = t(
    "Type the printed recovery code into the same field; capitals, spaces and dashes make no "
    "difference. It opens the records, and a new passphrase can be chosen then. Without passphrase "
    "and code nobody can open them, not even the makers of this program."
)
KEPT = t("Everything is kept, encrypted. Nothing about a patient is shown here.")
UNSAVED = t(
    "The last changes could not be saved. They wait behind this page; leave the program open, and "
    "unlock to save them."
)


class UnlockPage(GatePage):
    """Asks for the passphrase or the recovery code.

    Attributes:
        given: Somebody typed a secret; carries it.
        sample_wanted: Sample patients are wanted instead.
        way_out_wanted: The way out of the error shown is wanted.
    """

    given = Signal(str)
    sample_wanted = Signal()
    way_out_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            t("Unlock the records"),
            t("They are encrypted on this computer. Nothing about a patient is shown here."),
        )
        self.secret = SecretField(theme, t("Passphrase or recovery code"))
        self.add(self.secret)
        fold = Fold(theme, t("Passphrase forgotten?"))
        fold.body.addWidget(Label(theme, FORGOTTEN, "label", "text2", wrap=True))
        self.add(fold)
        self.onward.set_text(t("Unlock"))
        self.onward.set_icon("key-round")
        self.sample = self.add_button(t("Sample patients"), "flask-conical")
        self.onward.clicked.connect(self._give)
        self.secret.line.returnPressed.connect(self._give)
        self.sample.clicked.connect(self.sample_wanted)
        self.notice.acted.connect(self.way_out_wanted)

    def show_locked(self, unsaved: Exception | None = None) -> None:
        """Say that it was open before, and whether everything is kept."""
        self.title.setText(t("Locked"))
        self.lead.setText(KEPT if unsaved is None else UNSAVED)
        self.sample.hide()
        if unsaved is not None:
            self.show_error(unsaved)

    def show_failure(self, error: Exception, way_out: str = "") -> None:
        """Say why it did not open; what was typed can be typed over."""
        self.show_error(error, way_out)
        self.secret.line.selectAll()
        self.secret.setFocus()

    def show_busy(self, text: str) -> None:
        """Say what is being done."""
        super().show_busy(text)
        self.secret.line.setReadOnly(bool(text))

    def focus_first(self) -> None:
        """Give the keyboard to the field."""
        self.secret.setFocus()

    def forget(self) -> None:
        """Forget what was typed."""
        self.secret.clear()
        self.clear_error()

    def _give(self) -> None:
        if self.secret.text() and self.onward.isEnabled():
            self.given.emit(self.secret.text())
