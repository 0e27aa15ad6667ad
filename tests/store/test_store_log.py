"""Cut off while the log is brought into the file: the records open, with all that was told.

SQLite writes the pages of its log into the file in rising order, and takes the log away last. A
kill or a power cut in between leaves a file that is right only together with its log.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from consult_app.store import connection
from consult_app.store import keys as keys_module
from consult_app.store.connection import name_log
from consult_app.store.faults import DamagedStoreError
from consult_app.store.folder import load_keys
from consult_app.store.key_faults import ForeignKeysError
from consult_app.store.passphrase import FLOOR, Cost
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests
DRAFTS = 60
HEADER, FRAME_HEADER, SECTOR = 32, 24, 512
CUTS, MANY_CUTS = 40, 150

Pages = list[tuple[int, bytes]]


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many unlockings: what a guess costs is tried elsewhere."""

    def stretch(passphrase: str, salt: bytes, _cost: Cost) -> bytes:
        return sha256(salt + passphrase.encode()).digest()

    monkeypatch.setattr(keys_module, "stretch", stretch)


@pytest.fixture(params=["saved", "rewritten"])
def left(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder as a kill leaves it before anything of the log has reached the file."""
    folder, copy = tmp_path / "records", tmp_path / "left"
    create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
    unlock_store(folder, PASSPHRASE).close()
    with unlock_store(folder, PASSPHRASE) as store:
        for number in range(DRAFTS):
            store.drafts.save(f"d{number}", {"n": number, "text": "x" * 900}, AT)
        if request.param == "rewritten":
            _rewrite(store, monkeypatch)
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("LOCK", "*-shm"))
    return copy


def _rewrite(store: SealedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the file written anew, as an erasure does, with a log that was empty before."""
    for number in range(DRAFTS):
        store.drafts.discard(f"d{number}")
    for number in range(DRAFTS):
        store.drafts.save(f"d{number}", {"n": number}, AT)
    with monkeypatch.context() as patched:
        patched.setattr(connection, "empty_log", lambda _: None)
        store.rows.engine.compact()


def _name_file(folder: Path) -> Path:
    (path,) = folder.glob("records-*.sqlite")
    return path


def _read_log(path: Path) -> Pages:
    """Return the pages a log is to bring into the file, in the order they are written."""
    data = name_log(path).read_bytes()
    size = struct.unpack(">I", data[8:12])[0]
    salt, pages = data[16:24], {}
    for at in range(HEADER, len(data), FRAME_HEADER + size):
        if data[at + 8 : at + 16] == salt:  # later frames are of a log before this one
            number = struct.unpack(">I", data[at : at + 4])[0]
            pages[number] = data[at + FRAME_HEADER : at + FRAME_HEADER + size]
    return sorted(pages.items())


def _bring_in(path: Path, pages: Iterable[tuple[int, bytes]], torn: random.Random) -> None:
    """Write pages of the log into the file; of the last one only some sectors."""
    pages = list(pages)
    with path.open("r+b") as file:
        for number, page in pages:
            for sector in range(0, len(page), SECTOR):
                if (number, page) != pages[-1] or torn.random() < 0.5:
                    file.seek((number - 1) * len(page) + sector)
                    file.write(page[sector : sector + SECTOR])


def _check(folder: Path) -> None:
    with unlock_store(folder, PASSPHRASE) as store:
        assert store.verify() == ()
        assert [store.drafts.get(f"d{n}")["n"] for n in range(DRAFTS)] == [*range(DRAFTS)]


def _cut(left: Path, folder: Path, cuts: int) -> None:
    chance = random.Random(20271128)  # noqa: S311  # repeatable on purpose
    pages = _read_log(_name_file(left))
    assert len(pages) > 10
    for cut in range(cuts):
        # Every page at the beginning, where the tables are described; then anywhere.
        count = cut if cut < cuts / 2 else chance.randrange(len(pages))
        shutil.copytree(left, folder)
        _bring_in(_name_file(folder), pages[:count], chance)
        _check(folder)
        shutil.rmtree(folder)


def test_records_open_wherever_the_log_was_cut_off(left: Path, tmp_path: Path) -> None:
    _cut(left, tmp_path / "cut", CUTS)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_records_open_after_many_cuts(left: Path, tmp_path: Path) -> None:
    _cut(left, tmp_path / "cut", MANY_CUTS)


def test_a_file_cut_off_without_its_log_is_found_out(left: Path) -> None:
    """The control: what the log brings is needed."""
    path = _name_file(left)
    pages = _read_log(path)
    name_log(path).unlink()
    _bring_in(path, pages[: len(pages) // 2], random.Random(1))  # noqa: S311
    with pytest.raises((DamagedStoreError, AssertionError)):
        _check(left)


def test_looking_whose_records_they_are_leaves_the_log_as_it_is(left: Path) -> None:
    path = _name_file(left)
    before = path.read_bytes(), name_log(path).read_bytes()
    assert load_keys(left).file == path.name
    assert (path.read_bytes(), name_log(path).read_bytes()) == before


def test_keys_of_other_records_are_found_out_beside_a_log(left: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "other", PASSPHRASE, at=AT, cost=FLOOR)
    shutil.copy(tmp_path / "other" / "KEYS", left / "KEYS")
    with pytest.raises(ForeignKeysError):
        load_keys(left)
