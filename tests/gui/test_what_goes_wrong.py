"""What people read when the records cannot be opened: what happened, what is safe, what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.store.engine import LOCK_NAME
from consult_app.store.folder import KEYS_NAME, PREVIOUS_NAME
from consult_app.store.lock import hold
from tests.gui.test_frame import SLOW
from tests.gui.test_gate import give, page_of, wait_for_work
from tests.sealed import PASSPHRASE, Sealed, make_sealed


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


def overwrite_records(folder: Path) -> None:
    (path,) = folder.glob("records-*.sqlite")
    path.write_bytes(b"no database at all" * 300)


CASES = {
    "missing KEYS": (lose_keys, ("KEYS is missing", "from a backup", "Nothing was changed")),
    "damaged KEYS": (damage_keys, ("KEYS is damaged", "from a backup", "Nothing was changed")),
    "foreign KEYS": (swap_keys, ("do not belong together", "same backup", "Nothing was changed")),
    "newer version": (age_keys, ("newer version", "Install a version", "Nothing was changed")),
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

    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_that_cannot_be_written_is_told(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    folder = sealed.put(home)
    folder.chmod(0o500)
    try:
        closed_frame.gate.begin()
        page = page_of(closed_frame, UnlockPage)
        give(page, PASSPHRASE)
        qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)
        assert "cannot be written" in page.notice.text()
    finally:
        folder.chmod(0o700)
