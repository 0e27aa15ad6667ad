"""`records erase` erases for good and says so, or says in writing why it may not."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from consult_app.store.backup import list_backups
from consult_app.store.erasures import Ledger
from consult_app.store.unlocking import SealedStore
from tests.commands.conftest import Answer, Run
from tests.custody.clinic import Person, look_at_everything

REASON = "asked for in writing"
Look = Callable[[], SealedStore]


@pytest.fixture
def keep_years(home: Path) -> Callable[[int], None]:
    """Set for how long the clinic keeps records."""

    def write(years: int) -> None:
        text = f"[keeping]\nretention_years = {years}\n"
        (home / "settings.toml").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def person(people: list[Person], keep_years: Callable[[int], None]) -> Person:
    """A patient with several visits, whose record need not be kept."""
    keep_years(0)
    return max(people, key=lambda it: len(it.visits))


def erase(run: Run, person: Person, *more: str | Path) -> Answer:
    """Erase a patient."""
    return run("erase", person.patient.id, "--reason", REASON, *more)


def test_everything_of_the_patient_goes_and_nothing_else(
    run: Run, person: Person, look: Look, home: Path
) -> None:
    with look() as store:
        before = look_at_everything(store)
    answer = erase(run, person, "--by", "dr-7")
    assert (answer.code, answer.json["erased"], answer.json["how"]) == (0, True, "erased")
    ids = {person.patient.id, *(visit.id for visit in person.visits)}
    with look() as store:
        after = look_at_everything(store)
        (entry,) = Ledger(store.rows).entries()
        assert store.verify() == ()
    gone = {place for place in before if place not in after}
    assert {place.split()[1] for place in gone if "attachment" not in place} == ids
    files_gone = sum(place.startswith("attachments.files") for place in gone)
    assert files_gone == len(person.handouts) + len(person.photographs)
    assert {place: after[place] for place in before if place not in gone} == {
        place: row for place, row in before.items() if place not in gone
    }
    assert (entry.hash, entry.who, entry.reason) == (answer.json["ledger"], "dr-7", REASON)
    files = b"".join(path.read_bytes() for path in (home / "records").rglob("*") if path.is_file())
    assert not any(each.encode() in files for each in ids)


def test_the_certificate_says_what_was_done_and_names_nobody(
    run: Run, person: Person, tmp_path: Path
) -> None:
    answer = erase(run, person, "-o", tmp_path / "certificate.txt")
    text = (tmp_path / "certificate.txt").read_text(encoding="utf-8")
    assert text == answer.json["text"] + "\n"
    assert f"{len(person.handouts)} signed visits" in text
    assert f"{answer.json['searched']['bytes']} bytes were searched afterwards" in text
    until = date.fromisoformat(answer.json["backups_until"])
    assert f"by {until.day} {until:%B} {until.year}" in text
    assert "A restore from one of them erases the patient again." in text
    named = [part for part in person.patient.name.split() if len(part) > 1]
    named.append(person.patient.record_number)
    assert not any(part in text + answer.err for part in named)


def test_a_backup_with_the_patient_is_made_before(run: Run, person: Person) -> None:
    answer = erase(run, person)
    (backup,) = list_backups(Path(answer.json["backup"]).parents[1])
    assert backup.is_sound
    assert backup.counts["patients"] > 0


def test_a_restore_does_not_bring_the_patient_back(run: Run, person: Person, look: Look) -> None:
    backup = erase(run, person).json["backup"]
    assert run("restore", backup).code == 0
    assert run("restore", "--keep").code == 0
    with look() as store:
        assert store.patients.of_patient(person.patient.id) == []
        assert store.consultations.of_patient(person.patient.id) == []
        assert store.verify() == ()
        assert len(Ledger(store.rows).entries()) == 1


def test_nor_does_an_import(run: Run, person: Person, look: Look, tmp_path: Path) -> None:
    run("export", "-o", tmp_path / "out.zip")
    erase(run, person)
    answer = run("import", tmp_path / "out.zip")
    assert answer.json["imported"] == 0
    assert answer.json["changes"]["patients"]["erased"] == 1
    with look() as store:
        assert store.patients.of_patient(person.patient.id) == []


def test_what_stays_for_the_figures_belongs_to_nobody(run: Run, person: Person, look: Look) -> None:
    answer = erase(run, person, "--anonymise")
    assert (answer.json["how"], answer.json["kept_anonymous"]) == (
        "anonymised",
        len(person.handouts),
    )
    with look() as store:
        stays = [store.anonymous.get(row.id) for row in store.anonymous.list()]
    assert len(stays) == len(person.handouts)
    for visit in stays:
        assert person.patient.id not in str(visit)
        assert person.patient.name not in str(visit)
        assert visit["patient_id"] == ""
        assert str(visit["visit_date"]).endswith("-01")


def test_while_the_record_has_to_be_kept_the_answer_is_no_and_in_writing(
    run: Run, person: Person, keep_years: Callable[[int], None], look: Look, tmp_path: Path
) -> None:
    keep_years(8)
    with look() as store:
        before = look_at_everything(store)
    answer = erase(run, person, "-o", tmp_path / "answer.txt")
    last = max(visit.visit_date for visit in person.visits)
    until = date(last.year + 8, last.month, last.day)
    assert (answer.code, answer.json["erased"], answer.json["allowed"]) == (1, False, False)
    assert (answer.json["last_entry"], answer.json["may_be_erased_from"]) == (f"{last}", f"{until}")
    day = f"{last.day} {last:%B} {last.year}"
    said = (
        f"kept for 8 years after the latest visit, which is dated {day}; the last entry was made "
        "on 5 January 2026. It may be erased from"
    )
    assert said in (tmp_path / "answer.txt").read_text(encoding="utf-8")
    assert said in answer.err
    with look() as store:
        assert look_at_everything(store) == before


def test_as_long_as_nobody_set_how_long_records_are_kept_none_is_erased(
    run: Run, person: Person, home: Path
) -> None:
    (home / "settings.toml").unlink()
    answer = erase(run, person)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "How long records have to be kept is not set" in answer.err
    assert "retention_years under [keeping] in settings.toml" in answer.err


@pytest.mark.parametrize("years", [-1, 1000])
def test_years_that_make_no_sense_are_refused(
    run: Run, person: Person, keep_years: Callable[[int], None], years: int
) -> None:
    keep_years(years)
    answer = erase(run, person)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "settings.toml: keeping.retention_years: not 0 to 200\n"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "reason: missing; it is kept in writing"),
        ("   x  ", "reason: missing; it is kept in writing"),
        ("{name} asked for it", "reason: names the patient, and the reason stays when the patient"),
        ("at {name}'s request", "reason: names the patient, and the reason stays when the patient"),
        (
            "file {number} closed",
            "reason: names the patient, and the reason stays when the patient",
        ),
    ],
)
def test_the_reason_is_needed_and_does_not_name_whom_it_is_about(
    run: Run, person: Person, look: Look, reason: str, said: str
) -> None:
    name = person.patient.name.split()[0].upper()
    written = reason.format(name=name, number=person.patient.record_number)
    answer = run("erase", person.patient.id, "--reason", written)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
    with look() as store:
        assert store.patients.of_patient(person.patient.id)


def test_a_check_says_what_would_go_and_changes_nothing(
    run: Run, person: Person, look: Look
) -> None:
    answer = run("erase", person.patient.id, "--check")
    assert (answer.code, answer.json["allowed"], answer.json["erased"]) == (0, True, False)
    assert f"{len(person.handouts)} signed visits" in answer.err
    with look() as store:
        assert store.patients.of_patient(person.patient.id)


@pytest.mark.usefixtures("person")
def test_an_unknown_patient_is_one_line(run: Run) -> None:
    answer = run("erase", "nobody", "--reason", REASON)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "no patient has this id" in answer.err


def test_whoever_erases_is_told_by_a_code(run: Run, person: Person) -> None:
    answer = erase(run, person, "--by", "Dr Ada Berg")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("--by: an actor is told by codes")


def test_while_a_restore_is_not_decided_nobody_is_erased(
    run: Run, person: Person, look: Look
) -> None:
    """The records that were replaced still hold the patient."""
    run("backup")
    run("restore")
    answer = erase(run, person)
    assert (answer.code, answer.out) == (2, "")
    assert "An earlier restore is not confirmed yet." in answer.err
    with look() as store:
        assert store.patients.of_patient(person.patient.id)


def test_whoever_sits_at_the_terminal_is_asked(
    run: Run, person: Person, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    answer = erase(run, person)
    assert (answer.code, answer.out) == (2, "")
    assert "This cannot be undone. Type yes to go on: Not confirmed." in answer.err
    with look() as store:
        assert store.patients.of_patient(person.patient.id)


def test_asked_to_stop_once_it_has_begun_it_finishes(
    run: Run, person: Person, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an erasure would be none."""
    real = Ledger.add

    def add(self: Ledger, *arguments: object, **more: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return real(self, *arguments, **more)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(Ledger, "add", add)
    answer = erase(run, person)
    assert (answer.code, answer.json["erased"]) == (0, True)
    with look() as store:
        assert store.patients.of_patient(person.patient.id) == []


def test_a_name_instead_of_an_id_erases_nobody_and_says_which_ids_it_finds(
    run: Run, person: Person, look: Look
) -> None:
    name = person.patient.name
    answer = run("erase", name, "--reason", REASON, "--yes")
    assert (answer.code, answer.out) == (2, "")
    first, *found = answer.err.splitlines()
    assert first.startswith("PATIENT: no patient has this id; give the one that `records find`")
    assert f"PATIENT: this text finds {person.patient.id}" in found
    assert name not in answer.err
    with look() as store:
        assert store.patients.of_patient(person.patient.id)
