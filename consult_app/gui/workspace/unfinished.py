"""What a patient's other unfinished visits say beside the visit that is open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.knowledge.elsewhere import find_stops, lay_stops, move_to
from consult_app.knowledge.judgement import Judgement

Judge = Callable[[Consultation], Judgement]
ASKING = frozenset({"consultation", "treatment"})
"""Kinds of visits in which what may stop a treatment is asked; a review only repeats it."""
SETTLED = frozenset({DecisionState.ABSOLUTE, DecisionState.COULD_NOT_CHECK})


def judge_beside(desk: Desk, treatment: Consultation, judge: Judge) -> Judge:
    """Return what judges an unfinished treatment with what the patient's other visits found.

    What an unfinished visit finds in the way refuses needling, and the lock of it, until that visit
    is finished or put away.

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
        for other, decision in judge_others(visit.visit_date, version):
            if stops := find_stops(desk.pack, visit, found.decision, other, decision):
                return lay_stops(found, other, stops)
        return found

    @lru_cache(maxsize=1)
    def judge_others(day: date, _version: str) -> list[tuple[Consultation, Decision]]:
        """Judge the others for a day; nobody changes them while this visit is open."""
        listed = desk.patients.list_visits(treatment.patient_id)
        begun = [it.id for it in listed if it.unfinished and it.kind in ASKING]
        others = [desk.records.open_visit(it) for it in begun if it != treatment.id]
        return [(it, desk.judge(move_to(it, day)).decision) for it in others]

    return judge_all


def recall_begun(desk: Desk, visit: Consultation) -> tuple[Consultation, ...]:
    """Return the other unfinished consultations of a visit's patient.

    Only those ask for allergies. One that cannot be read is told of to whoever opens it.
    """
    found = []
    with suppress(ConsultError):
        for it in desk.patients.list_visits(visit.patient_id):
            if it.unfinished and it.kind == "consultation" and it.id != visit.id:
                with suppress(ConsultError):
                    found.append(desk.records.open_visit(it.id))
    return tuple(found)
