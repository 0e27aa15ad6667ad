"""What people read when something is wrong: what happened, what is safe, what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from consult_app.store.folder import PREVIOUS_NAME
from consult_app.store.state import KEYS_NAME, UNFINISHED_NAME
from consult_app.store.unlocking import unlock_store
from tests.commands.conftest import AT, PASSPHRASE, Made, Run
from tests.custody.clinic import Person, look_at_everything

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
ORDINARY = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the administrator may write anywhere"
)
COMMANDS = [
    ["list"],
    ["find", "a"],
    ["verify"],
    ["export", "-o", "out.zip"],
    ["backup"],
    ["erase", "x", "--reason", "asked for it"],
]


@pytest.fixture(autouse=True)
def kept_years(home: Path) -> None:
    """Let nothing stand in the way of an erasure but what is tested."""
    (home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", encoding="utf-8")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files that are named without a folder go where they are thrown away."""
    monkeypatch.chdir(tmp_path)


def break_keys(records: Path) -> None:
    (records / KEYS_NAME).unlink()


def change_keys(records: Path) -> None:
    (records / KEYS_NAME).write_bytes(b"not keys")


def cut_file(records: Path) -> None:
    path = records / "records-1.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)


def age(records: Path) -> None:
    with closing(sqlite3.connect(records / "records-1.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda it: it[0])
@pytest.mark.parametrize(
    ("harm", "what", "helps"),
    [
        (break_keys, "The file KEYS is missing beside the records.", "Put it back"),
        (change_keys, "The file KEYS is damaged.", "Put a sound one into"),
        (cut_file, "The records file is damaged.", "restore the last backup"),
        (age, "These records were written by a newer version", "Install a version that reads"),
    ],
    ids=["missing KEYS", "damaged KEYS", "damaged file", "newer version"],
)
def test_records_that_cannot_be_opened_are_one_line(
    run: Run, home: Path, harm: object, what: str, helps: str, command: list[str]
) -> None:
    assert callable(harm)
    harm(home / "records")
    before = {path: path.read_bytes() for path in (home / "records").iterdir() if path.is_file()}
    answer = run(*command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert what in answer.err
    assert helps in answer.err
    assert "Nothing was changed." in answer.err
    after = {path: path.read_bytes() for path in (home / "records").iterdir() if path.is_file()}
    assert {path: data for path, data in after.items() if path in before} == before


def test_the_keys_before_are_mentioned_when_they_may_help(
    run: Run, people: list[Person], home: Path
) -> None:
    assert people
    assert (home / "records" / PREVIOUS_NAME).exists()
    break_keys(home / "records")
    assert "can be brought back" in run("list").err


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda it: it[0])
def test_records_open_elsewhere_are_one_line(run: Run, home: Path, command: list[str]) -> None:
    with unlock_store(home / "records", PASSPHRASE):
        answer = run(*command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "Another copy of the program has these records open." in answer.err
    assert "Go to the window that is already open" in answer.err
    assert "Nothing was changed." in answer.err


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda it: it[0])
def test_a_wrong_passphrase_is_one_line(
    run: Run, passphrase_file: Path, command: list[str]
) -> None:
    passphrase_file.write_text("wrong horse battery", encoding="utf-8")
    answer = run(*command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "This passphrase or recovery code does not open the records." in answer.err
    assert "Check capital letters and the keyboard's language" in answer.err
    assert "Nothing was changed." in answer.err


@pytest.mark.usefixtures("people")
def test_work_that_was_cut_off_is_told_with_what_is_safe(run: Run, home: Path) -> None:
    (home / "records" / UNFINISHED_NAME).write_bytes(b"records-2.sqlite")
    (home / "records" / "records-2.sqlite").write_bytes(b"half of something")
    answer = run("list")
    assert answer.code == 0
    assert answer.err.count("\n") == 1
    assert "A restore or a change of keys was interrupted." in answer.err
    assert "The records are those of before, complete and unchanged" in answer.err
    assert "Start it again when you are ready." in answer.err
    assert run("list").err == ""


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("cut", "said", "helps", "code"),
    [
        (-512, "The program ended in the middle of a save", "What was being saved", 0),
        (40, "What was saved last was damaged on the disk", "every record that is there is", 1),
    ],
    ids=["cut off", "damaged"],
)
def test_saves_that_a_crash_took_along_are_told(
    run: Run, home: Path, cut: int, said: str, helps: str, code: int
) -> None:
    records, left = home / "records", home / "left"
    with unlock_store(records, PASSPHRASE) as store:
        for number in range(2):
            store.drafts.save(f"d{number}", {}, AT)
        shutil.copytree(records, left, ignore=shutil.ignore_patterns("LOCK", "*-shm"))
    shutil.rmtree(records)
    left.rename(records)
    log = records / "records-1.sqlite-wal"
    data = bytearray(log.read_bytes())
    log.write_bytes(
        data[:cut] if cut < 0 else data[:cut] + bytes([data[cut] ^ 1]) + data[cut + 1 :]
    )
    answer = run("verify")
    assert said in answer.err
    assert helps in answer.err
    assert (answer.code, answer.json["sound"]) == (code, code == 0)
    again = run("verify")
    assert said not in again.err


@pytest.mark.usefixtures("people")
def test_a_copy_that_a_synced_folder_made_is_told(run: Run, home: Path) -> None:
    name = "records-1 (conflicted copy 2026-11-27).sqlite"
    (home / "records" / name).write_bytes(b"another state")
    answer = run("list")
    assert answer.code == 0
    assert "There are conflict copies beside the records." in answer.err
    assert "Nothing was changed." in answer.err
    assert "Take the folder out of the synced one" in answer.err


def test_no_records_are_made_in_a_synced_folder(
    run: Run, made: Made, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = home / "Dropbox"
    (synced / ".dropbox.cache").mkdir(parents=True)
    (synced / ".dropbox").write_bytes(b"")
    monkeypatch.setenv("CONSULT_APP_HOME", str(synced))
    answer = run("import", made.archive)
    assert (answer.code, answer.out) == (2, "")
    assert "This folder is kept in step with other computers by Dropbox" in answer.err
    assert "Choose a folder on this computer's own disk" in answer.err
    assert "Nothing was changed." in answer.err
    assert not (synced / "records").exists()
    assert run("import", made.archive, "--anywhere").code == 0


@LINUX
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("command", [["export", "-o", "out.zip"], ["backup"]], ids=lambda it: it[0])
def test_a_disk_that_is_full_is_one_line_and_leaves_nothing(
    home: Path, tmp_path: Path, passphrase_file: Path, command: list[str]
) -> None:
    """No file may grow beyond a few blocks, which a full disk looks like to a program."""
    assert passphrase_file.is_file()
    words = " ".join(f"'{word}'" for word in command)
    script = f"ulimit -f 40; exec '{sys.executable}' -m consult_app records {words}"
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        ["sh", "-c", script],  # noqa: S607 - whichever shell there is
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    last = done.stderr.splitlines()[-1]
    assert "would be larger than allowed" in last or "takes no more data" in last
    assert sorted(tmp_path.rglob("*")) == before
    with unlock_store(home / "records", PASSPHRASE) as store:
        assert look_at_everything(store)
        assert store.verify() == ()


@ORDINARY
@pytest.mark.usefixtures("people")
def test_a_folder_that_must_not_be_written_is_one_line(run: Run, home: Path) -> None:
    (home / "records").chmod(0o500)
    for path in (home / "records").iterdir():
        path.chmod(0o400)
    answer = run("list")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "The records folder cannot be written to." in answer.err


@pytest.mark.usefixtures("people")
def test_a_folder_that_may_not_be_written_is_told_by_its_error(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, also for an administrator: the system's answer is made here."""

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    answer = run("list")
    monkeypatch.undo()
    assert (answer.code, answer.out) == (2, "")
    assert "The records folder cannot be written to." in answer.err
    assert f"Allow this user to write to {home}" in answer.err
    assert "Everything reported as saved is still there." in answer.err


@pytest.mark.usefixtures("people")
def test_a_damaged_file_is_restored_over_and_kept_aside(run: Run, home: Path) -> None:
    assert run("backup").code == 0
    cut_file(home / "records")
    answer = run("restore")
    assert answer.code == 0
    assert "So no backup of the records here was made before the restore." in answer.err
    assert "Those from before are still there." in answer.err
    with unlock_store(home / "records", PASSPHRASE) as store:
        assert store.verify() == ()


@pytest.mark.usefixtures("people")
def test_a_damaged_backup_is_one_line(run: Run, home: Path) -> None:
    folder = Path(run("backup").json["folder"])
    path = folder / "records-1.sqlite"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    answer = run("restore", folder)
    assert (answer.code, answer.out) == (2, "")
    assert "This backup is damaged." in answer.err
    assert "The records are as they were." in answer.err
    with unlock_store(home / "records", PASSPHRASE) as store:
        assert store.verify() == ()


def test_a_backup_of_another_clinic_is_one_line(run: Run, people: list[Person], home: Path) -> None:
    assert people
    folder = run("backup").json["folder"]
    shutil.rmtree(home / "records")
    from consult_app.store.vault import create_store  # noqa: PLC0415 - another clinic, here only

    create_store(home / "records", PASSPHRASE, at=AT)
    answer = run("restore", folder)
    assert (answer.code, answer.out) == (2, "")
    assert "other records" in answer.err
