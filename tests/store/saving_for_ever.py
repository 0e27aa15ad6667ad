"""Saves without end and tells what was acknowledged, until it is killed.

Run by the durability tests: `saving_for_ever.py FOLDER FIRST MODE PASSPHRASE`. With MODE `early`
it tells before the commit, which is the fault those tests must be able to notice.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from consult_app.store.interface import Store
from consult_app.store.unlocking import unlock_store
from consult_app.store.writer import Writer

Submit = Callable[[Callable[[], None], str, str | None], Future[None]]

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


def _tell(line: str, _when: datetime | None = None) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def _make_sheet(number: int) -> bytes:
    return f"sheet {number} ".encode() * 500


def _sign(store: Store, number: int) -> None:
    visit = {"id": f"s{number}", "number": number, "state": "signed"}
    patient = {"id": f"p{number}", "name": f"Patient {number}"}
    store.save_signed(visit, patient, {f"sheet {number}": _make_sheet(number)}, AT)


def _save_for_ever(first: int, submit: Submit, store: Store) -> None:
    choose = random.Random(first)  # noqa: S311  # repeatable on purpose
    for number in itertools.count(first):
        if choose.random() < 0.2:
            submit(partial(_sign, store, number), f"signed {number}", None)
        draft = f"d{choose.randrange(4)}"
        document = {"number": number, "text": "x" * choose.randrange(6000)}
        work = partial(store.drafts.save, draft, document, AT)
        last = submit(work, f"draft {draft} {number}", draft)
        if choose.random() < 0.5:
            last.result()


def main() -> None:
    """Save for ever."""
    folder, first, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    store = unlock_store(folder, sys.argv[4])
    writer = Writer(lambda: AT)

    def submit(work: Callable[[], None], line: str, key: str | None) -> Future[None]:
        if mode == "early":
            _tell(line)
            return writer.submit(work, key=key)
        return writer.submit(work, key=key, done=partial(_tell, line))

    _save_for_ever(first, submit, store)


if __name__ == "__main__":
    main()
