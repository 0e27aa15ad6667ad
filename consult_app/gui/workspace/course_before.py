"""The course that a return visit may go on with, also where others came between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.workspace.earlier import recall_last
from consult_app.gui.workspace.entered import find_line
from consult_app.knowledge.visits.later_said import LastSaid


def recall_said(desk: Desk, visit: Consultation) -> LastSaid | None:
    """Return the signed visit that another follows, what was said since, and its course.

    Raises:
        ConsultError: Any of it but the course cannot be read.
    """
    said = recall_last(desk, visit)
    return said and replace(said, course=recall_course(desk, visit))


def recall_course(desk: Desk, visit: Consultation) -> tuple[Consultation, ...]:
    """Return the consultations that a return visit goes back to, and the treatments by their plans.

    As far back as the last by which somebody was treated; beyond what cannot be read nobody knows.

    Args:
        desk: Lists and opens them.
        visit: The return visit, a signed one as it was then; for another kind there are none.
    """
    found: list[Consultation] = []
    base_id = visit.follows if visit.kind == "consultation" else None
    with suppress(ConsultError):
        listed = desk.patients.list_visits(visit.patient_id)
        own = find_line(listed, visit.id) if visit.state == "signed" else None
        known = [it for it in listed if own is None or it.changed_at <= own.changed_at]
        signed = [it for it in known if it.signed and it.kind == "treatment"]
        while base_id is not None and base_id not in {it.id for it in found}:
            done = [desk.records.open_visit(it.id) for it in signed if it.follows == base_id]
            found += done
            if any(it.treatment is not None and it.treatment.treated for it in done):
                break
            found.append(desk.records.open_visit(base_id))
            base_id = found[-1].follows
    return tuple(found)
