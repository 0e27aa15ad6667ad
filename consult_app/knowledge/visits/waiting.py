"""How long there is to wait once what is going on now is over, by the days of the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.history import Condition as Illness
from consult_app.domain.history import Facts, Medication
from consult_app.domain.plan import Plan
from consult_app.knowledge.condition.entry import DateCheck, EntryTest
from consult_app.knowledge.condition.walk import list_tests
from consult_app.knowledge.judgement import Judgement, find_lines, judge
from consult_app.knowledge.pack.pack import Pack, Rule
from consult_app.knowledge.planning.dates import deepest_mm
from consult_app.knowledge.told.planned import depths_of_day
from consult_app.knowledge.visits.care_running import find_band
from consult_app.values import dataclass, replace

ENDS = frozenset({"date_healed", "date_cleared", "flare_ended", "last_dose"})
"""Dates on which something is over; a burn or a treatment only begins on its date."""
GOING_ON = frozenset({"active", "flare", "current"})
_NEAR = timedelta(days=7)
"""Within how many days nobody is told to come while something has to settle that has no wait in
days: the references give it none, so it is a number of the sheet and no clinical one (README)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unset:
    """The days of a plan cannot be kept, as what is open now refuses the first of them.

    Attributes:
        soonest: First day that visit 1 can be; None where nobody can tell.
    """

    soonest: date | None = None


def find_days_after(pack: Pack, facts: Facts, finding: Finding) -> int | None:
    """Return for how many days to wait once it is over; None where no rule says it in days.

    It counts for what is going on now: of what was over on a day nobody knows no wait begins. Of
    the waits of several things the longest counts, those of the rule that found it before others of
    its question.
    """
    if not finding.open or finding.severity is not Severity.DEFER:
        return None
    rules = [it for it in pack.rules if it.item == finding.item and it.severity is Severity.DEFER]
    own = [it for it in rules if it.id == finding.id]
    days = {*_list_days(facts, own)} or {*_list_days(facts, rules)}
    return max(days) if days and all(days) else None


def find_soonest_visit(
    pack: Pack, facts: Facts, findings: Iterable[Finding], plan: Plan, today: date
) -> date | None:
    """Return the first day that the first visit can be, where its day is surely too early.

    That is so where the wait would go past it even if all were over today.
    """
    waits = [days for it in findings if (days := find_days_after(pack, facts, it)) is not None]
    if not waits or not plan.session_dates:
        return None
    soonest = today + timedelta(days=max(waits))
    return soonest if plan.session_dates[0].date() < soonest else None


def find_unset(
    pack: Pack, facts: Facts, findings: Iterable[Finding], plan: Plan, today: date
) -> Unset | None:
    """Return that the days of a plan cannot be kept; None where they can, or may be.

    That is so where the wait of something open goes past the first needling, a test patch among
    it, and where that is within a week and something has to settle that has no wait in days.
    """
    found = [it for it in findings if it.open and it.severity is Severity.DEFER]
    if not found or not plan.session_dates:
        return None
    if soonest := find_soonest_visit(pack, facts, found, plan, today):
        return Unset(soonest=soonest)
    waits = [find_days_after(pack, facts, it) for it in found]
    needled = min(filter(None, (plan.coming_patch, plan.session_dates[0].date())))
    longest = max(_NEAR if days is None else timedelta(days=days) for days in waits)
    return Unset() if needled < today + longest else None


def judge_unset(pack: Pack, judgement: Judgement, allowed: Collection[str] = ()) -> Unset | None:
    """Return the same for a visit that was judged, but for what a supervisor `allowed`, by id."""
    facts, screening, plan = judgement.facts, judgement.screening, judgement.plan
    if facts is None or facts.consult_date is None or screening is None or plan is None:
        return None
    found = [it for it in screening.findings if it.id not in allowed]
    return find_unset(pack, facts, found, plan, facts.consult_date)


def judge_on(pack: Pack, visit: Consultation, moment: datetime) -> Judgement:
    """Return what the content would say were the first session at another moment."""
    plan = replace(visit.plan, first_session=moment)
    return judge(pack, replace(visit, plan=plan), today=visit.visit_date)


def find_event_gap(pack: Pack, event: date, phototype: int | None, today: date) -> int | None:
    """Return the fewest days to keep before a big event, where its day is nearer than that.

    So no visit fits before it, however light; which plan it will be need not be known.
    """
    rule = pack.protocol.plan.event_buffer
    days = rule.dark_days if phototype in rule.dark_phototypes else min(rule.days.values())
    return days if today <= event < today + timedelta(days=days) else None


def find_event_wait(
    pack: Pack, visit: Consultation, judgement: Judgement
) -> tuple[int, date] | None:
    """Return the days to keep after a treatment before the patient's event, and the day after it.

    They are those of the depth that is offered or written; of a depth that nobody knows the longest
    count. None where the event is far enough, over, or nobody is treated.
    """
    event, treatment = visit.plan.event_date, visit.treatment
    if event is None or treatment is None or treatment.treated is False:
        return None
    depths = depths_of_day(judgement.plan, find_lines(visit))
    days = _find_event_days(pack, judgement, max(depths.values(), default=None))
    near = visit.visit_date <= event < visit.visit_date + timedelta(days=days)
    return (days, event + timedelta(days=1)) if near else None


def find_next_event_wait(
    pack: Pack, visit: Consultation, judgement: Judgement, day: date
) -> tuple[int, date] | None:
    """Return the same for a next treatment on a day, which goes as deep as the plan ever does.

    Args:
        pack: The content.
        visit: The treatment before it.
        judgement: What the content says of that one.
        day: The day of the next one.
    """
    event, plan = visit.plan.event_date, judgement.plan
    if event is None or not day <= event:
        return None
    sessions = plan.session_plan if plan is not None else ()
    deepest = max(map(deepest_mm, sessions), default=None)
    days = _find_event_days(pack, judgement, deepest)
    return (days, event + timedelta(days=1)) if event < day + timedelta(days=days) else None


def _find_event_days(pack: Pack, judgement: Judgement, deepest: float | None) -> int:
    """Return how many days are kept between needling so deep and a big event."""
    rule, facts = pack.protocol.plan.event_buffer, judgement.facts
    days = rule.days[find_band(pack, deepest)]
    dark = facts is not None and facts.phototype in rule.dark_phototypes
    return max(days, rule.dark_days) if dark else days


def _list_days(facts: Facts, rules: Iterable[Rule]) -> Iterator[int]:
    """Yield how many days each rule waits after what goes on now; 0 where it counts no days."""
    for test in (test for rule in rules for test in list_tests(rule.when)):
        if any(_goes_on(entry) for entry in _list_entries(facts, test)):
            yield from (
                check.span.days
                for check in test.checks
                if isinstance(check, DateCheck) and check.kind == "within" and ENDS & {*check.of}
            )


def _list_entries(facts: Facts, test: EntryTest) -> Iterator[object]:
    return (it for it in getattr(facts, test.name) if it.code in test.codes)


def _goes_on(entry: object) -> bool:
    if isinstance(entry, Medication) and entry.status is None:
        return entry.last_dose is None
    return isinstance(entry, Illness | Medication) and entry.status in GOING_ON
