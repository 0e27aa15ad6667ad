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
from consult_app.store.faults import UnknownRecordError
from consult_app.store.interface import Store
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LIMIT = 400_000
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


def _refuse_attachment(store: Store) -> str:
    try:
        store.save_signed({"id": "v"}, {"id": "p"}, {"sheet": bytes(LIMIT)}, AT)
    except ConsultError as error:
        return type(error).__name__
    return ""


def main() -> None:
    """Fill the disk, look, free it, look again."""
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
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    store.drafts.save("after", {}, AT)
    store.close()
    with unlock_store(folder, PASSPHRASE) as again:
        found["kept after"] = sum(_kept(again, name) for name in saved)
        found["damaged"] = len(again.verify())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
