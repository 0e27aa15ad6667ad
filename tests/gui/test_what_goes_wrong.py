"""What people read when the records cannot be opened: what happened, what is safe, what to do."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.gui.access import RECORDS
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.widgets.labels import Label
from consult_app.store.codec import encode
from consult_app.store.engine import LOCK_NAME
from consult_app.store.faults import DiskFullError
from consult_app.store.folder import PREVIOUS_NAME
from consult_app.store.lock import hold
from consult_app.store.state import KEYS_NAME
from consult_app.store.unlocking import SealedStore, unlock_store
from tests.custody.clinic import Person
from tests.gui.conftest import OpenSheet, room_of
from tests.gui.test_frame import SLOW, begin
from tests.gui.test_gate import choose, give, page_of, wait_for, wait_for_work
from tests.sealed import PASSPHRASE, Sealed, make_sealed

NEW = "a fresh set of words"


def lose_keys(folder: Path) -> None:
    for name in (KEYS_NAME, PREVIOUS_NAME):
        (folder / name).unlink()


def damage_keys(folder: Path) -> None:
    for name in (KEYS_NAME, PREVIOUS_NAME):
        (folder / name).write_bytes(b"{}")


def swap_keys(folder: Path) -> None:
    other = make_sealed(folder.parent / "other")
    shutil.copy(other.folder / KEYS_NAME, folder / KEYS_NAME)


def age_keys(folder: Path) -> None:
    """Write KEYS as a newer version would."""
    import hashlib  # noqa: PLC0415 - only here
    import json  # noqa: PLC0415

    content = json.loads((folder / KEYS_NAME).read_bytes())
    del content["checksum"]
    content["format"] = 99
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["checksum"] = hashlib.sha256(spelled.encode()).hexdigest()
    (folder / KEYS_NAME).write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")


def age_records(folder: Path) -> None:
    """Write the file of records as a newer version would."""
    (path,) = folder.glob("records-*.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def overwrite_records(folder: Path) -> None:
    (path,) = folder.glob("records-*.sqlite")
    path.write_bytes(b"no database at all" * 300)


CASES = {
    "missing KEYS": (lose_keys, ("KEYS is missing", "from a backup", "Nothing was changed")),
    "damaged KEYS": (damage_keys, ("KEYS is damaged", "from a backup", "Nothing was changed")),
    "foreign KEYS": (swap_keys, ("do not belong together", "same backup", "Nothing was changed")),
    "newer KEYS": (age_keys, ("newer version", "Install a version", "Nothing was changed")),
    "newer records": (age_records, ("newer version", "Install a version", "Nothing was changed")),
    "damaged file": (overwrite_records, ("damaged", "backup", "Nothing was changed")),
}


@pytest.mark.parametrize("case", CASES)
def test_the_window_says_what_is_wrong_and_what_helps(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed, case: str
) -> None:
    spoil, sentences = CASES[case]
    spoil(sealed.put(home))
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)

    give(page, PASSPHRASE)
    qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)

    for sentence in sentences:
        assert sentence in page.notice.text()
    assert "Traceback" not in page.notice.text()
    assert closed_frame.room is None


def test_records_that_somebody_else_has_open_can_be_tried_again(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    folder = sealed.put(home)
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)

    with hold(folder / LOCK_NAME):
        give(page, PASSPHRASE)
        qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)
        assert "Another copy of the program has these records open" in page.notice.text()
        assert "close it and try again" in page.notice.text()
        assert "Nothing was changed" in page.notice.text()

    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


def test_a_wrong_passphrase_is_told_and_can_be_typed_again(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    sealed.put(home)
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)
    give(page, NEW)
    qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)
    assert "does not open the records" in page.notice.text()
    assert "Check capital letters and the keyboard's language" in page.notice.text()
    assert "Nothing was changed" in page.notice.text()

    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


def write_newer(store: SealedStore, visit: str) -> None:
    """Write a signed visit anew as a newer version of the program would."""
    kept = store.rows.read("consultations", visit).document
    with store.rows.engine.transaction():
        store.rows.write("consultations", visit, encode({**kept, "schema": 99}))


def break_row(store: SealedStore, visit: str) -> None:
    with store.rows.engine.transaction():
        store.rows.engine.run("UPDATE row SET body = zeroblob(99) WHERE id = ?", (visit,))


RECORDS_AT_FAULT = {
    "damaged": (
        break_row,
        "This record is damaged and cannot be read.",
        ("It is kept as it was found", "Every other record is unaffected", "from a backup"),
    ),
    "newer": (
        write_newer,
        "This record was written by a newer version of the program.",
        ("Install a version that reads consultation format 99", "Nothing was changed"),
    ),
}


@pytest.mark.parametrize("fault", RECORDS_AT_FAULT)
def test_one_record_that_cannot_be_read_is_told_when_it_is_opened(
    frame: Frame, store: SealedStore, people: list[Person], fault: str
) -> None:
    spoil, title, sentences = RECORDS_AT_FAULT[fault]
    spoiled, sound = people[0].visits[0].id, people[1].visits[0].id
    spoil(store, spoiled)
    room = room_of(frame)
    room.reception.open_visit(spoiled)
    (told,) = room.findChildren(MessageDialog)
    assert told.isVisible()
    shown = " ".join(label.text() for label in told.findChildren(Label))
    assert title in shown
    for sentence in sentences:
        assert sentence in shown
    assert room.workspace is None
    told.accept()

    room.reception.open_visit(sound)
    assert room.workspace is not None


@pytest.fixture
def mount_read_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a folder read-only, for an administrator too: the system's answer is made here."""
    ordinary = os.open

    def mount(folder: Path) -> None:
        def refuse(path: Path | str, flags: int, mode: int = 0o777) -> int:
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and folder in (Path(path), *Path(path).parents):
                raise OSError(errno.EROFS, "Read-only file system")
            return ordinary(path, flags, mode)

        monkeypatch.setattr(os, "open", refuse)

    return mount


