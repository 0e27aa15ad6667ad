"""Saves until no file may grow any more, then gives the space back.

Run by the durability tests: `saving_until_full.py FOLDER`. Prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.store.faults import DiskFullError, UnknownRecordError
from consult_app.store.interface import Store
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LIMIT = 400_000
ROUNDS, STEP = 60, 2_060
"""A page and its head in the log are 4,120 bytes."""
PASSPHRASE = "opens nothing but this"  # noqa: S105  # made here and thrown away


def _save_until_full(store: Store) -> tuple[list[str], ConsultError]:
    saved: list[str] = []
    while True:
        name = f"d{len(saved)}"
        try:
            store.drafts.save(name, {"text": name * 1000}, AT)
        except ConsultError as error:
            return saved, error
        saved.append(name)


def _kept(store: Store, name: str) -> bool:
    try:
        return store.drafts.get(name)["text"] == name * 1000
    except UnknownRecordError:
        return False


def _sign(store: Store, number: int) -> bool:
    try:
        store.save_signed({"id": f"v{number}"}, {"id": f"q{number}"}, {}, AT)
    except DiskFullError:
        return False
    return True


def _is_signed(store: Store, number: int) -> bool:
    """Tell whether a visit is there; its patient is there with it or neither is."""
    kept = {visit.id for visit in store.consultations.list()}
    known = {patient.id for patient in store.patients.list()}
    if (f"v{number}" in kept) != (f"q{number}" in known):
        raise AssertionError(number)
    return f"v{number}" in kept


def _sign_write_by_write(store: Store, most: int) -> tuple[list[bool], int]:
    """Give half a page more each time, so that every write of a signing is once the one that fails.

    Returns:
        Which were signed, and how often what is there differed from what was said.
    """
    signed, wrong = [], 0
    for number in range(ROUNDS):
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT + number * STEP, most))
        signed.append(_sign(store, number))
        wrong += _is_signed(store, number) != signed[-1]
    return signed, wrong


def _refuse_attachment(store: Store) -> str:
    try:
        store.save_signed({"id": "v"}, {"id": "p"}, {"sheet": bytes(LIMIT)}, AT)
    except ConsultError as error:
        return type(error).__name__
    return ""


def main() -> None:
    """Fill the disk, look, free it bit by bit and then wholly, look again."""
    folder = Path(sys.argv[1])
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
    store = unlock_store(folder, PASSPHRASE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, most))
    saved, error = _save_until_full(store)
    found: dict[str, object] = {
        "saved": len(saved),
        "error": type(error).__name__,
        "advice": error.advice,
        "attachment": _refuse_attachment(store),
        "kept": sum(_kept(store, name) for name in saved),
        "unsaved": _kept(store, f"d{len(saved)}"),
        "listed": len(store.drafts.list()) - len(saved),
        "patients": len(store.patients.list()),
    }
    signed, found["wrong"] = _sign_write_by_write(store, most)
    found["signed"], found["refused"] = sum(signed), signed.count(False)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    store.drafts.save("after", {}, AT)
    store.close()
    with unlock_store(folder, PASSPHRASE) as again:
        found["kept after"] = sum(_kept(again, name) for name in saved)
        found["signed after"] = sum(_is_signed(again, number) for number in range(ROUNDS))
        found["damaged"] = len(again.verify())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
