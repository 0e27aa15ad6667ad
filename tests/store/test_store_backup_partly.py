"""A backup is judged alike when it is made and when it is restored, and so is one in pieces."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.store.attachments import PLACE, list_files
from consult_app.store.backup import list_backups, make_backup, prune_backups, verify_backup
from consult_app.store.backup_faults import BackupDamagedError, BackupError, BackupPlaceError
from consult_app.store.erasures import Ledger, find_erased
from consult_app.store.faults import DamagedRecordError, DamagedStoreError, StoreError
from consult_app.store.files import DISK
from consult_app.store.frozen import open_frozen
from consult_app.store.interface import Damage, Store
from consult_app.store.ledgers import read_later_ledger
from consult_app.store.manifest import MANIFEST_NAME
from consult_app.store.passphrase import FLOOR
from consult_app.store.rebuilding import rebuild
from consult_app.store.repositories import FileStore
from consult_app.store.restoring import Telling, restore
from consult_app.store.rows import Rows
from consult_app.store.tables import Documents
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store, renew_store
from consult_app.store.verifying import find_without_manifest

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LATER = AT + timedelta(hours=4)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests
TELLING = Telling(at=LATER)
PAGE = 4096
PARTLY = Telling(at=LATER, accepts_damage=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with records of six visits and a backup of them."""
    (tmp_path / "stick").mkdir()
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(tmp_path / "records", PASSPHRASE) as store:
        for n in range(6):
            visit = {"id": f"v{n}", "text": f"{n}" * 900}
            store.save_signed(visit, {"id": f"p{n}"}, {f"s{n}": b"sheet"}, AT)
        make_backup(store, tmp_path / "stick", at=AT)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[SealedStore]:
    """Yield the records, unlocked."""
    with unlock_store(folder / "records", PASSPHRASE) as opened:
        yield opened


def _count(store: Store) -> int:
    """Return how many visits and sheets can be read."""
    read = 0
    for n in range(6):
        for ask, name in ((store.consultations.get, f"v{n}"), (store.attachments.get, f"s{n}")):
            try:
                ask(name)
            except StoreError:
                continue
            read += 1
    return read


def _reads(get: Callable[[str], object], name: str) -> bool:
    try:
        get(name)
    except StoreError:
        return False
    return True


def break_page(path: Path, page: int) -> None:
    """Make a page of a file unreadable."""
    data = bytearray(path.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = bytes(range(256)) * (PAGE // 256)
    path.write_bytes(data)


def find_page(path: Path, visit: str) -> int:
    """Return the page that the row of a visit begins in."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT body FROM row WHERE in_table = 'consultations' AND id = ?"
        (body,) = connection.execute(sql, (visit,)).fetchone()
    return path.read_bytes().index(body[:40]) // PAGE


def find_root(path: Path, kind: str) -> int:
    """Return the first page of the index that finds rows by their id."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE type = ? AND tbl_name = 'row'"
        (page,) = connection.execute(sql, (kind,)).fetchone()
    return int(page) - 1


def _spoil(store: SealedStore, *statements: str) -> None:
    with store.rows.engine.transaction():
        store.rows.engine.run("DROP TRIGGER IF EXISTS audit_stays")
        store.rows.engine.run("DROP TRIGGER IF EXISTS audit_keeps")
        for statement in statements:
            assert store.rows.engine.run(statement) > 0


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE audit SET n = 1 << 61 WHERE n = 5"],
        ["UPDATE audit SET n = 40 WHERE n = 5", "UPDATE audit SET n = -1 WHERE n = 8"],
        ["DELETE FROM audit WHERE n IN (3, 5, 8)"],
        ["DELETE FROM row WHERE in_table = 'consultations' AND id IN ('v1', 'v2')"],
        ["UPDATE row SET body = x'00' WHERE id = 'v1'"],
    ],
)
def test_records_that_are_damaged_already_are_backed_up_and_restored_unasked(
    folder: Path, store: SealedStore, statements: list[str]
) -> None:
    _spoil(store, *statements)
    made = make_backup(store, folder / "stick", at=LATER)
    found = set(store.verify())
    assert 0 < made.damaged <= len(found)
    assert set(verify_backup(made, store)) == found
    done = restore(made, folder / "new", PASSPHRASE, TELLING)
    assert set(done.damages) == found, "each is named"


