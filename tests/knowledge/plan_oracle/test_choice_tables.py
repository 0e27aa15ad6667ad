"""The other choices, cell by cell as in the planning reference (4)."""

from __future__ import annotations

from typing import Any

import pytest

from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.plan_oracle.cells import find_basis, fold, name_basis, read_marks, read_tables

ROWS = read_tables("choices")["option"]
COLUMNS = {
    "what": "what",
    "days": "days_treated",
    "visits": "visits",
    "pain": "pain",
    "light": "marks_light",
    "dark": "marks_dark",
    "best_for": "best_for",
    "weak_for": "weak_for",
    "evidence": "evidence",
}
"""Columns of the reference, and what the content calls them."""
COSTS = {"0": "none", "1": "low", "2": "middle", "3": "high", "4": "very high"}
CORRECTED = (
    ("less downtime than peels", "medium and deep", "not for light"),
    ("less invasive than laser", "true for ablative", "similar to non-ablative"),
    ("suitable for all skin types", "not true as written", "0 to 17 of 100", "22 of 100"),
    ("cheaper than laser", "balanced option", "serums (sterile only) or PRP"),
    ("dermabrasion more painful with longer healing", "hyperpigmentation risk in darker skin"),
)
"""What introductory articles say, and how far it is true (the end of 4, and 0.2)."""


def test_every_choice_has_its_row_in_order(pack: Pack) -> None:
    assert [it.id for it in pack.protocol.comparison.option] == [row["id"] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_cell_is_that_of_the_reference(pack: Pack, row: dict[str, Any]) -> None:
    (option,) = (it for it in pack.protocol.comparison.option if it.id == row["id"])
    for column, name in COLUMNS.items():
        assert fold(getattr(option, name)) == fold(row[column]), column
    least, _, most = row["cost"].partition("-")
    assert (option.cost.first, option.cost.last) == (int(least), int(most or least))
    marks = {mark for column in COLUMNS for mark in read_marks(row[column])}
    assert find_basis(option) == name_basis(marks)


def test_costs_are_told_in_words(pack: Pack) -> None:
    assert dict(pack.protocol.comparison.cost_words) == COSTS


@pytest.mark.parametrize("words", CORRECTED, ids=[words[0] for words in CORRECTED])
def test_what_articles_claim_is_put_right(pack: Pack, words: tuple[str, ...]) -> None:
    told = [fold(it.text) for it in pack.protocol.comparison.correction]
    assert any(all(fold(word) in text for word in words) for text in told)
