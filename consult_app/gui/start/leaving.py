"""What becomes of a visit that is left while nothing was entered in it. At a lock it stays."""

from __future__ import annotations

from contextlib import suppress

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.start.beginning import is_blank


def leave_visit(desk: Desk, visit: Consultation, *, idle: bool) -> Consultation | None:
    """Take back a visit that nobody would miss; whoever pressed the wrong button would find it.

    Args:
        desk: What it was opened with.
        visit: The visit as it was closed; it is durable by now.
        idle: Whether it was begun for a known patient, and nothing was entered since.

    Returns:
        One for somebody new of whom nothing but the name or birth date was entered. That may have
        been meant, so it stays; it is to be offered to take it back. Else None.
    """
    with suppress(ConsultError):  # then it stays, unfinished
        if idle:
            desk.records.drop_draft(visit.id)
            return None
        if visit.state == "signed" or visit.follows is not None:
            return None
        begun = desk.begin_visit(desk.settings, visit.patient)
        alone = len(desk.patients.list_visits(visit.patient_id)) == 1
        if not alone or not is_blank(visit, begun):
            return None
        if visit.patient != Patient():
            return visit
        desk.records.withdraw(visit)
    return None
