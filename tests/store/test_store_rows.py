"""Damaged rows are named and kept, and stop nobody else; seals are bound to their place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.store.faults import DamagedRecordError, StoreError
from consult_app.store.interface import Damage, Store
from consult_app.store.kinds import DRAFTS
from consult_app.store.repositories import open_file, open_store
from consult_app.store.sealing import PlainSealer, SealBrokenError
from consult_app.store.state import FILE_NAME

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LATER = datetime(2027, 9, 6, 10, 15, tzinfo=UTC)


def _visit(name: str) -> dict[str, object]:
    return {"patient": {"name": name}, "visit_date": "2027-09-06"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a closed store with three drafts."""
    folder = tmp_path / "records"
    with open_store(folder) as store:
        for name in ("Ana", "Ben", "Cem"):
            store.drafts.save(name.lower(), _visit(name), AT)
        store.attachments.put("sheet", b"sheet")
    return folder


@pytest.fixture
def file(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the file behind the store's back."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        yield connection


def _break(folder: Path, table: str, row_id: str, body: bytes) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        sql = "UPDATE row SET body = ? WHERE in_table = ? AND id = ?"
        assert connection.execute(sql, (body, table, row_id)).rowcount == 1
        connection.commit()


def _read_bodies(folder: Path, sql: str) -> list[bytes]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [bytes(row[0]) for row in connection.execute(sql)]


def _ids(store: Store) -> list[str]:
    return sorted(row.id for row in store.drafts.list())


@pytest.mark.parametrize("body", [b"", b"{", b"\x00" * 200, b"short"])
def test_a_damaged_record_is_named_and_stops_no_other(folder: Path, body: bytes) -> None:
    _break(folder, "drafts", "ben", body)
    with open_store(folder) as store:
        assert _ids(store) == ["ana", "ben", "cem"]
        assert store.drafts.get("ana")["patient"] == {"name": "Ana"}
        with pytest.raises(DamagedRecordError) as caught:
            store.drafts.get("ben")
        assert "drafts ben" in caught.value.details[0]
        assert store.damaged() == (Damage(table="drafts", id="ben", reason="not what was written"),)
        store.drafts.save("dan", _visit("Dan"), AT)
        assert store.drafts.get("cem")["patient"] == {"name": "Cem"}


def test_every_damaged_row_is_found_by_reading_everything(folder: Path) -> None:
    _break(folder, "drafts", "ben", b"x")
    _break(folder, "drafts.summaries", "cem", b"y")
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE attachment SET body = x'00'")
        connection.execute(
            "UPDATE row SET in_table = 'nowhere' WHERE id = 'ana' AND in_table = 'drafts'"
        )
        connection.commit()
    with open_store(folder) as store:
        assert store.damaged() == ()
        places = {(found.table, found.id) for found in store.verify()}
    assert places == {
        ("drafts", "ben"),
        ("drafts.summaries", "cem"),
        ("nowhere", "ana"),
        ("nowhere", ""),
        ("drafts", ""),
        ("drafts", "ana"),
        ("attachments", "sheet"),
    }


@pytest.mark.parametrize("body", ["text \ud83d", 7, 1.5])
def test_a_row_whose_type_changed_is_damaged_and_not_quoted(
    folder: Path, file: sqlite3.Connection, body: str | float
) -> None:
    sql = "UPDATE row SET body = ? WHERE id = 'ben' AND in_table = 'drafts'"
    file.execute(sql, (body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body,))
    file.execute("UPDATE row SET body = CAST(body AS TEXT) WHERE typeof(body) = 'blob'")
    with open_store(folder) as store:
        assert store.drafts.get("ana")["patient"] == {"name": "Ana"}
        with pytest.raises(DamagedRecordError):
            store.drafts.get("ben")
        store.drafts.save("ben", _visit("Ben"), AT)


@pytest.mark.parametrize(
    "change",
    [
        "id = x'c1ff'",
        "version = 'a word'",
        "version = 1.5",
        "version = 9223372036854775807",
        "version = -1",
    ],
)
@pytest.mark.parametrize("tally", ["sound", "damaged"])
def test_an_id_or_version_that_is_none_is_told_and_stops_nothing(
    folder: Path, file: sqlite3.Connection, change: str, tally: str
) -> None:
    file.execute(f"UPDATE row SET {change} WHERE id = 'ben' AND in_table = 'drafts'")  # noqa: S608  # written above
    if tally == "damaged":
        file.execute("UPDATE tally SET body = x''")
    with open_store(folder) as store:
        assert store.verify()
        for name in ("ben", "dan"):
            store.drafts.save(name, _visit(name), AT)
            assert store.drafts.get(name)["patient"] == {"name": name}
        assert store.drafts.get("ana")["patient"] == {"name": "Ana"}
        assert {"ana", "ben", "cem", "dan"} <= set(_ids(store))


def test_a_damaged_summary_is_made_again_from_the_document(folder: Path) -> None:
    _break(folder, "drafts.summaries", "ben", b"x")
    with open_store(folder) as store:
        (row,) = store.drafts.find("ben")
        assert (row.name, row.visit_date, row.saved_at) == ("Ben", "2027-09-06", None)


def test_a_record_damaged_throughout_is_still_listed(folder: Path) -> None:
    _break(folder, "drafts", "ben", b"x")
    _break(folder, "drafts.summaries", "ben", b"x")
    with open_store(folder) as store:
        assert _ids(store) == ["ana", "ben", "cem"]


def test_damaged_bytes_are_kept_when_the_record_is_saved_anew(folder: Path) -> None:
    _break(folder, "drafts", "ben", b"what is left of it")
    with open_store(folder) as store:
        store.drafts.save("ben", _visit("Ben again"), LATER)
        assert store.drafts.get("ben")["patient"] == {"name": "Ben again"}
    assert _read_bodies(folder, "SELECT body FROM set_aside") == [b"what is left of it"]
    with open_store(folder) as store:
        assert store.damaged() == (Damage(table="drafts", id="ben", reason="set aside earlier"),)


def test_damaged_bytes_are_kept_when_the_record_is_deleted(folder: Path) -> None:
    _break(folder, "drafts", "ben", b"what is left of it")
    with open_store(folder) as store:
        store.drafts.delete("ben")
        assert _ids(store) == ["ana", "cem"]
    assert _read_bodies(folder, "SELECT body FROM set_aside") == [b"what is left of it"]


def test_a_sound_record_leaves_nothing_behind_when_deleted(folder: Path) -> None:
    with open_store(folder) as store:
        store.drafts.delete("ben")
    assert _read_bodies(folder, "SELECT body FROM set_aside") == []
    assert b"Ben" not in (folder / FILE_NAME).read_bytes()


def test_a_damaged_attachment_is_named_and_mended_by_putting_it_again(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE attachment SET body = body || x'00'")
        connection.commit()
    with open_store(folder) as store:
        with pytest.raises(DamagedRecordError):
            store.attachments.get("sheet")
        store.attachments.put("sheet", b"sheet")
        assert store.attachments.get("sheet") == b"sheet"
        assert store.verify() == ()


def test_the_error_about_a_damaged_row_quotes_none_of_it(folder: Path) -> None:
    sealer_of_nothing = b'{"patient": {"name": "Ben"'
    _break(folder, "drafts", "ben", sealer_of_nothing)
    with open_store(folder) as store, pytest.raises(DamagedRecordError) as caught:
        store.drafts.get("ben")
    error: BaseException | None = caught.value
    assert isinstance(error, DamagedRecordError)
    assert "Ben" not in f"{error.title} {error.advice} {error.details}"
    assert error.__cause__ is None
    assert error.__suppress_context__


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE row SET id = 'eve' WHERE id = 'ben'",
        "UPDATE row SET version = version + 1 WHERE id = 'ben'",
        "UPDATE row SET in_table = 'patients' WHERE id = 'ben' AND in_table = 'drafts'",
        (
            "UPDATE row SET body = (SELECT body FROM row WHERE id = 'ana' AND in_table = 'drafts')"
            " WHERE id = 'ben' AND in_table = 'drafts'"
        ),
    ],
)
def test_a_row_that_was_moved_or_swapped_does_not_open(
    folder: Path, file: sqlite3.Connection, sql: str
) -> None:
    assert file.execute(sql).rowcount > 0
    with open_store(folder) as store:
        assert any(found.id in {"ben", "eve"} for found in store.verify())


