"""What a patient's other visits say beside the visit that is open, which did not begin from them.

They are unfinished, or were signed later although they are of an earlier day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.due import AGAINST, BARRED, NOT_AHEAD, RULED_OUT, TOO_EARLY
from consult_app.gui.start.following import find_later
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.start.of_practice import hold_to_practice
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.agreed_early import is_early
from consult_app.gui.workspace.earlier import find_base, open_begun
from consult_app.gui.workspace.entered import is_replaced, list_late, open_entered
from consult_app.gui.workspace.overtaking import is_refused_since
from consult_app.knowledge.judgement import Judgement, could_not_judge, find_lines
from consult_app.knowledge.screening.decision import could_not_check
from consult_app.knowledge.told.own_needling import leave_out_own
from consult_app.knowledge.visits.elsewhere import (
    Stops,
    find_misdated,
    find_said,
    find_stops,
    lay_plan,
    lay_stops,
    place_scored,
)
from consult_app.knowledge.visits.later_said import says_against
from consult_app.knowledge.visits.unread_visit import lay_unread
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.values import replace
from consult_app.wording import t

Judge = Callable[[Consultation], Judgement]
Lines = tuple[tuple[str, float | None], ...]
"""Areas of a treatment with their depths."""
Beside = tuple[Consultation, Decision | None]
"""Another visit with what it says of a treatment; of a review or addendum a person must tell."""
ASKING = frozenset({"consultation", "treatment"})
"""Kinds of visits in which what may stop a treatment is asked; the others only repeat it."""
SETTLED = frozenset({DecisionState.ABSOLUTE, DecisionState.COULD_NOT_CHECK})
TOLD = {
    "consultation": t("Consultation of {day}, not finished: {labels}"),
    "return": t("Return visit of {day}, not finished: {labels}"),
    "treatment": t("Treatment record of {day}, not finished: {labels}"),
}
TOLD_LATE = {
    "consultation": t("Consultation of {day}, signed on {signed}: {labels}"),
    "return": t("Return visit of {day}, signed on {signed}: {labels}"),
}


def judge_beside(desk: Desk, treatment: Consultation, judge: Judge) -> Judge:
    """Return what judges an unfinished treatment with what the patient's other visits found.

    What an unfinished visit finds in the way, or tells in words, refuses needling, and the lock of
    it, until that visit is finished or put away; what was signed late, until a return visit. What
    was done by then has to be recorded all the same. Where nothing of it is in the way, the visit
    is named all the same: beside one that nobody has read to the end, no treatment is clear.

    Args:
        desk: Opens and judges those visits.
        treatment: The treatment.
        judge: What judges it by itself.
    """

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed" or found.decision.state in SETTLED:
            return found
        version = found.screening.content_version if found.screening is not None else ""
        others, read = judge_others(visit.visit_date, version, find_lines(visit))
        told = [
            (stops, other)
            for other, decision in others
            if (stops := _find(desk, visit, found.decision, (other, decision)))
        ]
        if not told:
            unread = (it for it, _ in others if it.id not in read)
            other = next((it for it in unread if it.visit_date <= visit.visit_date), None)
            return lay_unread(found, other) if other is not None else found
        stops, other = min(told, key=lambda it: it[0].rank)
        ends = [it.until for it, _ in told if it.until is not None]
        stops = replace(stops, until=max(ends) if len(ends) == len(told) else None)
        done = visit.treatment is not None and bool(visit.treatment.treated)
        return lay_stops(found, other, stops, done=done)

    @lru_cache(maxsize=1)
    def judge_others(day: date, _version: str, lines: Lines) -> tuple[list[Beside], set[str]]:
        """Judge the others for a day and depths; nobody changes them while this visit is open."""
        listed = desk.patients.list_visits(treatment.patient_id)
        begun = [it for it in listed if it.unfinished and it.id != treatment.id]
        others = [desk.records.open_visit(it.id) for it in begun]
        late = list_late(listed, treatment.follows, day)
        others += [open_entered(desk, it) for it in late]
        others = [leave_out_own(desk.pack, it, treatment) for it in others]
        areas = tuple(TreatedArea(area=area, concern="", depth_mm=mm) for area, mm in lines)
        here = replace(treatment, visit_date=day, treatment=Treatment(areas=areas))
        return [_judge(desk, it, here) for it in others], _list_read(listed, late)

    return judge_all


def _list_read(listed: Sequence[ListedVisit], late: Sequence[ListedVisit]) -> set[str]:
    """Return what was signed late and read: it was named at a treatment that was signed since.

    Where the patient did not come nobody need have read it, nor could anybody before it came in,
    whatever the clock elsewhere said.
    """
    signed = [it for it in listed if it.signed and it.kind == "treatment" and not it.absent]

    def is_before(it: ListedVisit, done: ListedVisit) -> bool:
        return it.written < done.written if it.came else it.changed_at < done.changed_at

    return {it.id for it in late if any(is_before(it, done) for done in signed)}


def _find(desk: Desk, visit: Consultation, own: Decision, beside: Beside) -> Stops | None:
    other, decision = beside
    if decision is None:
        return find_said(visit, other)
    misdated = find_misdated(visit, other, decision)
    return misdated or find_stops(desk.pack, visit, own, other, decision)


def _judge(desk: Desk, other: Consultation, treatment: Consultation) -> Beside:
    """Return what another visit says of a treatment."""
    if other.kind not in ASKING:
        return other, None
    laid = lay_plan(other, treatment)
    judged = desk.judge(laid)
    placed = laid if judged.facts is None else place_scored(desk.pack, laid, judged.facts)
    return other, judged.decision if placed is laid else desk.judge(placed).decision


def list_begun(desk: Desk, visit: Consultation, last: Consultation) -> list[str]:
    """Return what other visits find in the way, beside a return visit; unfinished ones first.

    A return visit asks everything anew, so it is told and refuses nothing.

    Args:
        desk: Opens and judges those visits.
        visit: The return visit.
        last: The visit it follows; its areas count for what plans none yet.
    """
    if visit.state == "signed" or visit.kind != "consultation":
        return []
    day = max(visit.visit_date, desk.clock().date())
    with suppress(ConsultError):
        listed = [it for it in desk.patients.list_visits(visit.patient_id) if it.id != visit.id]
        # Who the patient is may have been corrected here, a moment before it is kept for all.
        begun = [replace(it, patient=visit.patient) for it in open_begun(desk, listed, ASKING)]
        told = [_tell(desk, it, last, day) for it in begun]
        return [*filter(None, told), *list_late_found(desk, last, listed, day)]
    return []


def list_begun_beside(desk: Desk, visit: Consultation, last: Consultation) -> list[str]:
    """Return what other unfinished visits find in the way of a treatment, latest first.

    Also what the re-check counts over: it is told where it is asked.
    """
    if visit.state == "signed":
        return []
    with suppress(ConsultError):
        listed = [it for it in desk.patients.list_visits(visit.patient_id) if it.id != visit.id]
        begun = [leave_out_own(desk.pack, it, visit) for it in open_begun(desk, listed, ASKING)]
        return [line for it in begun if (line := _tell(desk, it, last, visit.visit_date))]
    return []


def list_late_found(
    desk: Desk, last: Consultation, listed: Sequence[ListedVisit], day: date
) -> list[str]:
    """Return what was signed after the last consultation, of an earlier day, and is in the way.

    What cannot be read is told to whoever opens it.

    Args:
        desk: Opens and judges those visits.
        last: The last consultation.
        listed: The visits of its patient.
        day: The day for which they are judged.
    """
    found = []
    for it in list_late(listed, last.id, day):
        with suppress(ConsultError):
            found.append(_tell(desk, open_entered(desk, it), last, day))
    return [line for line in found if line]


def find_ruled_out(desk: Desk, visit: Consultation, day: date) -> str:
    """Return what is in the way of a signed visit's treatment on a day that the visit did not know.

    As words that take what the day was for; empty for nothing. What cannot be read is told to
    whoever opens it.
    """
    with suppress(ConsultError):
        listed = desk.patients.list_visits(visit.patient_id)
        base = visit.id if visit.kind == "consultation" else visit.follows
        if base is None:
            return ""
        if says_against(visit):
            return AGAINST
        if is_replaced(visit, base, listed):
            return RULED_OUT
        last = visit if base == visit.id else desk.records.open_visit(base)
        if _is_barred(desk, last, day):
            return BARRED
        late = list_late(listed, base, day)
        found = late and list_late_found(desk, last, listed, day)
        if found or is_refused_since(desk, last, listed, day):
            return RULED_OUT
        later = find_later(listed, base)
        decided = _tell_decided(desk, later.id) if later is not None else ""
        return decided or (TOO_EARLY if is_early(desk, visit, day) else "")
    return ""


def _tell_decided(desk: Desk, visit_id: str) -> str:
    """Return that at a later consultation the patient did not go ahead, or that nobody can tell."""
    try:
        ahead = desk.records.open_visit(visit_id).agreement.decision == "go_ahead"
    except ConsultError:
        return RULED_OUT
    return "" if ahead else NOT_AHEAD


def _is_barred(desk: Desk, last: Consultation, day: date) -> bool:
    """Return whether who the patient is by what is known now, such as the age, bars needling."""
    known = last.patient
    with suppress(ConsultError):
        known = desk.patients.open(last.patient_id).identity
    if (known.date_of_birth, known.sex) == (last.patient.date_of_birth, last.patient.sex):
        return False
    then = replace(last, state="draft", patient=known, visit_date=day)
    judged = attempt(lambda: desk.judge(then), could_not_judge)
    return judged.decision.state in {DecisionState.ABSOLUTE, DecisionState.COULD_NOT_CHECK}


def _tell(desk: Desk, other: Consultation, last: Consultation, day: date) -> str:
    """Return what a visit finds in the way on a day; empty for nothing."""
    base = hold_to_practice(other if other.plan.targets else last, desk.settings)
    at = replace(base, visit_date=day, answers={})

    def find_labels() -> str:
        stops = _find(desk, at, Decision(), _judge(desk, other, at))
        return ", ".join(stops.labels) if stops else ""

    labels = attempt(find_labels, lambda _: could_not_check().headline)
    return name_by(TOLD, TOLD_LATE, other, write_day, labels=labels) if labels else ""


def recall_begun(desk: Desk, visit: Consultation) -> tuple[Consultation, ...]:
    """Return the other consultations of a visit's patient that it does not know.

    They are unfinished, or were signed late. Only consultations ask for allergies. One that cannot
    be read is told of to whoever opens it.
    """
    with suppress(ConsultError):
        listed = [it for it in desk.patients.list_visits(visit.patient_id) if it.id != visit.id]
        begun = open_begun(desk, listed, {"consultation"})
        if visit.state == "signed":
            return begun
        late = list_late(listed, find_base(visit, listed), visit.visit_date)
        return (*begun, *(open_entered(desk, it) for it in late))
    return ()
