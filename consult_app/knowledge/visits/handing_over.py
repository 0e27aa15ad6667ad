"""Whether a consultation hands the patient a sheet, and which visit's sheet the patient has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import PlanOutcome
from consult_app.errors import ConsultError
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.screening.decided import find_decided
from consult_app.values import replace
from consult_app.wording import t

NO_PLAN = t("The handout follows from the plan")
NOT_AHEAD = {
    "no": t("There is no handout: the patient does not go ahead."),
    "not_suitable": t("There is no handout: the patient is not suitable."),
}
"""Who is not treated is handed no visits and no care. Who thinks about it takes them home."""
DO_NOT_TREAT = t("There is no handout: the safety check says do not treat.")


def find_no_sheet(visit: Consultation, judgement: Judgement) -> str:
    """Return why a consultation hands no sheet over, however complete its plan; empty otherwise."""
    plan = judgement.plan
    if visit.agreement.decision in NOT_AHEAD:
        return NOT_AHEAD[visit.agreement.decision]
    refused = plan is not None and plan.outcome is PlanOutcome.DO_NOT_TREAT
    if refused or judgement.decision.state is DecisionState.ABSOLUTE:
        return DO_NOT_TREAT
    return ""


def hands_over(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether there is a sheet to hand over: only a consultation with a plan has one."""
    planned = visit.kind == "consultation" and judgement.plan is not None
    return planned and not find_no_sheet(visit, judgement)


def find_told(visit: Consultation, read: Callable[[str], Consultation]) -> Consultation:
    """Return the visit whose sheet the patient has: this one where it has its own, or the first.

    That is the consultation, or a treatment on another day than the consultation's sheet says.

    Raises:
        ConsultError: A treatment, review or addendum follows no consultation that can be read.
    """
    while visit.kind != "consultation" and not (visit.handout and visit.state == "signed"):
        if visit.follows is None:
            raise ConsultError(
                t("This visit has no handout of its own"),
                t("It follows no consultation whose handout could be shown. Nothing is lost."),
            )
        visit = read(visit.follows)
    return visit


def renew(last: Consultation, treatment: Consultation, moment: datetime) -> Consultation:
    """Return a consultation as its sheet is made anew for the day of one of its treatments.

    What was agreed is the consultation's, and signed on its sheet if on paper; what was answered,
    who works here, how deep they and the device here may go, and what was needled, is of that day.
    It is begun at that moment, from which its care counts. Its plan keeps the hour that was agreed:
    the visits that follow are not later in the day because this one was.
    """
    agreed = last.plan.first_session or moment
    planned = datetime.combine(moment.date(), agreed.time())
    held = treatment.plan.device_label_max_mm or last.plan.device_label_max_mm
    return replace(
        last,
        state="draft",
        handout=None,
        visit_date=moment.date(),
        started_at=moment,
        patient=treatment.patient,
        needs=treatment.needs,
        locale=treatment.locale,
        clinic=treatment.clinic,
        practitioner=treatment.practitioner,
        answers=treatment.answers,
        facts=treatment.facts,
        overrides=find_decided(treatment),
        antiviral=treatment.antiviral,
        agreement=replace(last.agreement, signed_on_paper=False),
        operator_max_mm=treatment.operator_max_mm,
        plan=replace(last.plan, first_session=planned, device_label_max_mm=held),
        treatment=treatment.treatment,
    )
