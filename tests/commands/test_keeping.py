"""`records backup` and `restore`: a way back that was tried, from the command line."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.store import backup as backups
from consult_app.store.backup import list_backups
from consult_app.store.unlocking import SealedStore
from tests.commands.conftest import AT, Answer, Run, break_page, damage
from tests.custody.clinic import Person, look_at_everything

Look = Callable[[], SealedStore]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A place off the machine."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def see(look: Look) -> dict[str, object]:
    """Return everything that is kept."""
    with look() as store:
        return look_at_everything(store)


def change(look: Look) -> None:
    """Keep something more."""
    with look() as store:
        store.patients.save("later", {"id": "later", "name": "Later"}, AT)


def test_a_backup_goes_beside_the_records_unless_told_otherwise(
    run: Run, people: list[Person], home: Path, stick: Path
) -> None:
    usual, told = run("backup"), run("backup", stick)
    assert (usual.code, told.code) == (0, 0)
    assert Path(usual.json["folder"]).is_relative_to(home / "backups")
    assert Path(told.json["folder"]).is_relative_to(stick)
    assert usual.json["counts"]["patients"] == len(people)
    assert "Every row of the backup was read back." in usual.err


@pytest.mark.usefixtures("people")
def test_the_clinic_may_choose_where_its_backups_go(run: Run, home: Path, stick: Path) -> None:
    text = f"[keeping]\nbackup_folder = '{stick}'\n"
    (home / "settings.toml").write_text(text, encoding="utf-8")
    assert Path(run("backup").json["folder"]).is_relative_to(stick)


@pytest.mark.usefixtures("people")
def test_the_backups_there_are_can_be_listed(run: Run, stick: Path) -> None:
    made = [run("backup", stick).json["folder"] for _ in range(2)]
    answer = run("backup", stick, "--list")
    assert (answer.code, [each["folder"] for each in answer.json["backups"]]) == (0, made[::-1])
    (Path(made[0]) / "MANIFEST").write_bytes(b"{}")
    answer = run("backup", stick, "--list")
    assert answer.code == 1
    assert f"{Path(made[0]).name}: MANIFEST: not what was written" in answer.err


@pytest.mark.usefixtures("people")
def test_of_the_backups_of_one_day_the_last_stays(run: Run, home: Path) -> None:
    for _ in range(3):
        run("backup")
    assert len(list_backups(home / "backups")) == 1


@pytest.mark.usefixtures("people")
def test_an_older_copy_of_the_records_is_told_and_costs_no_backup(
    run: Run, home: Path, look: Look
) -> None:
    shutil.copytree(home / "records", home / "older")
    change(look)
    ahead = Path(run("backup").json["folder"])
    shutil.rmtree(home / "records")
    (home / "older").rename(home / "records")
    answer = run("backup")
    assert answer.code == 0
    assert "There is a backup with work that these records do not have." in answer.err
    assert "Nothing was changed, and no backup is removed meanwhile." in answer.err
    assert "restore that backup" in answer.err
    assert str(ahead) in answer.err
    assert ahead.is_dir(), "the last of a day would else be the only one of it"


@pytest.mark.usefixtures("people")
def test_a_restore_goes_back_and_can_be_undone(run: Run, look: Look) -> None:
    before = see(look)
    run("backup")
    change(look)
    changed = see(look)
    answer = run("restore")
    assert (answer.code, answer.json["replaced"]) == (0, True)
    assert "consult-app records restore --keep, or --undo" in answer.err
    assert see(look) == before
    assert run("restore", "--undo").code == 0
    assert see(look) == changed


@pytest.mark.usefixtures("people")
def test_before_a_restore_the_present_is_backed_up(run: Run, look: Look) -> None:
    run("backup")
    change(look)
    changed = see(look)
    before = run("restore").json["backup_before"]
    run("restore", "--keep")
    assert run("restore", before).code == 0
    assert see(look) == changed


@pytest.mark.usefixtures("people")
def test_records_that_are_gone_come_back(run: Run, home: Path, look: Look, stick: Path) -> None:
    before = see(look)
    folder = run("backup", stick).json["folder"]
    shutil.rmtree(home / "records")
    answer = run("restore", folder)
    assert (answer.code, answer.json["replaced"], answer.json["backup_before"]) == (0, False, None)
    assert "A backup holds no settings." in answer.err
    assert see(look) == before


def test_what_was_erased_since_is_forgotten_even_when_the_records_are_lost(
    run: Run, people: list[Person], home: Path, look: Look, stick: Path
) -> None:
    """The ledger in a later backup tells."""
    (home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", encoding="utf-8")
    first = run("backup", stick).json["folder"]
    run("erase", people[0].patient.id, "--reason", "asked for it")
    run("backup", stick)
    shutil.rmtree(home / "records")
    assert run("restore", first).code == 0
    with look() as store:
        assert store.patients.of_patient(people[0].patient.id) == []
        assert len(store.patients.list()) == len(people) - 1


@pytest.mark.usefixtures("people")
def test_a_restore_waits_until_the_one_before_is_decided(run: Run) -> None:
    run("backup")
    run("restore")
    answer = run("restore")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "An earlier restore is not confirmed yet." in answer.err


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("choice", "said"),
    [("--keep", "There is no restore to confirm here."), ("--undo", "There is no restore to undo")],
)
def test_without_a_restore_there_is_nothing_to_decide(run: Run, choice: str, said: str) -> None:
    answer = run("restore", choice)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("no-such", "The backup folder is not there."),
        (".", "There is no backup of these records in . that could be restored."),
    ],
)
def test_where_there_is_no_backup_nothing_happens(
    run: Run, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = see(look)
    answer = run("restore", place)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(said)
    assert see(look) == before


@pytest.mark.usefixtures("people")
def test_damage_is_named_by_a_backup_its_list_and_its_restore(
    run: Run, home: Path, stick: Path
) -> None:
    damage(home / "records")
    made = run("backup", stick)
    assert (made.code, made.json["damaged"]) == (0, 1)
    (line,) = [it for it in made.err.splitlines() if it.endswith(": not what was written")]
    assert line.startswith("consultations ")
    listed = run("backup", stick, "--list")
    assert listed.json["backups"][0]["damaged"] == 1
    assert "1 damaged in the records when it was made" in listed.err
    shutil.rmtree(home / "records")
    refused = run("restore", stick)
    assert (refused.code, refused.out) == (2, "")
    assert "None of the backups is whole, so nothing was restored." in refused.err
    assert f'consult-app records restore --partly "{made.json["folder"]}"' in refused.err
    done = run("restore", "--partly", stick)
    assert done.code == 0, "there is nothing better, and it was said"
    assert [f"{it['table']} {it['id']}: {it['reason']}" for it in done.json["damaged"]] == [line]
    assert line in done.err


@pytest.mark.usefixtures("people")
def test_of_a_backup_that_was_damaged_since_the_rest_is_restored_when_asked(
    run: Run, home: Path, stick: Path
) -> None:
    folder = Path(run("backup", stick).json["folder"])
    lost = [path for path in (folder.parent / "attachments").rglob("*") if path.is_file()][:2]
    for path in lost:
        path.unlink()
    shutil.rmtree(home / "records")
    refused = run("restore", folder)
    assert (refused.code, refused.out) == (2, "")
    first, *named, last = refused.err.splitlines()
    assert first.startswith("Part of this backup is damaged, so nothing was restored.")
    assert sorted(named) == sorted(f"attachments {path.name}: missing" for path in lost)
    assert f'records restore --partly "{folder}"' in last
    done = run("restore", "--partly", folder)
    assert (done.code, len(done.json["damaged"])) == (0, 2)
    assert run("verify").code == 1, "and they stay named"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", ["MANIFEST", "KEYS", "no MANIFEST"])
@pytest.mark.parametrize("bare", [True, False])
def test_a_newer_backup_that_is_damaged_is_not_passed_over_in_silence(
    run: Run, home: Path, look: Look, stick: Path, name: str, *, bare: bool
) -> None:
    older = run("backup", stick).json["made_at"]
    change(look)
    folder = Path(run("backup", stick).json["folder"])
    if name.startswith("no "):
        (folder / "MANIFEST").unlink()
    else:
        (folder / name).write_bytes(b"")
    if bare:
        shutil.rmtree(home / "records")
    done = run("restore", stick)
    assert (done.code, done.json["made_at"]) == (0, older)
    assert f"{folder.name}: {name.removeprefix('no ')}: " in done.err
    assert "So an older one is taken, of " in done.err


def test_of_records_that_cannot_be_read_through_a_backup_holds_what_can_be(
    run: Run, people: list[Person], home: Path, look: Look, stick: Path
) -> None:
    before = see(look)
    run("backup", stick)
    break_page(home / "records" / "records-1.sqlite")
    assert "The records file is damaged." in run("list").err
    made = run("backup", stick)
    assert made.code == 1
    assert f"consultations {people[0].visits[0].id}: not what was written" in made.err
    assert "This backup has every row of it that can be read" in made.err
    done = run("restore", made.json["folder"])
    assert (done.code, done.json["replaced"]) == (0, True)
    listed = run("list")
    assert "records are damaged; every other one is unaffected" in listed.err
    assert people[-1].visits[0].id in listed.out
    assert run("restore", "--undo").code == 0
    older = next(it for it in run("backup", "--list", stick).json["backups"] if not it["damaged"])
    assert run("restore", older["folder"]).code == 0
    assert see(look) == before


@pytest.mark.usefixtures("people")
def test_records_of_which_nothing_can_be_read_do_not_keep_a_backup_from_being_restored(
    run: Run, home: Path, look: Look, stick: Path
) -> None:
    before = see(look)
    run("backup", stick)
    path = home / "records" / "records-1.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:8192] = bytes(range(256)) * 16  # where the file says whose it is
    path.write_bytes(data)
    assert run("backup", stick).code == 2
    done = run("restore", stick)
    assert (done.code, done.json["replaced"], done.json["backup_before"]) == (0, True, None)
    assert "So no backup of the records here was made before the restore." in done.err
    assert see(look) == before
    assert run("restore", "--undo").code == 0


def break_index(path: Path, visits: list[str]) -> None:
    """Change visits in the index that finds them."""
    data = bytearray(path.read_bytes())
    for page in range(0, len(data), 4096):
        if data[page] == 10:  # a leaf of an index
            for visit in visits:
                at = data.find(f"consultations{visit}".encode(), page, page + 4096)
                if at >= 0:
                    data[at + 20] ^= 1
    path.write_bytes(data)


def test_a_backup_of_a_file_that_is_damaged_itself_is_no_clean_answer(
    run: Run, people: list[Person], home: Path, stick: Path
) -> None:
    break_index(home / "records" / "records-1.sqlite", [person.visits[0].id for person in people])
    made = run("backup", stick)
    assert made.code == 1
    lines = [line for line in made.err.splitlines() if line.startswith("file : ")]
    assert len(lines) > 1, "each fault is a line"
    assert "restore it before anything else is saved" in made.err
    assert run("verify").code == 1
    assert run("restore", made.json["folder"]).code == 0
    assert run("verify").code == 0, "what can be read was all of it"


@pytest.mark.usefixtures("people")
def test_a_backup_whose_description_is_damaged_says_how_it_is_restored_all_the_same(
    run: Run, home: Path, look: Look, stick: Path
) -> None:
    before = see(look)
    folder = Path(run("backup", stick).json["folder"])
    (folder / "MANIFEST").write_bytes(b"{}")
    shutil.rmtree(home / "records")
    refused = run("restore", folder)
    assert refused.code == 2
    assert refused.err.splitlines()[1:] == [
        "MANIFEST: not what was written",
        f'For what can be read of it: consult-app records restore --partly "{folder}"',
    ]
    done = run("restore", "--partly", folder)
    assert (done.code, done.json["counts"]["patients"]) == (0, 6)
    assert "file MANIFEST: not what was written" in done.err
    assert see(look) == before


@pytest.mark.parametrize("choice", ["--keep", "--undo"])
def test_a_decision_is_not_made_in_part(run: Run, choice: str) -> None:
    answer = run("restore", choice, "--partly")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)


@pytest.fixture(params=[["backup"], ["restore"]], ids=" ".join)
def stopped(
    request: pytest.FixtureRequest, run: Run, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Answer]:
    """Run a command that is asked to stop while the records are copied."""
    assert people
    assert run("backup").code == 0
    real = backups.make_backup

    def make_backup(*arguments: object, **more: object) -> object:
        os.kill(os.getpid(), signal.SIGTERM)
        return real(*arguments, **more)  # type: ignore[arg-type] # passed on as they came

    for module in ("commands.keeping", "custody.restoring"):
        monkeypatch.setattr(f"consult_app.{module}.make_backup", make_backup)
    return lambda: run(*request.param)


def test_asked_to_stop_it_leaves_everything_as_it_was(
    stopped: Callable[[], Answer], look: Look, home: Path
) -> None:
    before, files = see(look), sorted(home.rglob("*"))
    answer = stopped()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1].startswith("Stopped, as you asked.")
    assert see(look) == before
    assert sorted(home.rglob("*")) == files
