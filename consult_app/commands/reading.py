"""`records list`, `find` and `verify`: what only looks."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from consult_app.commands.opening import open_records
from consult_app.commands.speech import DONE, SAID_NO, print_json, say
from consult_app.commands.stopping import watching
from consult_app.store.faults import DamagedStoreError
from consult_app.store.interface import PUT_AWAY, Damage, Store, Summary
from consult_app.store.repositories import FileStore
from consult_app.store.rows import FILE
from consult_app.store.watching import Watch

LIST_FORMAT = "consult-records-list/1"
VERIFY_FORMAT = "consult-records-verify/1"


def list_records(_: argparse.Namespace) -> int:
    """Print every patient and consultation."""
    with open_records() as store:
        _print_list(store, "")
    return DONE


def find_records(chosen: argparse.Namespace) -> int:
    """Print the patients and consultations that match every word of a text."""
    with open_records() as store:
        _print_list(store, chosen.text)
    return DONE


def verify_records(_: argparse.Namespace) -> int:
    """Read everything and print what is damaged; the answer is no when something is."""
    with open_records() as store, watching("Reading every record") as watch:
        damages, readable = _verify(store, watch)
        counts = _count(store)
    sound = not damages
    print_json(
        {
            "format": VERIFY_FORMAT,
            "sound": sound,
            "counts": counts,
            "damaged": [damage_json(damage) for damage in damages],
        }
    )
    for damage in damages:
        say(f"{damage.table} {damage.id}: {damage.reason}")
    if not readable:
        say(
            "The file itself cannot be read through, so more may be damaged than is named here. "
            "Back it up, which takes every row that can be read: consult-app records backup."
        )
        return SAID_NO
    say(
        "Every record reads back as it was written."
        if sound
        else "Every record not named here is unaffected. Restore the damaged ones from a backup: "
        "consult-app records restore. It takes the newest one that is whole; what was entered "
        "after that one is missing then."
    )
    return DONE if sound else SAID_NO


def _count(store: FileStore) -> dict[str, int]:
    """Return how many records of each kind there are, as far as the file can be read."""
    kinds = {
        "patients": store.patients,
        "drafts": store.drafts,
        "consultations": store.consultations,
    }
    counts = {}
    for name, records in kinds.items():
        with suppress(DamagedStoreError):
            found = Counter(it.state == PUT_AWAY for it in records.list())
            counts[name] = found[False]
            if name == "drafts":
                counts[PUT_AWAY] = found[True]
    return counts


def _verify(store: FileStore, watch: Watch) -> tuple[Sequence[Damage], bool]:
    """Return what is damaged, and whether the file could be read through."""
    try:
        return store.verify(watch), True
    except DamagedStoreError as error:
        reason = "; ".join(error.details) or "damaged"
        return (*store.damaged(), Damage(table=FILE, id="", reason=reason)), False


def damage_json(damage: Damage) -> dict[str, str]:
    """Return a damaged row as scripts read it."""
    return {"table": damage.table, "id": damage.id, "reason": damage.reason}


def _print_list(store: Store, text: str) -> None:
    patients = store.patients.find(text)
    visits = [*store.drafts.find(text), *store.consultations.find(text)]
    visits.sort(key=lambda visit: (str(visit.saved_at or ""), visit.id), reverse=True)
    damages = store.damaged()
    print_json(
        {
            "format": LIST_FORMAT,
            "patients": [_patient_json(patient) for patient in patients],
            "consultations": [_visit_json(visit) for visit in visits],
            "damaged": [damage_json(damage) for damage in damages],
        }
    )
    _mention(damages)


def _mention(damages: Sequence[Damage]) -> None:
    if damages:
        number = len(damages)
        what = "1 record is" if number == 1 else f"{number} records are"
        say(f"{what} damaged; every other one is unaffected. See: consult-app records verify.")


def _patient_json(patient: Summary) -> dict[str, Any]:
    return {
        "id": patient.id,
        "name": patient.name,
        "date_of_birth": patient.date_of_birth,
        "record_number": patient.record_number,
        "saved_at": patient.saved_at.isoformat() if patient.saved_at else None,
    }


def _visit_json(visit: Summary) -> dict[str, Any]:
    return {
        **_patient_json(visit),
        "patient_id": visit.patient_id,
        "visit_date": visit.visit_date,
        "state": visit.state,
    }
