"""Why something was done beyond its limits: asked before the lock, told to the visits after."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

NEEDED = t("Needed to lock. It stays with the record, and the next visit shows it.")


class BeyondCard(Card):
    """Asks for the reason, as long as something is beyond its limits.

    Attributes:
        edited: Carries the reason.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Beyond the limits"))
        self.reason = TextField(theme, t("Reason for going beyond the limits"), help_text=NEEDED)
        self.add(self.reason)
        self.reason.edited.connect(self.edited)
        self.hide()

    def show_reason(self, reason: str, *, asked: bool) -> None:
        """Show the reason where one is needed or was written."""
        self.reason.set_text(reason)
        self.setVisible(asked or bool(reason.strip()))
