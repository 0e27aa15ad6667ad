"""A visit that cannot be on its day is told so, with how long to wait once the skin has healed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from consult_app.domain.history import Condition, Facts, Medication
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, make_composed, spaced

CUTS = pytest.mark.parametrize("cut", [0, 6, 11])
CHEEKS = ("cheeks",)
ILL = {
    "eczema": ("active", "Your eczema has to calm down first. Then wait 2 weeks more.", 14),
    "rosacea": ("flare", "Your rosacea has to calm down first. Then wait 4 weeks more.", 28),
    "herpes_simplex": ("active", "Your cold sore has to heal first. Then wait 2 weeks more.", 14),
    "acute_illness": ("active", "You have to be well again first. Then wait 1 week more.", 7),
}


def tell(facts: Facts, days: int | None, cut: int) -> str:
    """Return the part about the visits of a sheet, the first so many days ahead."""
    first = datetime.combine(MADE_ON + timedelta(days=days), time(10)) if days else None
    known = replace(facts, phototype=2, consult_date=MADE_ON)
    sheet = make_composed(replace(REQUEST, first_session=first), facts=known, cut=cut)
    return spaced(sheet).partition("Your visits")[2].partition("What happens")[0]


def have(code: str) -> Facts:
    return Facts(conditions=(Condition(code=code, status=ILL[code][0], zones=CHEEKS),))


@CUTS
@pytest.mark.parametrize("code", ILL)
def test_how_long_to_wait_after_healing_is_told(code: str, cut: int) -> None:
    """Who came with a lip that had just healed was sent home."""
    _, words, days = ILL[code]

    for ahead in (days - 1, days, None):
        text = tell(have(code), ahead, cut)
        assert words in text
        assert ("visit 1 cannot be before" in text) is (ahead == days - 1)
        assert ("These dates may change." in text) is (ahead == days)
    day = MADE_ON + timedelta(days=days)
    assert f"{day:%A} {day.day} {day:%B}. We will set new" in tell(have(code), days - 1, cut)


@CUTS
def test_of_a_cream_the_lists_say_when_to_stop(cut: int) -> None:
    """Another number of days would stand beside theirs."""
    cream = Medication(code="tretinoin_topical", status="current", zones=CHEEKS)

    text = tell(Facts(medications=(cream,)), 3, cut)
    assert "Then wait" not in text
    assert "So visit 1 cannot be before Tuesday 6 July." in text
    assert "cannot be before" not in tell(Facts(medications=(cream,)), 20, cut)
