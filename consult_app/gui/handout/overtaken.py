"""What was signed after a sheet was handed over, so that its dates may hold no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import list_done_by, read_kept
from consult_app.gui.phrases import write_day
from consult_app.gui.start.following import find_later
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.workspace.entered import find_line
from consult_app.gui.workspace.overtaking import list_deciding
from consult_app.gui.workspace.unfinished import list_late_found
from consult_app.knowledge.visits.later_said import says_against
from consult_app.wording import t

REPLACED = t("A later consultation of {day} counts. Nothing on this sheet holds beside it.")
NEWER = t("A newer sheet was made for the treatment of {day}. That is the one to hand over.")
AGAINST = t(
    "The review of {day} says to change the plan or to stop. What this sheet plans may not be done."
)
AGREED = t(
    "The review of {day} has the next visit on {agreed}. The dates on this sheet are others."
)
PATCH = t("The review of {day} has a test patch on {agreed}, which is not on this sheet.")
NOT_DONE = t(
    "Nobody was needled on {day}. Care and dates on this sheet may count from that day: tell the "
    "patient which of them still hold."
)
LATE = t("{found}. No treatment is on {first} by that, which is on this sheet.")
UNREAD = t("A later visit of {day} cannot be read. What it says of this sheet is not known.")
NO_DAY = t("a day that is not known")


def tell_overtaken(desk: Desk, told: Consultation, shown: Consultation) -> str:
    """Return what was signed since a sheet was kept that it did not know; empty for nothing.

    Args:
        desk: Knows the patient's other visits.
        told: The visit with which the sheet was kept.
        shown: The visit that is open, which is told by itself.
    """
    listed = desk.patients.list_visits(told.patient_id)
    own = find_line(listed, told.id)
    if own is None:
        return ""
    counting = find_later(listed, _find_base(told), since=told.visit_date)
    if counting is not None and counting.visit_date is not None:
        return REPLACED.format(day=write_day(counting.visit_date))
    later = [it for it in listed if it.signed and _is_later(it, own)]
    begun = [it for it in later if it.kind in {"treatment", "review"} and it.id != shown.id]
    opened, unread = _open(desk, begun)
    known = [it for it in listed if it not in unread]
    lines = [next(_list_since(desk, told, shown, known, opened), "")]
    lines += [UNREAD.format(day=_write_day(it.visit_date)) for it in unread[:1]]
    return " ".join(filter(None, lines))


def _find_base(told: Consultation) -> str | None:
    """Return the consultation of whose plan a sheet tells."""
    return told.follows if told.kind == "treatment" else told.id


def _write_day(day: date | None) -> str:
    return write_day(day) if day is not None else NO_DAY


def _open(desk: Desk, lines: Sequence[ListedVisit]) -> tuple[list[Consultation], list[ListedVisit]]:
    """Return visits, and the lines of those that cannot be read."""
    opened, unread = list[Consultation](), list[ListedVisit]()
    for it in lines:
        try:
            opened.append(desk.records.open_visit(it.id))
        except ConsultError:
            unread.append(it)
    return opened, unread


def _is_later(it: ListedVisit, own: ListedVisit) -> bool:
    """Return whether a record was kept after another.

    By when each was kept, as making the sheet takes a moment from when signing was pressed. What
    follows one was begun from it, whatever a clock said that was set back, or is of another place.
    The order of writing tells less: records of another computer are written here in any.
    """
    return it.changed_at > own.changed_at or it.follows == own.id


def _list_since(
    desk: Desk,
    told: Consultation,
    shown: Consultation,
    listed: Sequence[ListedVisit],
    later: Sequence[Consultation],
) -> Iterator[str]:
    """Yield what treatments and reviews that were signed since say, what weighs most first.

    Args:
        desk: Judges what the sheet was made of.
        told: The visit with which the sheet was kept.
        shown: The visit that is open.
        listed: The visits of the patient that can be read, the latest first.
        later: The treatments and reviews, in that order.
    """
    signed = [it for it in listed if it.signed]
    deciding = [it.id for it in list_deciding(told, signed, date.max)]
    for visit in later:
        if visit.id in deciding and says_against(visit):
            yield AGAINST.format(day=write_day(visit.visit_date))
    yield from _tell_late(desk, told, listed)
    visits = [it for it in later if it.follows == _find_base(told)]
    reviews = [it for it in visits if find_agreed(it) is not None]
    if reviews and not any(_comes_instead(it, reviews[0], listed) for it in (*visits, told, shown)):
        yield from _tell_agreed(desk, told, reviews[0])
    for visit in visits:
        if visit.handout is not None and visit.visit_date >= told.visit_date:
            yield NEWER.format(day=write_day(visit.visit_date))
    for visit in visits:
        if visit.treatment is not None and visit.treatment.treated is False:
            yield NOT_DONE.format(day=write_day(visit.visit_date))


def _tell_late(desk: Desk, told: Consultation, listed: Sequence[ListedVisit]) -> Iterator[str]:
    """Yield that a consultation that the sheet did not know rules out a day still ahead."""
    with suppress(ConsultError):  # whoever opens the consultation that it goes by is told
        base = desk.records.open_visit(_find_base(told) or told.id)
        plan, today = read_kept(desk, told), desk.clock().date()
        for at in plan.session_dates if plan is not None else ():
            if at.date() < today:
                continue
            if found := list_late_found(desk, base, listed, at.date()):
                yield LATE.format(found=found[0], first=write_day(at.date()))
                return


def _comes_instead(it: Consultation, review: Consultation, listed: Sequence[ListedVisit]) -> bool:
    """Return whether a visit has taken the place of the day that a review agreed.

    A treatment since, done or not, or a review that agreed another. Where the patient only did not
    come, the day that was agreed holds until it is gone by.
    """
    treatment, agreed = it.treatment, find_agreed(review)
    if treatment is None:
        return find_agreed(it) is not None and _is_since(it, review, listed)
    if treatment.absent and treatment.next_date is None:
        return agreed is not None and it.visit_date >= agreed
    return treatment.treated is not None and _is_since(it, review, listed)


def _is_since(it: Consultation, review: Consultation, listed: Sequence[ListedVisit]) -> bool:
    """Return whether a visit is later than a review, of those of one day by their order."""
    if it.visit_date != review.visit_date:
        return it.visit_date > review.visit_date
    order = [line.id for line in listed]
    return it.id not in order or order.index(it.id) < order.index(review.id)


def _tell_agreed(desk: Desk, told: Consultation, review: Consultation) -> Iterator[str]:
    """Yield that a review agreed another day than a sheet has."""
    agreed, patch = find_agreed(review), _is_patch(review)
    if agreed is None:
        return
    plan = read_kept(desk, told)
    coming = _find_patch(plan) if patch else _find_next(desk, told, review, plan)
    if agreed != coming:
        day = write_day(review.visit_date)
        yield (PATCH if patch else AGREED).format(day=day, agreed=write_day(agreed))


def find_agreed(review: Consultation) -> date | None:
    """Return the day of a treatment, or of a test patch, that a review agreed; None for none.

    A day before the review is a slip, such as one of the old year.
    """
    told = review.review
    if told is None or told.next_date is None or told.next_visit == "review":
        return None
    return told.next_date if told.next_date >= review.visit_date else None


def _is_patch(review: Consultation) -> bool:
    return review.review is not None and review.review.next_visit == "test_patch"


def _find_patch(plan: Plan | None) -> date | None:
    return plan.coming_patch if plan is not None else None


def _find_next(
    desk: Desk, told: Consultation, review: Consultation, plan: Plan | None
) -> date | None:
    """Return the day that a sheet has for the next visit after a review; None for none.

    By the treatments that were done by then. Where one is not recorded, as where somebody else did
    it, its day is gone by.
    """
    dates = plan.session_dates if plan is not None else ()
    since = date.min if told.kind == "consultation" else told.visit_date
    done = [day for day in list_done_by(desk, review) if day >= since]
    left = (it.date() for it in dates[len(done) :])
    return next((day for day in left if day >= review.visit_date), None)
