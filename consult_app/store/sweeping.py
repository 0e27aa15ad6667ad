"""Finds and removes what is of no use any more: in the records, and among their backups.

An attachment is when nobody can open it: the file without a row, the row without a key. A crash
between the two leaves a file no row tells of. A document that was deleted takes the key of its
attachment along, and leaves a row and a file. Beside backups that count may lie folders of some
that were never finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from consult_app.store.attachments import TABLE, SealedAttachments, list_files
from consult_app.store.faults import Border
from consult_app.store.files import Disk
from consult_app.store.manifest import MANIFEST_NAME, read_name
from consult_app.store.replaced import find_replaced
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.watching import UNWATCHED, Watch

_QUOTED = re.compile(rb'"([^"\\]{1,128})"')


def sweep_files(attachments: SealedAttachments) -> int:
    """Remove every file that no row tells of, and return how many there were.

    Nothing is done while records that a restore replaced may need them.
    """
    # What another thread keeps has its rows once it is done, so nothing of it is taken for a stray.
    with Border(attachments.place.parent), attachments.rows.engine.transaction():
        if find_replaced(attachments.place.parent):
            return 0
        # In this order: a file that arrives meanwhile is not listed, or arriving, or has its row.
        paths = list(list_files(attachments.place))
        arriving = attachments.arriving
        told = set(attachments.rows.ids(TABLE))
        strays = [path for path in paths if path.name not in told and path.stem not in arriving]
        for path in strays:
            attachments.disk.remove(path)
    return len(strays)


def sweep(store: FileStore, watch: Watch = UNWATCHED) -> int:
    """Remove every attachment that no document refers to, and return how many there were.

    Those put since the records were opened stay: their document may not be saved yet. While a
    document is damaged nothing is removed, as it may be the one that refers to them.

    Args:
        store: Open records.
        watch: Told how far it is.

    Raises:
        StoppedError: The watch said so.
        StoreError: The records could not be read or written.
    """
    attachments = store.attachments
    if not isinstance(attachments, SealedAttachments) or find_replaced(attachments.place.parent):
        return 0
    rows = store.rows
    unneeded = {row.id for row in rows.scan(TABLE)} - _find_needed(rows, watch)
    if rows.damaged:
        return 0
    old = [name for name in unneeded if rows.version(TABLE, name) <= rows.tally.opened_at]
    for name in sorted(old):
        attachments.drop(name)
    return len(old) + sweep_files(attachments)


def _find_needed(rows: Rows, watch: Watch) -> set[str]:
    """Return the names of attachments whose key stands in some document."""
    sealers = list(rows.sealers())
    needed: set[str] = set()
    tables = [table for table in rows.all_names() if table != TABLE]
    for number, table in enumerate(tables):
        watch.tell(number, len(tables))
        for text in _find_texts(rows, table, watch):
            needed.update(sealer.name_of(text) for sealer in sealers)
    return needed


def _find_texts(rows: Rows, table: str, watch: Watch) -> Iterator[str]:
    """Yield every text in a table that may be a key: short, and as it stands in JSON."""
    for row in rows.scan(table):
        watch.check()
        for text in _QUOTED.findall(row.data):
            yield text.decode("utf-8", "surrogatepass")


def find_unfinished(root: Path) -> list[Path]:
    """Return the folders of backups that were never finished, or have lost their MANIFEST since."""
    if not root.is_dir():
        return []
    folders = [folder for folder in root.iterdir() if read_name(folder.name)]
    return [folder for folder in folders if not (folder / MANIFEST_NAME).exists()]


def discard_backup(folder: Path, disk: Disk) -> None:
    """Take away the folder of a backup that does not count."""
    if folder.is_dir():
        for path in folder.iterdir():
            disk.remove(path)
        disk.remove_folder(folder)
        disk.sync_folder(folder.parent)
