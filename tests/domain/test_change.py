"""One field of a frozen value is changed by its path, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.change import find_changes, look, put
from consult_app.domain.consultation import Answer, Consultation, Goals, MapFinding

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


def test_what_changed_is_named_by_its_path() -> None:
    changed = put(VISIT, "goals.own_words", "softer scars")
    changed = put(changed, "answers", {"metal": Answer(state="no")})
    assert find_changes(VISIT, changed) == {"goals.own_words", "answers.metal"}
    assert find_changes(VISIT, put(VISIT, "goals", Goals())) == frozenset()


def test_two_additions_are_told_apart_and_two_changes_of_one_entry_are_not() -> None:
    nose, chin = MapFinding(area="nose", grade=1), MapFinding(area="chin", grade=1)
    one, two = put(VISIT, "skin.findings", (nose,)), put(VISIT, "skin.findings", (nose, chin))
    assert find_changes(VISIT, one) == {"skin.findings#1"}
    assert find_changes(one, two) == {"skin.findings#2"}
    worse = put(two, "skin.findings", (nose, replace(chin, grade=3)))
    assert find_changes(two, worse) == {"skin.findings.1.grade"}


def test_a_stroke_that_grows_stays_the_same_stroke() -> None:
    line = ((0.1, 0.1),)
    first = put(VISIT, "agreement.signature", (line,))
    longer = put(VISIT, "agreement.signature", ((*line, (0.2, 0.1)),))
    second = put(VISIT, "agreement.signature", (line, line))
    assert find_changes(first, longer) == {"agreement.signature.0"}
    assert find_changes(longer, second) == {"agreement.signature#2"}