def test_a_gap_that_new_keys_left_in_the_audit_keeps_no_backup_from_being_restored(
    folder: Path,
) -> None:
    with unlock_store(folder / "records", PASSPHRASE) as store:
        _spoil(store, "DELETE FROM audit WHERE n = 5", "DELETE FROM row WHERE id = 'v1'")
    renew_store(folder / "records", PASSPHRASE, PASSPHRASE, at=LATER, cost=FLOOR)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        made = make_backup(store, folder / "stick", at=LATER)
        assert Damage(table="audit", id="5", reason="missing") in store.verify()
    done = restore(made, folder / "new", PASSPHRASE, TELLING)
    assert Damage(table="audit", id="5", reason="missing") in done.damages


def _change_row(path: Path, row_id: str) -> None:
    """Change a byte of a visit in a file."""
    sql = "SELECT body FROM row WHERE in_table = 'consultations' AND id = ?"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        (body,) = connection.execute(sql, (row_id,)).fetchone()
    data = bytearray(path.read_bytes())
    data[data.index(body[:100]) + 50] ^= 1
    path.write_bytes(data)


def test_of_a_file_with_a_changed_row_the_rest_can_be_restored(
    folder: Path, store: SealedStore
) -> None:
    backup = list_backups(folder / "stick")[-1]
    _change_row(backup.folder / backup.file, "v2")
    store.close()
    with pytest.raises(BackupDamagedError):
        restore(backup, folder / "records", PASSPHRASE, TELLING)
    with pytest.raises(BackupDamagedError):
        verify_backup(backup, store)
    done = restore(backup, folder / "records", PASSPHRASE, PARTLY)
    assert set(done.damages) == {
        Damage(table="file", id=backup.file, reason="not what was written"),
        Damage(table="consultations", id="v2", reason="not what was written"),
    }
    with unlock_store(folder / "records", PASSPHRASE) as restored:
        assert _count(restored) == 11


def test_a_file_that_lost_whose_it_is_can_be_opened_once_it_is_restored(folder: Path) -> None:
    backup = list_backups(folder / "stick")[-1]
    with closing(sqlite3.connect(backup.folder / backup.file)) as connection, connection:
        connection.execute("UPDATE fact SET value = '' WHERE name IN ('store_id', 'key')")
    restore(backup, folder / "records", PASSPHRASE, PARTLY)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        assert _count(store) == 12


def test_a_file_that_does_not_say_whose_it_is_takes_no_place_of_records(folder: Path) -> None:
    backup = list_backups(folder / "stick")[-1]
    break_page(backup.folder / backup.file, 1)
    before = (folder / "records" / "KEYS").read_bytes()
    with pytest.raises(BackupDamagedError):
        restore(backup, folder / "records", PASSPHRASE, PARTLY)
    assert (folder / "records" / "KEYS").read_bytes() == before


def test_what_is_left_of_a_file_that_cannot_be_read_through_is_restored(folder: Path) -> None:
    whole = list_backups(folder / "stick")[-1]
    break_page(whole.folder / whole.file, find_page(whole.folder / whole.file, "v3"))
    with pytest.raises(BackupError):
        restore(whole, folder / "new", PASSPHRASE, TELLING)
    done = restore(whole, folder / "new", PASSPHRASE, PARTLY)
    named = {damage.id for damage in done.damages if damage.table == "consultations"}
    assert "v3" in named
    with unlock_store(folder / "new", PASSPHRASE) as restored:
        there = {n for n in range(6) if _reads(restored.consultations.get, f"v{n}")}
        assert {f"v{n}" for n in range(6) if n not in there} == named - {""}
        assert all(restored.attachments.get(f"s{n}") == b"sheet" for n in there)
        restored.save_signed({"id": "v9"}, {"id": "p9"}, {}, LATER)
        assert {damage.id for damage in restored.verify()} >= named


