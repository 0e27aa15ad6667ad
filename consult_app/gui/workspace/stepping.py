"""How far the records of a patient let a treatment go deeper than the first of its plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.entered import leave_out_copies, open_entered
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.visits.stepping import count_steps, offer_depths
from consult_app.knowledge.visits.treating import suggest_areas
from consult_app.values import replace

Judge = Callable[[Consultation], Judgement]
COUNTED = frozenset({"treatment", "review", "addendum"})
"""Kinds of visits that tell how deep the next treatment may go."""


def count_deeper(desk: Desk, last: Consultation, listed: Sequence[ListedVisit]) -> int:
    """Return how many steps deeper than the first the next treatment by a consultation may go.

    Where nobody was needled, or no clean review followed, the next treatment goes no deeper.

    Raises:
        ConsultError: A record cannot be read.
    """
    return count_steps(last.id, _open(desk, listed))


def recall_stepping(desk: Desk, visit: Consultation) -> Sequence[Consultation]:
    """Return what tells how deep a treatment may go, or nothing where any cannot be read."""
    try:
        return read_stepping(desk, visit)
    except ConsultError:
        return ()


def read_stepping(desk: Desk, visit: Consultation) -> list[Consultation]:
    """Return the other treatments, reviews and addenda of a patient; nothing of another kind.

    Raises:
        ConsultError: One cannot be read.
    """
    listed = desk.patients.list_visits(visit.patient_id)
    return _open(desk, [it for it in listed if it.id != visit.id])


def _open(desk: Desk, listed: Sequence[ListedVisit]) -> list[Consultation]:
    """Open what counts; of what nobody signed a treatment, because it was done, and a review."""
    counted = [it for it in listed if it.kind in COUNTED and not it.put_away]
    signed = [open_entered(desk, it) for it in counted if it.signed]
    begun = (it.id for it in counted if it.unfinished and it.kind != "addendum")
    return leave_out_copies(signed + [desk.records.open_visit(it) for it in begun])


def judge_steps(desk: Desk, treatment: Consultation, judge: Judge) -> Judge:
    """Return what judges a treatment that is not signed, with the steps that its reviews allow.

    Where a record cannot be read, none is known to allow any.
    """

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed":
            return found
        return replace(found, steps=count(visit.visit_date))

    @lru_cache(maxsize=1)
    def count(day: date) -> int:
        """Count them for a day; nobody changes the others while this visit is open."""
        earlier = recall_stepping(desk, treatment)
        return count_steps(treatment.follows or "", (it for it in earlier if it.visit_date <= day))

    return judge_all


def follow_steps(
    desk: Desk, treatment: Consultation, judge: Judge
) -> Callable[[Consultation], Consultation]:
    """Return what offers the depths of a treatment anew, by what is known now.

    What cannot be judged keeps the depths with which it was left; it is refused for that. So does
    what is marked as treated: it was done at the depths that stood there.

    Args:
        desk: Has the content.
        treatment: The treatment.
        judge: Judges it beside all that is known of its patient.
    """
    found = attempt(lambda: judge(treatment), could_not_judge)
    offered = suggest_areas(desk.pack, found.plan, found.steps or 0)

    def follow(visit: Consultation) -> Consultation:
        written = visit.treatment
        if written is None or written.treated or visit.state != "draft":
            return visit
        areas = offer_depths(written.areas, offered)
        return replace(visit, treatment=replace(written, areas=areas))

    return follow


def renew_depths(desk: Desk, visit: Consultation, judge: Judge) -> Consultation:
    """Return a visit that is opened again; a treatment is offered its depths anew."""
    return follow_steps(desk, visit, judge)(visit) if visit.kind == "treatment" else visit
