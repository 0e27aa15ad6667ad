"""How every store keeps a document; another engine must pass this unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from consult_app.store.faults import (
    NewerStoreError,
    UnkeepableError,
    UnknownRecordError,
)
from consult_app.store.interface import Records, Store
from consult_app.store.upgrade import CONSULTATION

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)

Reopen = Callable[[Store], Store]


def test_a_document_comes_back_as_it_was_saved(store: Store, reopen: Reopen) -> None:
    document = {
        "schema": CONSULTATION.newest,
        "a": [1, 2.5, None, True],
        "b": {"c": "d"},
        "z": "",
        "y": [],
    }
    store.drafts.save("one", document, AT)
    back = reopen(store).drafts.get("one")
    assert back == document
    assert list(back) == list(document)


@pytest.mark.parametrize(
    "value",
    [
        "Zoë Ðorđević, 王小明, نور, עדי, 👩🏽‍⚕️",
        "line\nbreak\ttab \x00 \u2028 \ufeff",
        "half a pair \ud83d",
        10**40,
        -(2**63) - 1,
        0.1,
        1e300,
        5e-324,
    ],
)
def test_no_character_and_no_digit_is_lost(records: Records, value: object) -> None:
    records.save("one", {"name": value}, AT)
    assert records.get("one")["name"] == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_is_refused_by_its_place(records: Records, value: float) -> None:
    records.save("one", {"plan": "before"}, AT)
    with pytest.raises(UnkeepableError) as caught:
        records.save("one", {"plan": {"depths": [1.0, value]}}, AT)
    assert caught.value.details == ("plan.depths[1]: not a finite number",)
    assert records.get("one")["plan"] == "before"


def test_every_value_that_would_change_on_the_way_is_named(records: Records) -> None:
    document: dict[str, object] = {"a": {1: "one"}, "b": {2, 3}, "c": [b"bytes"]}
    with pytest.raises(UnkeepableError) as caught:
        records.save("one", document, AT)
    assert caught.value.details == (
        "a: a key is not text",
        "b: a set cannot be kept",
        "c[0]: a bytes cannot be kept",
    )
    assert list(records.list()) == []


@pytest.mark.parametrize("records", ["drafts", "patients"], indirect=True)
def test_saving_replaces_the_whole_document(records: Records, newest: int) -> None:
    records.save("one", {"name": "a", "gone": 1}, AT)
    records.save("one", {"name": "b"}, AT)
    assert records.get("one") == {"name": "b", "schema": newest}
    assert len(records.list()) == 1


def test_nobody_shares_a_document_with_the_store(records: Records) -> None:
    document: dict[str, object] = {"list": [1]}
    records.save("one", document, AT)
    document["list"] = [1, 2]
    first = records.get("one")
    assert first["list"] == [1]
    first["list"] = [1, 2, 3]
    assert records.get("one")["list"] == [1]


def test_an_unknown_id_is_told_apart_from_an_empty_document(records: Records, newest: int) -> None:
    records.save("empty", {}, AT)
    assert records.get("empty") == {"schema": newest}
    with pytest.raises(UnknownRecordError):
        records.get("other")


def test_a_document_keeps_the_id_it_carries(records: Records) -> None:
    records.save("one", {"id": "one"}, AT)
    with pytest.raises(UnkeepableError):
        records.save("two", {"id": "one"}, AT)


def test_a_moment_without_time_zone_is_refused(records: Records) -> None:
    with pytest.raises(ValueError, match="time zone"):
        records.save("one", {}, AT.replace(tzinfo=None))


def test_a_newer_document_is_refused_and_says_what_is_needed(records: Records) -> None:
    with pytest.raises(NewerStoreError) as caught:
        records.save("one", {"schema": 99}, AT)
    assert "99" in caught.value.advice
    assert list(records.list()) == []


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.0, None])
def test_a_schema_that_is_no_version_is_refused(records: Records, version: object) -> None:
    with pytest.raises(Exception, match="does not tell its format"):
        records.save("one", {"schema": version}, AT)


def test_the_audit_tells_of_a_draft_only_when_it_is_told_of_an_act(store: Store) -> None:
    draft = {"id": "d1", "patient_id": "p1", "state": "draft"}
    store.save_draft(draft, None, AT)
    assert list(store.audit.entries()) == []

    store.save_draft({**draft, "state": "put_away"}, None, AT, "review.put_away", "mistake")

    (told,) = store.audit.entries()
    assert (told.action, told.ids, told.reason) == ("review.put_away", ("d1", "p1"), "mistake")
    assert store.drafts.list()[0].state == "put_away"


def test_of_two_records_the_one_written_later_has_the_higher_number(
    store: Store, reopen: Reopen
) -> None:
    """Whatever their clocks said, and of whatever kind they are."""
    store.drafts.save("one", {}, AT)
    store.consultations.save("two", {}, AT.replace(year=2020))
    assert 0 < store.drafts.written("one") < store.consultations.written("two")
    again = reopen(store)
    again.drafts.save("one", {}, AT.replace(year=2019))
    assert again.drafts.written("one") > again.consultations.written("two")
    again.drafts.delete("one")
    assert again.drafts.written("one") == again.drafts.written("none") == 0
