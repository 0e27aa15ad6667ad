"""Who is due when nobody wrote a date; every store answers alike."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult_app.store.interface import Store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


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


def test_whose_latest_visit_was_between_two_days_is_found_by_its_own_day(store: Store) -> None:
    for visit_id, patient_id, day in (
        ("v1", "p1", "2027-09-06"),
        ("v2", "p1", "2027-11-01"),
        ("v3", "p2", "2027-09-07"),
    ):
        visit = {"patient": {"name": "Ana"}, "patient_id": patient_id, "visit_date": day}
        store.consultations.save(visit_id, visit, AT)

    came = store.consultations.due("2027-09-01", "2027-10-31", "visit_date")
    assert [row.id for row in came] == ["v3"], "whose latest visit is later was not seen last then"
    assert not store.consultations.due("2027-09-01", "2027-10-31")
