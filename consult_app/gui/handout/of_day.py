"""The sheet of a treatment on another day, or at a later hour, than the one handed over says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_time
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.earlier import recall_earlier, recall_last
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.visits.continuing import continue_plan, list_done
from consult_app.knowledge.visits.handed_dates import (
    tell_moved,
    tell_not_done,
    tell_refused,
    tell_stopped,
    tell_unknown,
)
from consult_app.knowledge.visits.handing_over import hands_over, renew
from consult_app.knowledge.visits.needled_today import begin_then, date_next, tell_outdone
from consult_app.knowledge.visits.refused_day import find_box_day, is_refused
from consult_app.knowledge.visits.supervising import list_allowed
from consult_app.knowledge.visits.treating import stands_on_others
from consult_app.knowledge.visits.waiting import judge_unset
from consult_app.values import replace

QUARTER = 15
"""Minutes; hours that are reckoned are rounded up, never down (planning reference 3.1)."""


def find_moved(desk: Desk, session: Session) -> str:
    """Return what on the sheet the patient has no longer holds for a treatment; or nothing."""
    visit, last, moment = session.visit, session.last, find_moment(session.visit)
    treated = visit.treatment.treated if visit.treatment is not None else None
    if last is None or (moment is None and treated is not False):
        return ""
    paper, number = read_paper(desk, visit, last), len(list_done_by(desk, visit)) + 1
    plan, before = paper.plan, paper.before
    unset = not before and judge_unset(desk.pack, paper.judged, list_allowed(paper.told))
    now, supervisor = session.judgement, desk.settings.practice.supervisor.strip()
    if not paper.known:
        return tell_unknown(visit.visit_date)
    at, day = number - len(before), visit.visit_date
    told = tell_not_done(plan, at, day) if treated is False else ""
    if not (told or treated) and is_refused(visit, now, supervisor):
        kept, soonest = None if unset else plan, find_box_day(visit, now)
        return tell_stopped(kept, at, day, now.decision.headline, soonest)
    if moment is None:
        return told
    if unset:
        return tell_refused(moment.date())
    first = len(before) + 1
    told = tell_moved(plan, number, moment, first=first, write_time=write_time)
    return told or tell_outdone(desk.pack, plan, max(number - first, 0), visit)


@dataclass(frozen=True)
class Paper:
    """The sheet that the patient has.

    Attributes:
        told: What it was made of.
        judged: That, by the numbers it was made with.
        plan: What it tells of a plan; None for none, and where nobody can tell.
        known: Whether the content and the numbers it was made with are known here.
        before: The visits that it leaves out, as they were done by then.
    """

    told: Consultation
    judged: Judgement
    plan: Plan | None
    known: bool
    before: tuple[date, ...]


def read_paper(desk: Desk, visit: Consultation, last: Consultation) -> Paper:
    """Return what the patient's sheet was made of: of the consultation, or of a later treatment.

    As that was signed: what was answered since moves no date on the sheet at home.

    Raises:
        ConsultError: The consultation cannot be read.
    """
    newer, told = find_newer(desk, visit), desk.records.open_visit(last.id)
    begun = find_moment(newer) if newer is not None else None
    before = tuple[date, ...]()
    if newer is not None and begun is not None:
        told = date_as_signed(renew(told, newer, round_up(begun)), newer)
        before = tuple(day for day in list_done_by(desk, newer) if day < newer.visit_date)
    judged = desk.judge_then(_leave_out_done(told))
    plan = _list_left(desk, told, judged, before)
    known = not stands_on_others(told, judged)
    return Paper(told=told, judged=judged, plan=plan if known else None, known=known, before=before)


def read_kept(desk: Desk, told: Consultation) -> Plan | None:
    """Return what a sheet tells of a plan that was kept with a visit; None where nobody can tell.

    Of a treatment that is the plan from it on.
    """
    made = told if told.kind == "consultation" else recall_anew(desk, told)
    if made is None:
        return None
    before = tuple(day for day in list_done_by(desk, told) if day < told.visit_date)
    judged = attempt(lambda: desk.judge_then(_leave_out_done(made)), could_not_judge)
    return _list_left(desk, made, judged, before)


def _list_left(
    desk: Desk, told: Consultation, judged: Judgement, before: Sequence[date]
) -> Plan | None:
    """Return what a sheet tells of a plan, after the visits that were done by then."""
    plan = judged.plan and continue_plan(judged.plan, before)
    return plan and begin_then(date_next(desk.pack, plan, told), told)


def find_newer(desk: Desk, visit: Consultation) -> Consultation | None:
    """Return the treatment whose own sheet the patient has, if one before this visit has any."""
    own = visit.handout is not None and visit.state == "signed"
    known = [] if own else recall_earlier(desk, visit)
    earlier = [it for it in known if it.visit_date <= visit.visit_date]
    return next((it for it in earlier if it.follows == visit.follows and it.handout), None)


def find_anew(desk: Desk, session: Session) -> Consultation | None:
    """Return what a sheet is made of anew for the day of a treatment; None where none is.

    It waits until the patient was treated, as nothing counts from a treatment that did not take
    place. Who makes it tells of a plan what is left after the treatments before.
    """
    visit, last, moment = session.visit, session.last, find_moment(session.visit)
    treated = visit.treatment is not None and visit.treatment.treated
    if session.locked or not treated or last is None or moment is None:
        return None
    if not find_moved(desk, session):
        return None
    anew = renew(last, visit, round_up(moment))
    judgement = desk.judge(_leave_out_done(anew))
    dates = judgement.plan.session_dates if judgement.plan is not None else ()
    if not dates or dates[0].date() != moment.date() or not hands_over(anew, judgement):
        return None  # by its rules it would count from yet another day
    done = list_done_by(desk, visit)
    again = visit.visit_date in done  # nobody could tell which of the two a sheet of that day is of
    return anew if len(done) < len(dates) and not again else None


def _leave_out_done(renewed: Consultation) -> Consultation:
    """Return what a sheet is made of as its plan is judged: by itself, not by what was done of it.

    Another visit of the patient is judged beside a treatment with what is done there.
    """
    return replace(renewed, treatment=None)


def date_as_signed(renewed: Consultation, treatment: Consultation) -> Consultation:
    """Return a consultation that was renewed for a treatment, as of when that was signed."""
    return replace(
        renewed,
        state=treatment.state,
        signed_at=treatment.signed_at,
        content_version=treatment.content_version,
    )


def recall_anew(desk: Desk, done: Consultation) -> Consultation | None:
    """Return what the own sheet of a signed treatment was made of, as its record and others tell.

    By its content and numbers; None where that cannot be read any more.
    """
    moment = find_moment(done)
    try:
        said = recall_last(desk, done)
    except ConsultError:
        return None
    if moment is None or said is None:
        return None
    return date_as_signed(renew(said.visit, done, round_up(moment)), done)


def find_moment(visit: Consultation) -> datetime | None:
    """Return when a treatment is; None for other visits, and where nobody was treated."""
    begun = visit.plan.first_session
    if visit.treatment is None or visit.treatment.treated is False or begun is None:
        return None
    return datetime.combine(visit.visit_date, begun.time())


def round_up(moment: datetime) -> datetime:
    """Return the next quarter of an hour; the moment itself where that is another day."""
    later = moment + timedelta(minutes=-moment.minute % QUARTER)
    return later if later.date() == moment.date() else moment


def list_done_by(desk: Desk, visit: Consultation) -> tuple[date, ...]:
    """Return the days of the other treatments by the same plan, up to the day of one."""
    earlier = recall_earlier(desk, visit, unfinished=True)
    return list_done(visit.follows or "", earlier, visit.visit_date + timedelta(days=1))