@pytest.mark.parametrize("broken", ["row", "index"])
def test_a_backup_of_records_that_cannot_be_read_through_holds_what_can_be(
    folder: Path, broken: str
) -> None:
    path = folder / "records" / "records-1.sqlite"
    with unlock_store(folder / "records", PASSPHRASE) as store:
        store.save_signed({"id": "late"}, {"id": "p9"}, {}, AT)
    break_page(path, find_page(path, "v3") if broken == "row" else find_root(path, broken))
    with unlock_store(folder / "records", PASSPHRASE) as store:
        made = make_backup(store, folder / "stick", at=LATER)
        assert any(damage.table == "file" for damage in store.damaged()), "the file itself is told"
    assert made.is_sound
    done = restore(made, folder / "records", PASSPHRASE, TELLING)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        there = {n for n in range(6) if _reads(store.consultations.get, f"v{n}")}
        lost = {f"v{n}" for n in range(6) if n not in there}
        assert {damage.id for damage in done.damages} >= lost
        assert store.consultations.get("late")["id"] == "late"
        assert len(there) == 6 if broken == "index" else 3 not in there
        assert (made.damaged == 0) is (broken == "index")


def test_no_page_that_is_damaged_makes_what_is_left_say_anything_else(folder: Path) -> None:
    """Whatever page it is: a record reads as it was written, or it is named."""
    whole = list_backups(folder / "stick")[-1]
    data = (whole.folder / whole.file).read_bytes()
    with unlock_store(folder / "records", PASSPHRASE) as store:
        written = {f"v{n}": store.consultations.get(f"v{n}") for n in range(6)}
        refused = 0
        for page in range(1, len(data) // PAGE):
            (whole.folder / whole.file).write_bytes(data)
            break_page(whole.folder / whole.file, page)
            copy = folder / "copy.sqlite"
            copy.write_bytes((whole.folder / whole.file).read_bytes())
            try:
                rebuild(copy, DISK)
            except DamagedStoreError:
                refused += 1
                continue
            sealer = store.rows.sealer
            with closing(open_frozen(copy)) as engine:
                left = FileStore(Documents(Rows(engine, sealer)))
                named = {damage.id for damage in left.authenticate()}
                for visit, document in written.items():
                    if _reads(left.consultations.get, visit):
                        assert left.consultations.get(visit) == document
                    else:
                        assert visit in named, page
        assert refused == 1, "the page that says whose it is"


def test_keys_that_are_damaged_are_those_of_another_backup(
    folder: Path, store: SealedStore
) -> None:
    newest = make_backup(store, folder / "stick", at=LATER)
    (newest.folder / "KEYS").write_bytes(b"spoilt")
    restore(newest, folder / "new", PASSPHRASE, PARTLY)
    with unlock_store(folder / "new", PASSPHRASE) as restored:
        assert _count(restored) == 12


@pytest.mark.parametrize("spoil", ["seal", "words", "gone"])
def test_a_backup_without_its_description_can_still_be_restored(folder: Path, spoil: str) -> None:
    whole = list_backups(folder / "stick")[-1]
    path = whole.folder / MANIFEST_NAME
    if spoil == "gone":
        path.unlink()
    else:
        words = (b'"damaged": 0', b'"damaged": 4') if spoil == "seal" else (b"{", b"[")
        path.write_bytes(path.read_bytes().replace(*words))
    with pytest.raises(BackupError):
        restore(whole, folder / "new", PASSPHRASE, TELLING)
    done = restore(find_without_manifest(whole.folder), folder / "new", PASSPHRASE, PARTLY)
    assert done.damages == (Damage(table="file", id=MANIFEST_NAME, reason="not what was written"),)
    counts = {"patients": 6, "consultations": 6, "drafts": 0, "put_away": 0}
    assert (done.at, done.counts) == (whole.at, counts)
    with unlock_store(folder / "new", PASSPHRASE) as restored:
        assert _count(restored) == 12


def test_a_folder_that_tells_nothing_is_no_backup(folder: Path) -> None:
    whole = list_backups(folder / "stick")[-1]
    for name in (MANIFEST_NAME, "KEYS"):
        (whole.folder / name).unlink()
    with pytest.raises(BackupDamagedError):
        find_without_manifest(whole.folder)


@pytest.mark.parametrize("name", [MANIFEST_NAME, "KEYS", "records-1.sqlite"])
def test_what_stands_in_the_place_of_a_file_hides_no_other_backup(
    folder: Path, store: SealedStore, name: str
) -> None:
    (whole,) = list_backups(folder / "stick")
    spoilt = make_backup(store, folder / "stick", at=LATER)
    (spoilt.folder / name).unlink()
    (spoilt.folder / name).mkdir()
    first, second = list_backups(folder / "stick")
    assert second == whole
    (fault,) = first.faults
    assert fault.startswith(f"{name}: ")
    with pytest.raises(BackupError) as caught:
        verify_backup(spoilt, store)
    assert "not there" not in caught.value.title, "the folder is"


def test_a_backup_of_damaged_records_keeps_no_whole_one_from_staying(
    folder: Path, store: SealedStore
) -> None:
    (whole,) = list_backups(folder / "stick")
    _spoil(store, "UPDATE row SET body = x'00' WHERE id = 'v1'")
    made = [make_backup(store, folder / "stick", at=AT + timedelta(hours=n)) for n in (1, 2)]
    gone = prune_backups(folder / "stick", store.keys.store, UTC)
    assert [backup.at for backup in gone] == [made[0].at]
    assert [it.at for it in list_backups(folder / "stick")] == [made[1].at, whole.at]


def test_who_was_erased_is_told_by_all_later_backups_together(
    folder: Path, store: SealedStore
) -> None:
    first = list_backups(folder / "stick")[-1]
    for n in (1, 2):
        with store.rows.engine.transaction():
            Ledger(store.rows).add(f"p{n}", at=AT, who="", reason="asked", how="erased")
        make_backup(store, folder / "stick", at=AT + timedelta(hours=n))
    _spoil(store, "UPDATE row SET body = x'00' WHERE in_table = 'erasures' AND n < 1e9")
    make_backup(store, folder / "stick", at=LATER)
    told = read_later_ledger(first, store.rows.sealer)
    assert find_erased(["p0", "p1", "p2"], told).keys() == {"p1", "p2"}


def test_keys_that_are_damaged_in_a_backup_are_those_of_the_records(folder: Path) -> None:
    backup = list_backups(folder / "stick")[-1]
    (backup.folder / "KEYS").write_bytes(b"spoilt")
    with pytest.raises(BackupDamagedError, match="damaged"):
        restore(backup, folder / "records", PASSPHRASE, TELLING)
    done = restore(backup, folder / "records", PASSPHRASE, PARTLY)
    assert done.damages == (Damage(table="file", id="KEYS", reason="not what was written"),)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        assert _count(store) == 12


def test_a_folder_in_the_place_of_an_attachment_is_named_and_no_backup_fails_for_it(
    folder: Path, store: SealedStore
) -> None:
    earlier = set(list_files(folder / "records" / PLACE))
    store.save_signed({"id": "v9", "photo": "s10"}, {"id": "p9"}, {"s10": b"new"}, AT)
    (path,) = set(list_files(folder / "records" / PLACE)) - earlier
    path.unlink()
    path.mkdir()
    unread = Damage(table=PLACE, id=path.name, reason="cannot be read")
    assert list(store.verify()) == [unread]
    with pytest.raises(DamagedRecordError, match="cannot be read"):
        store.attachments.get("s10")
    made = make_backup(store, folder / "stick", at=LATER)
    assert made.damaged == 1
    assert list(verify_backup(made, store)) == [replace(unread, reason="missing")]


def test_a_folder_in_the_place_of_a_file_of_the_backup_is_named(
    folder: Path, store: SealedStore
) -> None:
    stick = folder / "stick"
    (whole,) = list_backups(stick)
    path = next(list_files(whole.folder.parent / PLACE))
    path.unlink()
    path.mkdir()
    unread = Damage(table=PLACE, id=path.name, reason="cannot be read")
    assert list(verify_backup(whole, store)) == [unread]
    with pytest.raises(BackupPlaceError, match="A folder stands") as caught:
        make_backup(store, stick, at=LATER)
    assert str(path) in caught.value.advice
    path.rmdir()
    assert list(verify_backup(make_backup(store, stick, at=LATER), store)) == []


def test_a_broken_file_of_the_first_layout_is_refused_as_damaged(folder: Path) -> None:
    whole = list_backups(folder / "stick")[-1]
    with closing(sqlite3.connect(whole.folder / whole.file)) as connection, connection:
        connection.execute("DROP TABLE tally")
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(DamagedStoreError):
        rebuild(whole.folder / whole.file, DISK)
