"""A store to try the program with: for sample patients, and gone when it is closed.

It lies in a folder of its own that says what it is. It is encrypted like a real one, with a key
that is nowhere but in memory: what a crash leaves behind opens for nobody, and is removed when
the sample is opened again.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from consult_app.store.attachments import PLACE, list_files
from consult_app.store.engine import LOCK_NAME, open_engine
from consult_app.store.faults import Border, StoreError
from consult_app.store.files import make_folder
from consult_app.store.folder import FILE_PARTS
from consult_app.store.ids import Clock
from consult_app.store.keys import make_data_key
from consult_app.store.lock import hold
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer
from consult_app.store.tables import Documents
from consult_app.wording import t

MARK_NAME = "SAMPLE"
FILE_NAME = "sample.sqlite"
_MARK = "Sample patients only. Everything here is removed when the sample is closed or reopened.\n"
_OURS = frozenset({MARK_NAME, LOCK_NAME, PLACE, *(f"{FILE_NAME}{part}" for part in FILE_PARTS)})


class SampleStore(FileStore):
    """Records of sample patients. Made by `open_sample_store`."""


def open_sample_store(folder: Path, *, clock: Clock | None = None) -> SampleStore:
    """Open an empty store for sample patients; what was left of an earlier one is removed.

    Args:
        folder: A folder for this alone, made when absent; never that of real records.
        clock: Needed only if a document is ever inserted without an id.

    Raises:
        StoreError: The folder holds something else, is in use, or cannot be used.
    """
    with Border(folder), ExitStack() as held:
        make_folder(folder)
        _check_folder(folder)
        held.enter_context(hold(folder / LOCK_NAME))
        _clear(folder)
        (folder / MARK_NAME).write_text(_MARK, encoding="utf-8")
        # After the file is closed, before the lock is given up.
        held.callback(_clear, folder)
        with ExitStack() as undo:
            engine = open_engine(folder, FILE_NAME, held=held.pop_all())
            undo.callback(engine.close)
            rows = Rows(engine, AesSealer(engine.read_fact("store_id"), make_data_key()))
            store = SampleStore(Documents(rows, clock))
            undo.pop_all()
    return store


def _check_folder(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    if names - _OURS or (names - {LOCK_NAME} and MARK_NAME not in names):
        raise StoreError(
            t("Sample patients need a folder of their own."),
            t("Choose another folder than {folder}. Nothing in it was changed.", folder=folder),
        )


def _clear(folder: Path) -> None:
    for part in FILE_PARTS:
        (folder / f"{FILE_NAME}{part}").unlink(missing_ok=True)
    for path in list_files(folder / PLACE):
        path.unlink()
    for shard in (folder / PLACE).glob("*"):
        shard.rmdir()
    if (folder / PLACE).is_dir():
        (folder / PLACE).rmdir()
    # Last, so that what is there is marked as long as it is there.
    (folder / MARK_NAME).unlink(missing_ok=True)
