"""Entries in the lists of facts are added, changed and left out by their code."""

from __future__ import annotations

import pytest

from consult_app.domain.entries import (
    add_entry,
    change_entry,
    find_entry,
    keep_entries,
    remove_entry,
)
from consult_app.domain.history import Condition, Facts, Medication

FACTS = Facts(
    conditions=(Condition(code="keloid"), Condition(code="acne", iga=2)),
    allergies=("latex",),
)


def test_an_entry_is_added_once() -> None:
    """Asking twice must not store the same allergy twice, nor wipe what is known about it."""
    assert add_entry(FACTS, "conditions", "acne") is FACTS
    assert add_entry(FACTS, "allergies", "latex") is FACTS
    assert add_entry(FACTS, "allergies", "nickel").allergies == ("latex", "nickel")
    assert add_entry(FACTS, "medications", "aspirin").medications == (Medication(code="aspirin"),)


def test_an_entry_is_found_by_its_code() -> None:
    assert find_entry(FACTS, "conditions", "acne") == Condition(code="acne", iga=2)
    assert find_entry(FACTS, "allergies", "latex") == "latex"
    assert find_entry(FACTS, "medications", "acne") is None


def test_attributes_are_set_on_that_entry_only() -> None:
    changed = change_entry(FACTS, "conditions", "acne", nodules=True)
    assert changed.conditions == (
        Condition(code="keloid"),
        Condition(code="acne", iga=2, nodules=True),
    )


@pytest.mark.parametrize(("name", "code"), [("conditions", "warts"), ("allergies", "latex")])
def test_an_entry_without_attributes_cannot_be_changed(name: str, code: str) -> None:
    with pytest.raises(AttributeError, match=code):
        change_entry(FACTS, name, code, zones=())  # type: ignore[arg-type] # a plain str here


def test_removing_leaves_the_others_in_their_order() -> None:
    assert remove_entry(FACTS, "conditions", "keloid").conditions == FACTS.conditions[1:]
    assert remove_entry(FACTS, "allergies", "latex").allergies == ()
    assert remove_entry(FACTS, "procedures", "waxing") == FACTS


def test_only_wanted_entries_are_kept() -> None:
    kept = keep_entries(FACTS, lambda name, _: name == "allergies")
    assert kept == Facts(allergies=("latex",))
    assert keep_entries(FACTS, lambda *_: True) is FACTS
