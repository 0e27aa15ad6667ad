"""What backups and photographs cost beside doing the same by hand, in one run each.

    python tests/benchmarks/store_backup.py [COUNT ...]

For each number of signed consultations: the seconds of a first backup, and of one with nothing new
in it, beside a copy of the same bytes with SHA-256 and a flush to the disk; and how long a writer
waits for a save at most while a backup is made, beside a raw append with a flush. Then the
milliseconds of keeping a photograph of 5 MB beside writing it raw with a flush. They take turns,
so that a busy disk slows them all.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from consult_app.store.backup import make_backup
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "opens nothing but this"  # noqa: S105  # made here and thrown away
COUNTS = (1_000, 10_000)
TURNS = 5
SHEETS = 200
SHEET_BYTES = 54_000
PHOTOGRAPH_BYTES = 5_000_000


def make_document(number: int) -> dict[str, object]:
    """Return a consultation of about 4 KB."""
    answers = {f"question_{n}": {"answer": "no", "note": f"note {n} " * 3} for n in range(70)}
    return {"id": f"v{number}", "patient": {"name": f"Patient {number}"}, "facts": answers}


def fill(store: SealedStore, count: int) -> None:
    """Sign consultations, the last of them with a sheet."""
    with store.rows.engine.transaction():
        for number in range(count):
            sheets = {f"s{number}": secrets.token_bytes(SHEET_BYTES)} if number < SHEETS else {}
            patient = {"id": f"p{number}", "name": f"Patient {number}"}
            store.save_signed(make_document(number), patient, sheets, AT)


def measure(work: Callable[[], object]) -> float:
    """Return the seconds something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copy_by_hand(source: Path, target: Path) -> None:
    """Copy every file with SHA-256 and a flush."""
    for path in source.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest()
            write_raw(target / path.name, data)


def write_raw(path: Path, data: bytes) -> None:
    """Write a file and flush it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def compare_backups(store: SealedStore, folder: Path, turns: int = TURNS) -> dict[str, float]:
    """Return the median seconds of each way to copy everything."""
    taken: dict[str, list[float]] = {"by hand": [], "first backup": [], "next backup": []}
    for turn in range(turns):
        place = folder / str(turn)
        (place / "hand").mkdir(parents=True)
        (place / "stick").mkdir()
        taken["by hand"].append(measure(partial(copy_by_hand, store.folder, place / "hand")))
        for hours, way in enumerate(("first backup", "next backup")):
            at = AT + timedelta(hours=hours)
            taken[way].append(measure(partial(make_backup, store, place / "stick", at=at)))
    return {way: statistics.median(times) for way, times in taken.items()}


def compare_waiting(store: SealedStore, folder: Path) -> dict[str, float]:
    """Return the median and longest seconds of saves with and without a backup beside them."""
    (folder / "beside").mkdir()
    raw = [measure(partial(write_raw, folder / "raw", bytes(4_000))) for _ in range(60)]
    alone = [measure(partial(_save, store, n)) for n in range(60)]
    beside: list[float] = []
    raw_beside: list[float] = []
    waits: list[float] = []
    at = AT + timedelta(days=1)
    backup = threading.Thread(target=lambda: make_backup(store, folder / "beside", at=at))
    backup.start()
    while backup.is_alive():
        waits.append(measure(partial(_wait_for_turn, store)))
        beside.append(measure(partial(_save, store, len(beside))))
        raw_beside.append(measure(partial(write_raw, folder / "raw", bytes(4_000))))
    backup.join()
    return {
        "raw save": statistics.median(raw),
        "save alone": statistics.median(alone),
        "save beside a backup": statistics.median(beside),
        "raw save beside it": statistics.median(raw_beside),
        "longest wait for a turn": max(waits),
        "longest save": max(beside),
        "longest raw save": max(raw_beside),
    }


def _wait_for_turn(store: SealedStore) -> None:
    """Do what a writer does before its first word and after its last, and write nothing."""
    with store.rows.engine.transaction():
        pass


def _save(store: SealedStore, number: int) -> None:
    store.drafts.save("d", {**make_document(number), "id": "d"}, AT)


def compare_photographs(store: SealedStore, folder: Path) -> dict[str, float]:
    """Return the median seconds of keeping a photograph."""
    taken: dict[str, list[float]] = {"raw write": [], "photograph put": []}
    for turn in range(TURNS * 3):
        data = secrets.token_bytes(PHOTOGRAPH_BYTES)
        key = store.attachments.make_key()
        taken["raw write"].append(measure(partial(write_raw, folder / f"raw{turn}", data)))
        taken["photograph put"].append(measure(partial(store.attachments.put, key, data)))
    return {way: statistics.median(times) for way, times in taken.items()}


def _print(title: str, medians: dict[str, float]) -> None:
    first = next(iter(medians.values()))
    sys.stdout.write(f"{title}\n")
    for way, seconds in medians.items():
        sys.stdout.write(f"  {way:22} {seconds * 1000:10.2f} ms {seconds / first:8.2f} x\n")
    sys.stdout.flush()


def main() -> None:
    """Compare, and print a line for each way."""
    for count in [int(text) for text in sys.argv[1:]] or COUNTS:
        with tempfile.TemporaryDirectory() as name, ExitStack() as held:
            folder = Path(name)
            create_store(folder / "records", PASSPHRASE, at=AT, cost=FLOOR)
            store = held.enter_context(unlock_store(folder / "records", PASSPHRASE))
            fill(store, count)
            _print(f"{count} consultations, {SHEETS} sheets", compare_backups(store, folder))
            _print("beside a backup", compare_waiting(store, folder))
            _print("photograph of 5 MB", compare_photographs(store, folder))


if __name__ == "__main__":
    main()
