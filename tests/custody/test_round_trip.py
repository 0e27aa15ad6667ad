"""Whatever the records hold, an archive of it brings it back row by row."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from consult_app import record
from consult_app.custody.exporting import Shipped, export_records
from consult_app.custody.importing import compare, import_records
from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.exchange.incoming import open_incoming
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources
from consult_app.store.memory import MemoryStore
from consult_app.store.repositories import FileStore, open_store
from tests.custody.clinic import SAVED, look_at_everything

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)

WORDS = st.text(max_size=6)
POINTS = st.tuples(st.floats(0, 1), st.floats(0, 1))
PATTERN = json.loads((SAVED / "consultation-2.json").read_text(encoding="utf-8"))


@st.composite
def draw_visit(draw: st.DrawFn) -> Consultation:
    """Return a visit with other words, days, numbers and strokes in its fields."""
    visit = record.read(Consultation, PATTERN)
    return replace(
        visit,
        id=draw(st.uuids().map(str)),
        patient_id=draw(WORDS),
        state=draw(st.sampled_from(("draft", "signed"))),
        visit_date=draw(st.dates()),
        patient=Patient(name=draw(WORDS), date_of_birth=draw(st.none() | st.dates())),
        allergies=draw(WORDS),
        goals=replace(visit.goals, own_words=draw(WORDS), event_date=draw(st.none() | st.dates())),
        body_image=draw(st.dictionaries(WORDS, st.integers(), max_size=2)),
        agreement=replace(visit.agreement, signature=(tuple(draw(st.lists(POINTS, max_size=2))),)),
        handout=None,
        fingerprint="",
    )


@st.composite
def draw_patient(draw: st.DrawFn) -> PatientRecord:
    """Return a patient."""
    born = draw(st.none() | st.dates())
    return PatientRecord(id=draw(st.uuids().map(str)), name=draw(WORDS), date_of_birth=born)


VISITS, PATIENTS = draw_visit(), draw_patient()


@cache
def find_shipped() -> Shipped:
    """Return what the program adds; as a fixture it would be printed whole with every failure."""
    return Shipped(pack=load_pack(find_resources() / "content" / "microneedling"))


@contextmanager
def opened() -> Iterator[FileStore]:
    """Open new records in a folder of their own."""
    with tempfile.TemporaryDirectory() as name, open_store(Path(name) / "records") as store:
        yield store


def carry(store: FileStore, other: FileStore) -> None:
    """Carry everything from one set of records to another through an archive."""
    out = io.BytesIO()
    export_records(store, out, find_shipped(), at=AT)
    out.seek(0)
    incoming = open_incoming(out, lambda _done, _total: None)
    changes = compare(MemoryStore(), incoming)
    import_records(other, incoming, changes, backup=None, at=AT)


@hypothesis.settings(max_examples=4, deadline=None)
@hypothesis.given(
    patients=st.lists(PATIENTS, max_size=2, unique_by=lambda it: it.id),
    visits=st.lists(VISITS, max_size=3, unique_by=lambda it: it.id),
    files=st.binary(max_size=64),
)
def test_generated_records_come_back_row_by_row(
    patients: list[PatientRecord], visits: list[Consultation], files: bytes
) -> None:
    with opened() as store, opened() as other:
        for number, patient in enumerate(patients):
            kept = record.write(patient, full=True)
            store.patients.save(patient.id, kept, AT + timedelta(microseconds=number))
        for number, visit in enumerate(visits):
            document = record.write(visit, full=True)
            document["handout"] = None
            if number == 0:
                store.attachments.put("k1", files)
                at = {"sha256": "", "pages": 1, "made_at": "2027-09-06T09:15"}
                document["handout"] = {"attachment": "k1", **at}
            kind = store.consultations if visit.state == "signed" else store.drafts
            kind.save(visit.id, document, AT - timedelta(days=number))
        carry(store, other)
        assert look_at_everything(other) == look_at_everything(store)
        if visits:
            assert other.attachments.get("k1") == files
        assert other.verify() == ()
