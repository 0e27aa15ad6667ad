"""Rows that vanish, come back or come from elsewhere are missed or noticed by the tally."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store.attachments import TABLE
from consult_app.store.engine import open_engine
from consult_app.store.faults import MissingFolderError
from consult_app.store.interface import Damage
from consult_app.store.repositories import FileStore, open_file
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer, PlainSealer, Sealer
from consult_app.store.state import FILE_NAME

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
DATA_KEY = bytes(range(32))


def _seal(store_id: str) -> Sealer:
    return AesSealer(store_id, DATA_KEY)


def _open(folder: Path) -> FileStore:
    return open_file(folder, seal=_seal)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a closed, sealed store with three patients and a consultation."""
    folder = tmp_path / "records"
    with _open(folder) as store:
        for name in ("ana", "ben", "cem"):
            store.patients.save(name, {"name": name}, AT)
        store.save_signed({"id": "v1"}, {"id": "ana", "name": "Ana"}, {"ana": b"%PDF-"}, AT)
        assert store.verify() == ()
    return folder


def _change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
        connection.commit()


def _verify(folder: Path) -> set[tuple[str, str, str]]:
    with _open(folder) as store:
        return {(damage.table, damage.id, damage.reason) for damage in store.verify()}


def test_a_row_deleted_together_with_its_summary_is_missed(folder: Path) -> None:
    _change(folder, "DELETE FROM row WHERE id = 'ben'")
    assert _verify(folder) == {
        ("patients", "", "1 missing"),
        ("patients.summaries", "", "1 missing"),
    }


def test_a_whole_table_deleted_is_missed(folder: Path) -> None:
    _change(folder, "DELETE FROM row WHERE in_table LIKE 'consultations%'")
    assert {table for table, _, _ in _verify(folder)} == {
        "consultations",
        "consultations.summaries",
    }


def test_an_attachment_deleted_is_missed(folder: Path) -> None:
    _change(folder, "DELETE FROM row WHERE in_table LIKE 'attachments.%'")
    assert _verify(folder) == {(TABLE, "", "1 missing")}


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM tally", "missing"),
        ("UPDATE tally SET body = x''", "not what was written"),
        ("UPDATE tally SET version = version - 1", "not what was written"),
    ],
)
def test_a_tally_that_was_tampered_with_is_noticed_on_opening_and_never_looks_sound_again(
    folder: Path, statement: str, reason: str
) -> None:
    _change(folder, statement)
    expected = Damage(table="tally", id="", reason=reason)
    for _ in range(2):
        with _open(folder) as store:
            assert store.damaged() == (expected,)
            store.patients.save("dan", {"name": "Dan"}, AT)
            assert store.patients.get("ben")["name"] == "ben"
            assert store.verify() == (expected,)


def test_asking_for_a_new_tally_does_not_launder_a_sealed_file(folder: Path) -> None:
    _change(
        folder,
        "DELETE FROM row WHERE id = 'ben'",
        "DELETE FROM tally",
        "INSERT INTO fact VALUES ('untallied', 'yes')",
    )
    assert _verify(folder) == {("tally", "", "missing")}


