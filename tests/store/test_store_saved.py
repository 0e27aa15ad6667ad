"""Records of every past format are read, and the newest format is the one the domain writes."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.domain.fingerprint import FIELD, fits, make_fingerprint
from consult_app.domain.patient_record import PatientRecord
from consult_app.store.entry import Anchor
from consult_app.store.kinds import CONSULTATIONS, DRAFTS, PATIENTS, Kind
from consult_app.store.repositories import open_store
from consult_app.store.tables import Documents
from consult_app.store.unlocking import unlock_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
SAVED = Path(__file__).parents[1] / "saved"
CODE = "XQ39-8EXA-M27Y-NVKE-GAB6-D2D0-X9W8-54N5-RT9M"
KEY = "f6a9fbcbc42576176fb0eab0b6e34342165f0f1f1b271e5c7bb30eccf7c31588"
END = "58f1c3dff5e3c06660930e773ab2432a34be5e1e45397fa9624e500dfd7c43d4"
"""Of the encrypted records that were saved: recovery code, key of the sheet, end of the audit."""
KINDS: dict[str, tuple[Kind, type[Any]]] = {
    "consultation": (CONSULTATIONS, Consultation),
    "patient": (PATIENTS, PatientRecord),
}
SAMPLES = [
    (name, version)
    for name, (kind, _) in KINDS.items()
    for version in range(1, kind.format.newest + 1)
]


def read_sample(name: str, version: int) -> dict[str, Any]:
    """Return a record as that version of the format was written."""
    text = (SAVED / f"{name}-{version}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    assert document["schema"] == version
    return document


def lay_over(new: Any, old: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the new value with everything that the old one says, at any depth."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {**new, **{key: lay_over(new.get(key), value) for key, value in old.items()}}
    return old


@pytest.mark.parametrize(("name", "version"), SAMPLES)
def test_a_record_of_every_format_is_read_and_keeps_what_it_said(name: str, version: int) -> None:
    kind, domain = KINDS[name]
    old = read_sample(name, version)

    brought = kind.format.bring(old)
    value = record.read(domain, brought)

    assert record.write(value, full=True) == brought, "every field of the newest format is there"
    assert {**brought, "schema": version} == lay_over(brought, old)


@pytest.mark.parametrize("version", range(1, CONSULTATIONS.format.newest + 1))
def test_what_was_signed_in_an_older_format_fits_its_fingerprint_in_the_newest(
    version: int,
) -> None:
    """An export writes it as it is opened, and an import refuses what does not fit."""
    unsealed = {**read_sample("consultation", version), FIELD: ""}
    old = {**unsealed, FIELD: make_fingerprint(unsealed)}
    name = str(old["id"])

    opened = CONSULTATIONS.open(name, old)

    assert fits(opened)
    assert opened == CONSULTATIONS.prepare(name, old), "the same visit, so it is here already"


@pytest.mark.parametrize("name", KINDS)
def test_a_field_that_is_added_needs_a_new_format(name: str) -> None:
    kind, domain = KINDS[name]
    sample = read_sample(name, kind.format.newest)

    told = "Until it is released, write it into the last step of `upgrade` and into this sample."
    assert record.write(record.read(domain, sample), full=True) == sample, told


def test_what_was_the_only_visit_of_a_patient_belongs_to_them() -> None:
    visit = CONSULTATIONS.format.bring(read_sample("consultation", 1))
    patient = PATIENTS.format.bring(read_sample("patient", 1))

    assert visit["patient_id"] == patient["id"]


def test_a_birth_date_nobody_knew_stays_unknown() -> None:
    old = {**read_sample("patient", 1), "date_of_birth": ""}

    read = record.read(PatientRecord, PATIENTS.format.bring(old))

    assert read.date_of_birth is None


def test_a_line_of_the_list_of_another_version_is_told_from_the_record_and_keeps_its_place(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        for n in range(3):
            visit = {"id": f"v{n}", "patient_id": "p1", "patient": {"name": "Ana"}}
            store.drafts.save(f"v{n}", visit, AT + timedelta(minutes=n))
        lines = Documents(store.rows).records(DRAFTS.summaries)
        old = {"schema": 1, "name": "Ana", "saved_at": (AT + timedelta(minutes=1)).isoformat()}
        lines.keep("v1", old)
    with open_store(tmp_path) as store:
        assert [line.id for line in store.drafts.list()] == ["v2", "v1", "v0"]
        assert [line.id for line in store.drafts.of_patient("p1")] == ["v2", "v1", "v0"]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Return encrypted records as version 0.1 wrote them."""
    return Path(shutil.copytree(SAVED / "store-sealed-1", tmp_path / "records"))


@pytest.mark.parametrize("secret", ["the first passphrase", CODE])
def test_encrypted_records_of_every_version_are_read_and_saved_to(
    sealed: Path, secret: str
) -> None:
    visit = {**read_sample("consultation", 2), "id": "v1", "patient_id": "p1", "fingerprint": ""}
    signed = {**visit, "state": "signed", "handout": {**visit["handout"], "attachment": KEY}}
    unfinished = {**visit, "id": "d1", "state": "draft", "handout": None}
    patient = {**read_sample("patient", 2), "id": "p1", "name": "Zoë Marker"}
    with unlock_store(sealed, secret) as store:
        assert store.verify() == ()
        assert store.consultations.get("v1") == CONSULTATIONS.format.bring(signed)
        assert store.drafts.get("d1") == DRAFTS.format.bring(unfinished)
        assert store.patients.get("p1") == PATIENTS.format.bring(patient)
        assert [found.id for found in store.patients.find("zoe")] == ["p1"]
        assert store.attachments.get(KEY) == b"%PDF-1.7 Marker sheet " * 60
        assert store.settings.get("paper") == {"size": ["A5", None, 1]}
        assert store.audit.anchor() == Anchor(n=3, hash=END)
        store.drafts.save("new", unfinished | {"id": "new"}, AT)
        assert store.rows.engine.fetch("SELECT 1 FROM sqlite_schema WHERE name = 'row_order'") == []
    with unlock_store(sealed, secret) as store:
        assert store.verify() == ()
        assert {draft.id for draft in store.drafts.list()} == {"d1", "new"}
