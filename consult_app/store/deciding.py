"""After a restore: keep the restored records for good, or go back to those before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

from consult_app.store.attachments import SealedAttachments
from consult_app.store.engine import LOCK_NAME
from consult_app.store.faults import Border, StoreError
from consult_app.store.files import DISK, Disk, remove_file, replace_file, wipe_file
from consult_app.store.folder import FILE_PARTS, PREVIOUS_NAME, finish_file, note_unfinished
from consult_app.store.lock import hold
from consult_app.store.replaced import NOTE_NAME, find_replaced, note_undone, read_file_names
from consult_app.store.state import KEYS_NAME
from consult_app.store.sweeping import sweep_files
from consult_app.store.unlocking import SealedStore
from consult_app.wording import t


class UnconfirmedRestoreError(StoreError):
    """An earlier restore was neither confirmed nor undone."""


class NothingReplacedError(StoreError):
    """There is no restore to undo."""


def check_decided(folder: Path) -> None:
    """Make sure that no restore waits for a decision.

    Raises:
        UnconfirmedRestoreError: One does.
    """
    if find_replaced(folder):
        raise UnconfirmedRestoreError(
            t("An earlier restore is not confirmed yet."),
            t(
                "Look at the restored records, then keep them or go back to those before; "
                "after that "
                "you can restore again. Nothing was changed."
            ),
        )


def confirm_restore(store: SealedStore, *, at: datetime) -> None:
    """Keep the restored records for good: those they replaced are overwritten and removed.

    Twice does no harm.

    Raises:
        StoreError: They could not be removed.
    """
    with Border(store.folder):
        replaced = find_replaced(store.folder)
        if replaced is None:
            return
        store.audit.record("restore.confirmed", (), at)
        # KEYS take the decision; from here on nobody can go back to what is half wiped.
        store.give_up(replaced.file)
        sweep_files(cast("SealedAttachments", store.attachments))


def undo_restore(folder: Path, *, at: datetime, disk: Disk = DISK) -> None:
    """Bring back the records that a restore replaced; what was saved since is lost.

    The next unlocking tells the audit, so that backups of what is lost are not taken for work that
    is missing (`lineage`).

    Raises:
        NothingReplacedError: There are none.
        StoreInUseError: The records are open.
        StoreError: The folder cannot be written; the restored records are still in place.
    """
    with Border(folder), hold(folder / LOCK_NAME):
        replaced = find_replaced(folder)
        if replaced is None:
            raise NothingReplacedError(
                t("There is no restore to undo here."),
                t("The records in {folder} are the only ones. Nothing was changed.", folder=folder),
            )
        restored = read_file_names(folder)[0]
        # Cut off after the next step, the restored file is removed at the next unlocking.
        note_unfinished(folder, restored, disk)
        for name in (PREVIOUS_NAME, KEYS_NAME):
            if replaced.keys:
                replace_file(folder / name, replaced.keys, disk)
            else:
                remove_file(folder / name, disk)
        note_undone(folder, at, disk)
        _wipe(folder, restored, disk)
        remove_file(folder / NOTE_NAME, disk)
        finish_file(folder, disk)


def describe_interruption(store: SealedStore) -> StoreError | None:
    """Return what to tell about work that a power cut or crash ended; None when there was none."""
    if not store.was_interrupted:
        return None
    return StoreError(
        t("A restore or a change of keys was interrupted."),
        t(
            "The records are those of before, complete and unchanged; what was half done has been "
            "removed. Start it again when you are ready."
        ),
    )


def _wipe(folder: Path, name: str, disk: Disk) -> None:
    for part in FILE_PARTS if name else ():
        wipe_file(folder / f"{name}{part}", disk)
