"""A sheet that is made on the day of a visit, or too near to it, still says when to stop what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.handout.document import DatedList
from tests.handout.compose_cases import MADE_ON, REQUEST, make_composed, section, spaced

CUTS = pytest.mark.parametrize("cut", [0, 6, 11])
NEXT = "Leave these out until visit 2:"
AFTER = "Leave these out before visit 2:"
LEADS = {"fake tan": 7, "strong creams": 5, "ibuprofen": 3, "alcohol": 1}
"""Days before a visit from which each is off (planning reference 3.1)."""


def lists_before(days: int, *, cut: int) -> list[dict[str, str]]:
    """Return when each of the leads begins, list by list, of a first visit so many days ahead."""
    first = datetime.combine(MADE_ON + timedelta(days=days), datetime.min.time().replace(hour=15))
    sheet = make_composed(replace(REQUEST, first_session=first), cut=cut)
    return [
        {name: item.when for item in block.items for name in LEADS if name in item.text}
        for block in section(sheet, "before").blocks
        if isinstance(block, DatedList)
    ]


def write(day: date, when: str) -> bool:
    """Tell whether words name a day, by its number in the month."""
    return f" {day.day} " in f"{when} ".replace("\u00a0", " ").replace(":", " ")


@CUTS
def test_on_the_day_of_a_visit_the_next_one_is_told(cut: int) -> None:
    """All of it stood under *From today*, and the gaps for the later visits were lost."""
    (told,) = lists_before(0, cut=cut)

    second = MADE_ON + timedelta(weeks=4)
    assert told.keys() == LEADS.keys()
    for name, days in LEADS.items():
        assert write(second - timedelta(days=days), told[name]), (name, told[name])
    first = datetime.combine(MADE_ON, datetime.min.time().replace(hour=15))
    text = spaced(make_composed(replace(REQUEST, first_session=first), cut=cut))
    assert NEXT in text
    assert AFTER not in text


@CUTS
@pytest.mark.parametrize(("ahead", "begun"), [(2, 3), (4, 2), (8, 0)])
def test_what_is_off_from_today_has_its_day_before_the_visit_after(
    cut: int, ahead: int, begun: int
) -> None:
    first, *later = lists_before(ahead, cut=cut)

    assert first.keys() == LEADS.keys()
    second = MADE_ON + timedelta(days=ahead, weeks=4)
    names = list(LEADS)[:begun]
    assert [list(told) for told in later] == ([names] if names else [])
    for name in names:
        assert first[name] == "from today"
        assert write(second - timedelta(days=LEADS[name]), later[0][name]), later


@pytest.mark.parametrize("ahead", [0, 4])
@pytest.mark.parametrize("cut", range(12))
def test_what_is_off_through_all_visits_has_no_day_before_the_second(cut: int, ahead: int) -> None:
    """Where two things share the longer wait, one of them had a day of its own as well."""
    first = datetime.combine(MADE_ON + timedelta(days=ahead), datetime.min.time().replace(hour=15))
    text = spaced(
        make_composed(replace(REQUEST, first_session=first, interval_weeks=6), cut=cut)
    ).replace("All visits", "all visits")
    before, _, after = text.partition("Do not, after your visit")
    second = before.partition("visit 2:")[2]
    through = re.findall(r"all visits, before [^:]*: ([^.]*)\.", after)

    assert second
    assert through
    for thing in ("wrinkle injections", "filler", "sunbathing", "lasers"):
        assert not (thing in second and any(thing in it for it in through)), thing
