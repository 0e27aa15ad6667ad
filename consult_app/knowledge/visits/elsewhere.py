"""What another visit of the same patient says against a treatment that was not begun from it.

While nobody has finished it, its answers are in no signed record yet; and where it was signed after
the consultation that the treatment goes by, although it is of an earlier day, nobody had read it
there. What it finds in the way has been said all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.history import Facts
from consult_app.domain.plan import MISSED_PATCH
from consult_app.domain.treatment import UNSETTLED, Review, Treatment
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decided import is_covered
from consult_app.knowledge.screening.decision import MEDICINES, MISDATED, bars, name_severity
from consult_app.knowledge.told.allergies import find_contradicted, find_written
from consult_app.knowledge.told.answers import leave_out_denied, planned_areas
from consult_app.knowledge.told.decided_plan import leave_out_plan
from consult_app.knowledge.visits.done_before import DECISIONS, tell_adverse
from consult_app.knowledge.visits.later_said import read_words, tell_new_medicine
from consult_app.knowledge.visits.over_since import list_waiting
from consult_app.knowledge.visits.seen_elsewhere import list_seen
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.values import dataclass, replace
from consult_app.wording import t

NOON = time(12)
NAMES = {
    "consultation": t("{headline} (consultation of {day}, not finished)"),
    "return": t("{headline} (return visit of {day}, not finished)"),
    "treatment": t("{headline} (treatment record of {day}, not finished)"),
    "review": t("{headline} (review of {day}, not finished)"),
    "addendum": t("{headline} (addendum of {day}, not finished)"),
}
SIGNED = {
    "consultation": t("{headline} (consultation of {day}, signed on {signed})"),
    "return": t("{headline} (return visit of {day}, signed on {signed})"),
}
NOT_AHEAD = {
    "think": t("the patient thinks about it"),
    "no": t("the patient says no"),
    "not_suitable": t("the patient is not suitable"),
}
"""What may be decided in a visit that its signature would let no treatment follow."""
UNTOLD = t("nobody said whether the patient was treated")
UNKNOWN = (DecisionState.RELATIVE, t("Not known yet whether it can be treated"))
"""Something was answered Yes or Unsure, or written in words, and what it comes to is still open."""
QUOTED = 90
"""Letters of what somebody wrote that the box quotes; the whole stands where it is told."""
ADVICE = t("There it says: {labels}. Finish that visit, or put it away, before anybody is treated.")
READ_LATE = t(
    "There it says: {labels}. The consultation that this treatment goes by did not know of it. "
    "Begin a return visit, which asks for it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """What stands in the way in another visit.

    Attributes:
        severity: The strongest of what was found; None where it cannot be told yet.
        labels: What it is about.
        until: The day on which all of it is over; None where nobody can tell.
    """

    severity: Severity | None
    labels: tuple[str, ...]
    until: date | None = None

    @property
    def rank(self) -> int:
        """0 for the strongest; what cannot be told yet asks for a decision."""
        return (self.severity or Severity.RELATIVE).rank


def lay_plan(visit: Consultation, treatment: Consultation) -> Consultation:
    """Return a visit as it is judged for a treatment: what it says, beside what is done there.

    What it plans itself, and where, is none of this treatment, unless that names no area. The
    country and the policy by which it is judged are those of the treatment too. What is taken for
    so many days is taken for more by then.
    """
    plan = treatment.plan if treatment.plan.targets else visit.plan
    first, planned = treatment.plan.first_session, treatment.facts
    at = datetime.combine(treatment.visit_date, first.time() if first is not None else NOON)
    return replace(
        visit,
        state="draft",  # what is signed would be read as of the day it was signed
        plan=replace(plan, first_session=at),
        overrides=(*visit.overrides, *treatment.overrides),
        treatment=treatment.treatment or visit.treatment or Treatment(),
        facts=replace(
            visit.facts,
            jurisdiction=planned.jurisdiction,
            isotretinoin_profile=planned.isotretinoin_profile,
            modality=planned.modality,
            device_profile=planned.device_profile,
            depth_mm=planned.depth_mm,
            topicals_planned=planned.topicals_planned,
        ),
    )


def place_scored(pack: Pack, visit: Consultation, facts: Facts) -> Consultation:
    """Return a visit with what its scores tell of taken to lie where it is treated.

    A score says how much there is, and not where. As long as nobody has said that, or denies what
    was scored, it may be in the way. What was told in an answer is left as it is.

    Args:
        pack: The content.
        visit: The visit, beside what is treated.
        facts: What it amounts to, scores included.
    """
    told = {it.code for it in leave_out_denied(pack, visit, visit.facts).conditions}
    scored = [it for it in facts.conditions if it.code not in told and it.zones is None]
    if not scored:
        return visit
    codes, areas = tuple(it.code for it in scored), planned_areas(visit)
    asked = pack.vocabulary.asked_by("conditions", codes)
    kept = (it for it in visit.facts.conditions if it.code not in codes)
    placed = (replace(it, zones=areas) for it in scored)
    return replace(
        visit,
        answers={**visit.answers, **dict.fromkeys(asked, Answer(state="yes"))},
        facts=replace(visit.facts, conditions=(*kept, *placed)),
    )


def find_said(treatment: Consultation, other: Consultation) -> Stops | None:
    """Return what an unfinished review or addendum says; None for nothing.

    Nobody but a person can tell what words and side effects mean for a treatment, so any of them
    stands in the way until somebody answers for them.
    """
    if other.visit_date > treatment.visit_date:
        return None
    review = other.review or Review()
    told = [_quote(words)] if (words := read_words(other)) else []
    if review.adverse in UNSETTLED or review.adverse_event.strip():
        told += [t("side effects {words}", words=_quote(it)) for it in [tell_adverse(other)] if it]
    stops = review.decision in {"change", "stop"}
    if review.decision is not None and stops:
        told.append(DECISIONS[review.decision])
    return Stops(severity=Severity.ABSOLUTE if stops else None, labels=(*told,)) if told else None


def find_misdated(treatment: Consultation, other: Consultation, box: Decision) -> Stops | None:
    """Return what makes a visit one that could not be checked: days after its own."""
    if box.headline != MISDATED or other.visit_date > treatment.visit_date:
        return None
    return Stops(severity=None, labels=tuple(it.against for it in box.needed))


def find_stops(
    pack: Pack, treatment: Consultation, own: Decision, other: Consultation, decision: Decision
) -> Stops | None:
    """Return what an unfinished visit finds in the way of a treatment; None for nothing.

    What the treatment finds just so by itself is said there. What was asked again on the day counts
    over what an earlier day said, though a No ends no wait, and a decision that the treatment
    carries is taken. Over what was signed late counts also what holds for a day only, as the later
    consultation was told it.

    Args:
        pack: The content.
        treatment: The treatment.
        own: What it is judged by itself.
        other: The visit; one of a later day does not concern the treatment.
        decision: What that visit says of what the treatment does, on its day.
    """
    if other.visit_date > treatment.visit_date:
        return None
    older = other.visit_date < treatment.visit_date
    asked = {*pack.recheck.items} | (_list_of_day(pack) if other.state == "signed" else set())
    again = {item for item in asked if older and item in treatment.answers}
    again -= {*list_waiting(pack, treatment, other, again)}
    decided = [(it.id, it.digest) for it in own.findings if it.id in own.recorded]
    mine = {_tell_apart(it) for it in own.findings}
    found = [
        it
        for it in decision.findings
        if bars(it)
        and it.id not in decision.recorded
        and not is_covered(it, decided)
        and it.item not in again
        and it.id != MISSED_PATCH  # as in the treatment itself
        and _tell_apart(it) not in mine
    ]
    labels = [pack.question_by_id[it.item].label for it in found]
    labels += [
        it.label for it in decision.needed if it.item not in again and _told(pack, other, it)
    ]
    labels += _list_written_against(pack, treatment, other)
    labels += list_seen(pack, treatment, other, again)
    if other.treatment is not None and other.treatment.untold and other.kind == "treatment":
        labels.append(UNTOLD)
    severities = [it.severity for it in found]
    if (against := _find_decided(treatment, other)) is not None:
        labels.append(NOT_AHEAD[against])
        severities += [] if against == "think" else [Severity.ABSOLUTE]
    if not labels:
        return None
    worst = min(severities, key=lambda it: it.rank, default=None)
    ends = [it.until for it in found if it.until is not None]
    until = max(ends) if len(ends) == len(labels) else None
    return Stops(severity=worst, labels=tuple(dict.fromkeys(labels)), until=until)


def _list_of_day(pack: Pack) -> set[str]:
    """Return the questions that hold for a day only, and are about no medicine."""
    return {*pack.day_items} - {*pack.medicine_items}


def _find_decided(treatment: Consultation, other: Consultation) -> str | None:
    """Return what a return visit decided otherwise than the consultation that both follow.

    Who thought about it, and was signed late, has gone ahead by now.
    """
    decided = other.agreement.decision
    if other.state == "signed":
        return decided if decided in {"no", "not_suitable"} else None
    after = other.kind == "consultation" and other.follows is not None
    newer = after and other.follows == treatment.follows
    return decided if newer and decided in NOT_AHEAD else None


def _tell_apart(it: Finding) -> tuple[object, ...]:
    """Return what tells a finding from another of the same rule: how strong, how long, for what."""
    return (it.id, it.severity, it.until, it.open, leave_out_plan(it.digest))


def _quote(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…"


def _list_written_against(
    pack: Pack, treatment: Consultation, other: Consultation
) -> Iterator[str]:
    """Yield what another visit writes among the allergies and the treatment denies."""
    written = replace(treatment, allergy_state=other.allergy_state, allergies=other.allergies)
    own = {part for parts in find_written(pack, treatment).values() for part in parts}
    for item, parts in find_contradicted(pack, written).items():
        if new := [it for it in parts if it not in own]:
            yield f"{pack.question_by_id[item].label}: {', '.join(new)}"


def _told(pack: Pack, other: Consultation, needed: Needed) -> bool:
    """Return whether an open question is one that was not denied, and that can stop a treatment.

    A Yes without its details, Unsure, and a No that is contradicted there, may each be a stop.
    """
    if needed == MEDICINES:
        return bool(tell_new_medicine(other))
    answer = other.answers.get(needed.item)
    told = answer is not None and (answer.state != "no" or bool(needed.against))
    return told and needed.item in pack.barring_items


def lay_stops(
    judgement: Judgement, other: Consultation, stops: Stops, *, done: bool = False
) -> Judgement:
    """Return a judgement that is refused for what another visit found.

    Where the patient was needled already, a visit that was signed meanwhile is told: it can change
    nothing of that, and no signature waits for it any more. What the treatment finds by itself
    stays the headline where it is stronger.
    """
    state, headline = name_severity(stops.severity) if stops.severity else UNKNOWN
    late, own = other.state == "signed", judgement.decision
    told = late and done
    if told and own.blocks_treatment:
        return judgement
    headline = name_by(NAMES, SIGNED, other, headline=headline)
    advice = (READ_LATE if late else ADVICE).format(labels=", ".join(stops.labels))
    open_ranks = (it.severity.rank for it in own.findings if it.id not in own.recorded)
    if own.blocks_treatment and min(open_ranks, default=stops.rank) < stops.rank:
        state, headline, advice = own.state, own.headline, f"{headline}. {advice}"
    decision = replace(
        own,
        state=DecisionState.RELATIVE if told else state,
        headline=headline,
        blocks_treatment=not told,
        advice=advice,
        visit=other.id,
        visit_until=stops.until,
    )
    return replace(judgement, decision=decision)
