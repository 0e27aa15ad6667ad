"""What was done and seen at an earlier treatment or review, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Plan
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.needled import NEEDLING
from consult_app.knowledge.visits.beyond_reason import tell_beyond
from consult_app.knowledge.visits.patched import tell_patch
from consult_app.knowledge.visits.recall_plan import SIDES
from consult_app.values import replace
from consult_app.wording import t, tn

GAIS = "gais"
DECISIONS = {"continue": t("continue"), "change": t("change the plan"), "stop": t("stop")}
LATE = {"resolved": t("settled"), "ongoing": t("still there"), "new": t("new")}
UNDESCRIBED = {
    "resolved": t("one that has settled, not described"),
    "ongoing": t("one that is still there, not described"),
    "new": t("a new one, not described"),
}


def tell_done(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return what a signed treatment or review says, one line for each thing; else nothing."""
    if visit.kind == "treatment" and visit.treatment is not None:
        return tuple(_tell_treatment(pack, visit, visit.treatment))
    if visit.kind == "review" and visit.review is not None:
        return tuple(_tell_review(pack, visit.review))
    return ()


def tell_adverse(visit: Consultation) -> str:
    """Return what an earlier treatment or review says of an adverse event; empty for none."""
    treatment, review = visit.treatment, visit.review
    if treatment is not None and treatment.adverse == "described":
        return treatment.adverse_event or t("not described")
    if review is not None and review.adverse in LATE:
        return ": ".join(filter(None, (LATE[review.adverse], review.adverse_event)))
    return ""


def name_adverse(visit: Consultation) -> str:
    """Return that in words which stand by themselves, also where a review only ticked it."""
    review = visit.review
    if review is not None and review.adverse in UNDESCRIBED and not review.adverse_event.strip():
        return UNDESCRIBED[review.adverse]
    return tell_adverse(visit)


def lay_needling(pack: Pack, visit: Consultation, earlier: Iterable[Consultation]) -> Consultation:
    """Return a visit that begins, with what was needled here before told in it.

    What these records say themselves needs nobody to tell it again.

    Args:
        pack: The content.
        visit: The visit; nothing was answered in it today.
        earlier: Other visits of the same patient, also unfinished ones, in any order.
    """
    visit = know_needling(visit, earlier)
    if not visit.needled:
        return visit
    asked = pack.vocabulary.asked_by("procedures", (NEEDLING,))
    answers = {**visit.answers, **{item: Answer(state="yes") for item in asked}}
    others = [entry for entry in visit.facts.procedures if entry not in visit.needled]
    facts = replace(visit.facts, procedures=(*visit.needled, *others))
    return replace(visit, answers=answers, facts=facts)


def know_needling(visit: Consultation, earlier: Iterable[Consultation]) -> Consultation:
    """Return a visit that knows what was needled here before, by the records of now.

    A *No*, or another day in the details, must not hide it from the gaps that have to be kept. Of
    each area the last treatment counts, and one before it that went deeper, for its gap is longer;
    a depth that nobody wrote may have been any. What came between a consultation and the first
    visit that it plans counts for that visit. So does what was written of a treatment of which
    nobody said whether it took place, as long as nobody says.
    """
    written = ((it, it.treatment) for it in earlier if it.treatment is not None)
    told = (it for it, treatment in written if treatment.treated or treatment.untold)
    done = sorted(told, key=lambda it: it.visit_date, reverse=True)
    first, day = visit.plan.first_session, visit.visit_date
    planned = first.date() if first is not None and visit.kind == "consultation" else day
    between = (it for it in done if day < it.visit_date < planned)
    before = (it for it in done if it.visit_date <= day)
    known = visit.needled  # what a visit dated back had taken from them is none of its facts
    kept = tuple(it for it in visit.facts.procedures if it not in known or _is_by(it, day))
    facts = replace(visit.facts, procedures=kept)
    return replace(visit, facts=facts, needled=(*_list_needled(between), *_list_needled(before)))


def _is_by(entry: Procedure, day: date) -> bool:
    return entry.date is None or entry.date.first_day() <= day


