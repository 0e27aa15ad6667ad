"""Reads everything in a backup and names what is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from consult_app.store.attachments import PLACE
from consult_app.store.backup_attachments import (
    CHANGED,
    check_attachments,
    find_fault,
    read_told,
)
from consult_app.store.backup_faults import BackupBorder, BackupError, report_damaged_backup
from consult_app.store.entry import Anchor
from consult_app.store.faults import DamagedStoreError, ForeignStoreError
from consult_app.store.files import describe_file
from consult_app.store.frozen import open_frozen
from consult_app.store.interface import PUT_AWAY, Damage
from consult_app.store.keys import KeysDamagedError, KeysNewerError, read_keys
from consult_app.store.kinds import CONSULTATIONS, DRAFTS, PATIENTS
from consult_app.store.manifest import MANIFEST_NAME, Backup, find_sealer, read_manifest, read_name
from consult_app.store.repositories import FileStore
from consult_app.store.rows import FILE, Rows
from consult_app.store.sealing import Sealer
from consult_app.store.state import KEYS_NAME
from consult_app.store.tables import Documents
from consult_app.store.watching import UNWATCHED, Watch


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Read a backup in this block; what is wrong with it comes out as an error about it.

    Raises:
        BackupError: In place of a foreign error, or of one about records.
    """
    try:
        with BackupBorder(folder):
            yield
    except (DamagedStoreError, ForeignStoreError) as error:
        raise report_damaged_backup(folder, error.details) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is damaged in a file of records.

    Attributes:
        counted: How much, as a backup counts it: alike when it is made and when it is restored.
        damages: What, as precisely as can be said; that can be more lines for the same.
    """

    counted: int
    damages: Sequence[Damage]


def check_parts(
    folder: Path, sealers: Iterable[Sealer], watch: Watch, *, changed: list[Damage] | None = None
) -> tuple[Backup, Sealer]:
    """Make sure that the files of a backup are those that were written together.

    Args:
        folder: The backup.
        sealers: Those that may open it.
        watch: Told how far it is.
        changed: Takes the files that are not what was written, which else are an error. Then there
            can be only one sealing.

    Returns:
        What MANIFEST says, and the sealing that opens the backup.

    Raises:
        BackupError: They are not, or cannot be read.
        StoppedError: The watch said so.
    """
    with reading(folder):
        try:
            backup, sealer = _open_manifest(folder, sealers)
        except (BackupError, OSError):
            if changed is None:
                raise
            changed.append(Damage(table=FILE, id=MANIFEST_NAME, reason=CHANGED))
            (sealer,) = sealers  # the one that the secret opened
            backup = count_without_manifest(find_without_manifest(folder), sealer)
        parts = ((backup.file, backup.records), (KEYS_NAME, backup.keys))
        for number, (name, part) in enumerate(parts):
            watch.tell(number, len(parts))
            fault = find_fault(folder / name, part)
            if fault and changed is None:
                raise report_damaged_backup(folder, (f"{name}: {fault}",))
            if fault and changed is not None:
                changed.append(Damage(table=FILE, id=name, reason=fault))
        watch.tell(1, 1)
    return backup, sealer


def _open_manifest(folder: Path, sealers: Iterable[Sealer]) -> tuple[Backup, Sealer]:
    backup = read_manifest(folder)
    sealer = find_sealer(backup, sealers)
    if sealer is None:
        raise report_damaged_backup(folder, (f"{MANIFEST_NAME}: the seal is broken",))
    return backup, sealer


def find_without_manifest(folder: Path) -> Backup:
    """Return a backup as far as the name of its folder and KEYS tell, for want of its MANIFEST.

    Its rows still prove what they are, and the tally that all are there; but whether they are those
    of that moment, nothing tells any more.

    Raises:
        BackupDamagedError: They tell nothing either.
    """
    with reading(folder):
        at, path = read_name(folder.name), folder / KEYS_NAME
        try:
            keys = read_keys(path.read_bytes()) if path.exists() else None
        except (KeysDamagedError, KeysNewerError):
            keys = None
        if at is None or keys is None or not (folder / keys.file).exists():
            raise report_damaged_backup(folder, (f"{MANIFEST_NAME}: {CHANGED}",))
        return Backup(
            folder=folder,
            at=at,
            store=keys.store,
            key=keys.key,
            file=keys.file,
            records=describe_file(folder / keys.file),
            keys=describe_file(path),
        )


def count_without_manifest(backup: Backup, sealer: Sealer) -> Backup:
    """Return the same with what its file counts."""
    counts, anchor = count_file(backup.folder / backup.file, sealer)
    return replace(backup, counts=counts, anchor=anchor)


def check_backup(
    folder: Path, sealers: Iterable[Sealer], watch: Watch = UNWATCHED
) -> tuple[Backup, Sequence[Damage]]:
    """Read everything in a backup.

    Returns:
        What MANIFEST says, and what is damaged; a row that was damaged in the records already is
        among it.

    Raises:
        BackupError: It cannot be read at all, or none of these sealings opens it.
        StoppedError: The watch said so.
    """
    backup, sealer = check_parts(folder, sealers, watch.part(0, 0.1))
    path = folder / backup.file
    with reading(folder):
        damages = list(check_rows(path, sealer, watch.part(0.1, 0.5)).damages)
        told = read_told(path, sealer)
        damages += check_attachments(folder.parent / PLACE, told, watch.part(0.5, 1))
    return backup, damages


def check_copy(path: Path, sealer: Sealer, watch: Watch = UNWATCHED) -> Sequence[Damage]:
    """Return what a backup counts as damaged in its copy of records; see `count`.

    Raises:
        StoreError: It cannot be read at all.
        StoppedError: The watch said so.
    """
    with closing(open_frozen(path)) as engine:
        return FileStore(Documents(Rows(engine, sealer))).authenticate(watch)


def check_rows(path: Path, sealer: Sealer, watch: Watch = UNWATCHED) -> Found:
    """Read everything in a file that nobody has open, but for the attachments.

    How much is damaged is counted as `check_copy` does, and nothing else decides whether a backup
    is restored unasked: so none is refused for what was said to be in it when it was made.

    Raises:
        StoreError: It cannot be read at all.
        StoppedError: The watch said so.
    """
    with closing(open_frozen(path)) as engine:
        store = FileStore(Documents(Rows(engine, sealer)))
        counted = count(store.authenticate(watch))
        return Found(counted=counted, damages=store.verify_links())


def count(damages: Iterable[Damage]) -> int:
    """Return how much is damaged; what is wrong with the file itself is one, however many lines."""
    return len({(damage.table, damage.id) for damage in damages})


def count_file(path: Path, sealer: Sealer) -> tuple[dict[str, int], Anchor]:
    """Return how many records of each kind a file holds, and the end of its audit.

    A draft that cannot be read counts as unfinished.
    """
    with closing(open_frozen(path)) as engine:
        rows = Rows(engine, sealer)
        counts = {kind.table: rows.count(kind.table) for kind in (PATIENTS, CONSULTATIONS, DRAFTS)}
        store = FileStore(Documents(rows))
        away = sum(it.state == PUT_AWAY for it in store.drafts.list())
        counts |= {DRAFTS.table: counts[DRAFTS.table] - away, PUT_AWAY: away}
        return counts, store.audit.anchor()


def list_lines(damages: Iterable[Damage]) -> tuple[str, ...]:
    """Return a line for each damage, in a fixed order."""
    lines = (f"{found.table} {found.id}: {found.reason}" for found in damages)
    return tuple(sorted(lines))
