"""A plan goes on from a later treatment with what is left of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.domain.treatment import Treatment
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.visits.continuing import continue_plan, list_done
from consult_app.knowledge.visits.course_left import CourseLeft, begin_with

FIRST = datetime(2026, 11, 30, 11)  # noqa: DTZ001 - wall clock


@pytest.fixture(scope="module")
def pack(resources: Path) -> Pack:
    """The treatment that ships."""
    return load_pack(resources / "content" / "microneedling")


def plan_from(pack: Pack, first: datetime, phototype: Literal[2, 4, 6] = 4) -> Plan:
    request = PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_label_max_mm=2.5,
        first_session=first,
    )
    return resolve(pack, request, Facts(phototype=phototype), today=date(2026, 10, 1))


@pytest.mark.parametrize("phototype", [2, 4, 6])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_left_is_what_the_whole_plan_says_of_those_visits(
    pack: Pack, number: int, phototype: Literal[2, 4, 6]
) -> None:
    """Depths and care are of the later visit, as if the plan had been on these days all along."""
    whole = plan_from(pack, FIRST, phototype)
    today = whole.session_dates[number]
    late = today + timedelta(weeks=3)
    expected = plan_from(pack, FIRST + timedelta(weeks=3), phototype)

    left = continue_plan(plan_from(pack, late, phototype), [FIRST.date()] * number)

    assert left.session_dates == expected.session_dates[number:]
    assert [it.depths for it in left.session_plan] == [
        it.depths for it in expected.session_plan[number:]
    ]
    assert [it.session for it in left.session_plan] == [*range(1, len(left.session_dates) + 1)]
    for place in range(1, len(left.session_dates) + 1):
        told, asked = (
            {it.rule: it for it in plan.care_calendar[f"session_{n}"]}
            for plan, n in ((left, place), (expected, place + number))
        )
        assert told == asked
    assert left.review_date == expected.review_date


def test_when_a_change_may_be_seen_counts_from_the_first_treatment(pack: Pack) -> None:
    whole = plan_from(pack, FIRST)
    late = plan_from(pack, FIRST + timedelta(weeks=4))
    today = late.session_dates[0].date()
    done, before = [FIRST.date()], CourseLeft(planned=4, done=(FIRST.date() - timedelta(7),))

    left = continue_plan(late, done)
    assert begin_with(left, None, today, done).first_visible_window == whole.first_visible_window
    assert begin_with(left, before, today, done).first_visible_window == tuple(
        day - timedelta(7) for day in whole.first_visible_window
    )
    gone = plan_from(pack, FIRST + timedelta(weeks=20))
    told = begin_with(continue_plan(gone, done), None, gone.session_dates[0].date(), done)
    assert told.first_visible_window == ()


def test_a_plan_of_which_nothing_is_left_stays_as_it_is(pack: Pack) -> None:
    plan = plan_from(pack, FIRST)
    days = [FIRST.date()] * len(plan.session_dates)

    assert continue_plan(plan, days) == plan
    assert continue_plan(plan, []) == plan


def test_only_treatments_by_the_same_plan_before_a_day_are_done() -> None:
    done = Consultation(
        id="t1",
        patient_id="p1",
        kind="treatment",
        follows="c1",
        visit_date=FIRST.date(),
        started_at=FIRST,
        treatment=Treatment(treated=True),
    )
    others = (
        replace(done, id="t2", follows="c0"),
        replace(done, id="t3", treatment=Treatment(treated=False)),
        replace(done, id="t4", visit_date=date(2026, 12, 28)),
        done,  # its draft, still there
    )

    assert list_done("c1", (done, *others), date(2026, 12, 28)) == (FIRST.date(),)
