"""The open records, with what the sheets need to work on them as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from consult_app.gui.access import Access
from consult_app.gui.custody.backups import Backups
from consult_app.gui.desk import Desk
from consult_app.store.unlocking import SealedStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecords:
    """What a sheet works on.

    Attributes:
        keys: The records, unlocked.
        access: Knows whether a passphrase opens them.
        backups: Where backups go.
        desk: What the window works with.
    """

    keys: SealedStore = field(repr=False)
    access: Access
    backups: Backups
    desk: Desk

    def now(self) -> datetime:
        """Return the present moment with its time zone."""
        return self.desk.clock().astimezone()
