"""Plain records become encrypted ones, and encrypted ones get new keys, with nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store import vault
from consult_app.store.attachments import PLACE, TABLE
from consult_app.store.faults import DamagedRecordError, StoreError, StoreInUseError
from consult_app.store.files import RealDisk
from consult_app.store.folder import PREVIOUS_NAME
from consult_app.store.interface import Damage, Store
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.passphrase import FLOOR
from consult_app.store.repositories import open_store
from consult_app.store.sample import MARK_NAME, open_sample_store
from consult_app.store.state import FILE_NAME, KEYS_NAME, State, find_state
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store, renew_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
SAVED = Path(__file__).parents[1] / "saved" / "store-layout-1" / FILE_NAME
FIRST, SECOND = "the first passphrase", "the second passphrase"
DAMAGED = (
    Damage(table="drafts", id="x1", reason="not what was written"),
    Damage(table="drafts", id="x0", reason="set aside earlier"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with records as the first version wrote them, one of them damaged."""
    folder = tmp_path / "records"
    folder.mkdir()
    shutil.copy(SAVED, folder)
    return folder


def _read_all(store: Store) -> dict[str, object]:
    """Return everything that can be asked of the saved records."""
    sheets = [store.consultations.get(f"v{n}")["handout"] for n in range(2)]
    return {
        "drafts": [store.drafts.get(name) for name in ("d0", "d1", "d2", "x0")],
        "draft list": list(store.drafts.list()),
        "signed": [store.consultations.get(f"v{n}") for n in range(2)],
        "signed list": list(store.consultations.list()),
        "patients": [store.patients.get(f"p{n}") for n in range(2)],
        "found": list(store.patients.find("marker 1")),
        "sheets": [store.attachments.get(str(dict(sheet)["attachment"])) for sheet in sheets],  # type: ignore[call-overload]  # JSON
        "paper": store.settings.get("paper"),
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Everything in the saved records, read plainly."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copy(SAVED, folder)
    with open_store(folder) as store:
        found = _read_all(store)
        assert store.verify() == DAMAGED
    return found


def _read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _find_words(folder: Path) -> set[str]:
    return {name for name, data in _read_files(folder).items() if b"Marker" in data}


def test_the_saved_records_hold_what_they_should(expected: dict[str, object]) -> None:
    assert len(expected["drafts"]) == 4  # type: ignore[arg-type]  # a list
    assert all(b"Marker sheet" in sheet for sheet in expected["sheets"])  # type: ignore[attr-defined]  # a list
    assert expected["paper"] == {"size": ["A5", None, 1]}
    assert b"Marker" in SAVED.read_bytes()


def test_records_of_the_first_version_are_encrypted_with_nothing_lost(
    folder: Path, expected: dict[str, object]
) -> None:
    code = create_store(folder, FIRST, at=AT, cost=FLOOR)
    for secret in (FIRST, code):
        with unlock_store(folder, secret) as store:
            assert _read_all(store) == expected
            assert store.verify() == DAMAGED
            (entry,) = store.audit.entries()
    assert (entry.action, entry.at) == ("store.encrypted", AT)
    assert "1 x drafts: not what was written" in entry.reason


def test_plain_words_stay_until_the_passphrase_was_proved_and_are_gone_afterwards(
    folder: Path,
) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    assert _find_words(folder) == {FILE_NAME}
    with pytest.raises(WrongSecretError):
        unlock_store(folder, SECOND)
    assert _find_words(folder) == {FILE_NAME}
    unlock_store(folder, FIRST).close()
    assert _find_words(folder) == set()
    assert {path.name for path in folder.iterdir()} == {
        "LOCK",
        KEYS_NAME,
        PREVIOUS_NAME,
        "records-1.sqlite",
        PLACE,
    }


class WatchingDisk(RealDisk):
    """Remembers what a file held when it was removed."""

    def __init__(self) -> None:
        self.removed: dict[str, bytes] = {}

    def remove(self, path: Path) -> None:
        """Look at the file once more."""
        if path.exists():
            self.removed[path.name] = path.read_bytes()
        super().remove(path)


def test_the_plain_file_is_overwritten_before_it_is_removed(folder: Path) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    disk = WatchingDisk()
    unlock_store(folder, FIRST, disk=disk).close()
    zeros = disk.removed[FILE_NAME]
    assert len(zeros) >= SAVED.stat().st_size
    assert not any(zeros)


class ClingingDisk(RealDisk):
    """Does not let go of plain records, as when another program has them open."""

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Refuse to write over them."""
        if path.name == FILE_NAME:
            raise PermissionError(13, "in use")
        super().write(path, data, at)


def test_a_plain_file_that_cannot_be_removed_is_told_and_tried_again(folder: Path) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    with unlock_store(folder, FIRST, disk=ClingingDisk()) as store:
        assert FILE_NAME in {damage.id for damage in store.damaged()}
    assert _find_words(folder) == {FILE_NAME}
    with unlock_store(folder, FIRST) as store:
        assert FILE_NAME not in {damage.id for damage in store.damaged()}
    assert _find_words(folder) == set()


class FailingDisk(RealDisk):
    """Fails at one of its steps."""

    def __init__(self, fail_at: int) -> None:
        self.left = fail_at

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "no space")

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write, or fail."""
        self._step()
        super().write(path, data, at)

    def sync(self, path: Path) -> None:
        """Make durable, or fail."""
        self._step()
        super().sync(path)

    def rename(self, old: Path, new: Path) -> None:
        """Rename, or fail."""
        self._step()
        super().rename(old, new)


@pytest.mark.parametrize("fail_at", range(16))
def test_an_encryption_that_fails_leaves_the_plain_records_and_can_be_repeated(
    folder: Path, expected: dict[str, object], fail_at: int
) -> None:
    with pytest.raises(StoreError) as caught:
        create_store(folder, FIRST, at=AT, cost=FLOOR, disk=FailingDisk(fail_at))
    assert "Free some space" in caught.value.advice
    assert find_state(folder) is State.PLAIN
    with open_store(folder) as store:
        assert _read_all(store) == expected
    create_store(folder, SECOND, at=AT, cost=FLOOR)
    with unlock_store(folder, SECOND) as store:
        assert _read_all(store) == expected


def test_a_copy_that_differs_is_not_used(
    folder: Path, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "copy_rows", lambda *_: None)
    with pytest.raises(StoreError, match="differs"):
        create_store(folder, FIRST, at=AT, cost=FLOOR)
    assert find_state(folder) is State.PLAIN
    with open_store(folder) as store:
        assert _read_all(store) == expected


def test_records_that_are_open_are_not_encrypted(folder: Path) -> None:
    with open_store(folder), pytest.raises(StoreInUseError):
        create_store(folder, FIRST, at=AT, cost=FLOOR)
    assert find_state(folder) is State.PLAIN


def test_rows_missing_before_are_told_by_the_audit_afterwards(folder: Path) -> None:
    open_store(folder).close()  # counted from here on
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("DELETE FROM row WHERE id = 'd1'")
        connection.commit()
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    with unlock_store(folder, FIRST) as store:
        assert store.verify() == DAMAGED
        assert "drafts: 1 missing" in store.audit.entries()[0].reason


def test_a_leaked_passphrase_and_its_code_open_nothing_any_more(
    folder: Path, expected: dict[str, object], tmp_path: Path
) -> None:
    old_code = create_store(folder, FIRST, at=AT, cost=FLOOR)
    with unlock_store(folder, FIRST) as store:
        store.confirm_code(old_code)
    shutil.copytree(folder, tmp_path / "stolen")
    new_code = renew_store(folder, FIRST, SECOND, at=AT, cost=FLOOR)
    for secret in (SECOND, new_code):
        with unlock_store(folder, secret) as store:
            assert _read_all(store) == expected
            assert store.verify() == DAMAGED
            assert [entry.n for entry in store.audit.entries()] == [2, 1]
            assert not store.is_code_confirmed
    for secret in (FIRST, old_code):
        with pytest.raises(WrongSecretError):
            unlock_store(folder, secret)
    stolen = (tmp_path / "stolen" / KEYS_NAME).read_bytes()
    for name in (KEYS_NAME, PREVIOUS_NAME):
        assert (folder / name).read_bytes() != stolen
    assert not (folder / "records-1.sqlite").exists()
    with pytest.raises(WrongSecretError):
        _bring_back(folder)


def _bring_back(folder: Path) -> None:
    """Take the previous KEYS and try the leaked passphrase on them."""
    shutil.copy(folder / PREVIOUS_NAME, folder / KEYS_NAME)
    unlock_store(folder, FIRST)


def test_stolen_keys_do_not_open_what_was_written_since(folder: Path, tmp_path: Path) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    unlock_store(folder, FIRST).close()
    shutil.copytree(folder, tmp_path / "stolen")
    renew_store(folder, FIRST, SECOND, at=AT, cost=FLOOR)
    unlock_store(folder, SECOND).close()
    # Even put under the name and with the facts the stolen KEYS expect.
    target = tmp_path / "stolen" / "records-1.sqlite"
    with closing(sqlite3.connect(target)) as connection:
        (key,) = connection.execute("SELECT value FROM fact WHERE name = 'key'").fetchone()
    shutil.copy(folder / "records-2.sqlite", target)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE fact SET value = ? WHERE name = 'key'", (key,))
        connection.commit()
    with unlock_store(tmp_path / "stolen", FIRST) as store:
        with pytest.raises(DamagedRecordError):
            store.drafts.get("d0")
        assert len(store.verify()) > 10


def test_keys_can_be_renewed_again_and_again(folder: Path, expected: dict[str, object]) -> None:
    secret = FIRST
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    for number in range(3):
        with unlock_store(folder, secret) as store:
            sheet = f"sheet {number}".encode()
            key = store.attachments.make_key()
            signed = {"id": f"n{number}", "sheet": key}
            store.save_signed(signed, {"id": "p9"}, {key: sheet}, AT)
        secret = renew_store(folder, secret, f"{SECOND} {number}", at=AT, cost=FLOOR)
    with unlock_store(folder, secret) as store:
        found = _read_all(store)
        assert {**found, "signed list": expected["signed list"]} == expected
        assert len(store.consultations.list()) == 5
        assert store.verify() == DAMAGED
        for number in range(3):
            key = str(store.consultations.get(f"n{number}")["sheet"])
            assert store.attachments.get(key) == f"sheet {number}".encode()


def test_a_renewal_with_the_wrong_secret_changes_nothing(folder: Path) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    unlock_store(folder, FIRST).close()
    before = _read_files(folder)
    with pytest.raises(WrongSecretError):
        renew_store(folder, SECOND, FIRST, at=AT, cost=FLOOR)
    assert _read_files(folder) == before


@pytest.mark.parametrize("fail_at", range(10))
def test_a_renewal_that_fails_leaves_the_old_keys_and_can_be_repeated(
    folder: Path, expected: dict[str, object], fail_at: int
) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    unlock_store(folder, FIRST).close()
    with pytest.raises(StoreError):
        renew_store(folder, FIRST, SECOND, at=AT, cost=FLOOR, disk=FailingDisk(fail_at))
    with unlock_store(folder, FIRST) as store:
        assert _read_all(store) == expected
    renew_store(folder, FIRST, SECOND, at=AT, cost=FLOOR)
    with unlock_store(folder, SECOND) as store:
        assert _read_all(store) == expected


def test_a_deleted_document_takes_the_key_of_its_attachment_along(folder: Path) -> None:
    """What is left of the attachment is checked, and opens for nobody."""
    create_store(folder, FIRST, at=AT, cost=FLOOR)
    with unlock_store(folder, FIRST) as store:
        key = store.attachments.make_key()
        store.attachments.put(key, b"sheet of a draft")
        store.drafts.save("d9", {"sheet": key}, AT)
        assert store.attachments.get(str(store.drafts.get("d9")["sheet"])) == b"sheet of a draft"
        store.drafts.delete("d9")
        assert key not in store.rows.ids(TABLE)
        assert store.verify() == DAMAGED
    for data in _read_files(folder).values():
        assert key.encode() not in data


def test_sample_patients_are_marked_and_gone_when_closed(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    with open_sample_store(folder) as store:
        store.patients.save("p1", {"name": "Marker"}, AT)
        assert store.patients.find("marker")[0].id == "p1"
        assert "removed" in (folder / MARK_NAME).read_text()
        assert _find_words(folder) == set()
        shutil.copytree(folder, tmp_path / "after a crash")
        with pytest.raises(StoreInUseError):
            open_sample_store(folder)
    assert {path.name for path in folder.iterdir()} == {"LOCK"}
    with open_sample_store(tmp_path / "after a crash") as store:
        assert list(store.patients.list()) == []


@pytest.mark.parametrize("there", ["records", "letter", "file alone"])
def test_sample_patients_never_go_where_something_else_lies(tmp_path: Path, there: str) -> None:
    if there == "records":
        create_store(tmp_path, FIRST, at=AT, cost=FLOOR)
    elif there == "letter":
        (tmp_path / "letter.txt").write_text("Marker")
    else:
        (tmp_path / "sample.sqlite").write_text("Marker")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(StoreError) as caught:
        open_sample_store(tmp_path)
    assert "folder of their own" in caught.value.title
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
