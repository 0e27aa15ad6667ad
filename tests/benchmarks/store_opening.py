"""What opening costs: unlocking, the first list, the tally, as the records grow.

python tests/benchmarks/store_opening.py [COUNT ...]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from consult_app.store.passphrase import calibrate, measure
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "opens nothing but this"  # noqa: S105  # made here and thrown away
COUNTS = (100, 1_000, 10_000)


def take(work: Callable[[], object]) -> float:
    """Return the milliseconds something takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure, and print a line for each number of patients."""
    cost = calibrate()
    guess = min(measure(cost) for _ in range(3)) * 1000
    sys.stdout.write(f"one guess ({cost.memory // 1024} MiB): {guess:.0f} ms\n")
    for count in [int(text) for text in sys.argv[1:]] or COUNTS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            create_store(folder, PASSPHRASE, at=AT, cost=cost)
            with unlock_store(folder, PASSPHRASE) as store, store.rows.engine.transaction():
                for number in range(count):
                    store.patients.save(f"p{number}", {"name": f"Patient {number}"}, AT)
            start = time.perf_counter()
            with unlock_store(folder, PASSPHRASE) as store:
                unlocked = (time.perf_counter() - start) * 1000
                listed = take(store.patients.list)
                found = take(lambda: store.patients.find("patient 77"))
                compared = take(lambda: list(store.rows.tally.compare()))
        sys.stdout.write(
            f"{count} patients: unlocked after {unlocked:.0f} ms, first list {listed:.1f} ms, "
            f"first search {found:.2f} ms, tally compared in {compared:.1f} ms\n"
        )


if __name__ == "__main__":
    main()
