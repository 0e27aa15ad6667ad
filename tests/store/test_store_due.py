"""Who is due when nobody wrote a date; every store answers alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from consult_app.store.interface import Store
from tests.store.conftest import Reopen

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("part", ["treatment", "review"])
def test_who_was_given_no_date_is_due_on_the_day_of_the_plan(store: Store, part: str) -> None:
    signed = {
        "patient": {"name": "Ana"},
        "visit_date": "2027-09-06",
        "state": "signed",
        "expected_on": "2027-10-18",
    }
    store.consultations.save("v1", {**signed, part: {}}, AT)
    store.consultations.save("v2", {**signed, part: {"next_date": "2027-10-04"}}, AT)
    assert {row.id: row.due for row in store.consultations.list()} == {
        "v1": "2027-10-18",
        "v2": "2027-10-04",
    }


@pytest.mark.parametrize("part", ["treatment", "review"])
def test_a_next_date_before_the_visit_is_no_day_to_be_expected_on(store: Store, part: str) -> None:
    """The old year was written by habit, and the patient stood in no list."""
    visit = {"patient": {"name": "Ana"}, "visit_date": "2026-12-28", "state": "signed"}
    told = {"next_date": "2026-01-25"}
    store.consultations.save("v1", {**visit, "expected_on": "2027-01-25", part: told}, AT)
    hurt = {**told, "adverse": "ongoing"}
    store.consultations.save("v2", {**visit, "expected_on": "2027-01-25", part: hurt}, AT)
    assert {row.id: row.due for row in store.consultations.list()} == {
        "v1": "2027-01-25",
        "v2": "2026-12-28",
    }


def test_every_treatment_is_found_by_its_own_day_whatever_came_after(
    store: Store, reopen: Reopen
) -> None:
    """A visit in between hid what the patient was promised after the treatment."""
    for visit_id, kind, day in (
        ("t1", "treatment", "2027-09-06"),
        ("c1", "consultation", "2027-09-07"),
        ("t2", "treatment", "2027-11-01"),
    ):
        visit = {"patient": {"name": "Ana"}, "patient_id": "p1", "visit_date": day, "kind": kind}
        store.consultations.save(visit_id, visit, AT)

    def check(kept: Store) -> None:
        assert [it.id for it in kept.consultations.treated("2027-09-01", "2027-10-31")] == ["t1"]
        assert [it.id for it in kept.consultations.treated("2027-11-01", "2027-11-01")] == ["t2"]
        assert not kept.consultations.due("2027-09-01", "2027-10-31")

    check(store)
    check(reopen(store))


def test_a_treatment_comes_after_the_consultation_that_it_follows_whatever_its_day(
    store: Store, reopen: Reopen
) -> None:
    """Its consultation counted as the later visit, so that what had taken place stayed due."""

    def save(at: datetime, visit_id: str, kind: str, day: str, due: str, **said: object) -> None:
        who = {"patient": {"name": "Ana"}, "patient_id": "p1"}
        visit = {"visit_date": day, "kind": kind, "state": "signed", "expected_on": due}
        store.consultations.save(visit_id, {**who, **visit, **said}, at)

    def list_due() -> list[str]:
        nonlocal store
        found = [it.id for it in store.consultations.due("2027-09-01", "2027-12-31")]
        store = reopen(store)
        again = store.consultations.due("2027-09-01", "2027-12-31")
        assert [it.id for it in again] == found, "packed as while it changes"
        return found

    agreed = {"agreement": {"decision": "go_ahead"}}
    save(AT, "c1", "consultation", "2027-09-06", "2027-09-06", **agreed)
    assert list_due() == ["c1"]
    late = {"follows": "c1", "treatment": {}}
    save(AT + HOUR, "t1", "treatment", "2027-09-03", "2027-10-01", **late)
    assert list_due() == ["t1"]
    (came,) = store.consultations.treated("2027-09-03", "2027-09-03")
    assert came.id == "t1", "it was on its own day"
    save(AT + 2 * HOUR, "t2", "treatment", "2027-09-08", "2027-10-06", **late)
    save(AT + 3 * HOUR, "t3", "treatment", "2027-09-04", "2027-10-02", **late)
    assert list_due() == ["t2"]
    save(AT + 4 * HOUR, "c2", "consultation", "2027-09-09", "2027-09-20", **agreed)
    assert list_due() == ["c2"], "what follows an earlier one does not come after it"


def test_who_thinks_about_it_is_due_on_the_day_on_which_the_plan_begins(store: Store) -> None:
    said = {"agreement": {"decision": "think"}, "plan": {"first_session": "2027-10-04T09:15"}}
    for state, planned in (("draft", None), ("signed", None), ("signed", "2027-09-20")):
        visit = {"patient": {"name": "Ana"}, "state": state, "expected_on": planned, **said}
        store.consultations.save(f"{state} {planned}", visit, AT)
    assert {row.id: row.due for row in store.consultations.list()} == {
        "draft None": "",
        "signed None": "2027-10-04",
        "signed 2027-09-20": "2027-09-20",
    }
