"""`records export` writes everything there is, and says what it could not."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from tinydb import TinyDB

from consult_app import record
from consult_app.domain.patient_record import PatientRecord
from consult_app.exchange.casefile import read_case
from tests.commands.conftest import Run, damage
from tests.custody.clinic import Person


def test_everything_is_in_the_archive(run: Run, people: list[Person], tmp_path: Path) -> None:
    answer = run("export", "-o", tmp_path / "out.zip")
    visits = [visit for person in people for visit in person.visits]
    signed = [visit for visit in visits if visit.state == "signed"]
    assert answer.code == 0
    assert answer.json["file"] == str(tmp_path / "out.zip")
    assert answer.json["counts"] == {
        "patients": len(people),
        "consultations": len(signed),
        "drafts": len(visits) - len(signed),
        "anonymous": 0,
        "put_away": 0,
        "attachments": len(signed) + len(visits),
    }
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        names = set(packed.namelist())
        for person in people:
            kept = json.loads(packed.read(f"patients/{person.patient.id}/record.json"))
            assert record.read(PatientRecord, kept) == person.patient
            for visit, pdf in person.handouts.items():
                assert packed.read(f"consultations/{visit}/handout.pdf") == pdf
                others = [name for name in names if name.startswith(f"consultations/{visit}/att")]
                assert [packed.read(name) for name in others] == [person.photographs[visit]]
                case = packed.read(f"consultations/{visit}/case.json").decode()
                assert read_case(case, "handout").patient == person.visits[0].patient
                assert f"consultations/{visit}/visit.csv" in names
        assert {"schema/README.md", "schema/consult-case-1.schema.json", "audit.jsonl"} <= names
        packed.extract("records.tinydb.json", tmp_path)
    with TinyDB(tmp_path / "records.tinydb.json") as database:
        assert len(database.table("consultations")) == len(signed)


@pytest.mark.usefixtures("people")
def test_whoever_exports_is_told_that_it_is_open(run: Run, tmp_path: Path) -> None:
    answer = run("export", "-o", tmp_path / "out.zip")
    assert "The archive is not encrypted" in answer.err
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600


def test_one_patient_can_be_exported_alone(run: Run, people: list[Person], tmp_path: Path) -> None:
    person = max(people, key=lambda it: len(it.visits))
    answer = run("export", "-o", tmp_path / "out.zip", "--patient", person.patient.id)
    assert answer.code == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        manifest = json.loads(packed.read("manifest.json"))
        ids = {note["id"] for note in manifest["records"]}
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert ids == {person.patient.id, *(visit.id for visit in person.visits)}
    assert manifest["patient"] == person.patient.id
    others = [it.patient.name.encode() for it in people if it is not person]
    assert not any(name in everything for name in others)


@pytest.mark.usefixtures("people")
def test_nothing_of_an_unknown_patient_is_written(run: Run, tmp_path: Path) -> None:
    answer = run("export", "-o", tmp_path / "out.zip", "--patient", "nobody")
    assert (answer.code, answer.out) == (2, "")
    assert "This record is not in the store." in answer.err
    assert not (tmp_path / "out.zip").exists()


def test_a_damaged_record_is_left_out_and_named(
    run: Run, people: list[Person], home: Path, tmp_path: Path
) -> None:
    damage(home / "records")
    lost = people[0].visits[0].id
    answer = run("export", "-o", tmp_path / "out.zip")
    assert answer.code == 1
    assert answer.json["left_out"] == [
        {"table": "consultations", "id": lost, "reason": "not what was written"}
    ]
    assert f"left out: consultations {lost}: not what was written" in answer.err
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert json.loads(packed.read("manifest.json"))["left_out"] == answer.json["left_out"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("no/such/out.zip", "No such file or directory. Check that the folder exists"),
        (".", "Is a directory. This is a folder. Give the name of a file"),
        ("-", "standard output takes JSON only"),
    ],
)
def test_a_place_that_takes_no_archive_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    answer = run("export", "-o", place)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("people")
def test_the_audit_tells_who_exported(run: Run, home: Path, tmp_path: Path) -> None:
    (home / "settings.toml").write_text(
        '[practice]\npractitioner_registration = "GMC 7"\npractitioner_role = "Doctor"\n',
        encoding="utf-8",
    )
    run("export", "-o", tmp_path / "one.zip")
    run("export", "-o", tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "two.zip") as packed:
        last = json.loads(packed.read("audit.jsonl").splitlines()[-1])
    assert (last["action"], last["who"], last["role"]) == ("records.exported", "GMC-7", "doctor")


@pytest.mark.usefixtures("people")
def test_settings_with_a_fault_keep_nobody_from_exporting(
    run: Run, home: Path, tmp_path: Path
) -> None:
    (home / "settings.toml").write_text("[practice]\nno_such = 1\n", encoding="utf-8")
    answer = run("export", "-o", tmp_path / "out.zip")
    assert answer.code == 0
    assert "practice.no_such" in answer.err


@pytest.mark.usefixtures("people")
def test_the_audit_tells_of_the_export(run: Run, tmp_path: Path) -> None:
    first = run("export", "-o", tmp_path / "one.zip").json["audit"]
    second = run("export", "-o", tmp_path / "two.zip").json["audit"]
    assert second["n"] == first["n"] + 1
    with zipfile.ZipFile(tmp_path / "two.zip") as packed:
        last = json.loads(packed.read("audit.jsonl").splitlines()[-1])
    assert (last["n"], last["action"], last["hash"]) == (
        second["n"],
        "records.exported",
        second["hash"],
    )
