"""Lines of the lists, made from what the store lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from consult_app.gui.start.listed import ListedPatient, ListedVisit
from consult_app.store.interface import PUT_AWAY, Summary


def list_visit(line: Summary, clock: Callable[[], datetime]) -> ListedVisit:
    """Return the line of a visit; one whose time of saving is lost counts as saved now."""
    saved = line.saved_at or clock().astimezone()
    return ListedVisit(
        id=line.id,
        patient_id=line.patient_id,
        kind=line.kind,
        name=line.name,
        born=line.date_of_birth,
        record_number=line.record_number,
        visit_date=read_day(line.visit_date),
        changed_at=saved.astimezone().replace(tzinfo=None),
        came=bool(line.came) or line.saved_at is None,
        signed=line.state == "signed",
        put_away=line.state == PUT_AWAY,
        follows=line.follows,
        lots=line.lots,
        absent=bool(line.absent),
    )


def list_patient(line: Summary, visits: Iterable[Summary]) -> ListedPatient:
    """Return the line of the patient of a record, with when they were here last.

    Args:
        line: The record.
        visits: What was signed of the patient.
    """
    came = (visit for visit in visits if not visit.absent)
    days = [day for visit in came if (day := read_day(visit.visit_date))]
    return ListedPatient(
        id=line.patient_id,
        name=line.name,
        born=line.date_of_birth,
        record_number=line.record_number,
        last_visit=max(days, default=None),
    )


def read_day(text: str) -> date | None:
    """Return a day as the store has it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
