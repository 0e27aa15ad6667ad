"""Backs up, or restores, without end and tells each one that counts, until it is killed.

Run by the durability tests: `backing_up_for_ever.py WAY RECORDS TARGET NUMBER`, where WAY is
`backup` or `restore`. Between two backups a draft is saved; its number is told with the backup.
"""

from __future__ import annotations

import itertools
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from consult_app.store.backup import list_backups, make_backup
from consult_app.store.deciding import confirm_restore
from consult_app.store.restoring import Telling, restore
from consult_app.store.unlocking import unlock_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests


def _tell(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def _back_up(records: Path, target: Path, first: int) -> None:
    with unlock_store(records, PASSPHRASE) as store:
        for number in itertools.count(first):
            key = store.attachments.make_key()
            store.attachments.put(key, f"photograph {number} ".encode() * 5_000)
            store.drafts.save("d", {"id": "d", "number": number, "photo": key}, AT)
            _tell(f"saved {number}")
            make_backup(store, target, at=AT + timedelta(seconds=number))
            _tell(f"backed-up {number}")


def _restore(records: Path, target: Path) -> None:
    backup = list_backups(target)[0]
    for number in itertools.count():
        _tell(f"begins {number}")
        restore(backup, records, PASSPHRASE, Telling(at=AT))
        _tell(f"restored {number}")
        with unlock_store(records, PASSPHRASE) as store:
            confirm_restore(store, at=AT)
        _tell(f"confirmed {number}")


def main() -> None:
    """Go on for ever."""
    way, records, target, number = sys.argv[1:]
    if way == "backup":
        _back_up(Path(records), Path(target), int(number))
    else:
        _restore(Path(records), Path(target))


if __name__ == "__main__":
    main()
