"""What a patient signed for, so that a plan changed afterwards does not pass as agreed to."""

from __future__ import annotations

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.plan import PlanRequest
from consult_app.values import replace
from consult_app.wording import t

CHANGED = t("The plan was changed after the patient signed.")
AGAIN = t("Have it signed again.")


def sign_for(agreement: Agreement, plan: PlanRequest) -> Agreement:
    """Return the agreement with what it is signed for; with nothing where nobody signed."""
    signed = bool(agreement.signature) or agreement.signed_on_paper
    return replace(agreement, signed_for=name_agreed(plan) if signed else "")


def is_changed_since(visit: Consultation) -> bool:
    """Return whether the patient signed for another plan; not known of older records."""
    signed_for = visit.agreement.signed_for
    return bool(signed_for) and signed_for != name_agreed(visit.plan)


def name_agreed(plan: PlanRequest) -> str:
    """Return a digest of what a patient agrees to: what is done where, how deep and how often.

    A visit moved to another day is no other plan, nor is a limit of the device.
    """
    numbing = plan.numbing
    return make_fingerprint(
        {
            "targets": sorted(
                [it.area, it.concern, it.severity, it.melasma_here] for it in plan.targets
            ),
            "device": plan.device_kind,
            "depth": plan.depth_mm,
            "sessions": plan.sessions,
            "numbing": numbing.product if numbing is not None else None,
            "addons": sorted(plan.addons),
        }
    )
