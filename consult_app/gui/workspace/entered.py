"""When the records of a patient were entered, whatever days they are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from consult_app.custody.beside import list_beside
from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.start.following import find_later
from consult_app.gui.start.listed import ListedVisit


def open_entered(desk: Desk, line: ListedVisit) -> Consultation:
    """Return a signed visit as one that was signed at the moment of which its line tells.

    One from elsewhere was signed by the clock of another place, which says nothing of what came
    first.
    """
    return replace(desk.records.open_visit(line.id), signed_at=line.changed_at)


def leave_out_copies(visits: Iterable[Consultation]) -> list[Consultation]:
    """Return visits without copies of what counts already: a treatment was done once.

    They were kept beside the one that counts, which says too that the patient was treated.
    """
    opened = list(visits)
    treated = [it.id for it in opened if it.treatment is not None and it.treatment.treated]
    done = {name for it in treated for name in list_beside(it)}
    return [it for it in opened if it.id not in done]


def find_line(listed: Sequence[ListedVisit], visit_id: str | None) -> ListedVisit | None:
    """Return the line of a visit; None where it is not listed."""
    return next((it for it in listed if it.id == visit_id), None)


def list_since(listed: Sequence[ListedVisit], visit_id: str) -> frozenset[str]:
    """Return which visits an unfinished one did not know when it was saved last.

    They were written here after it, as what came from elsewhere since, or saved after it by their
    clock. A clock alone does not tell: it may be another's, or have been set meanwhile. One that
    came from elsewhere itself knew for certain only what it follows, whatever the clock there said.

    Args:
        listed: The visits of a patient.
        visit_id: The unfinished one.
    """
    own = find_line(listed, visit_id)
    if own is None:
        return frozenset()

    def is_unknown(it: ListedVisit) -> bool:
        later = it.written > own.written or it.changed_at > own.changed_at
        return later or (own.came and it.id != own.follows)

    return frozenset(it.id for it in listed if it.id != visit_id and is_unknown(it))


def list_late(
    listed: Sequence[ListedVisit], base_id: str | None, day: date, kind: str = "consultation"
) -> list[ListedVisit]:
    """Return what a consultation did not know, although it is of an earlier day.

    It was signed after that one, or came in after it was signed here, whatever the clock elsewhere
    said; or it is later than what that one follows, and came from elsewhere or was begun here
    beside it: had it been signed here before, that one would follow it.

    Args:
        listed: The visits of a patient.
        base_id: The consultation.
        day: What is of a later day does not concern it yet.
        kind: The kind of visit that is looked for.
    """
    base = find_line(listed, base_id)
    if base is None:
        return []
    until, follows = min(base.visit_date or day, day), find_line(listed, base.follows)
    since = (follows.visit_date if follows is not None else None) or date.min
    known = {base.id, base.follows}

    def is_late(it: ListedVisit) -> bool:
        on = it.visit_date or date.min
        came = it.came and not base.came and it.written > base.written
        after = (came or it.changed_at > base.changed_at) and on < until
        return after or (kind == "consultation" and since < on <= until)

    signed = (it for it in listed if it.signed and it.kind == kind and it.id not in known)
    return [it for it in signed if is_late(it)]


def is_replaced(visit: Consultation, base_id: str, listed: Sequence[ListedVisit]) -> bool:
    """Return whether what a visit has come next is by a consultation that counts no more.

    A day that was agreed since that other one stands.

    Args:
        visit: The treatment or review; of other visits it is false.
        base_id: The consultation it followed.
        listed: The visits of its patient, the latest first.
    """
    told = visit.treatment or visit.review
    if told is None:
        return False
    since = visit.visit_date if told.next_date is not None else None
    return find_later(listed, base_id, since=since) is not None
