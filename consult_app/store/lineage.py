"""Whether records go on from where their backups stopped, or are an older copy of themselves.

Somebody puts an old copy of the folder back, another computer goes on with a copy, the end of the
audit is cut off: what is left looks sound. But each backup tells where the audit stood when it was
made, and records that go on from there have that line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from consult_app.store.entry import Entry
from consult_app.store.faults import StoreError
from consult_app.store.manifest import Backup, find_sealer
from consult_app.store.schedule import REMIND_AFTER, is_due
from consult_app.store.unlocking import UNDONE, SealedStore
from consult_app.wording import t


def find_ahead(store: SealedStore, backups: Sequence[Backup], now: datetime) -> Backup | None:
    """Return the newest backup of work that these records do not have; None when there is none.

    Looked at are the newest backup and those of the last week, but none from before a
    restore, nor of restored records from which somebody went back.

    Args:
        store: The records, unlocked.
        backups: Newest first.
        now: The present moment.
    """
    ours = [backup for backup in backups if backup.is_sound and backup.store == store.keys.store]
    if _find_first(store, ours, now) is None:
        return None  # as nearly always: the whole audit is not read for it
    entries = store.audit.entries()
    return _find_first(store, [it for it in ours if not _was_left(entries, it.at)], now)


def _find_first(store: SealedStore, ours: Sequence[Backup], now: datetime) -> Backup | None:
    later = (backup for backup in ours[1:] if not is_due(backup.at, now, REMIND_AFTER))
    return next((each for each in (*ours[:1], *later) if not _is_behind(store, each)), None)


def list_undone(entries: Sequence[Entry]) -> tuple[tuple[datetime, datetime], ...]:
    """Return from when until when there were restored records from which somebody went back.

    Args:
        entries: Newest first. Those of the restored records are gone with them: they began after
            the last entry from before the going back.
    """
    told = ((entry, before) for entry, before in pairwise(entries) if entry.action == UNDONE)
    return tuple((before.at, entry.at) for entry, before in told)


def report_ahead(backup: Backup, when: str) -> StoreError:
    """Return the error for a backup that `find_ahead` found, made at `when`."""
    return StoreError(
        t("There is a backup with work that these records do not have."),
        t(
            "It was made {when}, and these records do not go on from there: they are an older "
            "copy, or their last part is missing. Nothing was changed, and no backup is removed "
            "meanwhile. If nobody put an older copy here on purpose, restore that backup.",
            when=when,
        ),
        (str(backup.folder),),
    )


def _is_behind(store: SealedStore, backup: Backup) -> bool:
    """Tell whether the records go on from a backup, as far as can be known."""
    anchor = backup.anchor
    if not anchor.hash or find_sealer(backup, store.rows.sealers()) is None:
        return True  # nobody can tell
    return anchor.n == 0 or store.audit.read_hash(anchor.n) in {anchor.hash, ""}


def _was_left(entries: Sequence[Entry], at: datetime) -> bool:
    """Tell whether somebody went away on purpose from records backed up at this moment.

    By a restore since then, or by going back from one.
    """
    restored = any(entry.action == "store.restored" and entry.at >= at for entry in entries)
    return restored or any(since < at <= until for since, until in list_undone(entries))
