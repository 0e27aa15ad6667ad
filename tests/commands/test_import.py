"""`records import` brings back exactly what was exported, all of it or nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from consult_app import record
from consult_app.commands import importing
from consult_app.custody.beside import name_beside
from consult_app.exchange.archive import note_file
from consult_app.store.backup import list_backups
from consult_app.store.faults import report_full
from consult_app.store.records import StoredRecords
from consult_app.store.repositories import open_store
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from tests.commands.conftest import AT, PASSPHRASE, Made, Run, damage
from tests.custody.clinic import Person, keep, look_at_everything

Look = Callable[[], SealedStore]


@pytest.fixture
def exported(made: Made, people: list[Person], tmp_path: Path) -> Path:
    """An archive of everything that is in the records."""
    assert people
    return Path(shutil.copy(made.archive, tmp_path))


def see(look: Look) -> dict[str, object]:
    """Return everything that is kept, files opened; how they are sealed differs each time."""
    with look() as store:
        rows = look_at_everything(store)
        found = {place: row for place, row in rows.items() if "attachments.files" not in place}
        for visit in store.consultations.list():
            handout = store.consultations.get(visit.id)["handout"]
            assert isinstance(handout, dict)
            found[f"sheet of {visit.id}"] = store.attachments.get(handout["attachment"])
    return found


def wipe(home: Path) -> None:
    """Lose everything."""
    shutil.rmtree(home / "records")


def test_what_was_lost_comes_back_row_by_row(
    run: Run, exported: Path, home: Path, look: Look
) -> None:
    before = see(look)
    wipe(home)
    answer = run("import", exported)
    assert answer.code == 0
    assert answer.json["changes"].keys() == {"patients", "consultations", "drafts"}
    assert see(look) == before
    with look() as store:
        assert store.verify() == ()


def test_the_tinydb_file_alone_brings_the_records_back(
    run: Run, exported: Path, home: Path, look: Look, tmp_path: Path
) -> None:
    with look() as store:
        before = {
            visit.id: store.consultations.get(visit.id) for visit in store.consultations.list()
        }
        number = len(before) + len(store.drafts.list())
    with zipfile.ZipFile(exported) as packed:
        packed.extract("records.tinydb.json", tmp_path)
    wipe(home)
    answer = run("import", tmp_path / "records.tinydb.json")
    assert answer.code == 0
    assert answer.json["without_files"] == number
    assert f"{number} records refer to files that did not come with them." in answer.err
    with look() as store:
        assert {
            it.id: store.consultations.get(it.id) for it in store.consultations.list()
        } == before


def test_new_records_open_with_their_passphrase_and_the_code_that_is_shown(
    run: Run, exported: Path, home: Path
) -> None:
    wipe(home)
    answer = run("import", exported)
    shown = next(line for line in answer.err.splitlines() if "recovery code" in line)
    code = shown.rpartition(" ")[2]
    assert code not in answer.out
    for secret in (PASSPHRASE, code):
        with unlock_store(home / "records", secret) as store:
            assert store.patients.list()


def test_what_is_here_already_is_left_alone(run: Run, exported: Path, look: Look) -> None:
    before = see(look)
    answer = run("import", exported)
    assert (answer.code, answer.json["imported"], answer.json["backup"]) == (0, 0, None)
    assert all(set(fates) == {"same"} for fates in answer.json["changes"].values())
    assert see(look) == before


def test_a_check_says_what_would_change_and_changes_nothing(
    run: Run, exported: Path, home: Path
) -> None:
    wipe(home)
    before = sorted(home.rglob("*"))
    answer = run("import", exported, "--check")
    assert (answer.code, answer.json["imported"]) == (0, 0)
    assert all(set(fates) == {"new"} for fates in answer.json["changes"].values())
    assert "patients: 6 added" in answer.err
    assert sorted(home.rglob("*")) == before


def test_a_backup_is_made_before_anything_changes(
    run: Run, exported: Path, people: list[Person], look: Look
) -> None:
    person = people[0]
    with look() as store, store.rows.engine.transaction():
        store.patients.discard(person.patient.id)
    answer = run("import", exported)
    assert answer.json["changes"]["patients"] == {"new": 1, "same": len(people) - 1}
    (backup,) = list_backups(Path(answer.json["backup"]).parents[1])
    assert backup.is_sound
    assert backup.counts["patients"] == len(people) - 1


def test_the_draft_that_was_saved_later_stays(
    run: Run, exported: Path, people: list[Person], look: Look
) -> None:
    visits = (visit for person in people for visit in person.visits)
    draft = next(visit for visit in visits if visit.state == "draft")
    with look() as store:
        later = {**store.drafts.get(draft.id), "panel": "plan"}
        store.drafts.save(draft.id, later, AT.replace(year=2027))
    answer = run("import", exported)
    assert answer.json["changes"]["drafts"]["older"] == 1
    assert "left out, because the one here is as new or newer" in answer.err
    with look() as store:
        assert store.drafts.get(draft.id)["panel"] == "plan"
        store.drafts.save(draft.id, later, AT.replace(year=2020))
    answer = run("import", exported)
    assert answer.json["changes"]["drafts"]["replaced"] == 1
    with look() as store:
        assert store.drafts.get(draft.id)["panel"] == draft.panel


def test_a_damaged_record_is_mended(run: Run, exported: Path, home: Path, look: Look) -> None:
    before = see(look)
    damage(home / "records")
    answer = run("import", exported)
    assert answer.json["changes"]["consultations"]["mended"] == 1
    assert see(look) == before


def test_a_signed_visit_that_differs_waits_beside_ours_and_keeps_nothing_out(
    run: Run, exported: Path, people: list[Person], home: Path, look: Look
) -> None:
    """Both are final, and the program cannot tell which is right."""
    ours = replace(people[0].visits[0], allergies="what only we know")
    wipe(home)
    create_store(home / "records", PASSPHRASE, at=AT)
    with look() as store:
        keep(store, people[0], ours)
        signed = store.consultations.get(ours.id)
    answer = run("import", exported)
    assert answer.code == 0
    assert answer.json["changes"]["consultations"]["beside"] == 1
    told = f"of {ours.visit_date}: unfinished beside the signed one, as drafts "
    assert f"{told}{name_beside(ours.id)}" in answer.err
    with look() as store:
        assert store.consultations.get(ours.id) == signed
        copy = store.drafts.get(name_beside(ours.id))
        assert copy["allergies"] == people[0].visits[0].allergies
        assert store.consultations.get(people[1].visits[0].id)
        assert store.verify() == ()


def edit(archive: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file of an archive, as damage or somebody would."""
    with zipfile.ZipFile(archive) as packed:
        files = {each: packed.read(each) for each in packed.namelist()}
    files[name] = change(files[name])
    with zipfile.ZipFile(archive, "w") as packed:
        for each, data in files.items():
            packed.writestr(each, data)


