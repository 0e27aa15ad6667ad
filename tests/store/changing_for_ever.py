"""Changes the passphrase without end and tells each one that holds, until it is killed.

Run by the durability tests: `changing_for_ever.py FOLDER NUMBER`, where the passphrase is the one
with that number. Before each change it tells that it begins.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store


def make_passphrase(number: int) -> str:
    """Return the passphrase with a number."""
    return f"passphrase number {number}"


def _tell(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def main() -> None:
    """Change for ever."""
    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    with unlock_store(folder, make_passphrase(first)) as store:
        for number in itertools.count(first):
            new = make_passphrase(number + 1)
            _tell(f"begins {number + 1}")
            store.change_passphrase(make_passphrase(number), new, cost=FLOOR)
            _tell(f"holds {number + 1}")


if __name__ == "__main__":
    main()
