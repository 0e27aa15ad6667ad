"""One field of a frozen value is changed by its path, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.change import look, put
from consult_app.domain.consultation import Consultation, Goals

VISIT = Consultation(
    id="a",
    patient_id="p1",
    visit_date=date(2027, 9, 6),
    started_at=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - wall-clock time has no zone
)


def test_a_field_inside_a_field_is_set() -> None:
    changed = put(VISIT, "goals.own_words", "softer scars")
    assert changed == replace(VISIT, goals=Goals(own_words="softer scars"))
    assert look(changed, "goals.own_words") == "softer scars"


def test_the_value_before_is_untouched() -> None:
    put(VISIT, "skin.fragile", new=True)
    assert VISIT.skin.fragile is False


@pytest.mark.parametrize("path", ["goals.nothing", "nothing", "goals.own_words.x"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(AttributeError):
        put(VISIT, path, "x")
    with pytest.raises(AttributeError):
        look(VISIT, path)
