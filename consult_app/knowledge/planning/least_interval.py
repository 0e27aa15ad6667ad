"""The least interval of a plan, kept from the last treatment that the records know of.

The rules of screening ask how long ago the skin was needled and how deep; a plan asks for more in
darker skin (reference 1.4 and 1.5), between its own visits as after those that were done before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Procedure
from consult_app.domain.plan import Interval, Plan
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.request import Order
from consult_app.values import replace
from consult_app.wording import tn

RULE = "microneedling_recent"
"""The rule of screening beneath whose question the interval is told."""


def find_interval_end(order: Order, interval: Interval) -> date | None:
    """Return the day until which the least interval of a plan has to be kept.

    None where it is over by the day asked for, or nothing was needled there. What was needled
    without zones may have been anywhere.
    """
    days = _list_ordered(order)
    end = max(days) + timedelta(weeks=interval.min) if days else None
    return end if end is not None and order.day < end else None


def goes_on(order: Order) -> bool:
    """Return whether this may be what is left of a course, by what the records know was needled.

    It was there, and no longer before it than the longest interval and the time to the check-up:
    after that a course is over. How many treatments it had they do not tell.
    """
    weeks, limits = order.primary.interval_weeks.max, order.protocol.plan.limits
    apart = timedelta(weeks=weeks, days=limits.review_days)
    return any(order.day - day <= apart for day in _list_ordered(order))


def find_patch_wait(look: Callable[[date], Screening], patch: date, first: date) -> date | None:
    """Return the day until which a test patch has to wait; None where it need not.

    It is needling too, so the last one counts as well. What stops the patch, or asks for a
    decision, and is over by the first session counts as a wait, although it is no deferral: nobody
    is asked about it there.

    Args:
        look: Screens on a day.
        patch: The day of the patch.
        first: The day of the first session.
    """
    waits = (it for it in look(patch).findings if it.severity is Severity.DEFER)
    ends = [it.until for it in waits if it.until is not None]
    passing = _find_barring(look(patch)) - _find_barring(look(first))
    if passing:
        days = [patch + timedelta(days=after) for after in range((first - patch).days + 1)]
        over = bisect_left(days, True, key=lambda day: passing.isdisjoint(_find_barring(look(day))))
        ends += days[over : over + 1]
    return max(ends, default=None)


def _find_barring(screening: Screening) -> frozenset[str]:
    """Return what stops treating without a deferral, or has to be decided first."""
    barring = (Severity.ABSOLUTE, Severity.RELATIVE)
    return frozenset(it.id for it in screening.findings if it.severity in barring)


def _list_ordered(order: Order) -> tuple[date, ...]:
    areas = tuple(target.area for target in order.targets)
    return _list_days(order.protocol.areas, order.limits.needled, areas)


def _list_days(
    tree: AreaTree, needled: Iterable[Procedure], areas: tuple[str, ...]
) -> tuple[date, ...]:
    return tuple(
        it.date.last_day()
        for it in needled
        if it.date is not None
        and (not it.zones or any(tree.overlap(zone, area) for zone in it.zones for area in areas))
    )


def keep_interval(
    pack: Pack, screening: Screening, plan: Plan | None, needled: Iterable[Procedure], day: date
) -> Screening:
    """Return a screening that waits until the least interval of a plan is over.

    Args:
        pack: The content.
        screening: What the rules find.
        plan: The plan as resolved.
        needled: What the records know was needled.
        day: The day on which it is to begin.
    """
    if plan is None or plan.interval_weeks is None:
        return screening
    weeks, tree = plan.interval_weeks.min, pack.protocol.areas
    days = _list_days(tree, needled, tuple(line.area for line in plan.lines))
    until = max(days) + timedelta(weeks=weeks) if days else day
    if day >= until:
        return screening
    fired = next((it for it in screening.findings if it.id == RULE), None)
    if fired is not None and fired.until is not None and fired.until >= until:
        return screening
    words = tn(
        "The least interval of this plan is {n} week from the last treatment here, on {day}.",
        "The least interval of this plan is {n} weeks from the last treatment here, on {day}.",
        weeks,
        day=write_day(max(days)),
    )
    found = replace(fired or _begin(pack), until=until, action=words)
    return _lay(screening, found)


def _begin(pack: Pack) -> Finding:
    """Return the finding of a rule that did not fire; what it cites says nothing of an interval."""
    rule = pack.rule_by_id[RULE]
    question = pack.question_by_id[rule.item]
    return Finding(
        id=rule.id,
        item=rule.item,
        severity=Severity.DEFER,
        resolves_by=rule.resolves_by,
        action=rule.action,
        why=question.why,
        digest=rule.digest,
    )


def _lay(screening: Screening, found: Finding) -> Screening:
    others = (it for it in screening.findings if it.id != found.id)
    findings = sorted((*others, found), key=lambda it: (it.severity.rank, it.id))
    ends = (it for it in (screening.not_before, found.until) if it is not None)
    not_before, outcome = max(ends), findings[0].severity
    waiting = any(it.open and it.severity is Severity.DEFER for it in findings)
    return replace(
        screening,
        findings=tuple(findings),
        outcome=outcome,
        not_before=not_before,
        defer_until=not_before if outcome is Severity.DEFER and not waiting else None,
    )
