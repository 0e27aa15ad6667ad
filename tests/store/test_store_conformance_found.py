"""Both stores find lots however they are typed, and say who is expected back."""

from __future__ import annotations

import pytest

from consult_app.store.interface import Store
from tests.store.conftest import AT, Reopen


def _visit(name: str, number: str = "") -> dict[str, object]:
    patient = {"name": name, "date_of_birth": "", "record_number": number}
    return {"patient": patient, "visit_date": "2027-09-06", "state": "draft"}


@pytest.mark.parametrize("typed", ["C-2207", "c2207", "C 2207", "2207", "g7", "G-7", "E1", "e-1"])
def test_a_lot_is_found_with_its_hyphen_and_without(
    store: Store, reopen: Reopen, typed: str
) -> None:
    used = {"cartridge": {"lot": "C-2207"}, "products": [{"lot": "G7"}]}
    store.consultations.save("v1", {**_visit("Ana", number="E-1"), "treatment": used}, AT)
    store.consultations.save("v2", {**_visit("Ben"), "treatment": {}}, AT)
    assert [row.id for row in reopen(store).consultations.find(typed)] == ["v1"]


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ({"treatment": {"adverse": "described"}}, "2027-09-06"),
        ({"review": {"adverse": "ongoing", "decision": "continue"}}, "2027-09-06"),
        ({"review": {"adverse": "new", "next_date": "2027-10-04"}}, "2027-10-04"),
        ({"review": {"adverse": "resolved", "decision": "continue"}}, ""),
        ({"treatment": {"adverse": "none"}}, ""),
    ],
)
def test_nobody_with_a_side_effect_leaves_the_list_of_who_is_due(
    store: Store, part: dict[str, object], day: str
) -> None:
    store.consultations.save("v1", {**_visit("Ana"), **part, "state": "signed"}, AT)
    assert [row.due for row in store.consultations.list()] == [day]