def test_a_folder_that_cannot_be_written_is_told(
    closed_frame: Frame,
    qtbot: QtBot,
    home: Path,
    sealed: Sealed,
    mount_read_only: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = sealed.put(home)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    mount_read_only(folder)
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)
    give(page, PASSPHRASE)
    closed_frame.gate.tasks.wait()
    qtbot.waitUntil(lambda: page.notice.text() != "")
    assert "The records folder cannot be written to" in page.notice.text()
    assert f"Allow this user to write to {folder}" in page.notice.text()
    assert "Everything reported as saved is still there" in page.notice.text()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert page.onward.isEnabled()

    monkeypatch.undo()
    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


def test_a_new_passphrase_that_cannot_be_written_leaves_the_old_one(
    open_sheet: OpenSheet,
    qtbot: QtBot,
    home: Path,
    frame: Frame,
    mount_read_only: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = open_sheet()
    card = sheet.key_card
    for field, text in ((card.current, PASSPHRASE), (card.new, NEW), (card.again, NEW)):
        QTest.keyClicks(field.line, text)
    mount_read_only(home / RECORDS)
    card.change.click()
    sheet.tasks.wait()
    qtbot.waitUntil(lambda: "cannot be written to" in card.notice.text())
    assert card.current.text() == PASSPHRASE, "so that it can be tried again"
    monkeypatch.undo()
    sheet.accept()
    frame.close()
    with unlock_store(home / RECORDS, PASSPHRASE):
        pass


def test_a_synced_folder_is_refused_unless_an_expert_wants_it(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    (home / ".dropbox").write_bytes(b"")
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    page = page_of(closed_frame, PassphrasePage)
    choose(page, PASSPHRASE)
    closed_frame.gate.tasks.wait()
    qtbot.waitUntil(lambda: page.notice.text() != "")
    assert "kept in step with other computers by Dropbox" in page.notice.text()
    assert "Choose a folder on this computer's own disk" in page.notice.text()
    assert "Nothing was changed" in page.notice.text()
    assert not (home / "records").exists()

    page.notice.acted.emit()
    closed_frame.gate.tasks.wait()
    wait_for(closed_frame, qtbot, CodePage)
    assert (home / "records" / KEYS_NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_is_full_is_told_and_everything_is_saved_once_there_is_room(
    frame: Frame, qtbot: QtBot, store: SealedStore
) -> None:
    """No file may grow beyond a few blocks, which a full disk looks like to a program."""
    import resource  # noqa: PLC0415 - not on every system

    workspace = begin(room_of(frame))
    visits, footer = room_of(frame).desk.records, workspace.footer
    visits.finish_writing()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        workspace.session.set("goals.own_words", "Scars")
        room_of(frame).reception.keep_draft()
        with pytest.raises(DiskFullError) as told:
            visits.finish_writing()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "The disk takes no more data" in told.value.title
    assert "Free some space" in told.value.advice
    assert "Everything reported as saved is still there" in told.value.advice
    qtbot.waitUntil(footer.retry.isVisible)
    assert "Not saved" in footer.saved.text()

    footer.retry.click()
    visits.finish_writing()
    qtbot.waitUntil(lambda: footer.saved.text().startswith("Saved"))
    kept = store.drafts.get(workspace.session.visit.id)
    assert "Scars" in str(kept)
