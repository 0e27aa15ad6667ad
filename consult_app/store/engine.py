"""The SQLite file: how it is opened, written in transactions, read beside them, and closed.

One connection writes, another reads, so a reader never waits for a writer's flush to the disk.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from consult_app.store.blocks import Blocks
from consult_app.store.connection import (
    Found,
    Snapshot,
    connect,
    empty_log,
    has_log,
    rewrite,
)
from consult_app.store.faults import Border, report_damaged
from consult_app.store.files import make_folder
from consult_app.store.layout import prepare
from consult_app.store.lock import hold
from consult_app.store.log_end import LogEnd
from consult_app.store.log_mark import LogMark, clear_mark, is_log_missed
from consult_app.store.place import Place
from consult_app.store.state import FILE_NAME

LOCK_NAME = "LOCK"

Parameters = Sequence[str | int | bytes]
Note = tuple[str, int, int]
"""A table, +1 or -1, and the share of the row that came or went."""

_PAGES = 256  # copied between two looks at whether to stop


class Engine:
    """An open file. Made by `open_engine`.

    Attributes:
        folder: Where the file lies.
        name: Its name.
        was_unclean: Whether it was not closed the last time.
        log_end: What became then of what was saved last.
    """

    def __init__(
        self,
        path: Path,
        place: Place,
        writer: sqlite3.Connection,
        reader: sqlite3.Connection,
        resources: ExitStack,
    ) -> None:
        self.folder = path.parent
        self.name = path.name
        self._path = path
        self._border = Border(path.parent)
        self._place, self._mark = place, LogMark(path)
        self._writer = writer
        self._reader = reader
        self._resources = resources
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._owner: int | None = None
        self._blocks = Blocks(writer)
        self._after: list[Callable[[], None]] = []
        self._loose: list[Path] = []
        self._harden: Callable[[list[Path]], None] | None = None
        self._notes: list[Note] = []
        self._settle: Callable[[list[Note]], None] | None = None
        self._generation = 0
        self._undone = 0
        self.was_unclean = False
        self.log_end = LogEnd.WHOLE

    @property
    def generation(self) -> int:
        """A number that differs whenever what can be read may differ."""
        return self._generation

    @property
    def undone(self) -> int:
        """A number that differs whenever something that was changed was taken back."""
        return self._undone

    def read_fact(self, name: str) -> str:
        """Return a fact kept about the file, empty when there is none."""
        rows = self.fetch("SELECT value FROM fact WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def write_fact(self, name: str, value: str) -> None:
        """Keep a fact about the file, inside a transaction."""
        self.run("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def fetch(self, sql: str, parameters: Parameters = ()) -> Found:
        """Return the rows of a query: what is committed, and one's own open transaction.

        Raises:
            StoreError: The file could not be read.
        """
        with self._border:
            if self._owner == threading.get_ident():
                return self._writer.execute(sql, parameters).fetchall()
            with self._reading:
                return self._reader.execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Yield the file as it is now, whatever is written meanwhile.

        Raises:
            StoreError: The file could not be read.
        """
        self.read_fact("store_id")  # a closed file is not opened again
        with self._border, closing(connect(self._path)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            yield Snapshot(connection)

    def copy_to(self, copy: sqlite3.Connection, tell: Callable[[int, int], None]) -> None:
        """Copy the file as it is now into another, whatever is written meanwhile.

        Args:
            copy: A connection to an empty file.
            tell: Told pages copied and pages there are; what it raises stops the copying.
        """
        self.read_fact("store_id")  # a closed file is not opened again
        with closing(connect(self._path)) as source:
            # One reading transaction around all steps: a save beside them starts nothing anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM fact").fetchone()
            source.backup(
                copy, pages=_PAGES, progress=lambda _, left, total: tell(total - left, total)
            )

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file itself, its indexes and the log it had included.

        Raises:
            StoreError: The file could not be read.
        """
        with self.snapshot() as now:
            found = tuple(str(row[0]) for row in now.fetch("PRAGMA integrity_check(20)"))
        faults = () if found == ("ok",) else found
        lost = "what was saved last before the program ended was damaged"
        return (*faults, lost) if self.log_end is LogEnd.DAMAGED else faults

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Change rows inside the transaction that is open in this thread, and return how many.

        Raises:
            StoreError: The file could not be written.
            RuntimeError: No transaction is open here.
        """
        if self._owner != threading.get_ident():
            raise RuntimeError("rows are changed inside a transaction")
        with self._border:
            self._generation += 1
            self._blocks.mark()
            return self._writer.execute(sql, parameters).rowcount

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the transaction open in this thread is durable; never if it is undone."""
        self._after.append(action)

    def await_file(self, path: Path) -> None:
        """Have a new file made durable before the commit; forgotten when its block is undone."""
        self._loose.append(path)

    def harden_with(self, action: Callable[[list[Path]], None]) -> None:
        """Have all that a transaction awaits made durable by this."""
        self._harden = action

    def note(self, note: Note) -> None:
        """Have this settled right before the commit; forgotten when its block is undone."""
        self._notes.append(note)

    def settle_with(self, action: Callable[[list[Note]], None]) -> None:
        """Have all notes of a transaction settled by this, as its last change."""
        self._settle = action

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes made in the block, or none of them.

        Blocks may be nested: an inner one that fails undoes its own changes only. The changes
        are durable when the outermost block has ended without an error.

        Raises:
            StoreError: The file could not be written; nothing of the block was kept.
        """
        with self._writing:
            waiting, noted, loose = len(self._after), len(self._notes), len(self._loose)
            self._begin()
            try:
                yield
                self._commit()
            except BaseException:
                self._undone += 1
                del self._after[waiting:], self._notes[noted:], self._loose[loose:]
                with self._border:
                    self._blocks.undo()
                raise
            finally:
                self._blocks.close()
                self._owner = self._owner if self._blocks.depth else None
                self._generation += 1
            if not self._blocks.depth:
                self._announce()

    def compact(self) -> None:
        """Write the file anew without gaps, and empty the log, so that nothing old is left.

        Raises:
            StoreError: The file could not be written; what it holds is unharmed.
        """
        with self._writing, self._reading, self._border:
            rewrite(self._writer, self.folder)

    def close(self) -> None:
        """Empty the log into the file, close it and give up the lock. Twice does no harm.

        Raises:
            StoreError: The log could not be emptied. It is kept and read on the next opening.
        """
        with self._writing, self._reading, self._border:
            self._resources.close()

    def _begin(self) -> None:
        with self._border:
            self._blocks.open()
        self._owner = threading.get_ident()

    def _commit(self) -> None:
        outermost = self._blocks.depth == 1
        if outermost:
            # Before: a file that is put back holds nothing that was refused.
            self._mark.look(self._place.check())
        if outermost and self._loose and self._harden:
            self._harden(self._loose)
            self._loose.clear()
        if outermost and self._notes and self._settle:
            self._settle(self._notes)
            self._notes.clear()
        with self._border:
            self._blocks.keep()
        if outermost:
            self._mark.tell_saved()

    def _announce(self) -> None:
        actions, self._after = self._after, []
        for action in actions:
            action()


def open_engine(folder: Path, name: str = FILE_NAME, *, held: ExitStack | None = None) -> Engine:
    """Open the file in a folder, making both when absent, and own it until closed.

    After an unclean end the whole file is checked first.

    Args:
        folder: Where the file lies.
        name: The file's name.
        held: What the caller holds on to, the lock of the folder among it. It is released when the
            engine is closed, or cannot be opened. Without it the lock is taken here.

    Raises:
        StoreError: The folder or file cannot be used, or somebody else is using it.
    """
    with Border(folder), held or ExitStack() as resources:
        make_folder(folder)
        if held is None:
            resources.enter_context(hold(folder / LOCK_NAME))
        return _open(folder / name, resources)


def _open(path: Path, resources: ExitStack) -> Engine:
    folder = path.parent
    unclean, missed = has_log(path), is_log_missed(path)
    if unclean and not path.exists():
        raise report_damaged(folder, (f"{path.name} is missing beside its log",))
    # For this user alone; SQLite gives its log the same permissions.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    writer = resources.enter_context(closing(connect(path)))
    log_end = prepare(writer, path, unclean=unclean)
    resources.callback(clear_mark, path)
    resources.callback(empty_log, writer)
    reader = resources.enter_context(closing(connect(path)))
    reader.execute("PRAGMA query_only = ON")
    engine = Engine(path, Place(path), writer, reader, resources.pop_all())
    engine.was_unclean, engine.log_end = unclean, LogEnd.GONE if missed else log_end
    return engine