def test_a_damaged_archive_is_refused_whole_with_every_fault(
    run: Run, exported: Path, people: list[Person], look: Look
) -> None:
    before = see(look)
    first, second = people[0].patient.id, people[1].patient.id
    edit(exported, f"patients/{first}/record.json", lambda data: data.replace(b"Berg", b"Burg"))
    edit(exported, f"patients/{second}/record.json", lambda data: data + b" ")
    answer = run("import", exported)
    assert (answer.code, answer.out) == (2, "")
    assert set(answer.err.splitlines()) == {
        f"patients/{first}/record.json: changed since it was exported",
        f"patients/{second}/record.json: not as long as it was",
    }
    assert see(look) == before


def forge(archive: Path, name: str, document: dict[str, object]) -> None:
    """Change a record and make the manifest fit, as somebody could."""
    data = json.dumps(document).encode()
    edit(archive, name, lambda _: data)

    def fit(manifest: bytes) -> bytes:
        content = json.loads(manifest)
        content["files"][name] = record.write(note_file(data))
        return json.dumps(content).encode()

    edit(archive, "manifest.json", fit)


def test_a_record_that_the_program_could_not_read_is_refused_by_its_places(
    run: Run, exported: Path, people: list[Person], look: Look
) -> None:
    """And no word of it is repeated: it may be a patient's."""
    before = see(look)
    patient = people[0].patient
    wrong = {**record.write(patient, full=True), "date_of_birth": patient.name, "nick": "Adi"}
    forge(exported, f"patients/{patient.id}/record.json", wrong)
    answer = run("import", exported)
    assert (answer.code, answer.out) == (2, "")
    assert set(answer.err.splitlines()) == {
        f"patients {patient.id}: nick: unknown field",
        f"patients {patient.id}: date_of_birth: not a date",
    }
    assert see(look) == before


