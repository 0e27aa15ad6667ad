"""A plan whose days cannot be kept, told without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from consult_app.domain.plan import CareEntry, CareOffset, Plan
from consult_app.knowledge.dates import as_moment, day_of
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.waiting import judge_unset
from consult_app.values import replace

_HOUR = timedelta(hours=1)


def find_told(pack: Pack, judgement: Judgement, allowed: Collection[str] = ()) -> Plan | None:
    """Return the plan as it is told: without days where the first of them is refused now.

    Args:
        pack: The content.
        judgement: What the content says of the visit.
        allowed: Findings against which a supervisor allowed to treat, by id.
    """
    plan = judgement.plan
    if plan is None or judge_unset(pack, judgement, allowed) is None:
        return plan
    return leave_out_days(pack, plan)


def leave_out_days(pack: Pack, plan: Plan) -> Plan:
    """Return a plan whose visits have no days; its care is told by how long before and after."""
    offsets = {
        name: tuple(_list_offsets(pack, plan.care_calendar[name], moment))
        for number, moment in enumerate(plan.session_dates, 1)
        if (name := f"session_{number}") in plan.care_calendar
    }
    return replace(
        plan,
        session_dates=(),
        earliest_session_2=None,
        test_patch_date=None,
        first_visible_window=(),
        review_date=None,
        peak_window=(),
        care_calendar={},
        care_offsets=offsets,
    )


def _list_offsets(
    pack: Pack, entries: tuple[CareEntry, ...], moment: datetime
) -> Iterator[CareOffset]:
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    for entry in entries:
        rule = rules[entry.rule]
        if rule.dated:  # it has a day of its own, which goes with that of the visit
            continue
        end = entry.until or entry.last_day or entry.allowed_from or entry.start
        if rule.unit == "h":
            start, last = ((as_moment(at) - moment) // _HOUR for at in (entry.start, end))
        else:
            start, last = ((day_of(at) - moment.date()).days for at in (entry.start, end))
        yield CareOffset(rule=rule.id, unit=rule.unit, start=start, end=last)
