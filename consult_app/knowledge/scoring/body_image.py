"""The body-image screen: own-worded questions and what their answers mean (reference 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from consult_app.domain.history import Condition, Facts
from consult_app.errors import Fault, InputError
from consult_app.knowledge.scoring.instruments import Option
from consult_app.record import collect
from consult_app.values import dataclass, replace

FILE = "body_image.toml"
ITEM = "bdd"

Role = Literal["worry", "time", "distress", "limits", "habits", "earlier", "harm", "visible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyQuestion:
    """One question; `several` allows any number of its options, stored as their sum."""

    id: str
    role: Role
    text: str
    options: tuple[Option, ...]
    gate: bool = False
    several: bool = False
    who: Literal["patient", "practitioner"] = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The points from which an answer counts."""

    worry: int
    time: int
    distress: int
    limits: int
    visible: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Codes of conditions and sentences of the results."""

    positive: str
    positive_text: str
    proportionate: str
    proportionate_text: str
    crisis_text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence for the practitioner, with its sources."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyImage:
    """Everything in `body_image.toml`."""

    threshold: Threshold
    outcome: Outcome
    question: tuple[BodyQuestion, ...]
    red_flag: tuple[Remark, ...] = ()
    fact: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyImageResult:
    """What the answers mean.

    Attributes:
        codes: Codes of conditions to put among the facts.
        crisis: Thoughts of self-harm: the rule of acute distress, same-day safety pathway.
        ask: Ids of the questions to ask, in order.
        missing: Those of them that are not answered; while there are any, the screen is open.
        advice: Sentences for the practitioner.
        formula: What was held against what.
        inputs: The answers.
        sources: Source ids.
    """

    codes: tuple[str, ...]
    crisis: bool
    ask: tuple[str, ...]
    missing: tuple[str, ...]
    advice: tuple[str, ...]
    formula: str
    inputs: Mapping[str, int]
    sources: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that had to be asked was answered."""
        return not self.missing


def read_body_image(data: Mapping[str, Any] | None, faults: list[Fault]) -> BodyImage | None:
    """Return what the file says, or None when it has faults, which are added to `faults`."""
    if data is None:
        return None
    body = collect(BodyImage, data, FILE, faults)
    if body is None:
        return None
    roles = [question.role for question in body.question]
    faults += [
        Fault(FILE, f"not one question for {role}")
        for role in get_args(Role)
        if roles.count(role) != 1
    ]
    return body


def screen_body_image(body: BodyImage, answers: Mapping[str, int]) -> BodyImageResult:
    """Return what the answers, points by question id, mean.

    An answer that is not given is never taken as *no*: the screen stays open.

    Raises:
        InputError: An answer is none of the question's; every fault is named.
    """
    faults = tuple(_find_faults(body, answers))
    if faults:
        title = "These answers cannot be used"
        raise InputError(title, faults, "Correct the places named and try again.")
    said = {question.role: answers.get(question.id) for question in body.question}
    found = _Reading(body.threshold, said)
    asked = [question.id for question in body.question if question.gate or found.gate_open]
    codes, advice = _judge(body.outcome, found)
    return BodyImageResult(
        codes=codes,
        crisis=bool(said["harm"]),
        ask=tuple(asked),
        missing=tuple(name for name in asked if name not in answers),
        advice=advice,
        formula=found.describe(),
        inputs=dict(answers),
        sources=tuple(dict.fromkeys((*body.threshold.sources, *body.outcome.sources))),
    )


def lay_over_facts(body: BodyImage, facts: Facts, result: BodyImageResult) -> Facts:
    """Return the facts with what the screen found; a crisis named elsewhere is kept."""
    own = {body.outcome.positive, body.outcome.proportionate}
    kept = [entry for entry in facts.conditions if entry.code not in own]
    added = [Condition(code=code) for code in result.codes]
    open_items = facts.unanswered
    if not result.complete and ITEM not in open_items:
        open_items = (*open_items, ITEM)
    return replace(
        facts,
        conditions=(*kept, *added),
        consent=replace(facts.consent, in_crisis=facts.consent.in_crisis or result.crisis),
        unanswered=open_items,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """Answers by role, held against the thresholds."""

    threshold: Threshold
    said: Mapping[Role, int | None]

    def reaches(self, role: Literal["worry", "time", "distress", "limits", "visible"]) -> bool:
        """Return whether the answer is given and reaches its threshold."""
        points = self.said[role]
        least: int = getattr(self.threshold, role)
        return points is not None and points >= least

    @property
    def gate_open(self) -> bool:
        """Whether the further questions are asked."""
        return self.reaches("worry") or self.reaches("time")

    @property
    def preoccupied(self) -> bool:
        """Everything but how visible it is."""
        burdened = self.reaches("distress") or self.reaches("limits")
        return self.reaches("worry") and self.reaches("time") and burdened

    def describe(self) -> str:
        """Return the answers against their thresholds."""
        return "; ".join(
            f"{role} {self.said[role]} (from {getattr(self.threshold, role)})"
            for role in ("worry", "time", "distress", "limits", "visible")
            if self.said[role] is not None
        )


def _judge(outcome: Outcome, found: _Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    crisis = (outcome.crisis_text,) if found.said["harm"] else ()
    if not found.preoccupied or found.said["visible"] is None:
        return (), crisis
    if found.reaches("visible"):
        return (outcome.proportionate,), (*crisis, outcome.proportionate_text)
    return (outcome.positive,), (*crisis, outcome.positive_text)


def _find_faults(body: BodyImage, answers: Mapping[str, int]) -> Iterator[Fault]:
    questions = {question.id: question for question in body.question}
    for name, answer in answers.items():
        question = questions.get(name)
        if question is None:
            yield Fault(name, "no question has this id")
        elif not _takes(question, answer):
            yield Fault(name, f"not an answer to it: {answer}")


def _takes(question: BodyQuestion, answer: int) -> bool:
    points = [option.points for option in question.options]
    return 0 <= answer <= sum(points) if question.several else answer in points
