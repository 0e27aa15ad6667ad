"""Waits by the hour after a visit that is late in the day go past midnight."""

from __future__ import annotations

import re
from datetime import datetime, time

import pytest

from consult_app.handout.compose import Versions
from consult_app.values import replace
from tests.handout.compose_cases import FIRST, REQUEST, layout, make_versions, spaced

EVENINGS = tuple(time(hour, minute) for hour in (17, 18, 19) for minute in (0, 30))
WITHIN_A_DAY = re.compile(r"From (?:[^:\n]* on )?(\w+ \d+ \w+) until \1")


def _compose(clock: time) -> Versions:
    return make_versions(replace(REQUEST, first_session=datetime.combine(FIRST.date(), clock)))


def test_midnight_is_told_as_the_day_that_begins() -> None:
    """Midnight on a day may be its beginning or its end."""
    text = spaced(_compose(time(18))[0])

    assert "Before Tuesday 7 September: washing." in text
    assert "midnight" not in text
    assert "Before 12:30 am on Tuesday 7 September: washing." in spaced(_compose(time(18, 30))[0])


@pytest.mark.parametrize("clock", EVENINGS, ids=str)
def test_what_begins_in_the_night_and_ends_that_day_is_told_by_its_end(clock: time) -> None:
    versions = _compose(clock)
    for cut in (0, layout().budget.whole_days):
        text = spaced(versions[cut])
        (line,) = (line for line in text.splitlines() if "lukewarm water" in line)
        assert re.match(r"\[ \] Until \d[\d:]* pm on Tue\w* 7 Sep\w*: only our gel", line)
        assert WITHIN_A_DAY.search(text) is None
