"""What is open in a consultation although it may be locked, each with the way to it.

It blocks nothing, and is never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import MISSED_PATCH, REACTED
from consult_app.gui.handout.printed_words import list_left_out
from consult_app.gui.today import tell_event
from consult_app.knowledge.judgement import ANTIVIRAL, Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.numbing import PACK_LIMITS
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.screening.opinion import OPINION
from consult_app.knowledge.told.cream_said import lacks_cream
from consult_app.knowledge.visits.agreeing import (
    AGAIN,
    DOUBT,
    WHETHER_SAME,
    tell_change,
    tell_signer,
)
from consult_app.knowledge.visits.antiviral import tell_unrecorded
from consult_app.knowledge.visits.handing_over import hands_over
from consult_app.knowledge.visits.locking import SIGNATURE, is_agreed
from consult_app.knowledge.visits.obstacle import Obstacle
from consult_app.wording import t, tn

NOT_DISCUSSED = t("Expectations: not marked as discussed with the patient.")
UNSIGNED = t("The patient has not signed.")
NO_CREAM = t("Not said on Plan: which numbing cream, or none.")
STILL_NEEDED = {
    OPINION: t("Still needed: the scar specialist's opinion."),
    MISSED_PATCH: t("Still needed: the reason why there is no test patch."),
    REACTED: t("Still needed: what was decided on the reaction to the test patch."),
}
"""What no question asks for, by the finding beneath which it is recorded."""
TO_DECIDE = t("Not decided or cleared yet: {labels}.")
NUMBING_ITEM = "la_plan"
NAMED = 4
"""How many open questions are named; the decision box lists all of them."""


def list_open(
    pack: Pack, visit: Consultation, judgement: Judgement, told: Collection[str] = ()
) -> tuple[Obstacle, ...]:
    """Return what is open, what counts most first.

    Args:
        pack: The content.
        visit: The consultation.
        judgement: What is said of it.
        told: Places of questions that are told already, because they keep the record open.
    """
    noted = tuple(_list_noted(pack, visit, judgement))
    if visit.state == "signed":
        return noted
    here = {it.place for it in noted}
    unprinted = _list_unprinted(pack, visit) if hands_over(visit, judgement) else ()
    return (*_list_unsettled(visit, judgement, told, here), *noted, *unprinted)


def _list_unprinted(pack: Pack, visit: Consultation) -> Iterator[Obstacle]:
    """Yield own words that will not be on the sheet; once it is signed nothing can be done."""
    for place, text in list_left_out(pack, visit):
        yield Obstacle(text=text, place=place)


def ends(visit: Consultation) -> bool:
    """Return whether it was decided that nothing is done."""
    return visit.agreement.decision in {"no", "not_suitable"}


def _list_unsettled(
    visit: Consultation, judgement: Judgement, told: Collection[str], noted: Collection[str]
) -> Iterator[Obstacle]:
    """Yield a signature for something else, or none, and the questions that nobody answered."""
    goes_ahead = visit.agreement.decision == "go_ahead"
    changed = tell_change(visit, judgement.plan, judgement.decision.findings)
    if changed and is_agreed(visit):
        yield Obstacle(text=f"{changed} {AGAIN}", place=SIGNATURE)
    if is_agreed(visit) and tell_signer(visit) == DOUBT:
        yield Obstacle(text=f"{DOUBT} {WHETHER_SAME}", place=SIGNATURE)
    asked = [
        it
        for it in judgement.decision.needed
        if _item(it.item) not in {*told, *noted} and not (ends(visit) and it.step == "plan")
    ]
    if asked:
        more = any(place.startswith(_item("")) for place in told)
        text = _tell_questions([it.label for it in asked], more=more)
        yield Obstacle(text=text, place=_item(asked[0].item))
    if goes_ahead and not is_agreed(visit):
        yield Obstacle(text=UNSIGNED, place=SIGNATURE)


def _tell_questions(labels: list[str], *, more: bool) -> str:
    """Return how many questions are open, or how many more, and the first by their names."""
    named, left = "; ".join(labels[:NAMED]), len(labels) - NAMED
    if left > 0:
        named = t("{named}; and {left} more", named=named, left=left)
    if more:
        return tn(
            "{n} more question is not answered and does not keep the record open: {named}.",
            "{n} more questions are not answered and do not keep the record open: {named}.",
            len(labels),
            named=named,
        )
    return tn(
        "{n} question is not answered: {named}.",
        "{n} questions are not answered: {named}.",
        len(labels),
        named=named,
    )


def _list_noted(pack: Pack, visit: Consultation, judgement: Judgement) -> Iterator[Obstacle]:
    """Yield what is only noted: a plan not talked about, and what is to be recorded first."""
    if hands_over(visit, judgement):
        yield from _list_untold(visit, judgement)
    if ends(visit):
        return
    if unrecorded := tell_unrecorded(judgement):
        yield Obstacle(text=unrecorded, place=_item(ANTIVIRAL))
    yield from _list_undecided(pack, judgement)
    if lacks_cream(pack, visit):
        yield Obstacle(text=NO_CREAM, place=_item(NUMBING_ITEM))
    if told := tell_event(pack, visit, judgement):
        yield Obstacle(text=told, place=_item("first_session"))


def _list_undecided(pack: Pack, judgement: Judgement) -> Iterator[Obstacle]:
    """Yield what is still to be recorded in the decision box."""
    undecided = find_undecided(judgement.decision)
    if asked := [it for it in undecided if it.id not in STILL_NEEDED]:
        labels = dict.fromkeys(pack.question_by_id[it.item].label for it in asked)
        yield Obstacle(
            text=TO_DECIDE.format(labels="; ".join(labels)), place=f"record:{asked[0].id}"
        )
    for found in undecided:
        if words := STILL_NEEDED.get(found.id):
            yield Obstacle(text=words, place=f"record:{found.id}")


def _list_untold(visit: Consultation, judgement: Judgement) -> Iterator[Obstacle]:
    """Yield what the patient was not told.

    A cream is not told of by the handout before the limits of its pack are typed in.
    """
    if not visit.discussion.discussed:
        yield Obstacle(text=NOT_DISCUSSED, place="panel:expectations")
    for note in judgement.plan.warnings if judgement.plan is not None else ():
        if note.id == PACK_LIMITS:
            yield Obstacle(text=note.text, place=_item(NUMBING_ITEM))


def _item(item: str) -> str:
    return f"item:{item}"
