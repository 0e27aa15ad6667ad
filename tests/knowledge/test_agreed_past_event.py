"""Visits that follow from a day that was agreed keep the days before the patient's event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.needled_today import date_next
from tests.knowledge.visits import make_denied, plan_for

BEGIN, AGREED = date(2026, 6, 1), date(2026, 7, 13)
NEEDLED = TreatedArea(area="cheeks", concern="fine_lines", depth_mm=1.0)


@pytest.mark.parametrize(
    ("phototype", "before", "moved"), [(2, 10, True), (2, 14, False), (5, 27, True), (5, 28, False)]
)
def test_a_visit_too_near_before_it_comes_after_it(
    pack: Pack, phototype: Literal[2, 5], before: int, *, moved: bool
) -> None:
    """Only the next visit was held against it; the third stood on the sheet days before."""
    visit = make_denied(pack, plan_for("cheeks", "fine_lines", str(BEGIN)), phototype=phototype)
    plan = replace(visit.plan, sessions=3, depth_mm=1.0)
    alone = judge(pack, replace(visit, visit_date=BEGIN, plan=plan), today=BEGIN).plan
    assert alone is not None
    done = replace(
        visit,
        kind="treatment",
        visit_date=BEGIN,
        plan=plan,
        treatment=Treatment(
            treated=True, next_visit="treatment", next_date=AGREED, areas=(NEEDLED,)
        ),
    )
    plain = date_next(pack, alone, done)
    event = plain.session_dates[2].date() + timedelta(days=before)

    told = date_next(pack, alone, replace(done, plan=replace(plan, event_date=event)))

    later = timedelta(days=before + 1 if moved else 0)
    assert told.session_dates[:2] == plain.session_dates[:2]
    assert told.session_dates[1].date() == AGREED
    assert told.session_dates[2] == plain.session_dates[2] + later
    assert plain.review_date is not None
    assert told.review_date == plain.review_date + later
    for name, entries in plain.care_calendar.items():
        by = later if name == "session_3" else timedelta()
        assert [it.start for it in told.care_calendar[name]] == [it.start + by for it in entries]


@pytest.mark.parametrize("depth", [2.0, None])
def test_a_next_visit_that_nobody_agreed_comes_after_it_too(
    pack: Pack, depth: float | None
) -> None:
    """Deeper than planned the skin rests longer; the sheet had it two days before the event."""
    visit = make_denied(pack, plan_for("cheeks", "fine_lines", str(BEGIN)))
    event = BEGIN + timedelta(days=44)
    plan = replace(visit.plan, sessions=3, depth_mm=1.0, event_date=event)
    alone = judge(pack, replace(visit, visit_date=BEGIN, plan=plan), today=BEGIN).plan
    assert alone is not None
    needled = replace(NEEDLED, depth_mm=depth)
    treatment = Treatment(treated=True, areas=(needled,))
    done = replace(visit, kind="treatment", visit_date=BEGIN, plan=plan, treatment=treatment)

    told = date_next(pack, alone, done)

    assert told.session_dates[1].date() == event + timedelta(days=1)
