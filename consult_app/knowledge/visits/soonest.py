"""The first day on which a next treatment may be, after one that is recorded (reference 1.4, 1.5).

Three waits are kept: the least interval of the plan, how long skin that was needled so deep rests
by the rules of screening, and what was found and is over on a day. Nor may it be in the days before
the patient's event. A date that is too early is kept as written, and pointed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import inf

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Severity
from consult_app.errors import InputError
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.carried import carry
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.over_since import find_denied_until
from consult_app.knowledge.visits.waiting import find_days_after, find_next_event_wait, judge_on
from consult_app.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Soonest:
    """The first day, and why no sooner.

    Attributes:
        day: The day.
        weeks: The least interval of the plan, where that is the longer wait; else 0.
        days: How long the skin rests, where that is the longer; else 0. Where both are 0 it is the
            day to which what was found has a treatment wait.
        event: The patient's event, where the date is within the `days` that are kept before it.
    """

    day: date
    weeks: int = 0
    days: int = 0
    event: date | None = None


def find_too_early(
    pack: Pack,
    visit: Consultation,
    judgement: Judgement,
    earlier: Sequence[Consultation] = (),
    said: LastSaid | None = None,
) -> Soonest | None:
    """Return the first day for the next treatment where the date that is written is before it.

    A date that is far enough from the treatment may be too near the event of the plan, or before
    what was found is over.

    Args:
        pack: The content.
        visit: A treatment or a review.
        judgement: What the content says of it.
        earlier: Other treatments of the patient, the latest first; of a review it counts from the
            last of them.
        said: The consultation that it follows, with what was said since.
    """
    part = visit.treatment or visit.review
    if part is None or part.next_date is None or part.next_visit == "review":
        return None
    if part.next_date < visit.visit_date:
        return None
    soonest = _find_after(pack, visit, judgement, earlier)
    wait = _find_wait(pack, visit, judgement, earlier, said)
    known = max(soonest.day if soonest else part.next_date, part.next_date)
    return Soonest(day=wait) if wait is not None and wait > known else soonest


def find_refused_until(
    pack: Pack,
    visit: Consultation,
    judgement: Judgement,
    earlier: Sequence[Consultation] = (),
    said: LastSaid | None = None,
) -> date | None:
    """Return until when no treatment may be after one or a review; None for no such day.

    That is what was found and has a day, and how long needled skin rests by the rules of screening.
    The weeks between two of a plan, and the days before an event, refuse nobody.

    Args:
        pack: The content.
        visit: A treatment or a review.
        judgement: What the content says of it.
        earlier: Other treatments of the patient, the latest first.
        said: The consultation that it follows, with what was said since.
    """
    part = visit.treatment or visit.review
    if part is None or part.next_date is None or part.next_visit == "review":
        return None
    days = [_find_wait(pack, visit, judgement, earlier, said)]
    done = visit if visit.treatment is not None else _find_last(visit, earlier)
    if done is not None and done.treatment is not None and done.treatment.treated:
        days.append(done.visit_date + timedelta(days=find_rest(pack, done)))
    elif done is not None:
        days.append(find_allowed(pack, done, judgement))
    return max((it for it in days if it is not None), default=None)


def _find_after(
    pack: Pack, visit: Consultation, judgement: Judgement, earlier: Sequence[Consultation]
) -> Soonest | None:
    """Return the same for what was needled last, and for the event."""
    part = visit.treatment or visit.review
    assert part is not None  # noqa: S101 - asked of those alone
    assert part.next_date is not None  # noqa: S101 - and where one is written
    done, judged = visit, judgement
    if visit.treatment is None:
        if (needled := _find_last(visit, earlier)) is None:
            return None
        done, judged = needled, judge(pack, needled, today=needled.visit_date)
    if part.next_visit == "test_patch":
        days = find_rest(pack, done)
        soonest: Soonest | None = Soonest(day=done.visit_date + timedelta(days=days), days=days)
    else:
        soonest = find_soonest(pack, done, judged)
    if soonest is None:
        return None
    early = part.next_date < soonest.day
    wait = find_next_event_wait(pack, done, judged, soonest.day if early else part.next_date)
    if wait is None:
        return soonest if early else None
    days, after = wait
    if early:
        return replace(soonest, day=after)
    return Soonest(day=after, days=days, event=done.plan.event_date)


def _find_wait(
    pack: Pack,
    visit: Consultation,
    judgement: Judgement,
    earlier: Sequence[Consultation],
    said: LastSaid | None,
) -> date | None:
    """Return until when what was found has a treatment wait; None where nothing has a day.

    A review asks nothing of it, so the consultation and the last treatment record tell. What was
    told and then denied waits too, as on the day itself.
    """
    part = visit.treatment or visit.review
    if part is None or part.next_date is None:
        return None
    days = [find_denied_until(pack, said, visit, judgement.facts, part.next_date)]
    if visit.treatment is not None:
        decision, found = judgement.decision, judgement.screening
        days += [found.not_before if found is not None else None]
        days += [decision.visit_until if decision.visit else None]
        days += [it.until for it in decision.needed]
    else:
        records = (it for it in earlier if it.treatment and it.visit_date <= visit.visit_date)
        last = said.visit if said is not None else None
        told = [it for it in (last, next(records, None)) if it is not None]
        days += [_find_wait_told(pack, it, visit.visit_date, part.next_date) for it in told]
    return max((it for it in days if it is not None), default=None)


def _find_wait_told(pack: Pack, told: Consultation, today: date, day: date) -> date | None:
    """Return until when what a record tells has a treatment on a day wait, as it stands today.

    What was going on then was over on the day of the record at the earliest.
    """
    asked = replace(carry(told, today), visit_date=today)
    try:
        judged = judge_on(pack, asked, datetime.combine(day, time()))
    except InputError:
        return None  # whoever opens that record is told
    facts, found = judged.facts, judged.screening
    if facts is None or found is None:
        return None
    going_on = [it for it in found.findings if it.id not in judged.decision.recorded]
    waits = [find_days_after(pack, facts, it) for it in going_on]
    days = [told.visit_date + timedelta(days=it) for it in waits if it is not None]
    return max((it for it in (found.not_before, *days) if it is not None), default=None)


def _find_last(review: Consultation, earlier: Sequence[Consultation]) -> Consultation | None:
    """Return the last treatment before a review.

    A test patch is needling too, and no visit of the plan: only how long the skin rests counts.
    """
    treated = (it for it in earlier if it.treatment is not None and it.treatment.treated)
    return next((it for it in treated if it.visit_date <= review.visit_date), None)


def find_soonest(pack: Pack, visit: Consultation, judgement: Judgement) -> Soonest | None:
    """Return the first day for the next treatment; None while nobody said whether one was done.

    The event is left out, for a day after this one may be too near it as well.
    """
    treatment, plan = visit.treatment, judgement.plan
    if treatment is None or treatment.treated is None:
        return None
    if not treatment.treated:
        day = find_allowed(pack, visit, judgement)
        return Soonest(day=day) if day is not None else None
    rest = find_rest(pack, visit)
    weeks = plan.interval_weeks.min if plan is not None and plan.interval_weeks is not None else 0
    if weeks * 7 >= rest:
        return Soonest(day=visit.visit_date + timedelta(weeks=weeks), weeks=weeks)
    return Soonest(day=visit.visit_date + timedelta(days=rest), days=rest)


def find_allowed(pack: Pack, visit: Consultation, judgement: Judgement) -> date | None:
    """Return from which day somebody may be treated who was not; None where nobody can tell.

    The plan moves past what has a day in the treatment itself. What is going on now may last, and
    what another visit says, or contradicts an answer, has a day of its own, or none.
    """
    decision, plan, facts = judgement.decision, judgement.plan, judgement.facts
    if plan is None or facts is None or not plan.session_dates:
        return None
    days: list[date | None] = [plan.session_dates[0].date()]
    days += [decision.visit_until] if decision.visit and decision.blocks_treatment else []
    for it in decision.findings:
        if it.open and it.severity is Severity.DEFER and it.id not in decision.recorded:
            wait = find_days_after(pack, facts, it)
            days.append(None if wait is None else visit.visit_date + timedelta(days=wait))
    days += [it.until for it in decision.needed if it.against]
    known = [it for it in days if it is not None]
    return max(known) if len(known) == len(days) else None


def find_rest(pack: Pack, visit: Consultation) -> int:
    """Return for how many days skin rests that was needled as deep as on that day.

    Of a depth that nobody wrote the longest counts, as for every later visit.
    """
    depth = visit.treatment.deepest_mm if visit.treatment is not None else None
    return pack.protocol.plan.find_needling_gap(inf if depth is None else depth)
