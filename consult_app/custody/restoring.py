"""Before a restore: which backup, and a backup of what it takes the place of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult_app.store.backup import make_backup
from consult_app.store.deciding import check_decided
from consult_app.store.faults import (
    Border,
    DamagedStoreError,
    NewerStoreError,
    StoreError,
    StoreInUseError,
)
from consult_app.store.files import make_folder
from consult_app.store.former import read_keys_beside
from consult_app.store.manifest import Backup
from consult_app.store.restoring import Restored, Telling, restore
from consult_app.store.state import State, find_state
from consult_app.store.unlocking import unlock_store
from consult_app.store.watching import UNWATCHED, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacing:
    """What happened when a backup took the place of the records.

    Attributes:
        restored: What was restored.
        before: The backup of what was there before; None when there was nothing, or nothing that
            could be opened or copied.
        unopened: Why what was there could not be backed up; it is kept beside all the same.
    """

    restored: Restored
    before: Backup | None
    unopened: StoreError | None


def read_store_id(folder: Path) -> str:
    """Return the id of the records in a folder, also of damaged ones; empty without KEYS.

    Raises:
        StoreError: The folder cannot be read.
    """
    with Border(folder):
        keys = read_keys_beside(folder)
    return keys.store if keys is not None else ""


def replace_records(
    folder: Path,
    backup: Backup,
    secret: str,
    telling: Telling,
    *,
    target: Path,
    watch: Watch = UNWATCHED,
) -> Replacing:
    """Back up what is there, if it can still be opened, then put a backup in its place.

    Args:
        folder: Where the records lie or are to lie; they must not be open.
        backup: What takes their place.
        secret: A passphrase or recovery code of the backup, or of the records now.
        telling: For the audit.
        target: Where backups go; made when it is not there.
        watch: Told how far it is; may stop it, and then nothing was changed.

    Raises:
        WrongSecretError: The secret opens nothing.
        UnconfirmedRestoreError: An earlier restore waits for a decision.
        StoppedError: The watch said so; nothing was changed.
        StoreError: The backup is damaged or the folder cannot be used; nothing was changed.
    """
    with Border(folder):
        check_decided(folder)
    before, unopened = _back_up_present(folder, secret, target, telling.at, watch.part(0, 0.4))
    restored = restore(backup, folder, secret, telling, watch=watch.part(0.4, 1))
    return Replacing(restored=restored, before=before, unopened=unopened)


def _back_up_present(
    folder: Path, secret: str, target: Path, at: datetime, watch: Watch
) -> tuple[Backup | None, StoreError | None]:
    if find_state(folder) is not State.SEALED:
        return None, None
    try:
        store = unlock_store(folder, secret)
    except (StoreInUseError, NewerStoreError):
        raise
    except StoreError as error:
        return None, error
    with store, Border(target):
        make_folder(target)
        try:
            return make_backup(store, target, at=at, watch=watch), None
        except DamagedStoreError as error:
            # Nobody could go back from damaged records if they had to be copied whole first.
            return None, error
