"""Flipped bits: never a wrong value, never silence, and the other records stay readable."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store.attachments import PLACE, list_files
from consult_app.store.faults import StoreError
from consult_app.store.folder import load_keys
from consult_app.store.interface import Store
from consult_app.store.passphrase import FLOOR
from consult_app.store.repositories import FileStore, open_file
from consult_app.store.sealing import PlainSealer, SealBrokenError
from consult_app.store.state import FILE_NAME
from consult_app.store.unlocking import open_keys, open_with_key, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "the first passphrase"  # noqa: S105  # opens nothing but this test
SHEET = bytes(range(256)) * 60
FLIPS = 150
MANY_FLIPS = 2_000
PAGE = 4096
ROWS_OF_A_TABLE = 13  # the kind of page, as SQLite numbers them

Open = Callable[[Path], FileStore]


def _fill(store: Store) -> None:
    for n in range(12):
        store.drafts.save(f"d{n}", {"number": n, "text": f"draft {n} " * 150}, AT)
    for n in range(3):
        sheet = SHEET + bytes([n])
        visit = {"id": f"v{n}", "sheet": f"{n}" * 64, "text": f"{n}" * 900}
        store.save_signed(visit, {"id": f"p{n}", "name": f"Patient {n}"}, {f"{n}" * 64: sheet}, AT)
    store.settings.set("paper", "A4")


def _ask(store: Store) -> dict[str, object]:
    """Ask for everything; what cannot be read is left out."""
    questions: dict[str, Callable[[], object]] = {
        **{f"d{n}": lambda n=n: store.drafts.get(f"d{n}") for n in range(12)},  # type: ignore[misc]  # n is bound
        **{f"v{n}": lambda n=n: store.consultations.get(f"v{n}") for n in range(3)},  # type: ignore[misc]  # same
        **{f"p{n}": lambda n=n: store.patients.get(f"p{n}") for n in range(3)},  # type: ignore[misc]  # same
        **{f"s{n}": lambda n=n: _get_sheet(store, n) for n in range(3)},  # type: ignore[misc]  # same
        "paper": lambda: store.settings.get("paper"),
        "audit": lambda: tuple(store.audit.entries()),
        "list": lambda: sorted(summary.id for summary in store.drafts.list()),
        "found": lambda: [summary.id for summary in store.patients.find("patient 1")],
    }
    found = {}
    for name, ask in questions.items():
        try:
            found[name] = ask()
        except StoreError:
            continue  # told, so it counts as missing
    return found


def _get_sheet(store: Store, number: int) -> bytes:
    return store.attachments.get(str(store.consultations.get(f"v{number}")["sheet"]))


@dataclass(frozen=True)
class Made:
    """A closed store, how it is opened, and what it holds."""

    folder: Path
    file: str
    open: Open
    expected: dict[str, object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make encrypted records."""
    folder = tmp_path_factory.mktemp("made")
    create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(folder, PASSPHRASE) as store:
        _fill(store)
        expected = _ask(store)
        data_key = open_keys(folder, store.keys, PASSPHRASE)
    assert len(expected) == 25
    file = load_keys(folder).file
    return Made(folder, file, lambda place: open_with_key(place, data_key), expected)


def _flip(folder: Path, file: str, chance: random.Random) -> None:
    """Flip a bit anywhere in the file of records or in the attachments beside it."""
    paths = [folder / file, *sorted(list_files(folder / PLACE))]
    (path,) = chance.choices(paths, [path.stat().st_size for path in paths])
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _judge(made: Made, folder: Path) -> tuple[str, int]:
    """Return what became of a flip, and how many answers are missing."""
    try:
        with made.open(folder) as store:
            told = bool(store.verify())
            found = _ask(store)
            told = told or bool(store.damaged())
    except StoreError:
        return "refused", 0
    lists = {"list", "found", "audit", "paper"}
    wrong = {name for name, value in found.items() if value != made.expected[name]}
    if wrong - lists:
        return "wrong", 0
    missing = len((made.expected.keys() - found.keys()) | wrong)
    if missing and not told:
        return "silent", missing
    return ("told" if told else "unused"), missing


def _try_flips(made: Made, folder: Path, count: int) -> tuple[Counter[str], list[int]]:
    chance = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    fates: Counter[str] = Counter()
    missing: list[int] = []
    for _ in range(count):
        shutil.copytree(made.folder, folder)
        _flip(folder, made.file, chance)
        fate, lost = _judge(made, folder)
        fates[fate] += 1
        if fate == "told":
            missing.append(lost)
        shutil.rmtree(folder)
    return fates, missing


