"""Of melasma the patient is told the longer wait for strong creams."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.history import Condition, Facts
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care_told import tell_care
from consult_app.knowledge.planning.planning import resolve

TODAY = date(2027, 3, 1)
FIRST = datetime(2027, 3, 21, 10, 30)  # noqa: DTZ001 - wall clock
CHEEKS = Target(area="cheeks", concern="melasma")
TEXTURE = Target(area="cheeks", concern="dull_texture")
SCARS = Target(area="thighs", concern="striae_white")


def plan_of(
    pack: Pack,
    *targets: Target,
    conditions: tuple[Condition, ...] = (),
    first: datetime | None = FIRST,
) -> Plan:
    request = PlanRequest(
        primary_concern=targets[0].concern,
        targets=targets,
        device_label_max_mm=2.5,
        first_session=first,
    )
    return resolve(pack, request, Facts(phototype=2, conditions=conditions), today=TODAY)


def days_off(plan: Plan, rule: str = "a_actives") -> list[int]:
    """Return for how many days after each visit something is off."""
    starts = [moment.date() for moment in plan.session_dates]
    return [
        (entry.last_day - start).days
        for start, entries in zip(starts, plan.care_calendar.values(), strict=True)
        for entry in entries
        if entry.rule == rule and entry.last_day
    ]


@pytest.mark.parametrize(
    ("targets", "conditions", "table", "told"),
    [
        ((CHEEKS,), (), 5, 7),
        ((TEXTURE,), (Condition(code="melasma", zones=("cheeks",)),), 5, 7),
        ((CHEEKS, SCARS), (), 10, 10),
        ((TEXTURE,), (), 5, 5),
        ((TEXTURE,), (Condition(code="melasma", zones=("abdomen",)),), 5, 5),
    ],
)
def test_the_longer_of_the_table_and_the_note_is_told(
    pack: Pack,
    targets: tuple[Target, ...],
    conditions: tuple[Condition, ...],
    table: int,
    told: int,
) -> None:
    """The note on melasma creams says 7 to 10 days, the table 5 (planning reference 3.1, 3.3)."""
    plan = plan_of(pack, *targets, conditions=conditions)

    assert set(days_off(plan)) == {table}
    assert set(days_off(tell_care(pack, plan))) == {told}


def test_it_is_allowed_again_on_the_next_day_and_nothing_else_moves(pack: Pack) -> None:
    plan = plan_of(pack, CHEEKS)
    told = tell_care(pack, plan)

    for session, entries in plan.care_calendar.items():
        for before, after in zip(entries, told.care_calendar[session], strict=True):
            if before.rule == "a_actives":
                assert after.last_day
                assert after.allowed_from == after.last_day + timedelta(days=1)
            else:
                assert after == before


def test_without_days_it_is_told_as_long(pack: Pack) -> None:
    told = tell_care(pack, plan_of(pack, CHEEKS, first=None))

    (offset,) = (it for it in told.care_offsets["session_1"] if it.rule == "a_actives")
    assert offset.end == 7
