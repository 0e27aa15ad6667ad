"""What the patient view tells of a visit: beside a treatment, what the sheet of its day tells."""

from __future__ import annotations

from datetime import date, datetime

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import (
    date_as_signed,
    find_moment,
    list_done_by,
    read_paper,
    round_up,
)
from consult_app.gui.session import Session
from consult_app.handout.document import Handout
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.handing_over import renew


def is_over(desk: Desk, session: Session) -> bool:
    """Return whether a treatment is one more than its plan has."""
    visit, plan = session.visit, session.judgement.plan
    if visit.kind != "treatment" or plan is None or not plan.session_dates:
        return False
    return len(_list_before(desk, visit)) >= len(plan.session_dates)


def counts_from_elsewhere(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether a plan that its rules move tells nothing of a treatment on its own day."""
    dates = judgement.plan.session_dates if judgement.plan is not None else ()
    return visit.kind == "treatment" and bool(dates) and dates[0].date() != visit.visit_date


def tell_visit(desk: Desk, visit: Consultation, last: Consultation | None) -> Handout:
    """Return what the patient view tells of a visit.

    Beside a treatment that is what is left of the plan, from this visit on, with the hours of the
    sheet that the patient has while they still hold.

    Args:
        desk: Knows the patient's other visits.
        visit: The visit that is open.
        last: The consultation that it follows.

    Raises:
        ConsultError: There is nothing to tell.
    """
    moment = find_moment(visit)
    if visit.kind != "treatment" or last is None or moment is None:
        return desk.tell_patient(visit)
    shown = renew(last, visit, _find_hour(desk, visit, last, moment))
    return desk.tell_patient(date_as_signed(shown, visit))


def _find_hour(desk: Desk, visit: Consultation, last: Consultation, moment: datetime) -> datetime:
    """Return from when care counts: the hour that is planned, or a later one it is done at."""
    plan = read_paper(desk, visit, last).plan
    dates = plan.session_dates if plan is not None else ()
    planned = (it for it in dates if it.date() == moment.date() and it >= moment)
    return next(planned, round_up(moment))


def _list_before(desk: Desk, visit: Consultation) -> tuple[date, ...]:
    return tuple(day for day in list_done_by(desk, visit) if day < visit.visit_date)
