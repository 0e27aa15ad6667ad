"""Records that are an older copy of themselves, or whose end was cut off, are told by a backup."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.store.backup import list_backups, make_backup
from consult_app.store.deciding import undo_restore
from consult_app.store.lineage import find_ahead, report_ahead
from consult_app.store.manifest import MANIFEST_NAME, Backup
from consult_app.store.passphrase import FLOOR
from consult_app.store.replaced import UNDONE_NAME, note_undone
from consult_app.store.restoring import Telling, restore
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store, renew_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a place with a folder of records and one for backups."""
    (tmp_path / "stick").mkdir()
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    work(tmp_path, "p1")
    return tmp_path


@contextmanager
def opened(place: Path) -> Iterator[SealedStore]:
    with unlock_store(place / "records", PASSPHRASE) as store:
        yield store


def work(place: Path, patient: str) -> None:
    with opened(place) as store:
        store.patients.save(patient, {"id": patient}, AT)


def back_up(place: Path, at: datetime) -> Backup:
    with opened(place) as store:
        return make_backup(store, place / "stick", at=at)


def look(place: Path, now: datetime) -> Backup | None:
    with opened(place) as store:
        return find_ahead(store, list_backups(place / "stick"), now)


def put_older_copy_back(place: Path, meanwhile: Callable[[], object]) -> None:
    shutil.copytree(place / "records", place / "older")
    meanwhile()
    shutil.rmtree(place / "records")
    (place / "older").rename(place / "records")


def test_an_older_copy_of_the_folder_is_told_by_the_backup(place: Path) -> None:
    back_up(place, AT)
    assert look(place, AT + HOUR) is None
    work(place, "p2")
    assert look(place, AT + HOUR) is None, "the records are ahead of the backup, as they should be"

    def go_on() -> None:
        work(place, "p3")
        back_up(place, AT + HOUR)

    put_older_copy_back(place, go_on)
    ahead = look(place, AT + 2 * HOUR)
    assert ahead is not None
    assert ahead.at == AT + HOUR
    assert look(place, AT + 9 * WEEK) == ahead, "however long ago, while it is the newest"


def test_it_is_still_told_when_the_older_copy_was_worked_with_and_backed_up(place: Path) -> None:
    back_up(place, AT)

    def go_on() -> None:
        work(place, "p2")
        back_up(place, AT + HOUR)

    put_older_copy_back(place, go_on)
    for number in range(9):  # as many lines of the audit, and more
        work(place, f"other {number}")
    back_up(place, AT + 2 * HOUR)
    ahead = look(place, AT + 3 * HOUR)
    assert ahead is not None
    assert ahead.at == AT + HOUR
    assert look(place, AT + WEEK + 3 * HOUR) is None, "not for ever"


def test_going_back_on_purpose_is_not_told(place: Path) -> None:
    first = back_up(place, AT)
    work(place, "p2")
    back_up(place, AT + HOUR)
    restore(first, place / "records", PASSPHRASE, Telling(at=AT + 2 * HOUR))
    assert look(place, AT + 3 * HOUR) is None
    work(place, "p3")

    def go_on() -> None:
        work(place, "p4")
        back_up(place, AT + 3 * HOUR)

    put_older_copy_back(place, go_on)
    ahead = look(place, AT + 4 * HOUR)
    assert ahead is not None, "but what went missing since is"


def restore_and_go_back(place: Path, backup: Backup) -> None:
    """Restore, work and back up with it, and go back: one after the other, an hour each."""
    back_up(place, AT + HOUR)  # as is done before a restore
    restore(backup, place / "records", PASSPHRASE, Telling(at=AT + HOUR))
    work(place, "in the restored ones")
    back_up(place, AT + 2 * HOUR)
    undo_restore(place / "records", at=AT + 3 * HOUR)


