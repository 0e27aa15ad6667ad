"""What a patient signed for, so that a plan changed afterwards does not pass as agreed to."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.finding import Finding
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.people import Patient
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.knowledge.spelling import fold
from consult_app.knowledge.told.planned import find_cream
from consult_app.values import replace
from consult_app.wording import t

CHANGED = t("The plan was changed after the patient signed.")
OTHERWISE = t("The findings, depths or visits are not those the patient signed for.")
AGAIN = t("Have it signed again.")
ANOTHER = t(
    "Name and date of birth are not those of the person who signed. Clear the signature and have "
    "it signed again; where this is another patient's visit, put it away: Patient details, Wrong "
    "patient."
)
DOUBT = t("Name or date of birth was changed after the patient signed.")
WHETHER_SAME = t("Is it the same person?")


def sign_for(
    agreement: Agreement, asked: PlanRequest, plan: Plan | None, findings: Sequence[Finding]
) -> Agreement:
    """Return the agreement with what it is signed for; with nothing where nobody signed."""
    if not (agreement.signature or agreement.signed_on_paper):
        return replace(agreement, signed_for="", signed_course="", signed_name="", signed_born="")
    return replace(
        agreement, signed_for=name_agreed(asked), signed_course=name_course(plan, findings)
    )


def sign_as(agreement: Agreement, patient: Patient) -> Agreement:
    """Return the agreement with who signed it, or was said to be the same person."""
    name, born = _name_person(patient)
    return replace(agreement, signed_name=name, signed_born=born)


def tell_signer(visit: Consultation) -> str:
    """Return that somebody else signed, `ANOTHER`, or may have, `DOUBT`; empty where not.

    Another person is one with whom nothing agrees of what is known of both: name and birth date,
    or the one of them that was known at the signature. Where one of the two is as it was the
    other may have been corrected. Capitals, accents and the order of the names make no difference.
    """
    agreement = visit.agreement
    signed = (agreement.signed_name, agreement.signed_born)
    pairs = zip(signed, _name_person(visit.patient), strict=True)
    same = [then == now for then, now in pairs if then and now]
    if all(same):
        return ""
    return DOUBT if any(same) else ANOTHER


def _name_person(patient: Patient) -> tuple[str, str]:
    """Return digests of name and birth date; an empty one of what is not known."""
    words, born = sorted(fold(patient.name).split()), patient.date_of_birth
    return (
        make_fingerprint({"name": words}) if words else "",
        make_fingerprint({"born": born.isoformat()}) if born is not None else "",
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
