"""What a consultation found in the way and holds for its day only: asked again before a treatment.

Who was ill then may be well by now. Fever, shingles, warts, broken skin, a tan and breast-feeding
can be told or seen on the day, as the question about each says. Spots cannot: when they end a wait
goes by their grade, which is scored on Skin, and a treatment record has no such scale. Medicines
have a question of their own.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision
from consult_app.errors import InputError
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import bars
from consult_app.knowledge.told.assessment import ACNE_CODE
from consult_app.knowledge.visits.details import list_entries
from consult_app.knowledge.visits.recall import says_same
from consult_app.values import replace

_ENDS = frozenset({"date_healed", "date_cleared"})
"""Details from whose day a wait counts. A *No* would leave that wait out."""


def list_may_end(pack: Pack, last: Consultation) -> tuple[str, ...]:
    """Return the questions that a consultation did not deny and whose answer may be another later.

    Not those that every treatment asks again.
    """
    graded = pack.vocabulary.asked_by("conditions", (ACNE_CODE,))
    always = {*pack.recheck.items, *pack.medicine_items}
    of_day = (pack.day_items & pack.barring_items) - graded - always
    told = {item for item, answer in last.answers.items() if answer.state != "no"}
    return tuple(it.id for it in pack.questions if it.id in of_day & told)


def ask_of_day(pack: Pack, last: Consultation, begun: Consultation) -> Consultation:
    """Return a treatment in which what stands in its way and may be over is not answered yet.

    What was told of it counts until somebody says how it is on the day.

    Args:
        pack: The content.
        last: The consultation that it goes by.
        begun: The treatment, with the answers of that.
    """
    if last.visit_date >= begun.visit_date or not list_may_end(pack, last):
        return begun
    try:
        decision = judge(pack, begun, today=begun.visit_date).decision
    except InputError:
        return begun  # it could not be checked, and is refused for that
    standing = _find_standing(pack, last, begun, decision)
    answers = {item: it for item, it in begun.answers.items() if item not in standing}
    return replace(begun, answers=answers)


def find_answered(pack: Pack, last: Consultation, visit: Consultation) -> frozenset[str]:
    """Return those of them that a treatment answered itself, and not only carried along."""
    return frozenset(
        item
        for item in list_may_end(pack, last)
        if (answer := visit.answers.get(item)) is not None
        and (answer != last.answers[item] or not says_same(pack, visit, last, item))
    )


def list_of_day(
    pack: Pack, last: Consultation, visit: Consultation, decision: Decision
) -> tuple[str, ...]:
    """Return which of them a treatment asks, in the order of the questions.

    None on the day of the consultation: then it was said on that day.
    """
    if last.visit_date >= visit.visit_date:
        return ()
    asked = _find_standing(pack, last, visit, decision) | find_answered(pack, last, visit)
    return tuple(item for item in list_may_end(pack, last) if item in asked)


def lacks_end(pack: Pack, last: Consultation, item: str) -> bool:
    """Return whether something was told that has an end from which days count, and none yet."""
    question, answer = pack.question_by_id[item], last.answers.get(item)
    ends = [it for it in question.fields if it in _ENDS]
    if not ends or answer is None or answer.state != "yes":
        return False
    return any(
        getattr(entry, end, None) is None
        for _, entry in list_entries(pack, last, item)
        for end in ends
    )


def _find_standing(
    pack: Pack, last: Consultation, visit: Consultation, decision: Decision
) -> frozenset[str]:
    """Return those of them that stand in the way of a treatment as carried, or are open there."""
    found = (it for it in decision.findings if bars(it) and it.id not in decision.recorded)
    standing = {*(it.item for it in found), *(it.item for it in decision.needed)}
    may_end = frozenset(list_may_end(pack, last))
    return (may_end & standing) - find_answered(pack, last, visit)
