"""The audit tells who did what, tells no more, and misses nothing that was done to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from consult_app.store.audit import START, Act, find_break, make_entry, work_out
from consult_app.store.entry import Actor, Anchor
from consult_app.store.faults import StoreClosedError, UnkeepableError
from consult_app.store.interface import Damage, Store
from consult_app.store.repositories import open_store
from consult_app.store.state import FILE_NAME

AT = datetime(2027, 9, 6, 11, 15, tzinfo=UTC)
ACTOR = Actor(who="dr-1", role="physician", workstation="ws-7")

Reopen = Callable[[Store], Store]


def _sign(store: Store, number: int = 1, name: str = "Marker") -> None:
    visit = {"id": f"v{number}", "patient": {"name": name}, "note": "Marker of a finding"}
    store.save_signed(visit, {"id": "p1", "name": name}, {"sheet": b"%PDF- Marker"}, AT)


def test_signing_is_told_with_who_when_and_what(store: Store, reopen: Reopen) -> None:
    store.audit.act_as(ACTOR)
    _sign(store)
    again = reopen(store)
    signed, patient = again.audit.entries()
    assert (signed.n, signed.action) == (2, "consultation.signed")
    assert signed.ids[:2] == ("v1", "p1")
    assert len(signed.ids) == 3
    assert (patient.n, patient.action, patient.ids) == (1, "patient.saved", ("p1",))
    for entry in (signed, patient):
        assert (entry.who, entry.role, entry.workstation) == ("dr-1", "physician", "ws-7")
        assert entry.at == AT
        assert (entry.before, len(entry.after)) == ("", 64)


def test_a_change_is_told_by_digests_of_before_and_after(store: Store) -> None:
    store.patients.save("p1", {"name": "Ana"}, AT)
    store.patients.save("p1", {"name": "Bea"}, AT)
    store.patients.save("p1", {"name": "Ana"}, AT)
    third, second, first = store.audit.entries()
    assert (first.before, second.before, third.before) == ("", first.after, second.after)
    assert third.after == first.after
    assert second.after != first.after


def test_the_audit_holds_no_names_and_no_clinical_text(store: Store) -> None:
    _sign(store)
    assert "Marker" not in str(store.audit.entries())


def test_drafts_are_not_told_until_they_are_signed(store: Store) -> None:
    store.drafts.save("d1", {"name": "Ana"}, AT)
    store.drafts.delete("d1")
    store.settings.set("paper", "A4")
    assert list(store.audit.entries()) == []
    assert store.audit.anchor().n == 0


def test_what_changes_no_record_can_be_told_too(store: Store, reopen: Reopen) -> None:
    told = store.audit.record("handout.printed", ["v1"], AT, reason="second copy")
    assert (told.n, told.ids, told.reason) == (1, ("v1",), "second copy")
    again = reopen(store)
    assert list(again.audit.entries()) == [told]
    assert again.audit.anchor().hash == told.hash
    again.audit.record("record.viewed", [], AT.astimezone(timezone(timedelta(hours=14))))
    (last,) = again.audit.entries(1)
    assert (last.n, last.at.isoformat()) == (2, "2027-09-06T11:15:00+00:00")


def test_an_actor_or_action_that_reads_like_a_sentence_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="codes"):
        store.audit.act_as(Actor(who="Ana Maria"))
    with pytest.raises(ValueError, match="code"):
        store.audit.record("looked at Ana", [], AT)
    with pytest.raises(ValueError, match="time zone"):
        store.audit.record("record.viewed", [], AT.replace(tzinfo=None))
    assert list(store.audit.entries()) == []


def test_what_was_not_kept_is_not_told(store: Store, reopen: Reopen) -> None:
    with pytest.raises(UnkeepableError):
        store.save_signed(
            {"id": "v1", "depth": float("nan")}, {"id": "p1"}, {"sheet": b"sheet"}, AT
        )
    assert list(reopen(store).audit.entries()) == []


def test_a_closed_store_tells_nothing_more(store: Store) -> None:
    store.close()
    with pytest.raises(StoreClosedError):
        store.audit.record("record.viewed", [], AT)


def test_each_entry_follows_from_the_one_before() -> None:
    act = Act(action="a", ids=("x",), at=AT)
    first = make_entry(1, START, ACTOR, act)
    second = make_entry(2, first.hash, ACTOR, act)
    assert find_break(1, START, first) == ""
    assert find_break(2, first.hash, second) == ""
    assert find_break(3, first.hash, second) == "out of its place"
    assert find_break(2, START, second) == "not what followed the entry before"
    for changed in (
        replace(second, who="dr-2"),
        replace(second, at=AT + timedelta(seconds=1)),
        replace(second, ids=("y",)),
        replace(second, reason="x"),
        replace(second, hash=first.hash),
    ):
        assert find_break(2, first.hash, changed) == "changed"
    forged = replace(second, who="dr-2")
    forged = replace(forged, hash=work_out(forged))
    third = make_entry(3, second.hash, ACTOR, act)
    assert find_break(2, first.hash, forged) == ""
    assert find_break(3, forged.hash, third) == "not what followed the entry before"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a closed store with six entries."""
    folder = tmp_path / "told"
    with open_store(folder) as store:
        for number in range(3):
            _sign(store, number)
        assert store.verify() == ()
        assert store.audit.anchor().n == 6
    return folder


