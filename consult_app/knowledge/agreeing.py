"""What a patient signed for, so that a plan changed afterwards does not pass as agreed to."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.finding import Finding
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.knowledge.planned import find_cream
from consult_app.values import replace
from consult_app.wording import t

CHANGED = t("The plan was changed after the patient signed.")
OTHERWISE = t("The findings, depths or visits are not those the patient signed for.")
AGAIN = t("Have it signed again.")


def sign_for(
    agreement: Agreement, asked: PlanRequest, plan: Plan | None, findings: Sequence[Finding]
) -> Agreement:
    """Return the agreement with what it is signed for; with nothing where nobody signed."""
    signed = bool(agreement.signature) or agreement.signed_on_paper
    return replace(
        agreement,
        signed_for=name_agreed(asked) if signed else "",
        signed_course=name_course(plan, findings) if signed else "",
    )


def tell_change(visit: Consultation, plan: Plan | None, findings: Sequence[Finding]) -> str:
    """Return that the patient signed for something else; empty where not, or not known.

    What a plan comes to rests on more than was asked for: on the clinic's numbers, the limit of
    the device, the skin and the answers. The risks the patient was told of rest on what was found.
    In a locked visit it is what it came to at locking.

    Args:
        visit: The visit.
        plan: What its plan comes to now; None where it comes to nothing yet.
        findings: What is found now.
    """
    agreement = visit.agreement
    if agreement.signed_for and agreement.signed_for != name_agreed(visit.plan):
        return CHANGED
    course = visit.course if visit.state == "signed" else name_course(plan, findings)
    known = bool(agreement.signed_course and course)
    return OTHERWISE if known and course != agreement.signed_course else ""


def name_agreed(plan: PlanRequest) -> str:
    """Return a digest of what a patient agrees to: what is done where, how deep and how often.

    A visit moved to another day is no other plan, nor is a limit of the device by itself.
    """
    return make_fingerprint(
        {
            "targets": sorted(
                [it.area, it.concern, it.severity, it.melasma_here] for it in plan.targets
            ),
            "device": plan.device_kind,
            "depth": plan.depth_mm,
            "sessions": plan.sessions,
            "numbing": find_cream(plan, None) or None,
            "addons": sorted(plan.addons),
        }
    )


def name_course(plan: Plan | None, findings: Sequence[Finding]) -> str:
    """Return a digest of what was found and of the depths, visit by visit; empty without a plan."""
    if plan is None:
        return ""
    return make_fingerprint(
        {
            "findings": sorted([it.id, it.severity] for it in findings),
            "visits": [
                sorted([it.area, it.concern, it.planned_mm] for it in session.depths)
                for session in plan.session_plan
            ],
        }
    )
