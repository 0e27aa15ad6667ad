"""How an earlier answer is told beside a question: what it was, where and how long ago.

What was said at a treatment since is the last answer, and `=` takes that one.
"""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.phrases import write_day, write_distance
from consult_app.gui.session import Session
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.details import tell_details
from consult_app.knowledge.visits.done_before import DECISIONS
from consult_app.knowledge.visits.later_said import LastSaid, tell_new_medicine
from consult_app.knowledge.visits.recall import says_same, tell_answer
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.wording import t

LAST_VISIT = (
    t("Last visit ({age}): {before}"),
    t("Changed. Last visit ({age}): {before}"),
    t("Same as last visit ({age})"),
)
AT_TREATMENT = (
    t("Treatment record ({age}): {before}"),
    t("Changed. Treatment record ({age}): {before}"),
    t("Same as in the treatment record ({age})"),
)
AGAINST = t("Review of {day}, decision: {decision}")
AGAINST_UNFINISHED = t("Review of {day}, not finished, decision: {decision}")
LATE = {
    "consultation": t("Consultation of {day}, signed on {signed}: {before}. Ask anew."),
    "return": t("Return visit of {day}, signed on {signed}: {before}. Ask anew."),
}
NOT_NAMED = t("Treatment record ({age}): {words}. Ask anew.")
WORDS = {
    "review": t("Review of {day}, what changed: {words}"),
    "addendum": t("Addendum of {day}: {words}"),
}
UNFINISHED = {
    "review": t("Review of {day}, not finished, what changed: {words}"),
    "addendum": t("Addendum of {day}, not finished: {words}"),
}


def tell_age(said: LastSaid, item: str, today: date) -> str:
    """Return the day on which an item was answered last, and how long ago that is."""
    day = said.since.get(item, said.visit).visit_date
    return f"{write_day(day)}, {write_distance(day, today)}"


def tell_unnamed(said: LastSaid, item: str, today: date) -> str:
    """Return that a treatment told of a new medicine, so that an older answer holds no more."""
    told = said.since.get(item)
    if told is None or item in said.visit.answers:
        return ""
    return NOT_NAMED.format(age=tell_age(said, item, today), words=tell_new_medicine(told))


def tell_beside(pack: Pack, session: Session, item: str) -> tuple[str, str]:
    """Return what stands beneath a question of today, and its tone: the last answer and its age."""
    answer, said = session.visit.answers.get(item), session.said
    if said is not None and (late := said.late.get(item)) is not None:
        told, settled = tell_answer(pack, late, item), answer is not None and answer.state == "yes"
        words = name_by(LATE, LATE, late, write_day, before=told)
        return words, "text3" if settled else "warn"
    if said is None or not (item in said.visit.answers or item in said.since):
        return (t("Answered for the group") if answer and answer.bulk else ""), "text3"
    if unnamed := tell_unnamed(said, item, session.today):
        return unnamed, "warn" if answer is None else "text3"
    age, before = tell_age(said, item, session.today), tell_answer(pack, said.visit, item)
    first, changed, same = AT_TREATMENT if item in said.since else LAST_VISIT
    if answer is None:
        return first.format(age=age, before=before), "text2"
    if not says_same(pack, session.visit, said.visit, item):
        return changed.format(age=age, before=before), "warn"
    return same.format(age=age), "text3"


def list_taken(pack: Pack, visit: Consultation) -> list[str]:
    """Return what a visit tells of medicines and creams.

    The re-check asks for new ones only, and what was to be left off before a treatment is none.
    """
    asked = [it.id for it in pack.questions if it.id in pack.medicine_items]
    yes = [it for it in asked if (said := visit.answers.get(it)) and said.state == "yes"]
    return [told for it in yes if (told := tell_details(pack, visit, it))]


def list_words(said: LastSaid | None) -> list[str]:
    """Return what later reviews and addenda say in free words, latest first, with their days."""
    return [
        (WORDS if it.state == "signed" else UNFINISHED)[it.kind].format(
            day=write_day(it.visit_date), words=words
        )
        for it, words in reversed(said.words if said is not None else ())
    ]


def list_against(said: LastSaid | None) -> list[str]:
    """Return what later reviews decided where it is not to go on, latest first, with their days."""
    return [
        (AGAINST if it.state == "signed" else AGAINST_UNFINISHED).format(
            day=write_day(it.visit_date), decision=DECISIONS[it.review.decision]
        )
        for it in reversed(said.against if said is not None else ())
        if it.review is not None and it.review.decision is not None
    ]


def list_otherwise(said: LastSaid | None) -> list[str]:
    """Return what later treatments said otherwise, latest first, with their days."""
    return [
        t("Treatment record of {day}: {words}", day=write_day(it.visit_date), words=line)
        for it, lines in reversed(said.treatments if said is not None else ())
        for line in lines
    ]
