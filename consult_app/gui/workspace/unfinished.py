"""What a patient's other unfinished visits say beside the visit that is open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.of_practice import hold_to_practice
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.earlier import open_begun
from consult_app.knowledge.decision import could_not_check
from consult_app.knowledge.elsewhere import (
    Stops,
    find_said,
    find_stops,
    lay_plan,
    lay_stops,
    name_kind,
    place_scored,
)
from consult_app.knowledge.judgement import Judgement, find_lines
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


def judge_beside(desk: Desk, treatment: Consultation, judge: Judge) -> Judge:
    """Return what judges an unfinished treatment with what the patient's other visits found.

    What an unfinished visit finds in the way, or tells in words, refuses needling, and the lock of
    it, until that visit is finished or put away.

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
        told = [
            (stops, other)
            for other, decision in judge_others(visit.visit_date, version, find_lines(visit))
            if (stops := _find(desk, visit, found.decision, (other, decision)))
        ]
        if not told:
            return found
        stops, other = min(told, key=lambda it: it[0].rank)
        return lay_stops(found, other, stops)

    @lru_cache(maxsize=1)
    def judge_others(day: date, _version: str, lines: Lines) -> list[Beside]:
        """Judge the others for a day and depths; nobody changes them while this visit is open."""
        listed = desk.patients.list_visits(treatment.patient_id)
        begun = [it.id for it in listed if it.unfinished and it.id != treatment.id]
        areas = tuple(TreatedArea(area=area, concern="", depth_mm=mm) for area, mm in lines)
        at = replace(treatment, visit_date=day, treatment=Treatment(areas=areas))
        return [_judge(desk, desk.records.open_visit(it), at) for it in begun]

    return judge_all


def _find(desk: Desk, visit: Consultation, own: Decision, beside: Beside) -> Stops | None:
    other, decision = beside
    if decision is None:
        return find_said(visit, other)
    return find_stops(desk.pack, visit, own, other, decision)


def _judge(desk: Desk, other: Consultation, treatment: Consultation) -> Beside:
    """Return what another visit says of a treatment."""
    if other.kind not in ASKING:
        return other, None
    laid = lay_plan(other, treatment)
    judged = desk.judge(laid)
    placed = laid if judged.facts is None else place_scored(desk.pack, laid, judged.facts)
    return other, judged.decision if placed is laid else desk.judge(placed).decision


def list_begun(desk: Desk, visit: Consultation, last: Consultation) -> list[str]:
    """Return what other unfinished visits find in the way, beside a return visit; latest first.

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
        begun = open_begun(desk, listed, ASKING)
        bases = [(it, it if it.plan.targets else last) for it in begun]
        told = [(it, hold_to_practice(base, desk.settings)) for it, base in bases]
        return [line for it, base in told if (line := _tell(desk, it, base, day))]
    return []


def _tell(desk: Desk, other: Consultation, base: Consultation, day: date) -> str:
    """Return what a visit finds in the way on a day of what another plans; empty for nothing."""
    at = replace(base, visit_date=day, answers={})

    def find_labels() -> str:
        stops = _find(desk, at, Decision(), _judge(desk, other, at))
        return ", ".join(stops.labels) if stops else ""

    labels = attempt(find_labels, lambda _: could_not_check().headline)
    told = TOLD[name_kind(other)].format(day=write_day(other.visit_date), labels=labels)
    return told if labels else ""


def recall_begun(desk: Desk, visit: Consultation) -> tuple[Consultation, ...]:
    """Return the other unfinished consultations of a visit's patient.

    Only those ask for allergies. One that cannot be read is told of to whoever opens it.
    """
    with suppress(ConsultError):
        listed = desk.patients.list_visits(visit.patient_id)
        return open_begun(desk, [it for it in listed if it.id != visit.id], {"consultation"})
    return ()
