"""The records that a restore is about to replace, opened to read what came after the backup."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from consult_app.store.engine import open_engine
from consult_app.store.faults import StoreError
from consult_app.store.folder import KEYS_NAME
from consult_app.store.frozen import open_frozen
from consult_app.store.keys import Keys, KeysDamagedError, KeysNewerError, read_keys
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer
from consult_app.store.tables import Documents
from consult_app.store.unlocking import open_keys


def read_keys_beside(folder: Path) -> Keys | None:
    """Return what the KEYS in a folder say; None when they cannot be read."""
    path = folder / KEYS_NAME
    try:
        return read_keys(path.read_bytes()) if path.exists() else None
    except (KeysDamagedError, KeysNewerError):
        return None


def find_former_sealer(
    folder: Path, restored: Keys, sealer: AesSealer, secret: str
) -> AesSealer | None:
    """Return the sealing of the records in a folder; None when the secret does not open them.

    Args:
        folder: Where they lie.
        restored: The KEYS the restored records are to have.
        sealer: The sealing of the backup, which is often the same.
        secret: What was typed.
    """
    keys = read_keys_beside(folder)
    if keys is None or keys.key == restored.key:
        return sealer if keys else None
    try:
        return AesSealer(keys.store, open_keys(folder, keys, secret))
    except StoreError:
        return None


def open_former(folder: Path, sealer: AesSealer | None, opened: ExitStack) -> FileStore | None:
    """Return the records in a folder, to read; None when they cannot be read.

    After a crash what was saved last is in the log beside the file, so that is read too.
    """
    keys = read_keys_beside(folder)
    if keys is None or sealer is None:
        return None
    try:
        if (folder / f"{keys.file}-wal").exists():
            engine = open_engine(folder, keys.file, held=ExitStack())
        else:
            engine = open_frozen(folder / keys.file)
        opened.enter_context(closing(engine))
        return FileStore(Documents(Rows(engine, sealer)))
    except StoreError:
        return None
