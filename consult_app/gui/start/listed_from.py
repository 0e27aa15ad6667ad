"""Lines of the lists, made from what the store lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from consult_app.gui.start.listed import ListedVisit
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


def read_day(text: str) -> date | None:
    """Return a day as the store has it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
