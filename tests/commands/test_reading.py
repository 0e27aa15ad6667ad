"""`records list`, `find` and `verify` answer in JSON and change nothing."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from consult_app.commands.opening import PASSPHRASE_FILE
from consult_app.store.repositories import open_store
from consult_app.store.unlocking import unlock_store
from tests.commands.conftest import AT, PASSPHRASE, Run, break_page, damage
from tests.custody.clinic import Person


def test_the_list_has_every_patient_and_visit(run: Run, people: list[Person]) -> None:
    answer = run("list")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["format"] == "consult-records-list/1"
    assert {row["name"] for row in answer.json["patients"]} == {it.patient.name for it in people}
    visits = {visit.id: visit for person in people for visit in person.visits}
    assert {row["id"] for row in answer.json["consultations"]} == set(visits)
    for row in answer.json["consultations"]:
        visit = visits[row["id"]]
        assert row["patient_id"] == visit.patient_id
        assert (row["state"], row["visit_date"]) == (visit.state, str(visit.visit_date))


@pytest.mark.parametrize("part", ["name", "number", "birth date"])
def test_a_patient_is_found_by_what_is_known(run: Run, people: list[Person], part: str) -> None:
    person = people[2].patient
    born = person.date_of_birth
    assert born is not None
    text = {"name": person.name.upper(), "number": person.record_number, "birth date": f"{born}"}
    answer = run("find", text[part])
    assert [row["id"] for row in answer.json["patients"]] == [person.id]
    assert {row["patient_id"] for row in answer.json["consultations"]} == {person.id}


@pytest.mark.usefixtures("people")
def test_nobody_found_is_an_empty_answer_and_no_error(run: Run) -> None:
    answer = run("find", "nobody of this name")
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["patients"], answer.json["consultations"]) == ([], [])


@pytest.mark.usefixtures("people")
def test_sound_records_are_said_to_be_sound(run: Run) -> None:
    answer = run("verify")
    assert (answer.code, answer.json["sound"], answer.json["damaged"]) == (0, True, [])
    assert answer.err == "Every record reads back as it was written.\n"


@pytest.mark.usefixtures("people")
def test_a_file_that_cannot_be_read_through_is_damage_too(run: Run, home: Path) -> None:
    """The answer was that of a wrong call, and nothing was listed for scripts."""
    break_page(home / "records" / "records-1.sqlite")
    answer = run("verify")
    assert (answer.code, answer.json["sound"]) == (1, False)
    assert answer.json["damaged"][-1]["table"] == "file"
    assert "cannot be read through" in answer.err
    assert "consult-app records backup" in answer.err


def test_damage_is_named_and_the_answer_is_no(run: Run, people: list[Person], home: Path) -> None:
    damage(home / "records")
    answer = run("verify")
    (found,) = answer.json["damaged"]
    assert (answer.code, answer.json["sound"]) == (1, False)
    assert (found["table"], found["id"]) == ("consultations", people[0].visits[0].id)
    assert f"consultations {people[0].visits[0].id}: not what was written" in answer.err
    assert "Every record not named here is unaffected." in answer.err
    assert "Restore the damaged ones from a backup: consult-app records restore." in answer.err
    assert "It takes the newest one that is whole" in answer.err


@pytest.mark.usefixtures("people")
def test_looking_changes_no_record(run: Run, home: Path) -> None:
    def see() -> dict[str, object]:
        with unlock_store(home / "records", PASSPHRASE) as store:
            rows = store.rows.engine.fetch("SELECT in_table, id, version, body FROM row")
            return {"rows": rows, "end": store.audit.anchor()}

    before = see()
    for command in (["list"], ["find", "a"], ["verify"]):
        run(*command)
    assert see() == before


@pytest.mark.usefixtures("people")
def test_the_passphrase_is_asked_for_where_nobody_reads_along(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSPHRASE_FILE)
    asked = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", answer)
    assert run("list").code == 0
    assert asked == ["Passphrase or recovery code: "]


@pytest.mark.usefixtures("people")
def test_without_a_terminal_nothing_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_FILE)

    def refuse(_prompt: str) -> str:
        raise getpass.GetPassWarning("can not control echo on the terminal")

    monkeypatch.setattr(getpass, "getpass", refuse)
    answer = run("list")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "There is no terminal to ask for the passphrase on. Name a file that holds it in "
        "CONSULT_APP_PASSPHRASE_FILE.\n"
    )


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("wrong horse battery\n", "This passphrase or recovery code does not open the records."),
        ("\n", "CONSULT_APP_PASSPHRASE_FILE: the file is empty."),
        (None, "No such file or directory. Check the name and try again."),
    ],
)
def test_a_passphrase_that_opens_nothing_is_one_line(
    run: Run, passphrase_file: Path, content: str | None, said: str
) -> None:
    if content is None:
        passphrase_file.unlink()
    else:
        passphrase_file.write_text(content, encoding="utf-8")
    answer = run("list")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert "horse" not in answer.err


@pytest.mark.usefixtures("people")
def test_line_ends_of_other_systems_do_not_belong_to_the_passphrase(
    run: Run, passphrase_file: Path
) -> None:
    passphrase_file.write_bytes(PASSPHRASE.encode() + b"\r\nanother line\r\n")
    assert run("list").code == 0


@pytest.mark.parametrize("command", [["list"], ["find", "a"], ["verify"]])
def test_where_there_are_no_records_none_are_made(run: Run, home: Path, command: list[str]) -> None:
    answer = run(*command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "There are no records in" in answer.err
    assert "restore a backup" in answer.err
    assert list(home.iterdir()) == []


def test_records_without_a_passphrase_are_listed_too(run: Run, home: Path) -> None:
    with open_store(home / "records") as store:
        store.patients.save("p1", {"id": "p1", "name": "Ada", "schema": 2}, AT)
    assert [row["name"] for row in run("list").json["patients"]] == ["Ada"]


@pytest.mark.usefixtures("people")
def test_records_open_elsewhere_are_left_alone(run: Run, home: Path) -> None:
    with unlock_store(home / "records", PASSPHRASE):
        answer = run("list")
    assert (answer.code, answer.out) == (2, "")
    assert "Another copy of the program has these records open." in answer.err
