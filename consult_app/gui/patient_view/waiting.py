"""What the patient reads where there is no sheet to show, and whether they are asked to decide."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import PlanOutcome
from consult_app.knowledge.judgement import Judgement
from consult_app.wording import t

BEGINNING = t("One moment.")
WAITING = t("Your plan is not ready yet.")
WAITING_MORE = t("We will look at it together as soon as it is.")
NO_SHEET = t("There is no plan to look at here today.")
NO_SHEET_MORE = t("Please ask whatever you would like to know.")


def asks_for_choice(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether the patient decides: at a consultation that has not refused treatment.

    At a treatment or a review that was decided before. Who cannot be treated is not asked what
    they will do after it.
    """
    if visit.kind != "consultation" or visit.agreement.decision == "not_suitable":
        return False
    plan = judgement.plan
    barred = plan is not None and plan.outcome is PlanOutcome.DO_NOT_TREAT
    return not barred and judgement.decision.state is not DecisionState.ABSOLUTE


def say_nothing_is_there(*, waits: bool) -> tuple[str, str]:
    """Return what is said in the place of a sheet: that it comes, or that there is none today.

    Where none is to come nobody waits for it, as at a treatment or where treatment is refused.
    """
    return (WAITING, WAITING_MORE) if waits else (NO_SHEET, NO_SHEET_MORE)