def _list_needled(done: Iterable[Consultation]) -> Iterator[Procedure]:
    told: list[Procedure] = []
    for it in done:
        treatment = it.treatment or Treatment()
        # Where each area was left out nobody knows where: something was needled all the same.
        lines = treatment.lines or treatment.areas
        areas = tuple(dict.fromkeys(line.area for line in lines))
        deepest, day = treatment.deepest_mm, PartialDate.of(it.visit_date)
        later = [entry for entry in told if _is_as_deep(entry.depth_mm, deepest)]
        if areas and {*areas} <= {area for entry in later for area in entry.zones or ()}:
            continue
        told.append(Procedure(code=NEEDLING, date=day, zones=areas or None, depth_mm=deepest))
    yield from told


def _is_as_deep(depth: float | None, other: float | None) -> bool:
    return depth is None or (other is not None and depth >= other)


def find_before(tree: AreaTree, visit: Consultation, plan: Plan) -> date | None:
    """Return when areas of a plan were last needled here before it; None where they were not.

    A plan counts its visits from 1: depths, care and a test patch begin anew with it, whatever was
    done by another one.
    """
    areas = tuple(line.area for line in plan.lines)
    days = (
        it.date.first_day()
        for it in visit.needled
        if it.date is not None
        and (not it.zones or any(tree.overlap(zone, area) for zone in it.zones for area in areas))
    )
    return max(days, default=None) if plan.session_dates else None


def tell_needled(pack: Pack, visit: Consultation, item: str) -> str:
    """Return what the records know was needled here, where a question asks for it; or nothing."""
    if item not in pack.vocabulary.asked_by("procedures", (NEEDLING,)):
        return ""
    return "; ".join(_tell_needling(pack, it) for it in visit.needled if it.date is not None)


def _tell_needling(pack: Pack, entry: Procedure) -> str:
    assert entry.date is not None  # noqa: S101 - a record has its day
    depth = t("depth not written") if entry.depth_mm is None else f"{entry.depth_mm:g} mm"
    places = [pack.protocol.areas.label(area) for area in entry.zones or ()]
    day = write_day(entry.date.first_day())
    return t("Needled here on {day} ({what})", day=day, what=", ".join((*places, depth)))


def _tell_treatment(pack: Pack, visit: Consultation, treatment: Treatment) -> Iterator[str]:
    if patched := tell_patch(treatment.patch):
        yield patched
    if not treatment.treated:
        yield t("The patient did not come") if treatment.absent else t("Not treated that day")
        return
    for line in treatment.areas:
        yield _tell_area(pack, line)
    if treatment.pain is not None:
        yield t("Pain {pain} of 10", pain=treatment.pain)
    if treatment.reaction:
        yield t("Reaction: {words}", words=treatment.reaction)
    if treatment.adverse == "described":
        yield t("Adverse event: {words}", words=treatment.adverse_event)
    if beyond := tell_beyond(pack, visit):
        yield t("Beyond the limits: {words}", words=beyond)


def _tell_area(pack: Pack, line: TreatedArea) -> str:
    side = SIDES.get(line.side)
    area = pack.protocol.areas.label(line.area)
    known = pack.protocol.concern_by_id.get(line.concern)
    if line.depth_mm == 0:
        return t("{area}: not needled", area=f"{area}, {side}" if side else area)
    depth = "" if line.depth_mm is None else f"{line.depth_mm:g} mm"
    passes = "" if line.passes is None else tn("{n} pass", "{n} passes", line.passes)
    told = [known.label if known else line.concern, depth, passes, line.end_point]
    where = f"{area}, {side}" if side else area
    return f"{where}: {', '.join(part for part in told if part)}"


def _tell_review(pack: Pack, review: Review) -> Iterator[str]:
    if review.changes:
        yield t("Changes: {words}", words=review.changes)
    grades = {it.points: it.text for it in pack.instruments.by_id[GAIS].question[0].options}
    for who, grade in (
        (t("Patient"), review.by_patient),
        (t("Practitioner"), review.by_practitioner),
    ):
        if grade is not None:
            yield f"{who}: {grades.get(grade, grade)}"
    for concern, bother in review.bother.items():
        known = pack.protocol.concern_by_id.get(concern)
        label = known.label if known else concern
        yield t("Bother: {label}, {bother} of 10", label=label, bother=bother)
    if review.adverse in LATE:
        words = LATE[review.adverse]
        yield t("Side effects: {state}. {words}", state=words, words=review.adverse_event).strip()
    if review.decision is not None:
        yield t("Decision: {words}", words=DECISIONS[review.decision])
