"""Encrypted records for tests: at the cheapest cost allowed, and made once for all of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from consult_app.gui.access import RECORDS
from consult_app.store.folder import load_keys
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, open_keys, open_with_key, unlock_store
from consult_app.store.vault import create_store

PASSPHRASE = "seven dull green lamps"  # noqa: S105 - opens nothing but what tests make
CHEAP = FLOOR
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Empty records, set up and confirmed.

    Attributes:
        folder: Where they lie; to be copied, never opened.
        data_key: Opens copies without the work that a passphrase takes.
        code: The recovery code.
    """

    folder: Path
    data_key: bytes
    code: str

    def put(self, home: Path) -> Path:
        """Copy them into a home and return their folder there."""
        return Path(shutil.copytree(self.folder, home / RECORDS))

    def open(self, home: Path) -> SealedStore:
        """Copy them into a home and open them there."""
        return open_with_key(self.put(home), self.data_key)

    def open_again(self, home: Path) -> SealedStore:
        """Open those of a home once more."""
        return open_with_key(home / RECORDS, self.data_key)


def make_sealed(folder: Path) -> Sealed:
    """Set up records in a folder."""
    code = create_store(folder, PASSPHRASE, at=MADE_AT, cost=CHEAP)
    with unlock_store(folder, PASSPHRASE) as store:
        store.confirm_code(code)
    return Sealed(folder, open_keys(folder, load_keys(folder), PASSPHRASE), code)
