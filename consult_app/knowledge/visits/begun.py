"""A visit begun on one day and gone on with on a later one.

It is judged, marked and dated for its own day until somebody makes it a visit of today.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Supervision
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import leave_out_denied
from consult_app.knowledge.told.carried import carry, carry_to_ask
from consult_app.knowledge.told.contradicted import forget_said_again
from consult_app.knowledge.told.passed import find_past
from consult_app.knowledge.visits.asked_of_day import find_answered
from consult_app.knowledge.visits.details import forget_details
from consult_app.knowledge.visits.told_then import keep_then
from consult_app.values import replace

_MOVED = (
    *("visit_date", "facts", "answers", "overrides"),
    *("plan", "agreement", "treatment"),
)
"""What of a visit is another once it is of another day."""


def is_behind(visit: Consultation, today: date) -> bool:
    """Return whether an unfinished visit that is judged for its day is of a day before today."""
    judged = visit.kind in {"consultation", "treatment"}
    return judged and visit.state == "draft" and visit.visit_date < today


def find_past_visit(visit: Consultation, today: date) -> date | None:
    """Return the day of a first visit that an unfinished consultation plans, where it is past."""
    first = visit.plan.first_session
    open_now = visit.kind == "consultation" and visit.state == "draft"
    return first.date() if open_now and first is not None and first.date() < today else None


def move_to(
    pack: Pack, visit: Consultation, day: date, last: Consultation | None = None
) -> Consultation:
    """Return the visit as one of another day; a treatment is asked about anew for that day.

    So is a consultation about what may be another by then. Its first visit on the day that it
    leaves goes on with it, as none is before its consultation.

    Args:
        pack: The content.
        visit: The visit.
        day: The day.
        last: The consultation that a treatment goes by.
    """
    first = visit.plan.first_session
    if day == visit.visit_date:
        return visit
    follows = first is not None and first.date() == visit.visit_date < day
    if first is not None and (visit.kind == "treatment" or follows):
        first = datetime.combine(day, first.time())
    plan = replace(visit.plan, first_session=first)
    told_on = _find_told_on(visit)
    if told_on < day:
        asked = pack.day_items if visit.kind == "consultation" else _list_recheck(pack, visit, last)
        visit = keep_then(pack, visit, asked, told_on)
    moved = replace(carry(visit, day, told_on), visit_date=day, plan=plan)
    if visit.kind == "treatment":
        return _forget_recheck(pack, moved, last)
    return _ask_of_day(pack, visit, moved) if asks_anew(visit, day) else moved


def move_from(
    pack: Pack,
    visit: Consultation,
    before: Consultation,
    day: date,
    last: Consultation | None = None,
) -> Consultation:
    """Return a visit as one of another day, moved from the day that it had before.

    While a day is written its letters are those of other days, which are none of the visit.

    Args:
        pack: The content.
        visit: The visit, of which nothing else is another since.
        before: The visit when its day began to be written.
        day: The day.
        last: The consultation that a treatment goes by.
    """
    moved = move_to(pack, before, day, last)
    changed: dict[str, Any] = {name: getattr(moved, name) for name in _MOVED}
    return replace(visit, **changed)


def _find_told_on(visit: Consultation) -> date:
    """Return the day on which a visit was told: one that was dated back is no longer ago."""
    return max(visit.visit_date, visit.started_at.date())


def asks_anew(visit: Consultation, day: date) -> bool:
    """Return whether what was said in a consultation was said before a day it may be moved to."""
    said_before = visit.started_at.date() < day and visit.visit_date < day
    return visit.kind == "consultation" and said_before


def _ask_of_day(pack: Pack, visit: Consultation, moved: Consultation) -> Consultation:
    """Return a moved consultation in which what holds for a day only is not asked yet.

    What a *Yes* named stays, and counts while its question is open: nobody denied it. That it is
    to be treated today was meant for the day that it leaves.
    """
    carried = carry_to_ask(visit, moved.visit_date, _find_told_on(visit))
    facts = leave_out_denied(pack, visit, carried.facts)
    for item in pack.day_items:
        moved = forget_said_again(moved, item)
    return replace(
        moved,
        facts=facts,
        answers={item: it for item, it in moved.answers.items() if item not in pack.day_items},
        agreement=replace(moved.agreement, treat_today=False),
    )


def _forget_recheck(pack: Pack, visit: Consultation, last: Consultation | None) -> Consultation:
    """Return a treatment in which nothing was asked on the day; what a *Yes* named stays named."""
    of_day = _find_of_day(pack, visit, last)
    for item in (*pack.recheck.items, *of_day):
        if item in visit.answers and visit.answers[item].state == "yes":
            visit = forget_details(pack, visit, visit, item)
    past = find_past(pack, visit, visit.visit_date)
    items = {*_list_recheck(pack, visit, last), *past}
    answers = {item: it for item, it in visit.answers.items() if item not in items}
    treatment = visit.treatment
    if treatment is not None:
        treatment = replace(
            treatment,
            new_medicines=None,
            supervision=Supervision(),
            treated=None,
            absent=False,
        )
        treatment = treatment.place_cream(visit.visit_date)  # only the time of day is written
    return replace(visit, answers=answers, treatment=treatment)


def _list_recheck(pack: Pack, visit: Consultation, last: Consultation | None) -> set[str]:
    """Return the questions that a treatment asks anew once it is of another day."""
    return {*pack.recheck.items, *pack.medicine_items, *_find_of_day(pack, visit, last)}


def _find_of_day(pack: Pack, visit: Consultation, last: Consultation | None) -> frozenset[str]:
    return find_answered(pack, last, visit) if last is not None else frozenset()
