"""What a save costs beside writing the same bytes raw, all in one run so that ratios are fair.

    python tests/benchmarks/store_saving.py [COUNT ...]

For each number of records already there: the median milliseconds of one durable save as a raw
append with a flush to the disk, as a row of plain SQLite, as stock TinyDB, and as encrypted
records: one row, a draft (with what a list shows of it), and a signing (consultation, patient and
audit together) without a sheet. They take turns, so that a busy disk slows them all.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tinydb import TinyDB

from consult_app.store.codec import encode
from consult_app.store.passphrase import FLOOR
from consult_app.store.tables import Documents
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "opens nothing but this"  # noqa: S105  # made here and thrown away
COUNTS = (100, 1_000, 10_000)
TURNS = 60
SLOW_TURNS = 5  # stock TinyDB rewrites everything
PLAIN = "CREATE TABLE record (id TEXT PRIMARY KEY, body TEXT NOT NULL)"

Save = Callable[[int], object]


def make_document(number: int) -> dict[str, object]:
    """Return a consultation of about 4 KB."""
    patient = {"name": f"Patient {number}", "record_number": f"R-{number}"}
    answers = {f"question_{n}": {"answer": "no", "note": f"note {n} " * 3} for n in range(70)}
    return {"id": f"v{number}", "patient": patient, "facts": answers}


def open_raw(folder: Path, held: ExitStack) -> Save:
    """Append the bytes that the records would seal to a file, and flush it."""
    file = held.enter_context((folder / "raw").open("ab"))

    def save(number: int) -> None:
        file.write(encode(make_document(number)))
        file.flush()
        os.fsync(file.fileno())

    return save


def open_plain(folder: Path, held: ExitStack, count: int) -> Save:
    """Insert into SQLite with the same promises about durability."""
    connection = held.enter_context(
        closing(sqlite3.connect(folder / "plain.sqlite", isolation_level=None))
    )
    for line in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", PLAIN, "BEGIN"):
        connection.execute(line)
    insert = "INSERT INTO record VALUES (?, ?)"
    for number in range(count):
        connection.execute(insert, (f"v{number}", json.dumps(make_document(number))))
    connection.execute("COMMIT")

    def save(number: int) -> None:
        connection.execute(insert, (f"v{number}", json.dumps(make_document(number))))

    return save


def open_stock(folder: Path, held: ExitStack, count: int) -> Save:
    """Insert with TinyDB as it comes."""
    stock = held.enter_context(closing(TinyDB(folder / "stock.json")))
    stock.insert_multiple(make_document(number) for number in range(count))

    def save(number: int) -> None:
        stock.insert(make_document(number))

    return save


def open_sealed(folder: Path, held: ExitStack, count: int) -> SealedStore:
    """Fill encrypted records."""
    create_store(folder / "sealed", PASSPHRASE, at=AT, cost=FLOOR)
    store = held.enter_context(unlock_store(folder / "sealed", PASSPHRASE))
    with store.rows.engine.transaction():
        for number in range(count):
            store.drafts.save(f"v{number}", make_document(number), AT)
    return store


def measure(work: Callable[[], object]) -> float:
    """Return the milliseconds something takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def compare(count: int) -> dict[str, float]:
    """Return the median of each way to save, with so many records there."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as held:
        folder = Path(name)
        store = open_sealed(folder, held, count)
        bare = Documents(store.rows).records("bare")
        ways: dict[str, Save] = {
            "raw append": open_raw(folder, held),
            "plain SQLite": open_plain(folder, held, count),
            "stock TinyDB": open_stock(folder, held, count),
            "encrypted row": lambda n: bare.keep(f"v{n}", make_document(n)),
            "encrypted draft": lambda n: store.drafts.save(f"v{n}", make_document(n), AT),
            "encrypted signing": lambda n: _sign(store, n),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(TURNS):
            for way, save in ways.items():
                if way != "stock TinyDB" or turn < SLOW_TURNS:
                    taken[way].append(measure(partial(save, count + turn)))
    return {way: statistics.median(times) for way, times in taken.items()}


def compare_reading(count: int) -> tuple[float, float]:
    """Return the median of getting one record from plain SQLite, and from encrypted records."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as held:
        folder = Path(name)
        store = open_sealed(folder, held, count)
        open_plain(folder, held, count)
        plain = held.enter_context(closing(sqlite3.connect(folder / "plain.sqlite")))
        old, new = [], []
        for turn in range(300):
            row = f"v{turn * 37 % count}"
            old.append(measure(partial(get_plain, plain, row)))
            new.append(measure(partial(store.drafts.get, row)))
    return statistics.median(old), statistics.median(new)


def get_plain(connection: sqlite3.Connection, row: str) -> object:
    """Return a document as plain SQLite keeps it."""
    select = "SELECT body FROM record WHERE id = ?"
    return json.loads(connection.execute(select, (row,)).fetchone()[0])


def _sign(store: SealedStore, number: int) -> None:
    signed = {**make_document(number), "id": f"s{number}"}
    store.save_signed(signed, {"id": f"p{number}", "name": f"Patient {number}"}, {}, AT)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Compare, and print a line for each way."""
    for count in [int(text) for text in sys.argv[1:]] or COUNTS:
        medians = compare(count)
        _print(f"{count} records")
        for way, median in medians.items():
            _print(
                f"  {way:18} {median:9.3f} ms {median / medians['raw append']:9.2f} x raw append"
            )
        old, new = compare_reading(count)
        _print(f"  {'plain SQLite get':18} {old:9.3f} ms")
        _print(f"  {'encrypted get':18} {new:9.3f} ms {new / old:9.2f} x plain SQLite get")


if __name__ == "__main__":
    main()
