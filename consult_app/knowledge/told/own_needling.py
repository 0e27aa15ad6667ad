"""What a treatment did itself, where another visit of the patient knows it from the records."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.needled import NEEDLING
from consult_app.values import replace


def leave_out_own(pack: Pack, other: Consultation, treatment: Consultation) -> Consultation:
    """Return another visit without the needling of a treatment that it is held against.

    It was begun or opened since, so it knows that from the records; and nothing that a treatment
    did itself stands in its own way. What another record of that day says was needled, the
    treatment knows as well, and what a person told is no knowledge of the records: both stay.

    Args:
        pack: The content.
        other: The other visit.
        treatment: The treatment, with what the records know without it.
    """
    day = PartialDate.of(treatment.visit_date)
    own = {it for it in other.needled if it.date == day and it not in treatment.needled}
    if not own:
        return other
    needled = _leave_out(other.needled, own)
    procedures = _leave_out(other.facts.procedures, own)
    answers = other.answers
    if not any(it.code == NEEDLING for it in (*procedures, *needled)):
        # The Yes was laid with it, and without anything to name it would be an open question.
        asked = pack.vocabulary.asked_by("procedures", (NEEDLING,))
        answers = {item: it for item, it in answers.items() if item not in asked}
    facts = replace(other.facts, procedures=procedures)
    return replace(other, needled=needled, facts=facts, answers=answers)


def _leave_out(entries: tuple[Procedure, ...], own: set[Procedure]) -> tuple[Procedure, ...]:
    return tuple(it for it in entries if it not in own)
