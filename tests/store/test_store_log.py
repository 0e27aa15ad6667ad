"""Cut off while the log is brought into the file: the records open, with all that was told.

SQLite writes the pages of its log into the file in rising order, and takes the log away last. A
kill or a power cut in between leaves a file that is right only together with its log.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from consult_app.store import connection, layout
from consult_app.store import keys as keys_module
from consult_app.store.connection import name_log
from consult_app.store.faults import DamagedStoreError
from consult_app.store.folder import load_keys
from consult_app.store.key_faults import ForeignKeysError
from consult_app.store.log_end import LogEnd, describe_log_end
from consult_app.store.passphrase import FLOOR, Cost
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.upgrade import CONSULTATION
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests
DRAFTS = 60
HEADER, FRAME_HEADER, SECTOR = 32, 24, 512
CUTS, MANY_CUTS = 40, 150
FLIPS, MANY_FLIPS = 40, 1_000

Pages = list[tuple[int, bytes]]


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many unlockings: what a guess costs is tried elsewhere."""

    def stretch(passphrase: str, salt: bytes, _cost: Cost) -> bytes:
        return sha256(salt + passphrase.encode()).digest()

    monkeypatch.setattr(keys_module, "stretch", stretch)


def make_draft(number: int) -> dict[str, object]:
    return {"n": number, "text": "x" * 900, "schema": CONSULTATION.newest}


@pytest.fixture(params=["saved", "rewritten"])
def left(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder as a kill leaves it before anything of the log has reached the file."""
    folder, copy = tmp_path / "records", tmp_path / "left"
    create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
    unlock_store(folder, PASSPHRASE).close()
    with unlock_store(folder, PASSPHRASE) as store:
        for number in range(DRAFTS):
            store.drafts.save(f"d{number}", make_draft(number), AT)
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
    _bring_in(path, pages[: len(pages) // 2], random.Random(1))  # noqa: S311 - no secret
    with pytest.raises((DamagedStoreError, AssertionError)):
        _check(left)


def _count_kept(folder: Path) -> tuple[int, LogEnd, bool]:
    """Return how many drafts are there, the first ones and whole; and what is said of the log."""
    with unlock_store(folder, PASSPHRASE) as store:
        kept = sorted(int(draft.id[1:]) for draft in store.drafts.list())
        assert kept == [*range(len(kept))]
        assert all(store.drafts.get(f"d{n}") == make_draft(n) for n in kept)
        end = store.rows.engine.log_end
        return len(kept), end, store.verify() == ()


def _flip_and_judge(left: Path, folder: Path, flips: int) -> Counter[str]:
    """Flip a bit of the log each time; return what became of what had been saved."""
    chance = random.Random(20271128)  # noqa: S311  # repeatable on purpose
    fates: Counter[str] = Counter()
    for _ in range(flips):
        shutil.copytree(left, folder)
        log = name_log(_name_file(folder))
        data = bytearray(log.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        log.write_bytes(data)
        kept, end, sound = _count_kept(folder)
        told = describe_log_end(end) is not None
        assert sound == (end is not LogEnd.DAMAGED)
        if kept < DRAFTS - 1:  # the last one looks like one that was never finished
            fates["told" if end is LogEnd.DAMAGED else "silent"] += 1
        elif kept < DRAFTS:
            fates["last, told" if told else "silent"] += 1
        else:
            fates["unused, told" if told else "unused"] += 1
        shutil.rmtree(folder)
    return fates


@pytest.mark.parametrize("left", ["saved"], indirect=True)
def test_a_bit_flipped_in_the_log_gives_no_wrong_value_and_is_told(
    left: Path, tmp_path: Path
) -> None:
    fates = _flip_and_judge(left, tmp_path / "flipped", FLIPS)
    assert fates["silent"] == 0
    assert fates["told"] > FLIPS / 2


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("left", ["saved"], indirect=True)
def test_no_bit_of_many_flipped_in_the_log_goes_unnoticed(left: Path, tmp_path: Path) -> None:
    fates = _flip_and_judge(left, tmp_path / "flipped", MANY_FLIPS)
    assert fates["silent"] == 0


@pytest.mark.parametrize("left", ["saved"], indirect=True)
def test_the_same_check_finds_saves_that_are_dropped_without_a_word(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: SQLite itself says nothing."""
    monkeypatch.setattr(layout, "look_at_end", lambda *_: LogEnd.WHOLE)
    assert _flip_and_judge(left, tmp_path / "flipped", 5)["silent"] > 0


@pytest.mark.parametrize("left", ["saved"], indirect=True)
@pytest.mark.parametrize("part", [HEADER - 20, HEADER - 1, HEADER + 3, HEADER + 9, HEADER + 20])
def test_a_flip_in_what_describes_the_log_is_told(left: Path, part: int) -> None:
    """Mark and checksum of the header; page, mark and checksum of the first frame."""
    log = name_log(_name_file(left))
    data = bytearray(log.read_bytes())
    data[part] ^= 1
    log.write_bytes(data)
    assert _count_kept(left)[1] is LogEnd.DAMAGED


@pytest.mark.parametrize("left", ["saved"], indirect=True)
def test_a_save_that_was_cut_off_is_told_and_nothing_else(left: Path) -> None:
    log = name_log(_name_file(left))
    log.write_bytes(log.read_bytes()[:-SECTOR])
    kept, end, sound = _count_kept(left)
    assert (kept, end, sound) == (DRAFTS - 1, LogEnd.UNFINISHED, True)
    assert _count_kept(left) == (DRAFTS - 1, LogEnd.WHOLE, True), "it was told once"


@pytest.mark.parametrize("left", ["saved"], indirect=True)
def test_a_log_that_was_cut_short_is_not_said_to_hold_what_was_saved_before(left: Path) -> None:
    """Half of it looks like a save that was never finished, though others were reported before."""
    log = name_log(_name_file(left))
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    kept, end, sound = _count_kept(left)
    assert (kept < DRAFTS - 1, end, sound) == (True, LogEnd.UNFINISHED, True)
    told = describe_log_end(end)
    assert told is not None
    assert "everything before it is" not in told.advice
    assert "nor is what was reported as saved before" in told.advice


def test_a_log_that_was_taken_in_is_not_spoken_of(left: Path) -> None:
    with unlock_store(left, PASSPHRASE) as store:
        assert store.rows.engine.was_unclean
        assert describe_log_end(store.rows.engine.log_end) is None


def test_what_became_of_the_log_is_said_with_what_is_safe_and_what_to_do() -> None:
    unfinished, damaged = map(describe_log_end, (LogEnd.UNFINISHED, LogEnd.DAMAGED))
    assert unfinished is not None
    assert damaged is not None
    assert "Every record that is there is whole" in unfinished.advice
    assert "compare it with the newest backup" in unfinished.advice
    assert "enter it again where it is missing" in unfinished.advice
    assert "every record that is there is whole" in damaged.advice
    assert "compare them with the newest backup" in damaged.advice


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
