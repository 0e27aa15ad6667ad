"""Why something was done beyond its limits: asked before the lock, told to the visits after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.knowledge.visits.beyond import Beyond
from consult_app.knowledge.visits.dated_before import DAY
from consult_app.wording import t

NEEDED = t("Needed to lock. It stays with the record, and the next visit shows it.")

NOT_WRITTEN_FOR = t("Not written for this: {lines}. Change the reason so that it counts for it.")


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

    def show_reason(self, reason: str, open_now: Sequence[Beyond], *, asked: bool) -> None:
        """Show the reason where one is needed or was written, and for what it was not written."""
        self.reason.set_text(reason)
        lines = "; ".join(it.what for it in open_now) if reason.strip() else ""
        days = [f"{it.line}." for it in open_now if it.part == DAY]  # beside no other field
        told = NOT_WRITTEN_FOR.format(lines=lines) if lines else NEEDED
        self.reason.set_help(" ".join((*days, told)))
        self.setVisible(asked or bool(reason.strip()))
