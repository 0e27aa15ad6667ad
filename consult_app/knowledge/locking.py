"""When a record may be signed and locked, and what is fixed when it is."""

from __future__ import annotations

from datetime import date, datetime

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

_GOING_AHEAD_STOPPED_BY = frozenset(
    {
        DecisionState.NOT_CHECKED,
        DecisionState.CHECKING,
        DecisionState.COULD_NOT_CHECK,
        DecisionState.ABSOLUTE,
        DecisionState.CHANGE_PLAN,
    }
)


def find_obstacles(visit: Consultation, judgement: Judgement, pack: Pack) -> tuple[str, ...]:
    """Return what stands in the way of locking, one sentence each; empty when nothing does."""
    found = [
        *_find_identity_obstacles(visit),
        *_find_stop_obstacles(visit, judgement, pack),
        *_find_agreement_obstacles(visit, judgement),
    ]
    return tuple(found)


def find_signature_obstacles(visit: Consultation, judgement: Judgement) -> tuple[str, ...]:
    """Return why the patient cannot sign yet (product, *Blocks*)."""
    found = []
    if not visit.discussion.risks_shown:
        found.append(t("Show the risks on Expectations first."))
    if visit.agreement.decision != "go_ahead":
        found.append(t("The decision is not Go ahead."))
    if not visit.agreement.wording_version:
        found.append(t("The consent wording is not fixed yet."))
    if any(finding.id == "age_under_18" for finding in judgement.decision.findings):
        found.append(t("The patient is under the age for consent."))
    if judgement.decision.state in _GOING_AHEAD_STOPPED_BY:
        found.append(t("The decision box says: {headline}.", headline=judgement.decision.headline))
    return tuple(found)


def may_treat_today(judgement: Judgement) -> bool:
    """Return whether *treat today* may be marked; anything not computed or waiting refuses it."""
    return not judgement.decision.blocks_treatment


def sign_off(
    visit: Consultation, judgement: Judgement, pack: Pack, *, at: datetime
) -> Consultation:
    """Return the visit as signed: findings, content version and first day as they were shown."""
    return replace(
        visit,
        state="signed",
        unread={},
        signed_at=at,
        content_id=pack.id,
        content_version=pack.version,
        findings={finding.id: str(finding.severity) for finding in judgement.decision.findings},
        expected_on=_find_expected_day(visit, judgement),
    )


def _find_expected_day(visit: Consultation, judgement: Judgement) -> date | None:
    """Return when the patient is to come first; a plan may have moved the day asked for."""
    plan = judgement.plan
    if visit.kind != "consultation" or visit.agreement.decision != "go_ahead" or plan is None:
        return None
    sessions = [session.date() for session in plan.session_dates]
    return min([day for day in (plan.coming_patch, *sessions) if day is not None], default=None)


def _find_identity_obstacles(visit: Consultation) -> list[str]:
    found = []
    named = bool(visit.patient.name.strip()) and visit.patient.date_of_birth is not None
    if not named and not visit.identity_reason.strip():
        found.append(t("Patient details: name and date of birth, or the reason why not."))
    if visit.allergy_state is None:
        found.append(t("Safety: are there allergies, or none known?"))
    if not visit.practitioner.name.strip():
        found.append(t("Settings: the practitioner's name."))
    return found


def _find_stop_obstacles(visit: Consultation, judgement: Judgement, pack: Pack) -> list[str]:
    """Return the stop questions still open; those about a plan only where there is to be one."""
    if judgement.screening is None:
        return [t("The answers could not be checked.")]
    open_now = [
        pack.question_by_id[item]
        for item in judgement.screening.unanswered
        if item in pack.stop_items
    ]
    planned = visit.agreement.decision in {None, "go_ahead"}
    return [
        t("Not answered yet: {label}.", label=question.label)
        for question in open_now
        if planned or question.step != "plan"
    ]


def _find_agreement_obstacles(visit: Consultation, judgement: Judgement) -> list[str]:
    agreement = visit.agreement
    found = []
    if agreement.decision is None:
        found.append(t("Agree: what was decided?"))
    if agreement.decision == "go_ahead" and judgement.plan is None:
        found += [f"{fault}." for fault in judgement.plan_faults]
    if agreement.treat_today and not may_treat_today(judgement):
        found.append(t("Treat today is refused: {headline}.", headline=judgement.decision.headline))
    if agreement.signature or agreement.signed_on_paper:
        found += find_signature_obstacles(visit, judgement)
    return found
