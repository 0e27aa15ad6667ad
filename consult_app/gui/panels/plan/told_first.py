"""What is read before a plan: a first visit too early, a later one too deep, what was done here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.begun_before import tell_past_visit
from consult_app.gui.desk import Desk
from consult_app.gui.panels.plan.too_early import tell_too_early
from consult_app.gui.phrases import write_day, write_weekday
from consult_app.gui.plan_summary import ANEW
from consult_app.gui.session import Session
from consult_app.gui.severity import find_sign
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.missed_patch import tell_waiting_patch
from consult_app.knowledge.protocol.pace import find_primary
from consult_app.knowledge.visits.course_left import find_left, tell_left
from consult_app.knowledge.visits.deeper_later import find_later
from consult_app.knowledge.visits.done_before import find_before
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.wording import t, tn

NEEDS = t(
    "Visit {number} goes to {depth} mm. At that depth the decision box will say of "
    "\u201c{about}\u201d: {sign}"
)
EVENT = t("Told last time: {event} on {day}. Goals does not name it, so no visit keeps clear of it")
PREPARING = t(
    "{label}: {least} to {most} weeks of {what} are advised first. Visit 1 is {count} weeks after "
    "this visit; what was done at home before counts"
)
AGREED = t("The next visit was agreed for {day}, as the patient knows it")
FEWER = t(
    "{label}: {least} to {most} visits are usual. With those of this course that were done here "
    "the plan comes to {total}"
)
PATCH = t("A test patch is asked for again, also of who was treated here before")


def tell_first(desk: Desk, session: Session, agreed: date | None = None) -> Iterator[str]:
    """Yield what is to be read before the plan that comes of it.

    Args:
        desk: Knows the content and the day.
        session: The visit.
        agreed: When the patient was to come next, in the middle of a course.
    """
    visit, judged = session.visit, session.judgement
    if past := tell_past_visit(visit, desk.clock().date()):
        yield past
    yield from tell_event(visit, session.last)
    yield from tell_agreed(visit, agreed)
    yield from tell_too_early(desk, judged)
    yield from tell_preparing(desk, visit, judged)
    yield from tell_deeper(desk, judged)
    yield from tell_anew(desk, visit, judged, session.said)
    yield from tell_patch(desk, judged)


def tell_event(visit: Consultation, last: Consultation | None) -> Iterator[str]:
    """Yield that the last visit named an event still to come, which this one does not."""
    day = last.goals.event_date if last is not None else None
    if last is None or day is None or visit.goals.event_date is not None:
        return
    if day >= visit.visit_date:
        name = last.goals.event.strip() or t("an event")
        yield EVENT.format(event=name, day=write_day(day))


def tell_agreed(visit: Consultation, agreed: date | None) -> Iterator[str]:
    """Yield when the patient was to come next, which the plan does not keep to."""
    first = visit.plan.first_session
    if agreed is not None and (first is None or first.date() != agreed):
        yield AGREED.format(day=write_weekday(agreed))


def tell_preparing(desk: Desk, visit: Consultation, judged: Judgement) -> Iterator[str]:
    """Yield that the first visit comes before the weeks of preparation that a finding asks for."""
    protocol, plan = desk.pack.protocol, judged.plan
    if plan is None or not plan.session_dates or find_before(protocol.areas, visit, plan):
        return
    weeks = (plan.session_dates[0].date() - visit.visit_date).days // 7
    found = {it.id: it for it in judged.decision.findings}
    for it in protocol.plan.preparing:
        if it.rule in found and weeks < it.weeks.first:
            yield PREPARING.format(
                label=desk.pack.name_finding(found[it.rule]),
                least=it.weeks.first,
                most=it.weeks.last,
                what=it.what,
                count=weeks,
            )


def tell_deeper(desk: Desk, judged: Judgement) -> Iterator[str]:
    """Yield what a later visit will be refused for, as the plan stands."""
    facts = judged.facts
    today = (facts.consult_date if facts is not None else None) or desk.clock().date()
    for it in find_later(desk.pack, judged, today):
        yield NEEDS.format(
            number=it.session,
            depth=f"{it.depth_mm:g}",
            sign=find_sign(it.finding, {}).words,
            about=desk.pack.name_finding(it.finding),
        )


def tell_patch(desk: Desk, judged: Judgement) -> Iterator[str]:
    """Yield that an advised test patch has no day; one that is required is a finding of its own."""
    protocol, plan, facts = desk.pack.protocol, judged.plan, judged.facts
    if plan is None or facts is None or facts.phototype in protocol.plan.test_patch.require:
        return
    if told := tell_waiting_patch(protocol, facts.phototype, plan):
        yield told.removesuffix(".")


def tell_anew(
    desk: Desk, visit: Consultation, judged: Judgement, said: LastSaid | None
) -> Iterator[str]:
    """Yield that the areas of a plan were treated here before it, which its visits do not count.

    And how far that was gone, for a patient in the middle of a course.
    """
    pack, plan = desk.pack, judged.plan
    before = find_before(pack.protocol.areas, visit, plan) if plan is not None else None
    if plan is None or before is None:
        return
    course = find_left(pack, visit, said.course) if said is not None else None
    done = tell_left(course) if course is not None else tell_done(said)
    yield f"{ANEW.format(day=write_day(before))}. {done}".removesuffix(". ")
    yield from tell_fewer(pack, visit, plan, len(course.done) if course is not None else 0)
    if plan.test_patch_date is not None:
        yield PATCH


def tell_fewer(pack: Pack, visit: Consultation, plan: Plan, done: int) -> Iterator[str]:
    """Yield that a plan comes to fewer visits than are usual, with those of its course done."""
    primary = find_primary(visit.plan, (line.concern for line in plan.lines))
    known, total = pack.protocol.concern_by_id[primary], len(plan.session_plan) + done
    if total < known.sessions.min:
        least, most = known.sessions.min, known.sessions.max
        yield FEWER.format(label=known.label, least=least, most=most, total=total)


def tell_done(said: LastSaid | None) -> str:
    """Return how many visits of the plan before were done, of which this is no part."""
    if said is None:
        return ""
    treated = (it for it in said.treated if it.follows == said.visit.id)
    done = sum(it.treatment is not None and bool(it.treatment.treated) for it in treated)
    day = write_day(said.visit.visit_date)
    return (
        tn(
            "1 visit of the plan of {day} was done",
            "{n} visits of the plan of {day} were done",
            done,
            day=day,
        )
        if done
        else ""
    )
