"""How long to wait after what is going on now is over stands in the rules, and nowhere else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.history import Condition, Exposure, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.visits.waiting import (
    Unset,
    find_days_after,
    find_soonest_visit,
    find_unset,
)
from consult_app.values import replace

TODAY = date(2027, 3, 1)
CHEEKS = ("cheeks",)
CREAM = Medication(code="tretinoin_topical", status="current", zones=CHEEKS)
RETINOL = replace(CREAM, code="retinol")


def ill(code: str, status: str | None = "active", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any attribute
    return {"conditions": (Condition(code=code, status=status, zones=CHEEKS, **more),)}


def know(**facts: Any) -> Facts:  # noqa: ANN401 - any fact
    return replace(Facts(phototype=2, consult_date=TODAY, zones=CHEEKS, depth_mm=0.5), **facts)


def plan_on(pack: Pack, facts: Facts, day: int) -> Plan:
    request = PlanRequest(
        primary_concern="fine_lines",
        targets=(Target(area="cheeks", concern="fine_lines"),),
        device_label_max_mm=2.5,
        first_session=datetime(2027, 3, day, 10, 30),  # noqa: DTZ001 - wall clock
    )
    return resolve(pack, request, facts, today=TODAY)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        (ill("herpes_simplex"), {"hsv_active": 14}),
        (ill("skin_infection"), {"skin_infection_active": 14}),
        (ill("eczema"), {"eczema_dermatitis_active": 14}),
        (ill("rosacea", "flare"), {"rosacea_flare": 28}),
        (ill("acute_illness"), {"acute_illness": 7}),
        ({"medications": (CREAM,)}, {"topical_retinoid_recent": 5}),
        (
            {"medications": (CREAM, RETINOL)},
            {"topical_retinoid_recent": 5, "exfoliant_recent": 3},
        ),
        ({"medications": (replace(CREAM, zones=("back",)), RETINOL)}, {"exfoliant_recent": 3}),
        # Nothing is counted from then: it has to be looked at, or two weeks after the burn itself.
        (ill("warts", None), {"warts_molluscum_in_area": None}),
        (ill("herpes_zoster"), {"zoster_active": None}),
        (
            {"exposures": (Exposure(code="sunburn", zones=CHEEKS, still_inflamed=True),)},
            {"sunburn": None},
        ),
        # It was over on a day that nobody knows, which may be long ago.
        (ill("herpes_simplex", "healed"), {"hsv_recent": None}),
        ({"medications": (replace(CREAM, status="stopped"),)}, {"topical_retinoid_recent": None}),
        # There is a day, so the rule itself says until when.
        (ill("eczema", "cleared", date_cleared=PartialDate(year=2027, month=2, day=27)), {}),
    ],
)
def test_the_days_are_those_of_the_rules(
    pack: Pack, facts: dict[str, Any], days: dict[str, int | None]
) -> None:
    known = know(**facts)
    found = screen(pack, known, today=TODAY).findings

    told = {it.id: find_days_after(pack, known, it) for it in found if it.open}
    assert told == days


@pytest.mark.parametrize(("day", "soonest"), [(11, 15), (14, 15), (15, None), (25, None)])
def test_a_visit_is_too_early_where_healing_today_would_be_too_late(
    pack: Pack, day: int, soonest: int | None
) -> None:
    """Two weeks after a cold sore has healed: it did not before today (screening reference)."""
    facts = know(**ill("herpes_simplex"))
    found = screen(pack, facts, today=TODAY).findings
    plan = plan_on(pack, facts, day)

    first = find_soonest_visit(pack, facts, found, plan, TODAY)
    assert first == (date(2027, 3, soonest) if soonest else None)


def test_without_dates_nothing_is_too_early(pack: Pack) -> None:
    facts = know(**ill("herpes_simplex"))
    found = screen(pack, facts, today=TODAY).findings
    plan = replace(plan_on(pack, facts, 11), session_dates=())

    assert find_soonest_visit(pack, facts, found, plan, TODAY) is None


@pytest.mark.parametrize(("day", "unset"), [(1, True), (7, True), (8, False), (25, False)])
def test_what_has_no_wait_in_days_leaves_no_day_within_a_week(
    pack: Pack, day: int, *, unset: bool
) -> None:
    """The references say only that it is not today; of a later day nobody can tell."""
    facts = know(pregnancy="possible")
    found = screen(pack, facts, today=TODAY).findings
    plan = plan_on(pack, facts, day)

    assert find_unset(pack, facts, found, plan, TODAY) == (Unset() if unset else None)
    assert find_soonest_visit(pack, facts, found, plan, TODAY) is None
    both = know(**ill("herpes_simplex"), pregnancy="possible")
    told = find_unset(pack, both, screen(pack, both, today=TODAY).findings, plan, TODAY)
    assert told == (Unset(soonest=date(2027, 3, 15)) if day < 15 else None)


@pytest.mark.parametrize("code", ["retinol", "benzoyl_peroxide"])
@pytest.mark.parametrize(("day", "soonest"), [(5, 6), (6, None), (8, None)])
def test_of_two_creams_the_longer_wait_counts(
    pack: Pack, code: str, day: int, soonest: int | None
) -> None:
    """Three days and five are both known, and the later of the two days is the first one."""
    facts = know(medications=(CREAM, replace(CREAM, code=code)))
    found = screen(pack, facts, today=TODAY).findings

    told = find_unset(pack, facts, found, plan_on(pack, facts, day), TODAY)
    assert told == (Unset(soonest=date(2027, 3, soonest)) if soonest else None)
