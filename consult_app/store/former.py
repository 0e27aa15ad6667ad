"""The records that a restore is about to replace, opened to read what came after the backup."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from consult_app.store.engine import Engine, open_engine
from consult_app.store.erasures import Erasure, Ledger
from consult_app.store.faults import StoreError
from consult_app.store.frozen import open_frozen
from consult_app.store.keys import Keys, KeysDamagedError, KeysNewerError, read_keys
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer
from consult_app.store.state import KEYS_NAME
from consult_app.store.tables import Documents
from consult_app.store.unlocking import open_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What records tell that are about to be replaced.

    Attributes:
        erased: Who was erased.
        end: The hash of the last line of their audit that can be read; empty for none.
        told: How many lines the audit had; None where it cannot be read.
    """

    erased: tuple[Erasure, ...] = ()
    end: str = ""
    told: int | None = None


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


def read_former(folder: Path, sealer: AesSealer | None) -> Former:
    """Return what the records in a folder tell, as far as they can be read.

    After a crash what was saved last is in the log beside the file, so that is read too.
    """
    former, keys = Former(), read_keys_beside(folder)
    if keys is None or sealer is None:
        return former
    try:
        with closing(_open(folder, keys.file)) as engine:
            store = FileStore(Documents(Rows(engine, sealer)))
            # What can be read counts, whatever else cannot: first who must not come back.
            former = replace(former, erased=Ledger(store.rows).entries())
            return replace(former, end=store.audit.anchor().hash, told=store.audit.count())
    except StoreError:
        return former


def _open(folder: Path, name: str) -> Engine:
    if (folder / f"{name}-wal").exists():
        return open_engine(folder, name, held=ExitStack())
    return open_frozen(folder / name)
