"""A clinic that never was: patients and their visits, the same ones every time."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from consult_app import record
from consult_app.domain.consultation import Consultation, HandoutKept
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.store.interface import Store
from consult_app.store.repositories import FileStore

SAVED = Path(__file__).parents[1] / "saved"
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_FIRST = ("Åda", "Mirela", "Noor", "Zoë", "Siobhán", "Łucja", "Ingrid", "Anaïs", "Dvora", "Ximena")
_LAST = ("Berg", "O'Neill", "Nguyễn", "da Silva", "Ødegård", "Kowalska", "van den Berg", "Ferrão")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A patient with everything that is kept of them."""

    patient: PatientRecord
    visits: tuple[Consultation, ...]
    handouts: Mapping[str, bytes]
    photographs: Mapping[str, bytes]
    at: datetime


def make_people(number: int, *, pdf_bytes: int = 2_000) -> Iterator[Person]:
    """Yield patients with one to three visits each, the last of some unfinished."""
    chance = random.Random(4)  # noqa: S311 - nothing secret
    text = (SAVED / "consultation-2.json").read_text(encoding="utf-8")
    pattern = replace(record.read(Consultation, json.loads(text)), fingerprint="")
    for n in range(number):
        yield _make_person(n, pattern, chance, pdf_bytes)


def _make_person(n: int, pattern: Consultation, chance: random.Random, pdf_bytes: int) -> Person:
    name = f"{_FIRST[n % len(_FIRST)]} {_LAST[n // len(_FIRST) % len(_LAST)]} {n}"
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    patient = Patient(name=name, date_of_birth=born, sex="F", record_number=f"K-{n:05}")
    at = BEGAN + timedelta(minutes=20 * n)
    patient_id = _make_id(chance)
    visits, handouts, photographs, before = [], {}, {}, None
    for number in range(chance.choice((1, 1, 2, 3))):
        started = at.replace(tzinfo=None) + timedelta(days=28 * number)
        pdf = b"%PDF-1.7\n" + chance.randbytes(pdf_bytes)
        signed = number == 0 or chance.random() < 0.8
        visit = replace(
            pattern,
            id=_make_id(chance),
            patient_id=patient_id,
            follows=before,
            state="signed" if signed else "draft",
            visit_date=started.date(),
            started_at=started,
            patient=patient,
            signed_at=started if signed else None,
            handout=_keep(pdf, started) if signed else None,
        )
        before = visit.id
        visits.append(visit)
        photographs[visit.id] = b"\xff\xd8\xff" + chance.randbytes(pdf_bytes // 4)
        if signed:
            handouts[visit.id] = pdf
    entered = at.replace(tzinfo=None)
    kept = PatientRecord(id=patient_id, entered_at=entered).identify(patient, pattern.needs)
    return Person(
        patient=kept, visits=tuple(visits), handouts=handouts, photographs=photographs, at=at
    )


def _make_id(chance: random.Random) -> str:
    return str(uuid.UUID(bytes=chance.randbytes(16), version=4))


def _keep(pdf: bytes, at: datetime) -> HandoutKept:
    return HandoutKept(attachment="", sha256=sha256(pdf).hexdigest(), pages=2, made_at=at)


def fill(store: Store, number: int, *, pdf_bytes: int = 2_000) -> list[Person]:
    """Keep generated patients as the window would, and return them."""
    people = []
    for person in make_people(number, pdf_bytes=pdf_bytes):
        people.append(person)
        for visit in person.visits:
            keep(store, person, visit)
    return people


def keep(store: Store, person: Person, visit: Consultation) -> None:
    """Keep one visit and its patient, its photograph first as the window does."""
    patient = record.write(person.patient, full=True)
    pdf = person.handouts.get(visit.id)
    visit = _keep_photograph(store, visit, person.photographs[visit.id])
    if pdf is None:
        store.save_draft(record.write(visit, full=True), patient, person.at)
        return
    assert visit.handout is not None
    handout = replace(visit.handout, attachment=store.attachments.make_key())
    document = record.write(replace(visit, handout=handout), full=True)
    store.save_signed(document, patient, {handout.attachment: pdf}, person.at)


def _keep_photograph(store: Store, visit: Consultation, data: bytes) -> Consultation:
    key = store.attachments.make_key()
    store.attachments.put(key, data)
    (picture,) = visit.skin.pictures
    kept = replace(picture, attachment=key)
    return replace(visit, skin=replace(visit.skin, pictures=(kept,)))


def look_at_everything(store: FileStore) -> dict[str, object]:
    """Return every row of the records, opened, by its place; and every file that one names."""
    found: dict[str, object] = {}
    for table in store.rows.all_names():
        for row in store.rows.scan(table):
            found[f"{table} {row.id}"] = row.document
    return found
