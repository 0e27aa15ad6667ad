"""Opens records when told to, says whether it got them, and lets go when told to.

`python opening_in_turns.py lock|no-lock`, then for each race two lines: the folder, and `close`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consult_app.store import engine
from consult_app.store.faults import StoreInUseError


@contextmanager
def hold_nothing(_path: Path) -> Iterator[None]:
    """Stand in for the lock: let everybody in."""
    yield


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Race as often as told."""
    if sys.argv[1] == "no-lock":
        vars(engine)["hold"] = hold_nothing  # the control
    say("ready")
    for line in sys.stdin:
        try:
            opened = engine.open_engine(Path(line.strip()))
        except StoreInUseError:
            say("in use")
            sys.stdin.readline()
        else:
            say("opened")
            sys.stdin.readline()
            opened.close()
        say("done")


if __name__ == "__main__":
    main()
