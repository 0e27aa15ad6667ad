"""How a treatment is begun from a signed consultation, asked again about, and locked.

What was said at the consultation stands with its date; everything computed from it is computed
anew for the day of the treatment. What the content names is asked again on the day, and until it
is answered it counts as not answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consult_app.domain.consultation import Answer, Consultation, MapFinding, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.expired import find_unreasoned
from consult_app.domain.plan import MISSED_PATCH, REACTED, Plan
from consult_app.domain.treatment import Consumable, Review, TreatedArea, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import find_method
from consult_app.knowledge.screening.decided import lacks_facts, name_facts
from consult_app.knowledge.told.answers import leave_out_denied
from consult_app.knowledge.told.carried import carry
from consult_app.knowledge.told.contradicted import forget_said_again, say_again
from consult_app.knowledge.told.passed import drop_past, find_passed
from consult_app.knowledge.told.planned import find_cream, name_numbing
from consult_app.knowledge.told.seen import find_side
from consult_app.knowledge.visits.added_refused import asks_reason_alone
from consult_app.knowledge.visits.asked_also import list_used
from consult_app.knowledge.visits.asked_of_day import ask_of_day
from consult_app.knowledge.visits.beyond import Beyond
from consult_app.knowledge.visits.beyond_reason import find_unexplained
from consult_app.knowledge.visits.course_left import settle_request
from consult_app.knowledge.visits.dated_before import DAY
from consult_app.knowledge.visits.details import forget_details
from consult_app.knowledge.visits.locking import find_cause
from consult_app.knowledge.visits.obstacle import SETTINGS, VISIT, Obstacle
from consult_app.knowledge.visits.supervising import can_allow, find_new, is_allowed
from consult_app.knowledge.visits.told_then import leave_out_then
from consult_app.values import replace
from consult_app.wording import t


def begin_treatment(
    pack: Pack,
    empty: Consultation,
    last: Consultation,
    plan: Plan | None,
    *,
    steps: int,
    now: datetime,
) -> Consultation:
    """Return a treatment after a signed consultation.

    Args:
        pack: The content.
        empty: A new visit of the patient.
        last: The signed consultation it follows.
        plan: Its plan as resolved for the day.
        steps: How many steps deeper than the first session it may go.
        now: Wall-clock time.
    """
    passed, carried = find_passed(pack, last, now.date()), carry(last, now.date())
    asked_again = {*pack.recheck.items, *pack.medicine_items, *passed}
    answers = {item: it for item, it in last.answers.items() if item not in asked_again}
    begun = replace(
        empty,
        kind="treatment",
        follows=last.id,
        panel="recheck",
        allergy_state=last.allergy_state,
        allergies=last.allergies,
        goals=last.goals,
        skin=replace(last.skin, photos=(), pictures=()),
        answers=answers,
        body_image=last.body_image,
        # What was denied after all would count again while its question is open on the day.
        facts=leave_out_denied(pack, last, carried.facts),
        plan=settle_request(last.plan, plan, now),
        plan_accepted=last.plan_accepted,
        overrides=_carry_decisions(pack, carried),
        antiviral=last.antiviral,
        treatment=Treatment(
            device=_name_device(pack, last.plan.device_kind),
            numbing=Consumable(name=name_numbing(pack, find_cream(last.plan, plan))),
            areas=suggest_areas(pack, plan, steps, last.skin.findings, last.facts.phototype),
        ),
    )
    return ask_of_day(pack, last, begun)


def _carry_decisions(pack: Pack, last: Consultation) -> tuple[Override, ...]:
    """Return what was decided and holds for the facts of then, which older programs did not say."""
    last = replace(last, overrides=leave_out_then(last.overrides))
    if not any(it.digest for it in last.overrides):
        return last.overrides
    then = judge(pack, last, today=last.visit_date).decision
    return name_facts(last.overrides, then.findings)


def take_patch_reason(
    pack: Pack, begun: Consultation, records: Sequence[Consultation]
) -> Consultation:
    """Return a visit with what was recorded last of a missing test patch or a reaction to one.

    It holds for the plan it was written for, or for less of it. What an older record does not tell
    that of is asked again.

    Args:
        pack: The content.
        begun: The visit.
        records: What was signed before it, the latest first.
    """
    written = (it for record in reversed(records) for it in _carry_decisions(pack, record))
    patched = (it for it in written if it.id in {MISSED_PATCH, REACTED})
    taken = {it.id: it for it in patched if it.reason.strip()}.values()
    kept = {it.id: it for it in taken if not lacks_facts(it)}
    others = (it for it in begun.overrides if it.id not in kept)
    return replace(begun, overrides=(*others, *kept.values()))


def begin_later(kind: str, empty: Consultation, last: Consultation) -> Consultation:
    """Return a review of, or an addendum to, a signed visit; what it said of alerts is shown."""
    told = replace(
        empty,
        panel=kind,
        allergy_state=last.allergy_state,
        allergies=last.allergies,
        answers=last.answers,
        facts=last.facts,
    )
    if kind == "review":
        return replace(told, kind="review", review=Review())
    return replace(told, kind="addendum")


def suggest_areas(
    pack: Pack,
    plan: Plan | None,
    steps: int,
    seen: Sequence[MapFinding] = (),
    phototype: int | None = None,
) -> tuple[TreatedArea, ...]:
    """Return the lines of the next session as the plan proposes them, on the sides of the map."""
    if plan is None or not plan.session_plan:
        return ()
    session = plan.session_plan[min(steps, len(plan.session_plan) - 1)]
    return tuple(
        TreatedArea(
            area=line.area,
            side=find_side(pack.protocol.areas, seen, line.area, line.concern),
            concern=line.concern,
            depth_mm=line.planned_mm,
            end_point=_usual_end_point(pack, line.concern, phototype),
        )
        for line in session.depths
    )


def answer_medicines(
    pack: Pack, visit: Consultation, last: Consultation | None, state: str | None
) -> Consultation:
    """Return the treatment with the question for new medicines answered.

    *No* lets the consultation's answers about medicines stand, but of what may be in use since.
    Anything else leaves them open, which blocks until a consultation has asked for it by name.
    """
    assert visit.treatment is not None  # noqa: S101 - asked of treatments only
    alone = list_used(pack, last, visit.visit_date) if last is not None else ()
    items = [item for item in pack.medicine_items if item not in alone]
    answers = {item: it for item, it in visit.answers.items() if item not in items}
    if state == "no" and last is not None:
        answers |= {item: last.answers[item] for item in items if item in last.answers}
    treatment = replace(visit.treatment, new_medicines=state)  # type: ignore[arg-type] # a row's states
    return replace(visit, answers=answers, treatment=treatment)


def answer_again(
    pack: Pack, visit: Consultation, last: Consultation | None, item: str, state: str | None
) -> Consultation:
    """Return the treatment with a screening item answered on the day; None for not asked.

    A *Yes* of today needs its details of today: a cold sore that was healed at the consultation may
    be back. Until they are told, the question is open. What was still to come at the consultation
    and is past is no plan any more. A *No* of today is of a later day than what was ticked then.
    """
    visit = forget_said_again(visit, item)
    answers = {it: answer for it, answer in visit.answers.items() if it != item}
    if state == "no":
        return say_again(pack, replace(visit, answers=answers), item)
    if state is not None:
        answers[item] = Answer(state=state)  # type: ignore[arg-type] # a row's states
    if state == "yes" and last is not None:
        day, told = visit.visit_date, last.visit_date
        visit, last = drop_past(pack, visit, day, told), drop_past(pack, last, day, told)
        visit = forget_details(pack, visit, last, item)
    return replace(visit, answers=answers)


def is_blocked(visit: Consultation, judgement: Judgement, supervisor: str) -> bool:
    """Return whether needling is refused: something stops it and no supervisor allowed it.

    A supervisor named in the settings may set aside, with a written reason, what has to wait or to
    be decided; never what is absolute, what the plan must change, what is still open, or what could
    not be checked. The reason counts for what stood in the way when it was written, and for the
    supervisor who gave it.
    """
    if not judgement.decision.blocks_treatment:
        return False
    if not is_allowed(visit, supervisor) or not can_allow(judgement):
        return True
    return bool(find_new(visit, judgement))


def stands_on_others(last: Consultation | None, judgement: Judgement) -> bool:
    """Return whether a consultation was signed by other content or numbers than those of today.

    What is planned is not kept but worked out anew, so its depths may be others than were signed.
    """
    then = last.content_version if last is not None else ""
    now = judgement.screening.content_version if judgement.screening is not None else then
    return then not in {"", now}


def find_treatment_obstacles(
    pack: Pack, visit: Consultation, judgement: Judgement, supervisor: str
) -> tuple[Obstacle, ...]:
    """Return what stands in the way of locking a treatment (product, *Blocks*)."""
    treatment = visit.treatment or Treatment()
    found = _find_nameless(visit)
    if treatment.treated is None:
        asked = t("After: was the patient treated?")
        found.append(Obstacle(text=asked, place="panel:after:treated"))
    blocked = treatment.treated and is_blocked(visit, judgement, supervisor)
    # What was done is recorded: of what was added to the plan the reason is asked for below.
    if blocked and not asks_reason_alone(pack, visit, judgement.decision):
        refused = t("Treating is refused: {headline}.", headline=judgement.decision.headline)
        elsewhere = judgement.decision.visit
        undecided = judgement.decision.state is DecisionState.RELATIVE
        place = find_cause(judgement) if undecided else "panel:recheck"
        place = f"{VISIT}{elsewhere}" if elsewhere else place
        found.append(Obstacle(text=refused, place=place))
    if treatment.treated and any(it.suggested for it in treatment.areas):
        confirm = t("Treatment: confirm the areas as they were needled.")
        found.append(Obstacle(text=confirm, place="panel:treated:confirm"))
    if treatment.treated and treatment.left_out:
        nowhere = t("Treatment: every area is at 0 mm. Write a depth, or mark as not treated.")
        found.append(Obstacle(text=nowhere, place="panel:treated:depth"))
    if treatment.treated and find_unreasoned(visit):
        reason = t("Treatment: the reason for using something past its date.")
        found.append(Obstacle(text=reason, place="panel:treated:expired"))
    if treatment.treated and (beyond := find_unexplained(pack, visit, judgement)):
        found.append(Obstacle(text=_ask_reason(beyond), place="panel:treated:beyond"))
    return tuple(found)


def _ask_reason(beyond: Sequence[Beyond]) -> str:
    day = next((it.words for it in beyond if it.part == DAY), "")
    if day:
        return t("Treatment: {day}. Correct the date, or write the reason.", day=day)
    return t("Treatment: the reason for what was done beyond its limits.")


def _find_nameless(visit: Consultation) -> list[Obstacle]:
    if visit.practitioner.name.strip():
        return []
    return [Obstacle(text=t("Settings: the practitioner's name."), place=SETTINGS)]


def _name_device(pack: Pack, kind: str) -> str:
    """Return what a kind of device is called."""
    return next((it.label for it in pack.protocol.devices if it.id == kind), kind)


def _usual_end_point(pack: Pack, concern: str, phototype: int | None) -> str:
    """Return the end point of a concern where the content names one; a range stays open."""
    known = pack.protocol.concern_by_id.get(concern)
    method = find_method(pack, known, phototype) if known is not None else None
    points = {it.id for it in pack.protocol.plan.end_point}
    return method.end_point if method is not None and method.end_point in points else ""


def find_review_obstacles(visit: Consultation) -> tuple[Obstacle, ...]:
    """Return what stands in the way of locking a review (product, *Blocks*)."""
    found = _find_nameless(visit)
    if visit.review is None or visit.review.decision is None:
        asked = t("Review: continue, change or stop?")
        found.append(Obstacle(text=asked, place="panel:review:decision"))
    return tuple(found)


def find_addendum_obstacles(visit: Consultation) -> tuple[Obstacle, ...]:
    """Return what stands in the way of locking an addendum."""
    found = _find_nameless(visit)
    if not visit.addendum.strip():
        found.append(Obstacle(text=t("Addendum: what is added?"), place="panel:addendum"))
    return tuple(found)