def _replay(folder: Path, copy: Path, sql: str) -> None:
    """Change rows with an older copy of the file at hand, attached as `old`."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("ATTACH ? AS old", (str(copy / FILE_NAME),))
        assert connection.execute(sql).rowcount > 0
        connection.commit()


OLDER = """UPDATE row SET (version, body) = (SELECT version, body FROM old.row AS o
    WHERE o.in_table = row.in_table AND o.id = row.id) WHERE id = 'ben'"""
BODY = """UPDATE row SET body = (SELECT body FROM old.row AS o
    WHERE o.in_table = row.in_table AND o.id = row.id) WHERE id = 'ben'"""


@pytest.mark.parametrize("sql", [OLDER, BODY])
def test_an_older_state_of_a_row_is_noticed(folder: Path, tmp_path: Path, sql: str) -> None:
    shutil.copytree(folder, tmp_path / "older")
    with _open(folder) as store:
        store.patients.save("ben", {"name": "Ben, allergic"}, AT)
    _replay(folder, tmp_path / "older", sql)
    assert _verify(folder)


@pytest.mark.parametrize("sql", [OLDER, BODY])
def test_an_earlier_life_of_a_row_is_noticed(folder: Path, tmp_path: Path, sql: str) -> None:
    with _open(folder) as store:
        store.drafts.save("ben", {"text": "first life"}, AT)
    shutil.copytree(folder, tmp_path / "older")
    with _open(folder) as store:
        store.drafts.delete("ben")
        store.drafts.save("ben", {"text": "second life"}, AT)
    _replay(folder, tmp_path / "older", f"{sql} AND in_table LIKE 'drafts%'")
    assert _verify(folder)


def test_a_row_that_was_deleted_and_brought_back_is_noticed(folder: Path, tmp_path: Path) -> None:
    with _open(folder) as store:
        store.drafts.save("d1", {"text": "thrown away"}, AT)
    shutil.copytree(folder, tmp_path / "older")
    with _open(folder) as store:
        store.drafts.delete("d1")
    sql = "INSERT INTO row SELECT * FROM old.row WHERE id = 'd1'"
    _replay(folder, tmp_path / "older", sql)
    assert ("drafts", "", "1 too many") in _verify(folder)


def test_no_two_writes_have_the_same_number(folder: Path) -> None:
    seen: set[object] = set()
    for _ in range(3):
        with _open(folder) as store:
            for _ in range(3):
                store.drafts.save("d1", {}, AT)
                seen.update(_versions(store))
                store.drafts.delete("d1")
    assert len(seen) == 9


def _versions(store: FileStore) -> set[object]:
    sql = "SELECT version FROM row WHERE in_table = 'drafts'"
    return {row[0] for row in store.rows.engine.fetch(sql)}


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved away here")
def test_what_is_saved_after_the_folder_was_put_back_is_sound(folder: Path) -> None:
    """A save refused meanwhile was kept and not counted: sound records were damaged for good."""
    with _open(folder) as store:
        folder.rename(folder.with_name("elsewhere"))
        with pytest.raises(MissingFolderError):
            store.patients.save("dora", {"name": "Dora"}, AT)
        folder.with_name("elsewhere").rename(folder)
        store.patients.save("eve", {"name": "Eve"}, AT)
        assert store.verify() == ()
    with _open(folder) as store:
        assert store.verify() == ()


def test_what_was_undone_is_not_counted(folder: Path) -> None:
    with _open(folder) as store:
        with pytest.raises(LookupError):
            _save_and_fail(store)
        with store.rows.engine.transaction():
            store.patients.save("dan", {"name": "Dan"}, AT)
            with pytest.raises(LookupError):
                _save_and_fail(store)
        assert store.verify() == ()
    assert _verify(folder) == set()


def _save_and_fail(store: FileStore) -> None:
    with store.rows.engine.transaction():
        store.patients.save("eve", {"name": "Eve"}, AT)
        store.attachments.put("eve", b"eve")
        raise LookupError


def test_a_check_beside_a_writer_sees_one_moment(folder: Path) -> None:
    with _open(folder) as store, store.rows.engine.snapshot() as now:
        before = now.fetch("SELECT count(*) FROM row")
        store.patients.save("dan", {"name": "Dan"}, AT)
        assert now.fetch("SELECT count(*) FROM row") == before
        assert store.verify() == ()


@pytest.mark.parametrize("seal", [PlainSealer, _seal])
def test_damage_mended_by_saving_again_leaves_the_tally_sound(
    tmp_path: Path, seal: Callable[[str], Sealer]
) -> None:
    with open_file(tmp_path, seal=seal) as store:
        store.drafts.save("one", {}, AT)
    _change(tmp_path, "UPDATE row SET body = x'00' WHERE in_table = 'drafts'")
    with open_file(tmp_path, seal=seal) as store:
        store.drafts.save("one", {}, AT)
        expected = Damage(table="drafts", id="one", reason="set aside earlier")
        assert store.verify() == (expected,)


def test_a_plain_file_of_the_first_layout_is_counted_once(tmp_path: Path) -> None:
    with closing(open_engine(tmp_path)) as engine:
        Rows(engine, PlainSealer(engine.read_fact("store_id")))
    _change(
        tmp_path,
        "DELETE FROM tally",
        "INSERT INTO fact VALUES ('untallied', 'yes')",
        "INSERT INTO row VALUES (1, 'drafts', 'x', 9, x'00')",
    )
    with closing(open_engine(tmp_path)) as engine:
        rows = Rows(engine, PlainSealer(engine.read_fact("store_id")))
        assert list(rows.tally.compare()) == []
        assert rows.tally.take_number() == 10
    _change(tmp_path, "DELETE FROM row")
    with closing(open_engine(tmp_path)) as engine:
        rows = Rows(engine, PlainSealer(engine.read_fact("store_id")))
        assert list(rows.tally.compare()) == [Damage(table="drafts", id="", reason="1 missing")]