def test_a_record_of_a_newer_version_is_refused_with_what_it_needs(
    run: Run, exported: Path, people: list[Person], look: Look
) -> None:
    before = see(look)
    patient = people[0].patient
    forge(
        exported,
        f"patients/{patient.id}/record.json",
        {**record.write(patient, full=True), "schema": 99},
    )
    answer = run("import", exported)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "Install a version that reads patient format 99. Nothing was changed." in answer.err
    assert see(look) == before


def test_records_without_a_passphrase_take_nothing_in(run: Run, exported: Path, home: Path) -> None:
    wipe(home)
    open_store(home / "records").close()
    answer = run("import", exported)
    assert (answer.code, answer.out) == (2, "")
    assert "These records have no passphrase yet, and without one there is no import." in answer.err


@pytest.fixture(params=[signal.SIGINT, signal.SIGTERM])
def stopped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Ask the program to stop when the first record is in; what was taken in."""
    real = StoredRecords.take_in
    taken: list[object] = []

    def take_in(self: StoredRecords, *arguments: object, **named: object) -> None:
        real(self, *arguments, **named)  # type: ignore[arg-type] # passed on as they came
        taken.append(arguments)
        os.kill(os.getpid(), request.param)

    monkeypatch.setattr(StoredRecords, "take_in", take_in)
    return taken


def test_asked_to_stop_it_leaves_the_records_as_they_were(
    run: Run, exported: Path, people: list[Person], look: Look, stopped: list[object]
) -> None:
    with look() as store, store.rows.engine.transaction():
        store.patients.discard(people[0].patient.id)
    before = see(look)
    answer = run("import", exported)
    assert (len(stopped), answer.code, answer.out) == (1, 2, "")
    assert answer.err.splitlines()[-1].startswith("Stopped, as you asked.")
    assert see(look) == before


def test_asked_to_stop_it_leaves_no_new_records(
    run: Run, exported: Path, home: Path, stopped: list[object]
) -> None:
    wipe(home)
    answer = run("import", exported)
    assert (len(stopped), answer.code, answer.out) == (1, 2, "")
    assert not (home / "records").exists()


def test_new_records_that_may_not_lie_there_take_nothing_along(
    run: Run, exported: Path, home: Path
) -> None:
    """Somebody's own letters went with the folder, while nothing was said to be changed."""
    wipe(home)
    letter = home / "records" / "letters" / "to the clinic.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("Dear all")
    (home / ".dropbox").touch()

    answer = run("import", exported)

    assert (answer.code, answer.out) == (2, "")
    assert "Nothing was changed" in answer.err
    assert letter.read_text() == "Dear all"


def test_new_records_that_cannot_take_all_in_leave_what_lay_there(
    run: Run, exported: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(home)
    (home / "records").mkdir()
    (home / "records" / "letter.txt").touch()

    def fill_disk(*_: object, **__: object) -> None:
        raise report_full(home)

    monkeypatch.setattr(importing, "import_records", fill_disk)
    assert run("import", exported).code == 2

    assert [it.name for it in (home / "records").iterdir()] == ["letter.txt"]


def test_whoever_sits_at_the_terminal_is_asked(
    run: Run, exported: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(home)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal("no\n"))
    answer = run("import", exported)
    assert (answer.code, answer.out) == (2, "")
    assert "Type yes to go on: Not confirmed. Nothing was changed." in answer.err
    assert not (home / "records").exists()
    monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
    assert run("import", exported).code == 0


def test_who_was_erased_elsewhere_stays_until_erased_here(
    run: Run, made: Made, people: list[Person], home: Path, tmp_path: Path, look: Look
) -> None:
    """The next restore took away whoever another computer had erased, and what was told since."""
    (home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", encoding="utf-8")
    gone, other = people[0].patient.id, people[1].patient.id
    assert run("erase", gone, "--reason", "asked for it").code == 0
    assert run("export", "-o", tmp_path / "there.zip").code == 0
    wipe(home)
    shutil.copytree(made.folder, home / "records")
    with look() as store, store.rows.engine.transaction():
        store.patients.discard(other)  # so that there is something to take in

    answer = run("import", tmp_path / "there.zip")

    assert answer.code == 0
    assert "patients erased there, who stay here until erased here too: 1" in answer.err
    everything = run("import", made.archive)
    assert "erased" not in json.dumps(everything.json["changes"])
    assert run("backup").code == 0
    assert run("restore").code == 0
    with look() as store:
        assert store.patients.of_patient(gone)
        assert store.consultations.of_patient(gone)
