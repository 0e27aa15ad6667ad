"""When a patient is to come next by the plan, where nobody wrote a date (reference 1.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import Plan
from consult_app.domain.treatment import UNSETTLED, Review, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.soonest import find_allowed, find_rest
from consult_app.knowledge.visits.waiting import find_next_event_wait, find_soonest_visit, judge_on
from consult_app.values import dataclass, replace

CHECK_IN, CHECK_UP = "a_checkin", "a_photo"
"""The care rules of what every patient is promised: a call, and a look at the skin."""
_NOT_AGAIN = frozenset({DecisionState.ABSOLUTE, DecisionState.COULD_NOT_CHECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What follows by the plan.

    Attributes:
        day: The day.
        what: What for; a decision is that of who thinks about it and is asked on the day.
        settled: Whether it is a day of the plan; else nobody can tell that yet, and the patient is
            expected from this one on, not to be forgotten.
    """

    day: date
    what: Literal["treatment", "review", "test_patch", "decision"]
    settled: bool = True


def find_expected_day(
    pack: Pack, visit: Consultation, judgement: Judgement, earlier: Sequence[Consultation]
) -> date | None:
    """Return when the patient is to come next by the plan, which may have moved the day asked.

    Who thinks about it is asked by then, or on a day that was agreed for that.
    """
    if is_day_chosen(visit):
        return visit.expected_on
    if visit.kind in {"treatment", "review"}:
        coming = find_coming(pack, visit, judgement, earlier)
        return _find_first_of_all(visit, coming.day, earlier) if coming is not None else None
    if visit.kind != "consultation" or visit.agreement.decision not in {"go_ahead", "think"}:
        return None
    plan = _find_plan(pack, visit, judgement)
    sessions = [session.date() for session in plan.session_dates] if plan is not None else []
    patch = plan.coming_patch if plan is not None else None
    # Who must not be treated may think about it all the same, of a plan that has no dates then.
    thinks, first = visit.agreement.decision == "think", visit.plan.first_session
    asked = first.date() if thinks and first is not None else None
    return min([day for day in (patch, *sessions) if day is not None], default=asked)


def is_day_chosen(visit: Consultation) -> bool:
    """Return whether a day was agreed on which who thinks about it is asked what was decided.

    One before the visit is none, as with the old year.
    """
    thinks = visit.kind == "consultation" and visit.agreement.decision == "think"
    return thinks and visit.expected_on is not None and visit.expected_on >= visit.visit_date


def _find_first_of_all(visit: Consultation, day: date, earlier: Sequence[Consultation]) -> date:
    """Return the day, or that of a test patch which comes before the plan begins."""
    told = visit.review
    begun = _find_begun(visit, earlier)
    if begun is None or begun.expected_on is None or told is None or told.adverse in UNSETTLED:
        return day
    return max(begun.expected_on, visit.visit_date)


def _find_plan(pack: Pack, visit: Consultation, judgement: Judgement) -> Plan | None:
    """Return the plan, from the first day that its sheet allows where the day asked for is sooner.

    That is so where what is going on now outlasts that day.
    """
    plan, facts, found = judgement.plan, judgement.facts, judgement.screening
    if plan is None or facts is None or found is None:
        return plan
    today = facts.consult_date or visit.visit_date
    soonest = find_soonest_visit(pack, facts, found.findings, plan, today)
    if soonest is None:
        return plan
    moment = datetime.combine(soonest, plan.session_dates[0].time())
    return judge_on(pack, visit, moment).plan or plan


def find_coming(
    pack: Pack, visit: Consultation, judgement: Judgement, earlier: Sequence[Consultation]
) -> Coming | None:
    """Return what follows a treatment or a review by the plan; None where no plan says so.

    After a treatment it is the next one, in the plan's interval, not before the skin may be needled
    again and not too near the event; after the last one the review, which counts from that one.
    Where nobody was needled it is the day that the plan allows, once what is in the way in this or
    another visit is over. A review that says to continue leaves standing what was to come before,
    and so does a treatment to which the patient did not come.

    Args:
        pack: The content.
        visit: The treatment or review.
        judgement: What the content says of it.
        earlier: Other treatments and reviews of the patient, the latest first, and the consultation
            that they follow.
    """
    if visit.review is not None:
        return _stay_with(pack, visit, earlier) if visit.review.decision == "continue" else None
    treatment, plan = visit.treatment, judgement.plan
    if treatment is None or treatment.treated is None or plan is None or not plan.session_dates:
        return None
    if treatment.absent:
        return None  # nobody said anything anew: what was to come before still is
    if not treatment.treated:
        return _find_put_off(pack, visit, judgement)
    done = [it for it in earlier if it.follows == visit.follows and _is_needled(it)]
    left = max(len(plan.session_plan) - len(done) - 1, 0)
    gap = _find_gap(pack, visit, plan)
    day = visit.visit_date + gap
    if (treatment.next_visit or ("treatment" if left else "review")) == "review":
        days = timedelta(days=pack.protocol.plan.limits.review_days)
        return Coming(day=visit.visit_date + left * gap + days, what="review")
    return Coming(day=_clear_event(pack, visit, judgement, day), what="treatment")