def test_a_row_of_another_store_does_not_open(
    folder: Path, file: sqlite3.Connection, tmp_path: Path
) -> None:
    with open_store(tmp_path / "other") as store:
        store.drafts.save("ben", _visit("Ben"), AT)
    sql = "SELECT body FROM row WHERE in_table = 'drafts'"
    (foreign,) = _read_bodies(tmp_path / "other", sql)
    file.execute("UPDATE row SET body = ? WHERE in_table = 'drafts' AND id = 'ben'", (foreign,))
    with open_store(folder) as store, pytest.raises(DamagedRecordError):
        store.drafts.get("ben")


def test_documents_are_readable_json_while_they_are_not_sealed(folder: Path) -> None:
    bodies = _read_bodies(folder, "SELECT body FROM row WHERE in_table = 'drafts' AND id = 'ana'")
    assert json.loads(bodies[0][16:]) == {**_visit("Ana"), "schema": DRAFTS.format.newest}


@given(data=st.binary(max_size=60), at=st.integers(0, 75), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_row_is_noticed(data: bytes, at: int, bit: int) -> None:
    sealer = PlainSealer("store")
    sealed = bytearray(sealer.seal("table", "id", 3, data))
    assert sealer.open("table", "id", 3, bytes(sealed)) == data
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBrokenError):
        sealer.open("table", "id", 3, bytes(sealed))


class TurningSealer(PlainSealer):
    """Another way of sealing: every byte turned over."""

    name = "turning"

    def seal(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        """Return the bytes turned over."""
        return bytes(255 - byte for byte in super().seal(table, row_id, version, document))

    def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
        """Return the document after turning the bytes back."""
        return super().open(table, row_id, version, bytes(255 - byte for byte in sealed))


def test_another_sealer_takes_the_place_of_the_plain_one_without_a_trace(tmp_path: Path) -> None:
    with open_file(tmp_path, seal=TurningSealer) as store:
        store.save_signed({"id": "v1"}, {"id": "p1", "name": "Marker"}, {"sheet": b"Marker"}, AT)
        store.settings.set("clinic", "Marker")
    with open_file(tmp_path, seal=TurningSealer) as store:
        assert store.patients.find("marker")[0].id == "p1"
        assert store.settings.get("clinic") == "Marker"
        assert store.verify() == ()
    for path in tmp_path.iterdir():
        assert b"Marker" not in path.read_bytes()


def test_a_store_opens_only_with_the_sealing_it_was_made_with(folder: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_file(folder, seal=TurningSealer)
    assert caught.value.details == ("sealed as plain, asked for turning",)
    with open_store(folder) as store:
        assert _ids(store) == ["ana", "ben", "cem"]
