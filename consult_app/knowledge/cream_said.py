"""Whether anybody said with which numbing cream a plan is to be treated, or with none."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Needed
from consult_app.knowledge.pack import Pack

_CREAM = "anaesthetic"
"""The fact that the question for the numbing cream asks for."""


def lacks_cream(pack: Pack, visit: Consultation) -> bool:
    """Return whether a plan leaves open which cream; what a case file leaves out was denied."""
    denied = (visit.answers.get(item) for item in pack.asked_by.get(_CREAM, ()))
    said = visit.plan.numbing is not None or any(it and it.state == "no" for it in denied)
    return bool(visit.plan.targets) and not said


def ask_cream(pack: Pack) -> tuple[Needed, ...]:
    """Return that nobody said which cream; none counts as planned, so that nothing is refused."""
    questions = (pack.question_by_id[item] for item in pack.asked_by.get(_CREAM, ()))
    return tuple(Needed(step=it.step, item=it.id, label=it.label) for it in questions)
