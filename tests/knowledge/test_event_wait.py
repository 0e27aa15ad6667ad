"""The days to keep before an event are counted from a treatment as deep as it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.judgement import could_not_judge, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.waiting import find_event_wait
from tests.knowledge.visits import make_denied, plan_for

Skin = Literal[2, 5]


def treat(
    pack: Pack,
    days: int | None,
    depth: float | None = 0.5,
    *,
    phototype: Skin = 2,
    treated: bool | None = None,
) -> Consultation:
    """Return a treatment of 15 June with an event so many days later."""
    visit = make_denied(pack, plan_for("cheeks", "fine_lines", "2026-06-15"), phototype=phototype)
    event = visit.visit_date + timedelta(days=days) if days is not None else None
    line = TreatedArea(area="cheeks", concern="fine_lines", depth_mm=depth)
    return replace(
        visit,
        kind="treatment",
        plan=replace(visit.plan, event_date=event),
        treatment=Treatment(areas=(line,), treated=treated),
    )


@pytest.mark.parametrize(
    ("depth", "phototype", "days"),
    [(0.5, 2, 7), (1.0, 2, 14), (1.25, 2, 21), (0.5, 5, 28), (1.25, 5, 28), (None, 2, 7)],
)
def test_it_is_too_near_up_to_the_days_of_its_depth(
    pack: Pack, depth: float | None, phototype: Skin, days: int
) -> None:
    """A line without a depth goes as deep as the first session of the plan."""
    for distance, told in ((0, True), (3, True), (days - 1, True), (days, False), (-1, False)):
        visit = treat(pack, distance, depth, phototype=phototype)
        found = find_event_wait(pack, visit, judge(pack, visit, today=visit.visit_date))
        first = visit.visit_date + timedelta(days=distance + 1)
        assert found == ((days, first) if told else None), distance


def test_nothing_is_told_without_an_event_or_where_nobody_was_treated(pack: Pack) -> None:
    for visit in (treat(pack, None), treat(pack, 3, treated=False)):
        assert find_event_wait(pack, visit, judge(pack, visit, today=visit.visit_date)) is None
    visit = treat(pack, 3)
    assert find_event_wait(pack, replace(visit, treatment=None), could_not_judge(OSError())) is None


def test_of_a_depth_that_nobody_knows_the_longest_wait_counts(pack: Pack) -> None:
    visit = treat(pack, 20, None)
    found = find_event_wait(pack, visit, could_not_judge(OSError()))
    assert found is not None
    assert found[0] == 21