def _check_fates(fates: Counter[str], missing: list[int], count: int) -> None:
    assert fates["wrong"] == 0, fates
    assert fates["silent"] == 0, fates
    assert fates["told"] > count / 2, fates
    # A document and its sheet, seldom more: a page of an index holds several.
    assert sorted(missing)[len(missing) * 9 // 10] <= 2, missing


def test_a_flipped_bit_gives_no_wrong_value_and_is_told(made: Made, tmp_path: Path) -> None:
    _check_fates(*_try_flips(made, tmp_path / "flipped", FLIPS), FLIPS)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_none_of_many_flipped_bits_gives_a_wrong_value(made: Made, tmp_path: Path) -> None:
    _check_fates(*_try_flips(made, tmp_path / "flipped", MANY_FLIPS), MANY_FLIPS)


class TrustingSealer(PlainSealer):
    """The fault the check must find: what is read of documents is believed."""

    name = "trusting"

    def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
        """Return the document whatever its digest."""
        try:
            return super().open(table, row_id, version, sealed)
        except SealBrokenError:
            if table == "audit":  # what is no entry at all would end the check
                raise
            return sealed[16:]


def test_the_same_check_finds_wrong_values_where_what_is_read_is_believed(tmp_path: Path) -> None:
    def open_trusting(folder: Path) -> FileStore:
        return open_file(folder, seal=TrustingSealer)

    with open_trusting(tmp_path / "made") as store:
        _fill(store)
        expected = _ask(store)
    careless = Made(tmp_path / "made", FILE_NAME, open_trusting, expected)
    fates, _ = _try_flips(careless, tmp_path / "flipped", 60)
    assert fates["wrong"] > 0


def test_a_file_cut_short_at_any_page_is_told(made: Made, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "cut"))
    path, whole = folder / made.file, (made.folder / made.file).read_bytes()
    silent = []
    for length in (1, 100, 10 * PAGE + 7, *range(0, len(whole), PAGE)):
        path.write_bytes(whole[:length])
        if _judge(made, folder)[0] not in {"refused", "told"}:
            silent.append(length)
    assert silent == []
    path.write_bytes(whole)
    assert _judge(made, folder) == ("unused", 0), "the control: all of it is sound"


def _put_out_of_order(whole: bytes) -> Iterator[bytes]:
    """Yield the file with the last row of one page numbered below those before it, page by page."""
    for start in range(PAGE, len(whole), PAGE):
        page = bytearray(whole[start : start + PAGE])
        count = int.from_bytes(page[3:5])
        if page[0] != ROWS_OF_A_TABLE or count < 2:
            continue
        at = int.from_bytes(page[8 + 2 * (count - 1) :][:2])
        while page[at] >= 0x80:  # the length of the row, seven bits a byte
            at += 1
        if 1 < page[at + 1] < 0x80:  # its number, where that is one byte
            page[at + 1] = 1
            yield whole[:start] + page + whole[start + PAGE :]


@pytest.mark.timeout(30)
def test_rows_out_of_order_are_told_and_the_check_comes_to_an_end(
    made: Made, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "disordered"))
    path, whole = folder / made.file, (made.folder / made.file).read_bytes()
    fates = []
    for disordered in _put_out_of_order(whole):
        path.write_bytes(disordered)
        fates.append(_judge(made, folder)[0])
    assert len(fates) > 2
    assert set(fates) <= {"refused", "told"}


def test_rows_swapped_between_records_are_told(made: Made, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "swapped"))
    with made.open(folder) as store, store.rows.engine.transaction():
        run = store.rows.engine.run
        read = "SELECT version, body FROM row WHERE in_table = 'drafts' AND id = ?"
        write = "UPDATE row SET version = ?, body = ? WHERE in_table = 'drafts' AND id = ?"
        (one,) = store.rows.engine.fetch(read, ("d1",))
        (two,) = store.rows.engine.fetch(read, ("d2",))
        run(write, (*one, "d2"))  # type: ignore[arg-type]  # a version and a body
        run(write, (*two, "d1"))  # type: ignore[arg-type]  # same
    assert _judge(made, folder) == ("told", 2)
