"""Dates of the whole course, of the first visit and of far days cannot be taken for each other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import NeedledToday, PlanRequest, Target
from consult_app.exchange.casefile import settle_facts
from consult_app.handout.compose import Versions
from consult_app.handout.document import DatedList
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.planning.request import ClinicLimits
from tests.handout.compose_cases import (
    FIRST,
    MADE_ON,
    REQUEST,
    layout,
    make_versions,
    pack,
    section,
    spaced,
)

CUTS = range(layout().budget.cuts + 1)
HAIR = replace(
    REQUEST,
    primary_concern="hair_aga",
    targets=(Target(area="scalp", concern="hair_aga"),),
    sessions=12,
)
CLOCKS = (time(9, 15), time(10, 30), time(19, 30))


def whens(versions: Versions, cut: int, name: str) -> dict[str, str]:
    """Return when each line of the dated lists of a section holds, by its words."""
    return {
        item.text: item.when.replace("\u00a0", " ")
        for block in section(versions[cut], name).blocks
        if isinstance(block, DatedList)
        for item in block.items
    }


def at(clock: time, request: PlanRequest = REQUEST) -> PlanRequest:
    return replace(request, first_session=datetime.combine(FIRST.date(), clock))


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(("weeks", "again"), [(4, False), (8, True)])
def test_what_is_off_through_all_visits_has_no_sooner_end_after_a_deeper_one(
    weeks: int, cut: int, *, again: bool
) -> None:
    """Needled less deep than planned: no sun until December stood beside no sun until November."""
    request, day = replace(REQUEST, interval_weeks=weeks), FIRST.date()
    facts = settle_facts(Facts(phototype=2), date(1992, 4, 30), "GB")
    less = NeedledToday(session=1, depths=(("cheeks", "acne_rolling", 0.5),))
    plan = resolve(pack(), request, facts, today=day, limits=ClinicLimits(today=less))

    versions = make_versions(request, made_on=day, alter=lambda _: plan)
    first, later = (whens(versions, cut, name) for name in ("avoid", "later"))

    (when,) = (when for text, when in first.items() if "sunbathing" in text)
    assert ("all visits" in when) is not again
    assert any("sunbathing" in text for text in later) is again
    assert any("make-up" in text for text in later)


@pytest.mark.parametrize("clock", CLOCKS, ids=str)
@pytest.mark.parametrize("cut", CUTS)
def test_no_sunscreen_and_no_cleanser_while_there_is_only_gel(cut: int, clock: time) -> None:
    """On the fullest sheets they began with the morning of the day on which the gel ends."""
    told = whens(make_versions(at(clock)), cut, "after")

    (gel,) = (when for text, when in told.items() if "only our gel" in text)
    hour = gel.removeprefix("until ").partition(" on ")[0]
    for name in ("cleanser", "SPF"):
        (when,) = (when for text, when in told.items() if name in text)
        assert f"from {hour} on " in when or "after the gel" in when, when


@pytest.mark.parametrize("request_", [REQUEST, HAIR], ids=["four", "twelve"])
@pytest.mark.parametrize("cut", CUTS)
def test_what_ends_after_the_last_visit_is_not_told_as_of_the_first(
    cut: int, request_: PlanRequest
) -> None:
    """*The same gaps hold after every visit* stood above, so it was a year off after each."""
    versions = make_versions(request_)
    told = [*whens(versions, cut, "avoid").items(), *whens(versions, cut, "after").items()]

    far = {text: when for text, when in told if re.search("sunbathing|peels|SPF", text)}
    assert far
    for when in far.values():
        assert re.match("(through )?all visits, |between visits too, ", when)
    near = [when for text, when in told if "strong creams" in text]
    assert near
    assert not [when for when in near if "visits" in when]


@pytest.mark.parametrize("cut", [0, 6, 11])
def test_on_the_day_of_the_first_visit_nothing_is_off_from_two_days(cut: int) -> None:
    """Before the second from a day on, and through all visits: one thing had two beginnings."""
    today = replace(REQUEST, first_session=datetime.combine(MADE_ON, time(15)))
    versions = make_versions(today)
    before, after = (" ".join(whens(versions, cut, name)) for name in ("before", "avoid"))

    for name in ("sunbathing", "wrinkle injections", "filler", "lasers", "facials"):
        assert name not in before, name
        assert name in after, name
    for name in ("fake tan", "strong creams", "alcohol"):
        assert name in before


@pytest.mark.parametrize("cut", CUTS)
def test_a_day_of_another_year_has_its_year(cut: int) -> None:
    """*Judge it on Thu 31 Aug* was more than a year ahead."""
    versions = make_versions(HAIR, facts=Facts(phototype=2), made_on=date(2027, 8, 20))
    text = spaced(versions[cut])

    assert re.search(r"(judge is|Judge it (at your check-up )?on) \w+ 2 Oct\w* 2028", text)


@pytest.mark.parametrize("cut", [0, 6])
def test_in_december_days_of_january_have_their_year(cut: int) -> None:
    made_on = date(2027, 12, 20)
    first = datetime.combine(made_on + timedelta(days=1), time(9))
    versions = make_versions(replace(REQUEST, first_session=first), made_on=made_on)

    told = " ".join(whens(versions, cut, "avoid").values())
    assert re.search(r"5 Jan\w* 2028", told)
    assert not re.search(r"\d+ Dec\w* 2027", told)
