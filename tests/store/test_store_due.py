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
