"""When a record may be signed and locked, and what is fixed when it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import REACTED
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.plan_missing import where_missing
from consult_app.knowledge.screening.decided import let_lapse
from consult_app.knowledge.screening.decision import add_relative, ask_also, find_undecided
from consult_app.knowledge.screening.screening import fires
from consult_app.knowledge.told.allergies import ALLERGIES, find_contradicted, is_not_listed
from consult_app.knowledge.told.contradicted import find_unsettled
from consult_app.knowledge.visits.agreeing import ANOTHER, name_course, tell_signer
from consult_app.knowledge.visits.coming import find_expected_day
from consult_app.knowledge.visits.dated_ahead import DATED_AHEAD
from consult_app.knowledge.visits.handing_over import find_no_sheet
from consult_app.knowledge.visits.obstacle import IDENTITY, SETTINGS, Obstacle
from consult_app.knowledge.visits.waiting import judge_on
from consult_app.values import replace
from consult_app.wording import t

DECISION = "panel:agree:decision"
HARMS = "panel:expectations"
TEACH_BACK = "panel:agree:teach_back"
SIGNATURE = "panel:agree:signature"
NOT_UNDERSTOOD = t(
    "Teach-back: an interpreter is needed. Have it said back with one who is no relative, and mark "
    "how it went then; or choose Think about it."
)
_UNDER_AGE = "age_under_18"
UNANSWERED = t("Not answered yet: {label}.")
DETAILS = t("Answered Yes, its details are needed: {label}.")
CONTRADICTED = t("Written among the allergies, but answered No: {label}.")
SAID_OTHERWISE = t("Answered No, but Skin or Plan says otherwise: {label}.")
OTHERWISE = t("The decision is not Go ahead.")
SIGNED_OTHERWISE = t(
    "There is a signature, but the decision is not Go ahead. Take the signature back, or choose "
    "Go ahead."
)
AGAINST = t("The decision is Go ahead, but the decision box says: {headline}.")
UNREAD = t("Possible harms: not read to the end yet, on Expectations or in the patient view.")
SIGNED_AGAINST = t("Where it must not be treated, choose Not suitable and clear the signature.")
_GOING_AHEAD_STOPPED_BY = frozenset(
    {
        DecisionState.NOT_CHECKED,
        DecisionState.CHECKING,
        DecisionState.COULD_NOT_CHECK,
        DecisionState.ABSOLUTE,
        DecisionState.CHANGE_PLAN,
    }
)


def find_obstacles(visit: Consultation, judgement: Judgement, pack: Pack) -> tuple[Obstacle, ...]:
    """Return what stands in the way of locking; empty when nothing does."""
    found = [
        *_find_identity_obstacles(visit, pack),
        *_find_stop_obstacles(visit, judgement, pack),
        *_find_today_obstacles(visit, judgement, pack),
        *_find_agreement_obstacles(visit, judgement, pack),
    ]
    return tuple(found)


def find_signature_obstacles(
    visit: Consultation, judgement: Judgement, pack: Pack
) -> tuple[Obstacle, ...]:
    """Return why the patient cannot sign yet (product, *Blocks*)."""
    found = []
    if is_agreed(visit) and tell_signer(visit) == ANOTHER:
        found.append((ANOTHER, SIGNATURE))
    if not visit.discussion.risks_shown:
        found.append((UNREAD, HARMS))
    agreement = visit.agreement
    if agreement.decision is None:
        found.append((t("Nothing is decided yet."), DECISION))
    elif agreement.decision != "go_ahead":
        found.append((SIGNED_OTHERWISE if is_agreed(visit) else OTHERWISE, DECISION))
    found += _find_not_understood(visit)
    if agreement.decision is not None and not agreement.wording_version:
        found.append((t("The consent wording is not fixed yet."), DECISION))
    if _is_under_age(visit, judgement, pack):
        found.append((t("The patient is under the age for consent."), IDENTITY))
    if judgement.decision.state in _GOING_AHEAD_STOPPED_BY:
        says = t("The decision box says: {headline}.", headline=judgement.decision.headline)
        found.append((says, find_cause(judgement)))
    return _list(found)


def _find_not_understood(visit: Consultation) -> list[tuple[str, str]]:
    """Return that a patient who goes ahead did not understand what to; who thinks about it may."""
    agreement = visit.agreement
    waits = agreement.teach_back.outcome == "needs_interpreter"
    return [(NOT_UNDERSTOOD, TEACH_BACK)] if waits and agreement.decision == "go_ahead" else []


def _is_under_age(visit: Consultation, judgement: Judgement, pack: Pack) -> bool:
    """Return whether the patient is too young to consent on this day or for the first visit.

    Who is of age on the day of the treatment may be a minor on the day of the signature.
    """
    if any(finding.id == _UNDER_AGE for finding in judgement.decision.findings):
        return True
    facts = judgement.facts
    return facts is not None and fires(pack, _UNDER_AGE, facts, day=visit.visit_date)


def is_agreed(visit: Consultation) -> bool:
    """Return whether the patient signed, here or on paper."""
    return bool(visit.agreement.signature) or visit.agreement.signed_on_paper


def find_cause(judgement: Judgement) -> str:
    """Return the place of what the decision box says: its first finding or open question.

    Where a decision alone is missing, that is where it is recorded.
    """
    decision = judgement.decision
    undecided = find_undecided(decision)
    if undecided and decision.state is DecisionState.RELATIVE:
        return f"record:{undecided[0].id}"
    found = [finding.item for finding in decision.findings]
    needed = [question.item for question in decision.needed]
    incomplete = decision.state is DecisionState.INCOMPLETE
    items = [*needed, *found] if incomplete else [*found, *needed]
    return f"item:{items[0]}" if items else "panel:safety"


def may_treat_today(judgement: Judgement) -> bool:
    """Return whether *treat today* may be marked; anything not computed or waiting refuses it.

    Give it what holds today: see `judge_today`.
    """
    return not judgement.decision.blocks_treatment


def judge_today(pack: Pack, visit: Consultation, judgement: Judgement) -> Judgement:
    """Return what holds for a treatment on the day of the visit.

    The decision box judges for the first visit asked for. Where that is another day, what has to
    wait until then may still stop a treatment today. What the patient's other records tell holds on
    any day, and so does what they tell against an answer.
    """
    first = visit.plan.first_session
    if first is None or first.date() == visit.visit_date or judgement.screening is None:
        return judgement
    today = judge_on(pack, visit, datetime.combine(visit.visit_date, first.time()))
    found = [it for it in judgement.decision.findings if it.id in {DATED_AHEAD, REACTED}]
    decision = reduce(lambda box, it: add_relative(box, it, visit.overrides), found, today.decision)
    known = {it.item for it in decision.needed}
    against = [it for it in judgement.decision.needed if it.against and it.item not in known]
    return replace(today, decision=ask_also(decision, tuple(against), begun=True))


def tell_refused(judgement: Judgement, today: Judgement) -> tuple[str, str]:
    """Return that treating today is refused, and the place of why.

    A decision that only a treatment today would need has no place beside the plan of another day:
    first the plan is to begin today.
    """
    headline, cause = today.decision.headline, find_cause(today)
    shown = {it.id for it in judgement.decision.findings}
    hidden = [it for it in find_undecided(today.decision) if it.id not in shown]
    if hidden and cause == f"record:{hidden[0].id}":
        headline, cause = hidden[0].action.rstrip("."), "panel:plan:first_session"
    return t("Treat today is refused: {headline}.", headline=headline), cause


def sign_off(
    visit: Consultation,
    judgement: Judgement,
    pack: Pack,
    *,
    at: datetime,
    earlier: Sequence[Consultation] = (),
) -> Consultation:
    """Return the visit as signed: findings, content version, coming day and depths as shown.

    The day that follows a treatment or a review depends on the `earlier` ones, the latest first.
    """
    return replace(
        visit,
        state="signed",
        unread={},
        signed_at=at,
        overrides=let_lapse(visit, judgement.decision),
        content_id=pack.id,
        content_version=pack.version,
        findings={finding.id: str(finding.severity) for finding in judgement.decision.findings},
        expected_on=find_expected_day(pack, visit, judgement, earlier),
        course=name_course(judgement.plan, judgement.decision.findings),
    )


def _list(found: Iterable[tuple[str, str]]) -> tuple[Obstacle, ...]:
    return tuple(Obstacle(text=text, place=place) for text, place in found)


def _find_identity_obstacles(visit: Consultation, pack: Pack) -> tuple[Obstacle, ...]:
    found = []
    named = bool(visit.patient.name.strip()) and visit.patient.date_of_birth is not None
    if not named and not visit.identity_reason.strip():
        details = t("Patient details: name and date of birth, or the reason why not.")
        found.append((details, IDENTITY))
    if visit.allergy_state is None:
        asked = t("Safety: are there allergies, or none known?")
        found.append((asked, f"item:{ALLERGIES}"))
    elif is_not_listed(pack, visit):
        found.append((t("Safety: which allergies?"), f"item:{ALLERGIES}"))
    if not visit.practitioner.name.strip():
        found.append((t("Settings: the practitioner's name."), SETTINGS))
    return _list(found)


def _find_stop_obstacles(
    visit: Consultation, judgement: Judgement, pack: Pack
) -> tuple[Obstacle, ...]:
    """Return the stop questions still open; those about a plan only where there is to be one.

    Where nothing is done a *Yes* is an answer without its details, too.

    A birth date that cannot be had does not keep the record open once its reason is stated; the
    decision stays incomplete, and treating today refused.
    """
    if judgement.screening is None:
        told = [
            (f"{it.label}: {it.against}.", f"item:{it.item}") for it in judgement.decision.needed
        ]
        return _list(told or [(t("The answers could not be checked."), "panel:safety")])
    stated = pack.asked_by.get("date_of_birth", ()) if visit.identity_reason.strip() else ()
    open_now = [
        pack.question_by_id[item]
        for item in judgement.screening.unanswered
        if item in pack.stop_items and item not in stated
    ]
    planned = visit.agreement.decision in {None, "go_ahead"}
    said = [item for item, answer in visit.answers.items() if answer.state == "yes"]
    ended = visit.agreement.decision in {"no", "not_suitable"}
    words = dict.fromkeys(said, DETAILS)
    words |= dict.fromkeys(find_contradicted(pack, visit), CONTRADICTED)
    words |= dict.fromkeys(find_unsettled(pack, visit), SAID_OTHERWISE)
    known = {question.id for question in open_now}
    needed = (it for it in judgement.decision.needed if it.item in pack.stop_items)
    against = [
        (f"{it.label}: {it.against}", f"item:{it.item}")
        for it in needed
        if it.against and it.item not in known
    ]
    asked = (
        (words.get(question.id, UNANSWERED).format(label=question.label), f"item:{question.id}")
        for question in open_now
        if planned or question.step != "plan"
        if not (ended and words.get(question.id) == DETAILS)
    )
    return _list([*asked, *against])


def _find_today_obstacles(
    visit: Consultation, judgement: Judgement, pack: Pack
) -> tuple[Obstacle, ...]:
    if not visit.agreement.treat_today:
        return ()
    today = judge_today(pack, visit, judgement)
    if may_treat_today(today):
        return ()
    return _list([tell_refused(judgement, today)])


def _find_agreement_obstacles(
    visit: Consultation, judgement: Judgement, pack: Pack
) -> tuple[Obstacle, ...]:
    agreement = visit.agreement
    found = []
    if agreement.decision is None:
        found.append((t("Agree: what was decided?"), DECISION))
    if agreement.decision == "go_ahead" and judgement.plan is None:
        found += [(f"{fault}.", where_missing(fault)) for fault in judgement.plan_faults]
    if not is_agreed(visit):  # the signature tells of it too
        found += _find_not_understood(visit)
    signed = find_signature_obstacles(visit, judgement, pack) if is_agreed(visit) else ()
    if agreement.decision == "go_ahead" and find_no_sheet(visit, judgement):
        # The signature tells of the box already, and leads to the answer behind it alone.
        against = AGAINST.format(headline=judgement.decision.headline)
        found.append((SIGNED_AGAINST if signed else against, DECISION))
    return (*signed, *_list(found))
