"""What was done and seen at a patient's other visits, and what it lets follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Procedure
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.following import find_counting
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.workspace.entered import find_line, leave_out_copies, list_late, open_entered
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.needled import NEEDLING
from consult_app.knowledge.visits.beyond_reason import tell_beyond
from consult_app.knowledge.visits.done_before import know_needling, lay_needling, name_adverse
from consult_app.knowledge.visits.later_said import LastSaid, lay_late, lay_later
from consult_app.knowledge.visits.patched import leave_out_clear
from consult_app.wording import t

TELLING = frozenset({"review", "addendum"})
"""Kinds of visits that tell in free words what became known."""


def read_earlier(
    desk: Desk, visit: Consultation, *, unfinished: bool = False
) -> list[Consultation]:
    """Return the signed treatments and reviews of a visit's patient, the latest first.

    Args:
        desk: Lists and opens them.
        visit: The visit, which is none of them.
        unfinished: Those that nobody has signed yet too: what was done there was done.

    Raises:
        ConsultError: One cannot be read.
    """
    return [desk.records.open_visit(it) for it in _list_done(desk, visit, unfinished=unfinished)]


def _list_done(desk: Desk, visit: Consultation, *, unfinished: bool) -> list[str]:
    listed = desk.patients.list_visits(visit.patient_id)
    counts = [it for it in listed if it.signed or (unfinished and it.unfinished)]
    done = [it.id for it in counts if it.kind in {"treatment", "review"}]
    return [it for it in done if it != visit.id]


def recall_earlier(
    desk: Desk, visit: Consultation, *, unfinished: bool = False
) -> Sequence[Consultation]:
    """Return the same but for what cannot be read; whoever opens that is told."""
    if visit.kind not in {"treatment", "review"}:
        return ()
    return recall_all(desk, visit, unfinished=unfinished)


def recall_all(
    desk: Desk, visit: Consultation, *, unfinished: bool = True
) -> Sequence[Consultation]:
    """Return the same beside a visit of any kind, each treatment once.

    One that cannot be read takes away nothing that the others say.
    """
    with suppress(ConsultError):
        done = _list_done(desk, visit, unfinished=unfinished)
        return leave_out_copies(_open_readable(desk, done))
    return ()


def recall_patched(desk: Desk, visit: Consultation) -> Sequence[Consultation]:
    """Return the same for what they tell of a test patch, also what nobody signed yet.

    Where one cannot be read, a test patch may have been reacted to after another showed nothing.
    """
    try:
        return leave_out_copies(read_earlier(desk, visit, unfinished=True))
    except ConsultError:
        return leave_out_clear(recall_all(desk, visit))


def recall_then(desk: Desk, visit: Consultation) -> Sequence[Consultation]:
    """Return the same as far as they were begun here when a visit was signed.

    What came from elsewhere after that came since, whatever the clock there said. Of one that came
    from there itself this tells nothing, as those come in any order.
    """
    earlier, at = recall_all(desk, visit), visit.signed_at
    listed = desk.patients.list_visits(visit.patient_id) if earlier else ()
    own = find_line(listed, visit.id)
    if own is None or at is None:
        return earlier
    came = {it.id for it in listed if it.came and not own.came and it.written > own.written}
    return [it for it in earlier if it.started_at <= at and it.id not in came]


def list_treated_days(desk: Desk, visit: Consultation) -> list[date]:
    """Return the days of the other signed treatments of a visit's patient.

    One after today only where somebody was needled; where that cannot be read, it may have been.
    """
    found, today = [], desk.clock().date()
    for it in desk.patients.list_visits(visit.patient_id):
        if not it.signed or it.kind != "treatment" or it.visit_date is None or it.id == visit.id:
            continue
        if it.visit_date <= today or _may_be_needled(desk, it.id):
            found.append(it.visit_date)
    return found


def _may_be_needled(desk: Desk, treatment_id: str) -> bool:
    try:
        done = desk.records.open_visit(treatment_id).treatment
    except ConsultError:
        return True  # whoever opens it is told
    return done is None or done.treated is not False


def list_adverse(desk: Desk, visit: Consultation) -> list[str]:
    """Return what went wrong or beyond its limits before a visit, latest first.

    Where that cannot be read, it is why.
    """
    try:
        earlier = read_earlier(desk, visit, unfinished=visit.state != "signed")
    except ConsultError as error:
        return [f"{error.title}. {error.advice}"]
    return [line for it in earlier for line in write_after(desk.pack, it)]


def write_after(pack: Pack, done: Consultation) -> list[str]:
    """Return what visits after a treatment or review are told of it, with its day."""
    told = (
        (t("Adverse event told on {day}: {words}"), name_adverse(done)),
        (t("Beyond the limits on {day}: {words}"), tell_beyond(pack, done)),
    )
    day = write_day(done.visit_date)
    return [text.format(day=day, words=words) for text, words in told if words]


def tell_needled(
    desk: Desk, begun: Consultation, tell: Callable[[ConsultError], object]
) -> Consultation:
    """Return a visit that begins, with what was needled here before told where that is asked.

    What cannot be read is told of; it must not keep anybody from beginning.
    """
    if begun.kind not in {"consultation", "treatment"}:
        return begun
    try:
        return lay_needling(desk.pack, begun, read_earlier(desk, begun, unfinished=True))
    except ConsultError as error:
        tell(error)
        return begun


def renew_needled(
    desk: Desk, visit: Consultation, tell: Callable[[ConsultError], object]
) -> Consultation:
    """Return an unfinished visit that is opened again, knowing what was needled here by now."""
    if visit.state == "signed" or visit.kind not in {"consultation", "treatment"}:
        return visit
    try:
        return know_needling(visit, read_earlier(desk, visit, unfinished=True))
    except ConsultError as error:
        tell(error)
        return visit


def follow_needled(desk: Desk, visit: Consultation) -> Callable[[Consultation], Consultation]:
    """Return what tells a visit that is made one of another day what was needled here by then.

    Where that cannot be read, it may have been anything on any day.
    """
    try:
        earlier = read_earlier(desk, visit, unfinished=True)
    except ConsultError:
        return lambda it: replace(it, needled=(Procedure(code=NEEDLING),))
    return lambda it: know_needling(it, earlier)


def recall_last(desk: Desk, visit: Consultation) -> LastSaid | None:
    """Return the signed visit that another follows, with what was said since; None for none.

    Beside a signed visit stands what was known when it was signed. An addendum adds to one record
    as that is. Of a return visit that waited unfinished a later consultation is the last one.

    Raises:
        ConsultError: Any of it cannot be read.
    """
    if visit.follows is None:
        return None
    if visit.kind == "addendum":
        return LastSaid(visit=desk.records.open_visit(visit.follows))
    every = desk.patients.list_visits(visit.patient_id)
    listed = [it for it in every if it.id != visit.id]
    if visit.state == "signed":
        last, line = desk.records.open_visit(visit.follows), find_line(every, visit.id)
        return lay_signed(desk, last, listed, until=line.changed_at if line else visit.signed_at)
    last = desk.records.open_visit(find_base(visit, listed) or visit.follows)
    kinds = TELLING | {"treatment"}
    said = lay_signed(desk, last, listed, begun=open_begun(desk, listed, kinds))
    if visit.kind != "consultation":
        return said
    late = list_late(listed, last.id, visit.visit_date)
    return lay_late(desk.pack, said, [open_entered(desk, it) for it in late])


def find_base(visit: Consultation, listed: Iterable[ListedVisit]) -> str | None:
    """Return the id of the consultation that an unfinished visit goes by; None for a first visit.

    Args:
        visit: The visit.
        listed: The other visits of its patient, the latest first.
    """
    counting = find_counting(listed) if visit.kind == "consultation" else None
    return counting.id if counting is not None else visit.follows


def open_begun(
    desk: Desk, listed: Iterable[ListedVisit], kinds: Collection[str]
) -> tuple[Consultation, ...]:
    """Return the unfinished ones of some kinds; what cannot be read is told to whoever opens it."""
    begun = (it.id for it in listed if it.unfinished and it.kind in kinds)
    return tuple(_open_readable(desk, begun))


def _open_readable(desk: Desk, ids: Iterable[str]) -> Iterator[Consultation]:
    for it in ids:
        with suppress(ConsultError):
            yield desk.records.open_visit(it)


def lay_signed(
    desk: Desk,
    last: Consultation,
    listed: Sequence[ListedVisit],
    *,
    until: datetime | None = None,
    begun: Sequence[Consultation] = (),
) -> LastSaid:
    """Return a signed visit with what was signed after it, and before a moment where one is named.

    What was signed after it although it is of an earlier day is no later answer, but told.

    Args:
        desk: Opens what was signed.
        last: The visit.
        listed: The visits of its patient.
        until: What was signed later does not count.
        begun: Treatments, reviews and addenda that nobody signed yet.

    Raises:
        ConsultError: Any of it cannot be read.
    """
    own = find_line(listed, last.id)
    at = own.changed_at if own is not None else last.signed_at or last.started_at
    known = [
        open_entered(desk, it)
        for it in listed
        if it.signed and it.kind != "consultation" and not (until and it.changed_at > until)
        if it.follows == last.id
        or (it.visit_date or date.max) >= last.visit_date
        or it.changed_at > at
    ]
    came = {it.id for it in listed if it.came}
    return lay_later(desk.pack, replace(last, signed_at=at), known, begun, came)