def _tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS audit_keeps")
        connection.execute("DROP TRIGGER IF EXISTS audit_stays")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE audit SET body = body || x'00' WHERE n = 3"], {("audit", "3")}),
        (["DELETE FROM audit WHERE n = 3"], {("audit", "3"), ("audit", "")}),
        (["DELETE FROM audit WHERE n < 3"], {("audit", "1-2"), ("audit", "")}),
        (["DELETE FROM audit WHERE n > 4"], {("audit", "5-6"), ("audit", "")}),
        (["DELETE FROM audit"], {("audit", "1-6"), ("audit", "")}),
        (
            ["UPDATE audit SET n = 4611686018427387904 WHERE n = 6"],
            {("audit", "6"), ("audit", "4611686018427387904"), ("audit", "")},
        ),
        (
            ["UPDATE audit SET n = 70 WHERE n = 3", "DELETE FROM audit WHERE n = 5"],
            {("audit", "3"), ("audit", "5"), ("audit", "70"), ("audit", "")},
        ),
        (
            ["DELETE FROM tally", "UPDATE audit SET n = 70 WHERE n = 6"],
            {("audit", "70"), ("tally", "")},
        ),
        (
            [
                "UPDATE audit SET n = 99 WHERE n = 2",
                "UPDATE audit SET n = 2 WHERE n = 3",
                "UPDATE audit SET n = 3 WHERE n = 99",
            ],
            {("audit", "2"), ("audit", "3")},
        ),
        (
            ["INSERT INTO audit SELECT 7, body FROM audit WHERE n = 6"],
            {("audit", "7"), ("audit", "")},
        ),
    ],
)
def test_whatever_is_done_to_the_audit_is_noticed(
    folder: Path, statements: list[str], found: set[tuple[str, str]]
) -> None:
    _tamper(folder, *statements)
    with open_store(folder) as store:
        assert {(damage.table, damage.id) for damage in store.verify()} == found


def test_the_audit_goes_on_after_a_damaged_entry(folder: Path) -> None:
    _tamper(folder, "UPDATE audit SET body = x'00' WHERE n = 6")
    with open_store(folder) as store:
        store.audit.record("record.viewed", [], AT)
        expected = Damage(table="audit", id="6", reason="not what was written")
        assert store.verify() == (expected,)
        assert [entry.n for entry in store.audit.entries()] == [7, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("garbage", [9, 4000, 2**61, 2**63 - 1, 0, -5])
@pytest.mark.parametrize("moved", [2, 6])
def test_a_number_that_damage_gave_an_entry_does_not_count(
    folder: Path, garbage: int, moved: int
) -> None:
    _tamper(folder, f"UPDATE audit SET n = {garbage} WHERE n = {moved}")  # noqa: S608  # two numbers
    with open_store(folder) as store:
        told = [store.audit.record("record.viewed", [], AT).n for _ in range(4)]
        assert told == [n for n in range(7, 12) if n != garbage][:4], "nor is one given twice"
        found = {(damage.id, damage.reason) for damage in store.verify() if damage.id}
        assert found == {(str(garbage), "not what was written"), (str(moved), "missing")}
        kept = [n for n in range(1, 7) if n != moved]
        assert [entry.n for entry in store.audit.entries()] == [*reversed(kept + told)]
    with open_store(folder) as store:
        assert store.audit.record("record.viewed", [], AT).n == told[-1] + 1
        assert store.audit.entries(1)[0].n == store.audit.anchor().n == told[-1] + 1


def test_an_anchor_is_an_entry_that_can_be_read(folder: Path) -> None:
    with open_store(folder) as store:
        (sixth, fifth) = store.audit.entries(2)
    _tamper(folder, "UPDATE audit SET body = x'00' WHERE n = 6")
    with open_store(folder) as store:
        assert store.audit.anchor() == Anchor(n=5, hash=fifth.hash)
        assert store.audit.count() == 6
        assert (store.audit.read_hash(5), store.audit.read_hash(6)) == (fifth.hash, "")
        assert store.audit.read_hash(7) is None
    assert sixth.previous == fifth.hash


def test_an_entry_under_another_number_is_damaged_and_one_that_was_cut_off_is_not_there(
    folder: Path,
) -> None:
    _tamper(folder, "UPDATE audit SET n = 4000 WHERE n = 6")
    with open_store(folder) as store:
        assert store.audit.read_hash(6) == ""
        assert store.audit.read_hash(7) is None
    _tamper(folder, "DELETE FROM audit WHERE n = 4000")
    with open_store(folder) as store:
        assert store.audit.read_hash(6) is None


def test_the_audit_goes_on_where_only_damaged_entries_are_left(folder: Path) -> None:
    with open_store(folder) as store:
        for _ in range(20):
            store.audit.record("record.viewed", [], AT)
    _tamper(folder, "UPDATE audit SET body = x'00' WHERE n > 3", "DELETE FROM tally")
    with open_store(folder) as store:
        assert store.audit.anchor().n == 3
        assert store.audit.record("record.viewed", [], AT).n == 27
        assert [entry.n for entry in store.audit.entries()] == [27, 3, 2, 1]
        found = {damage.id for damage in store.verify() if damage.table == "audit"}
        assert found == {str(n) for n in range(4, 27)}


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET n = n + 10"])
def test_the_file_itself_refuses_to_change_an_entry(folder: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(folder / FILE_NAME)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only added to"),
    ):
        connection.execute(statement)
