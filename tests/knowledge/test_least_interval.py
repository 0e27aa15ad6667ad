"""The least interval of a plan is kept from the last treatment that the records know of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Severity
from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import MISSED_PATCH, PlanOutcome
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.test_depth_of_day import treat, visit

__all__ = ["visit"]
TREATED = date(2026, 11, 30)
SIX_WEEKS = date(2027, 1, 11)


def look(  # noqa: PLR0913 - what a case is told by, by name
    pack: Pack,
    visit: Consultation,
    day: date,
    *,
    area: str = "cheeks",
    depth: float = 1.0,
    phototype: int = 5,
    seen: date | None = None,
) -> Judgement:
    """Judge a visit after a treatment, planned for a day."""
    needled = Procedure(
        code="microneedling", date=PartialDate.of(TREATED), zones=(area,), depth_mm=depth
    )
    at = datetime.combine(day, datetime.min.time().replace(hour=9))
    now = replace(
        visit,
        visit_date=seen or day,
        needled=(needled,),
        plan=replace(visit.plan, first_session=at),
        facts=replace(visit.facts, phototype=phototype),  # type: ignore[arg-type] # 1 to 6
    )
    return judge(pack, now, today=seen or day)


def test_four_weeks_after_a_treatment_dark_skin_waits_for_six(
    pack: Pack, visit: Consultation
) -> None:
    """The plan could go ahead as asked, and the treatment was taken, signed and done."""
    judged = look(pack, visit, date(2026, 12, 28))

    assert judged.decision.state is DecisionState.DEFER
    assert judged.decision.blocks_treatment
    assert judged.decision.headline == "Not before 11 January 2027"
    (waits,) = [it for it in judged.decision.findings if it.severity is Severity.DEFER]
    assert waits.until == SIX_WEEKS
    assert waits.action == (
        "The least interval of this plan is 6 weeks from the last treatment here, on "
        "30 November 2026."
    )
    assert judged.plan is not None
    assert judged.plan.outcome is PlanOutcome.DEFER_THEN_PROCEED
    assert judged.plan.earliest_first_session == SIX_WEEKS
    assert judged.plan.session_dates[0].date() == SIX_WEEKS


def test_the_longer_of_both_waits_is_the_one_that_is_told(pack: Pack, visit: Consultation) -> None:
    """Within four weeks the rule of screening said a day that plan and sheet did not."""
    soon = look(pack, visit, date(2026, 12, 21))
    deep = look(pack, visit, date(2026, 12, 28), depth=2.0)

    for judged in (soon, deep):
        (waits,) = [it for it in judged.decision.findings if it.id == "microneedling_recent"]
        assert waits.until == SIX_WEEKS
        assert judged.decision.headline == "Not before 11 January 2027"


@pytest.mark.parametrize(
    ("day", "area", "phototype"),
    [
        (SIX_WEEKS, "cheeks", 5),
        (date(2026, 12, 28), "abdomen", 5),
        (date(2026, 12, 28), "cheeks", 2),
    ],
)
def test_after_it_elsewhere_and_in_light_skin_nothing_waits(
    pack: Pack, visit: Consultation, day: date, area: str, phototype: int
) -> None:
    seen = max(TREATED, day - timedelta(days=28))  # time is left for a test patch
    judged = look(pack, visit, day, area=area, phototype=phototype, seen=seen)

    waiting = {it.id for it in judged.decision.findings if it.severity is Severity.DEFER}
    assert not waiting
    assert judged.plan is not None
    assert judged.plan.earliest_first_session is None
    assert judged.plan.session_dates[0].date() == day


def test_a_treatment_waits_as_the_plan_says(pack: Pack, visit: Consultation) -> None:
    judged = look(pack, treat(visit, 1.0), date(2026, 12, 28))

    assert judged.decision.headline == "Not before 11 January 2027"


def test_light_skin_keeps_the_interval_of_the_concern_after_a_light_treatment(
    pack: Pack, visit: Consultation
) -> None:
    """The rule of screening asks for seven days, the plan for four weeks."""
    judged = look(pack, visit, date(2026, 12, 14), depth=0.25, phototype=2)

    assert judged.decision.headline == "Not before 28 December 2026"


def test_an_event_keeps_its_gap_from_a_day_that_waits(pack: Pack, visit: Consultation) -> None:
    near = replace(visit, plan=replace(visit.plan, event_date=date(2027, 1, 20)))
    judged = look(pack, near, date(2026, 12, 28))

    assert judged.plan is not None
    assert judged.plan.session_dates[0].date() > date(2027, 1, 20)
    warned = [it.text for it in judged.plan.warnings if it.id == "event_buffer"]
    assert warned
    assert "none" in warned[0]


@pytest.mark.parametrize(("first", "waits"), [(date(2027, 1, 25), False), (SIX_WEEKS, True)])
def test_no_test_patch_follows_needling_too_soon(
    pack: Pack, visit: Consultation, first: date, *, waits: bool
) -> None:
    """It stood on sheet and list two weeks after needling, when nothing may be needled there."""
    judged = look(pack, visit, first, seen=date(2026, 12, 7))

    assert judged.plan is not None
    assert (judged.plan.coming_patch is None) is waits
    assert (MISSED_PATCH in {it.id for it in judged.decision.findings}) is waits
