"""Erases, imports or encrypts without end and tells what is done, until it is killed.

`coming_and_going_for_ever.py erase|import|encrypt FOLDER NUMBER`; what is told is durable.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from consult_app.store.arrivals import Arrival, take_in
from consult_app.store.erasing import Order, erase, find_belongings
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests
BATCH = 12


def name(kind: str, number: int) -> str:
    """Return an id."""
    return f"{kind}-0d4f3a52-6b7c-4a11-{number:08}"


def make_visit(number: int) -> dict[str, object]:
    """Return a signed visit with a sheet."""
    handout = {"attachment": name("s", number)}
    visit = {"id": name("v", number), "patient_id": name("p", number), "handout": handout}
    return {**visit, "state": "signed"}


def keep(store: SealedStore, number: int) -> None:
    """Sign the visit of a patient, with a sheet."""
    patient = {"id": name("p", number), "name": f"Patient {number}"}
    store.save_signed(make_visit(number), patient, {name("s", number): b"sheet " * 999}, AT)


def make_arrivals(batch: int) -> Iterator[Arrival]:
    """Yield what comes in together."""
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        sheets = {name("s", number): b"sheet " * 999}
        visit = make_visit(number)
        yield Arrival(
            table="consultations", id=str(visit["id"]), document=visit, attachments=sheets
        )


def _tell(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def _erase(store: SealedStore, number: int) -> None:
    keep(store, number)
    _tell(f"kept {number}")
    erase(store, find_belongings(store, name("p", number)), Order(reason="asked", at=AT))
    _tell(f"erased {number}")


def _import(store: SealedStore, number: int) -> None:
    take_in(store, make_arrivals(number), AT, "elsewhere")
    _tell(f"imported {number}")


def main() -> None:
    """Do it for ever; encrypting is done once."""
    way, folder, first = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    _tell("begins 0")
    if way == "encrypt":
        create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
        _tell("encrypted 0")
        return
    work = {"erase": _erase, "import": _import}[way]
    with unlock_store(folder, PASSPHRASE) as store:
        for number in itertools.count(first):
            work(store, number)


if __name__ == "__main__":
    main()
