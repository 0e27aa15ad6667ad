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
    """One panel: its id, its name on the rail and the parts that make it complete.

    Attributes:
        parts: Which of them are there.
        called: What each of them is called.
        begun: Whether something is there that makes none of them complete.
    """

    id: str
    name: str
    parts: Callable[[Consultation], tuple[bool, ...]]
    called: tuple[str, ...]
    begun: Callable[[Consultation], bool] = lambda _visit: False

    def progress(self, consultation: Consultation) -> Progress:
        """Return how many of the parts are there: none, some or all."""
        parts = self.parts(consultation)
        if parts and all(parts):
            return Progress.DONE
        begun = any(parts) or self.begun(consultation)
        return Progress.HALF if begun else Progress.EMPTY

    def missing(self, consultation: Consultation) -> list[str]:
        """Return what the parts are called that are not there."""
        there = self.parts(consultation)
        return [name for name, done in zip(self.called, there, strict=False) if not done]


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


def _said_back(visit: Consultation) -> bool:
    said = visit.agreement.teach_back
    return said.outcome is not None or any(words.strip() for words in said.words.values())


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


SIGNING = t("signing")
STEPS: tuple[Step, ...] = (
    Step(
        "goals",
        t("Goals"),
        _goals,
        (t("the patient's own words"), t("a concern"), t("whose wish it is")),
    ),
    Step(
        "skin",
        t("Skin"),
        _skin,
        (t("skin type"), t("dark marks after spots"), t("a finding on the map")),
    ),
    Step("safety", t("Safety"), _safety, (t("answers"), t("allergies"))),
    Step("plan", t("Plan"), _plan, (t("an area"), t("the first visit"), t("accepting the plan"))),
    Step(
        "expectations",
        t("Expectations"),
        _expectations,
        (t("the possible harms to their end"), t("that it was discussed")),
    ),
    Step("agree", t("Agree"), _agree, (t("a decision"), t("a signature")), _said_back),
    Step("finish", t("Finish"), _finish, (SIGNING,)),
)


TREATMENT_STEPS: tuple[Step, ...] = (
    Step("recheck", t("Re-check"), _recheck, (t("no new medicine"), t("consent"))),
    Step(
        "treated",
        t("Treatment"),
        _treated,
        (
            t("the lot of the cartridge"),
            t("each area as it was treated"),
            t("what After lists before locking"),
        ),
    ),
    Step(
        "after",
        t("After"),
        _after,
        (t("whether treated"), t("adverse events"), t("the next date"), SIGNING),
    ),
)
REVIEW_STEPS: tuple[Step, ...] = (
    Step(
        "review",
        t("Review"),
        _review,
        (t("your rating"), t("the patient's rating"), t("how to go on"), SIGNING),
    ),
)
ADDENDUM_STEPS: tuple[Step, ...] = (
    Step("addendum", t("Addendum"), _addendum, (t("its words"), SIGNING)),
)
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
