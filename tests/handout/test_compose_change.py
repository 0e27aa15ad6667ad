"""When a change may be seen: two sheets of one course agree, or say what it is counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest
from tests.handout.compose_cases import FIRST, REQUEST, layout, make_composed, pack, spaced

STEPS = range(layout().budget.cuts + 1)
every_cut = pytest.mark.parametrize("cut", STEPS)
SOON = datetime(2027, 7, 3, 9, 15)  # noqa: DTZ001 - wall clock
UNKNOWN = Facts(phototype=2, pregnancy="possible")
"""Nobody can tell how long it has to wait, so a first visit that soon has no day."""


def find_day(request: PlanRequest) -> date:
    """Return the day of the first change that a dated sheet names."""
    text = spaced(make_composed(request))
    (told,) = re.findall(r"change from \w+ (\d+ \w+ \d{4})", text)
    return datetime.strptime(told, "%d %B %Y").date()  # noqa: DTZ007 - a day


@every_cut
@pytest.mark.parametrize("pace", ["acne_rolling", "fine_lines", "hair_aga"])
def test_without_a_day_it_is_told_in_the_weeks_that_set_the_day(pace: str, cut: int) -> None:
    """A case file may name a concern that is not planned: its weeks were not those told."""
    weeks = pack().protocol.concern_by_id[pace].first_change_weeks
    request = replace(REQUEST, primary_concern=pace)
    near = replace(request, first_session=SOON)
    undated = spaced(make_composed(near, facts=UNKNOWN, cut=cut))

    assert f"about {weeks.first} to {weeks.last} weeks after your first visit" in undated
    assert find_day(request) == FIRST.date() + timedelta(weeks=weeks.first)


@every_cut
def test_a_plan_that_goes_on_counts_it_from_its_first_visit(cut: int) -> None:
    """That day stands on an older sheet alone, which may have named another."""
    assert re.search(
        r"change from [^.]*, counted from visit 1\.", spaced(make_composed(cut=cut, done=1))
    )
    assert "counted from" not in spaced(make_composed(cut=cut))