def test_what_somebody_went_back_from_is_not_told(place: Path) -> None:
    first = back_up(place, AT)
    work(place, "p2")
    restore_and_go_back(place, first)
    assert look(place, AT + 4 * HOUR) is None
    with opened(place) as store:
        entries = [it for it in store.audit.entries() if it.action == "restore.undone"]
        assert [it.at for it in entries] == [AT + 3 * HOUR], "told once"
        assert store.verify() == ()

    def go_on() -> None:
        work(place, "p3")
        back_up(place, AT + 4 * HOUR)

    put_older_copy_back(place, go_on)
    ahead = look(place, AT + 5 * HOUR)
    assert ahead is not None, "but what went missing since is"
    assert ahead.at == AT + 4 * HOUR


def test_what_was_missing_before_a_restore_is_told_after_going_back_too(place: Path) -> None:
    first = back_up(place, AT)

    def go_on() -> None:
        work(place, "p2")
        back_up(place, AT + HOUR / 2)

    put_older_copy_back(place, go_on)
    restore_and_go_back(place, first)
    ahead = look(place, AT + 4 * HOUR)
    assert ahead is not None
    assert ahead.at == AT + HOUR / 2


def test_going_back_that_was_cut_off_or_is_not_what_was_noted_leaves_the_warning(
    place: Path,
) -> None:
    first = back_up(place, AT)
    restore_and_go_back(place, first)
    note = place / "records" / UNDONE_NAME
    told = note.read_bytes()
    note.unlink()  # the power was cut before it was written
    assert look(place, AT + 4 * HOUR) is not None
    note.write_bytes(told.replace(b"T12", b"T13"))
    assert look(place, AT + 4 * HOUR) is not None
    note_undone(place / "records", AT + 3 * HOUR)
    assert look(place, AT + 4 * HOUR) is None


def test_new_keys_and_damage_make_no_older_copy(place: Path) -> None:
    back_up(place, AT)
    renew_store(place / "records", PASSPHRASE, PASSPHRASE, at=AT, cost=FLOOR)
    assert look(place, AT + HOUR) is None
    made = back_up(place, AT + HOUR)
    with opened(place) as store:
        with store.rows.engine.transaction():
            store.rows.engine.run("DROP TRIGGER audit_stays")
            store.rows.engine.run(
                "UPDATE audit SET body = zeroblob(40) WHERE n = ?", (made.anchor.n,)
            )
        assert find_ahead(store, [made], AT + HOUR) is None


def test_a_damaged_number_makes_no_older_copy_and_a_cut_end_does(place: Path) -> None:
    made = back_up(place, AT)
    work(place, "p2")
    with opened(place) as store:
        with store.rows.engine.transaction():
            store.rows.engine.run("DROP TRIGGER audit_stays")
            store.rows.engine.run("DROP TRIGGER audit_keeps")
            store.rows.engine.run("UPDATE audit SET n = 1 << 61 WHERE n = ?", (made.anchor.n,))
        assert find_ahead(store, [made], AT + HOUR) is None
        with store.rows.engine.transaction():
            store.rows.engine.run("DELETE FROM audit WHERE n >= ?", (made.anchor.n,))
        assert find_ahead(store, [made], AT + HOUR) == made


def test_a_backup_whose_seal_is_broken_tells_nothing(place: Path) -> None:
    def go_on() -> None:
        work(place, "p2")
        made = back_up(place, AT)
        manifest = made.folder / MANIFEST_NAME
        text = manifest.read_text(encoding="ascii")
        manifest.write_text(text.replace('"damaged": 0', '"damaged": 1'), encoding="ascii")

    put_older_copy_back(place, go_on)
    assert list_backups(place / "stick")[0].is_sound, "at a glance"
    assert look(place, AT + HOUR) is None


def test_what_is_said_tells_what_is_safe_and_what_to_do(place: Path) -> None:
    told = report_ahead(back_up(place, AT), "6 Sep 2027 09:15")
    assert "work that these records do not have" in told.title
    assert "It was made 6 Sep 2027 09:15" in told.advice
    assert "Nothing was changed, and no backup is removed meanwhile." in told.advice
    assert "restore that backup" in told.advice
