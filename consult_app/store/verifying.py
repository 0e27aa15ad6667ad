"""Reads everything in a file of records and names what is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from consult_app.store.backup_faults import BackupBorder, report_damaged_backup
from consult_app.store.folder import KEYS_NAME
from consult_app.store.frozen import open_frozen
from consult_app.store.interface import Anchor, Damage
from consult_app.store.kinds import CONSULTATIONS, DRAFTS, PATIENTS
from consult_app.store.manifest import (
    MANIFEST_NAME,
    Backup,
    describe_part,
    find_sealer,
    read_manifest,
)
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import Sealer
from consult_app.store.tables import Documents
from consult_app.store.watching import UNWATCHED, Watch


def check_parts(
    folder: Path, sealers: Iterable[Sealer], watch: Watch = UNWATCHED
) -> tuple[Backup, Sealer]:
    """Make sure that the files of a backup are those that were written together.

    Returns:
        What MANIFEST says, and the sealing that opens the backup.

    Raises:
        BackupError: They are not, or cannot be read.
        StoppedError: The watch said so.
    """
    with BackupBorder(folder):
        backup = read_manifest(folder)
        sealer = find_sealer(backup, sealers)
        if sealer is None:
            raise report_damaged_backup(folder, (f"{MANIFEST_NAME}: the seal is broken",))
        parts = ((backup.file, backup.records), (KEYS_NAME, backup.keys))
        for number, (name, part) in enumerate(parts):
            watch.tell(number, len(parts))
            if describe_part(folder / name) != part:
                raise report_damaged_backup(folder, (f"{name}: not what was written",))
        watch.tell(1, 1)
    return backup, sealer


def check_file(path: Path, sealer: Sealer, watch: Watch = UNWATCHED) -> Sequence[Damage]:
    """Authenticate every row of a file that nobody has open.

    Raises:
        StoreError: It cannot be read at all.
        StoppedError: The watch said so.
    """
    with closing(open_frozen(path)) as engine:
        watch.tell(0, 1)
        found = FileStore(Documents(Rows(engine, sealer))).verify()
        watch.tell(1, 1)
    return found


def count_file(path: Path, sealer: Sealer) -> tuple[dict[str, int], Anchor]:
    """Return how many records of each kind a file holds, and the end of its audit."""
    with closing(open_frozen(path)) as engine:
        rows = Rows(engine, sealer)
        counts = {kind.table: rows.count(kind.table) for kind in (PATIENTS, CONSULTATIONS, DRAFTS)}
        counts["attachments"] = _count(engine.fetch("SELECT count(*) FROM attachment"))
        return counts, FileStore(Documents(rows)).audit.anchor()


def _count(found: list[tuple[object, ...]]) -> int:
    number = found[0][0]
    return number if isinstance(number, int) else 0
