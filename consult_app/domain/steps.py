"""The seven panels in their usual order, and how far each has come."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from consult_app.domain.consultation import Consultation
from consult_app.domain.expired import find_unreasoned
from consult_app.values import dataclass
from consult_app.wording import t


class Progress(StrEnum):
    """How far a panel has come; an active stop is shown on top of it."""

    EMPTY = "empty"
    HALF = "half"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One panel: its id, its name on the rail and the parts that make it complete."""

    id: str
    name: str
    parts: Callable[[Consultation], tuple[bool, ...]]

    def progress(self, consultation: Consultation) -> Progress:
        """Return how many of the parts are there: none, some or all."""
        parts = self.parts(consultation)
        if parts and all(parts):
            return Progress.DONE
        return Progress.HALF if any(parts) else Progress.EMPTY


def _goals(visit: Consultation) -> tuple[bool, ...]:
    goals = visit.goals
    return (bool(goals.own_words.strip()), bool(goals.concerns), goals.whose_wish is not None)


def _skin(visit: Consultation) -> tuple[bool, ...]:
    skin = visit.skin
    return (visit.facts.phototype is not None, "pih" in visit.answers, bool(skin.findings))


def _safety(visit: Consultation) -> tuple[bool, ...]:
    return (bool(visit.answers), visit.allergy_state is not None)


def _plan(visit: Consultation) -> tuple[bool, ...]:
    return (bool(visit.plan.targets), visit.plan.first_session is not None, visit.plan_accepted)


def _expectations(visit: Consultation) -> tuple[bool, ...]:
    return (visit.discussion.risks_shown, visit.discussion.discussed)


def _agree(visit: Consultation) -> tuple[bool, ...]:
    agreement = visit.agreement
    signed = bool(agreement.signature) or agreement.signed_on_paper
    decided = agreement.decision is not None
    return (decided, signed or (decided and agreement.decision != "go_ahead"))


def _finish(visit: Consultation) -> tuple[bool, ...]:
    return (visit.state == "signed",)  # not every visit hands a sheet over


def _recheck(visit: Consultation) -> tuple[bool, ...]:
    treatment = visit.treatment
    return (treatment is not None and treatment.new_medicines == "no", "consent" in visit.answers)


def _treated(visit: Consultation) -> tuple[bool, ...]:
    treatment = visit.treatment
    if treatment is None:
        return (False,)
    confirmed = not any(it.suggested for it in treatment.areas)
    done = not treatment.unwritten and not find_unreasoned(visit)
    return (bool(treatment.cartridge.lot), confirmed, done)


def _after(visit: Consultation) -> tuple[bool, ...]:
    treatment = visit.treatment
    if treatment is None:
        return (False,)
    said = (treatment.treated, treatment.adverse, treatment.next_date)
    return (*(it is not None for it in said), visit.state == "signed")


def _review(visit: Consultation) -> tuple[bool, ...]:
    review = visit.review
    if review is None:
        return (False,)
    said = (review.by_practitioner, review.by_patient, review.decision)
    return (*(it is not None for it in said), visit.state == "signed")


def _addendum(visit: Consultation) -> tuple[bool, ...]:
    return (bool(visit.addendum.strip()), visit.state == "signed")


STEPS: tuple[Step, ...] = (
    Step("goals", t("Goals"), _goals),
    Step("skin", t("Skin"), _skin),
    Step("safety", t("Safety"), _safety),
    Step("plan", t("Plan"), _plan),
    Step("expectations", t("Expectations"), _expectations),
    Step("agree", t("Agree"), _agree),
    Step("finish", t("Finish"), _finish),
)


TREATMENT_STEPS: tuple[Step, ...] = (
    Step("recheck", t("Re-check"), _recheck),
    Step("treated", t("Treatment"), _treated),
    Step("after", t("After"), _after),
)
REVIEW_STEPS: tuple[Step, ...] = (Step("review", t("Review"), _review),)
ADDENDUM_STEPS: tuple[Step, ...] = (Step("addendum", t("Addendum"), _addendum),)
EVERY_STEP = (*STEPS, *TREATMENT_STEPS, *REVIEW_STEPS, *ADDENDUM_STEPS)
_BY_KIND = {
    "treatment": TREATMENT_STEPS,
    "review": REVIEW_STEPS,
    "addendum": ADDENDUM_STEPS,
}


def steps_of(visit: Consultation) -> tuple[Step, ...]:
    """Return the panels of a visit of its kind."""
    return _BY_KIND.get(visit.kind, STEPS)


def find_step(step_id: str) -> Step:
    """Return the step of that id, the first one for an id no longer known."""
    return next((step for step in STEPS if step.id == step_id), STEPS[0])