def _find_put_off(pack: Pack, visit: Consultation, judgement: Judgement) -> Coming | None:
    """Return when to come again after a day on which nobody was needled.

    What another visit says that nobody signed yet says nothing of the days to come.
    """
    if judgement.decision.state in _NOT_AGAIN and not judgement.decision.visit:
        return None
    day = find_allowed(pack, visit, judgement)
    if day is None:
        return Coming(day=visit.visit_date, what="treatment", settled=False)
    return Coming(day=_clear_event(pack, visit, judgement, day), what="treatment")


def _clear_event(pack: Pack, visit: Consultation, judgement: Judgement, day: date) -> date:
    """Return the day for a treatment after one; that after the event where it is too near."""
    wait = find_next_event_wait(pack, visit, judgement, day)
    return wait[1] if wait is not None else day


def _find_gap(pack: Pack, visit: Consultation, plan: Plan) -> timedelta:
    """Return the plan's interval, or the wait after what was needled where that is longer."""
    weeks = plan.interval_weeks.used if plan.interval_weeks is not None else 0
    return timedelta(days=max(find_rest(pack, visit), weeks * 7))


def _stay_with(pack: Pack, review: Consultation, earlier: Sequence[Consultation]) -> Coming | None:
    """Return what was to come after the last treatment, or was agreed in a review since.

    A day gone by is the review's own. Where it was to be this very review, it is what the plan has
    after that treatment.
    """
    told = (it for it in earlier if it.follows == review.follows and _tells_next(it))
    before = next(told, None)
    if before is not None and before.review is not None:
        others = [it for it in earlier if it != before]
        return _stay_agreed(before.review, review.visit_date, _stay_with(pack, review, others))
    if before is None or before.treatment is None:
        return _begin_still(pack, review, earlier)
    if before.treatment.next_visit == "review":
        return _go_on(pack, review, before, earlier)
    agreed = before.treatment.next_date
    day = agreed or before.expected_on
    if day is None:
        return None
    if agreed is None or agreed < review.visit_date:
        judged = judge(pack, before, today=before.visit_date)
        day = _clear_event(pack, before, judged, max(day, review.visit_date))
    return Coming(day=day, what="treatment", settled=bool(agreed) or not is_put_off(before))


def _stay_agreed(agreed: Review, today: date, planned: Coming | None) -> Coming | None:
    """Return what an earlier review agreed on, or what was planned without it once that is past."""
    day, what = agreed.next_date, agreed.next_visit or "treatment"
    if day is None:
        return planned
    if what == "treatment":
        return Coming(day=max(day, today), what=what)
    sooner = what == "review" and planned is not None and planned.day < day
    return planned if day <= today or sooner else Coming(day=day, what=what)


def _begin_still(
    pack: Pack, review: Consultation, earlier: Sequence[Consultation]
) -> Coming | None:
    """Return when the plan begins that nobody was treated by yet; a day gone by is the review's.

    Of who thinks about it, when to ask.
    """
    base = _find_begun(review, earlier)
    if base is None or base.expected_on is None:
        return None
    if base.agreement.decision == "think":
        day = max(base.expected_on, review.visit_date)
        return Coming(day=day, what="decision", settled=False)
    plan = _find_plan(pack, base, judge(pack, base, today=base.visit_date))
    first = plan.session_dates[0].date() if plan and plan.session_dates else base.expected_on
    return Coming(day=max(first, review.visit_date), what="treatment")


def _find_begun(review: Consultation, earlier: Sequence[Consultation]) -> Consultation | None:
    """Return the consultation that a review follows, while nobody was treated by its plan."""
    follows = [it for it in earlier if it.follows == review.follows and _tells_next(it)]
    base = next((it for it in earlier if it.id == review.follows), None)
    expects = base is not None and base.agreement.decision in {"go_ahead", "think"}
    return base if expects and not follows else None


def _go_on(
    pack: Pack, review: Consultation, before: Consultation, earlier: Sequence[Consultation]
) -> Coming | None:
    treatment = replace(before.treatment or Treatment(), next_visit=None, next_date=None)
    plain, others = replace(before, treatment=treatment), [it for it in earlier if it != before]
    coming = find_coming(pack, plain, judge(pack, plain, today=before.visit_date), others)
    if coming is None or (coming.what == "review" and coming.day <= review.visit_date):
        return None
    return replace(coming, day=max(coming.day, review.visit_date))


def _tells_next(visit: Consultation) -> bool:
    """Return whether a record says what was to come.

    A treatment to which nobody came does not, nor does a review, unless a day was agreed in it.
    """
    told = visit.treatment or visit.review
    if told is None:
        return False
    is_open = visit.review is not None or (visit.treatment is not None and visit.treatment.absent)
    return told.next_date is not None or not is_open


def is_put_off(visit: Consultation) -> bool:
    """Return whether nobody was needled, and a signed record has no later day for it."""
    treatment, day = visit.treatment, visit.expected_on
    stopped = treatment is not None and treatment.treated is False
    return stopped and day is not None and day <= visit.visit_date


def _is_needled(visit: Consultation) -> bool:
    return visit.treatment is not None and bool(visit.treatment.treated)


def find_promises(pack: Pack) -> Mapping[str, timedelta]:
    """Return how long after a treatment the patient is promised a call and a look at the skin.

    By the ids of the care rules; of what is not promised there is nothing.
    """
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    return {it: timedelta(days=rules[it].start) for it in (CHECK_IN, CHECK_UP) if it in rules}
