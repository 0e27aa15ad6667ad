"""Which signed visit a new one follows, and which was begun after it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import takewhile

from consult_app.custody.beside import list_beside
from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError, NotYetError
from consult_app.gui.desk import Desk
from consult_app.gui.start.listed import ListedVisit
from consult_app.wording import t


def find_begun(
    kind: str,
    last: Consultation,
    done: Sequence[ListedVisit],
    open_now: Consultation | None,
    today: date,
) -> str:
    """Return the id of what was begun today after a visit and is unfinished; else nothing.

    Args:
        kind: What is to begin.
        last: The signed visit that it follows.
        done: The visits of the patient.
        open_now: The visit that is open.
        today: The day.
    """
    kind = "consultation" if kind == "return" else kind
    if open_now is not None and (open_now.kind, open_now.follows) == (kind, last.id):
        return "" if open_now.state == "signed" else open_now.id
    wanted = (kind, last.id, today, True)
    begun = (it.id for it in done if (it.kind, it.follows, it.visit_date, it.unfinished) == wanted)
    return next(begun, "")


def find_review(last: Consultation, listed: Sequence[ListedVisit]) -> ListedVisit | None:
    """Return the latest signed review of a consultation, or of an older one but signed after it.

    What a review says holds for whatever was planned by then, whichever record it was begun from.

    Args:
        last: The consultation.
        listed: Visits of its patient, the latest first.
    """
    own = next((it for it in listed if it.id == last.id), None)
    at = own.changed_at if own is not None else last.signed_at or last.started_at

    def is_later(it: ListedVisit) -> bool:
        if it.follows == last.id or (own is not None and own.knew(it)):
            return it.follows == last.id
        after = (it.visit_date or date.max, it.changed_at) > (last.visit_date, at)
        return after or (own is not None and it.is_apart_from(own))

    later = [it for it in listed if it.signed and it.kind == "review" and is_later(it)]
    return next((it for it in later if it.knew(later[0])), next(iter(later), None))


def find_counting(listed: Iterable[ListedVisit], until: date | None = None) -> ListedVisit | None:
    """Return the signed consultation that counts: that of the latest day, of one day the last kept.

    Args:
        listed: The visits of a patient, the latest first.
        until: What is of a later day does not count yet.
    """
    signed = (it for it in listed if it.signed and it.kind == "consultation")
    return next((it for it in signed if _is_by(it, until)), None)


def find_later(
    listed: Iterable[ListedVisit],
    base_id: str | None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> ListedVisit | None:
    """Return the consultation that counts in the place of another; None where that one counts.

    Args:
        listed: The visits of a patient, the latest first.
        base_id: The other one.
        since: What is of an earlier day takes the place of nothing.
        until: What is of a later day does not count yet.
    """
    counting = find_counting(takewhile(lambda it: it.id != base_id, listed), until)
    if counting is None or counting.visit_date is None:
        return counting if since is None else None
    return counting if since is None or counting.visit_date >= since else None


def _is_by(it: ListedVisit, day: date | None) -> bool:
    return day is None or (it.visit_date or day) <= day


def is_overtaken(desk: Desk, visit: Consultation) -> bool:
    """Return whether a consultation counts that is later than the one a visit was begun after.

    Nobody knows where what was signed cannot be listed; then it is not said.
    """
    if visit.follows is None or visit.kind == "addendum":
        return False
    with suppress(ConsultError):
        listed = desk.patients.list_visits(visit.patient_id)
        return find_later(listed, visit.follows) is not None
    return False


def list_copies(desk: Desk, visit: Consultation) -> list[ListedVisit]:
    """Return the other copies of a visit that nobody put away, the one first that came first.

    They were kept beside one another when records came in. None where they cannot be listed.
    """
    own = list_beside(visit.id)

    def find_place(other: str) -> int:
        behind = own.index(other) + 1 if other in own else 0
        return behind or -1 - list_beside(other).index(visit.id)

    with suppress(ConsultError):
        listed = desk.patients.list_visits(visit.patient_id)
        kin = (it for it in listed if it.id in own or visit.id in list_beside(it.id))
        return sorted((it for it in kin if not it.put_away), key=lambda it: find_place(it.id))
    return []


def is_done(visit: Consultation) -> bool:
    """Return whether it says that the patient was treated, from which the next one counts."""
    return visit.treatment is not None and visit.treatment.treated is True


def find_signed_copy(desk: Desk, visit: Consultation) -> Consultation | None:
    """Return the copy of an unfinished visit that is signed, in whose place it would count too.

    None where that one says that nobody was treated and this one that somebody was: what was done
    counts nowhere else. Addenda may say what both of them say.
    """
    if visit.state == "signed" or visit.kind == "addendum":
        return None
    with suppress(ConsultError):
        copies = (desk.records.open_visit(it.id) for it in list_copies(desk, visit) if it.signed)
        return next((it for it in copies if is_done(it) or not is_done(visit)), None)
    return None


def find_other(desk: Desk, visit: Consultation) -> Consultation | None:
    """Return the copy for which an unfinished visit may be put away, a signed one first.

    One that cannot be read is none: whoever opens it is told.
    """
    if signed := find_signed_copy(desk, visit):
        return signed
    with suppress(ConsultError):
        return next((desk.records.open_visit(it.id) for it in list_copies(desk, visit)), None)
    return None


def find_base(
    desk: Desk, kind: str, open_now: Consultation | None, last: Consultation | None
) -> Consultation:
    """Return the signed visit that a new one follows.

    Args:
        desk: Where visits are found.
        kind: What is to begin.
        open_now: The visit that is open.
        last: The last signed consultation of the patient on the page, where no visit is open.

    Raises:
        NotYetError: Nothing is signed that it could follow.
    """
    if kind == "addendum" and open_now is not None:
        if open_now.state == "signed" and open_now.kind != "addendum":
            return open_now
        advice = t("This one is not signed yet, so it can still be changed. Nothing is lost.")
        if open_now.state == "signed":
            advice = t("This is an addendum itself. Open the record that it adds to.")
        raise NotYetError(t("An addendum belongs to a signed record"), advice)
    newest = kind == "return"  # it follows the latest, also from an earlier one
    if open_now is not None and not newest and _is_signed_consultation(open_now):
        base: Consultation | None = open_now
    elif open_now is not None:
        base = _find_last(desk, open_now)
    else:
        base = last
    if kind == "addendum" or base is None:
        raise NotYetError(
            t("There is no signed consultation yet"),
            t("Sign and lock the consultation first; this follows from it. Nothing is lost."),
        )
    if kind == "treatment" and base.agreement.decision != "go_ahead":
        raise NotYetError(
            t("The patient has not decided to go ahead"),
            t("The last signed consultation says otherwise. Begin a return visit first."),
        )
    return base


def _find_last(desk: Desk, visit: Consultation) -> Consultation | None:
    """Return the last signed consultation of the patient of an open visit."""
    found = find_counting(desk.patients.list_visits(visit.patient_id))
    return desk.records.open_visit(found.id) if found is not None else None


def _is_signed_consultation(visit: Consultation) -> bool:
    return visit.state == "signed" and visit.kind == "consultation"
