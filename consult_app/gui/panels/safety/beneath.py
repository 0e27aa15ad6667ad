"""What stands beneath a question: what contradicts its answer, else what was said last."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.said_last import tell_beside
from consult_app.gui.session import Session
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import find_contradicted
from consult_app.knowledge.told.contradicted import can_stand, find_told, is_said_again, name_told
from consult_app.knowledge.told.counted import list_counted
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.told.seen import find_named
from consult_app.knowledge.visits.details import lacks_which, name_counted, tell_details
from consult_app.knowledge.visits.done_before import tell_needled
from consult_app.knowledge.visits.over_since import list_before
from consult_app.knowledge.visits.still_there import find_still, is_settled
from consult_app.wording import t

DENIED = t("Answered No. {told}. What the records know counts.")
DENIED_HERE = t("Answered No. {told}. What is told there counts.")
STANDS = t("{told}. No was said again.")
WHICH = t("{told}. If No is right, choose No again.")
KNOWN = t("Told before: {known}")
OF_ALL = t("Not asked. Every patient is asked, whatever sex is recorded.")
_OF_ALL = frozenset({"pregnancy", "breastfeeding"})
"""What only some can be; that it is asked of a man is no mistake about who he is."""
CORRECT = t("{told}. Answer Yes, or correct it there.")


def tell_beneath(pack: Pack, session: Session, item: str) -> tuple[str, str]:
    """Return what stands beneath a question, and its tone."""
    about = item in pack.vocabulary.about_allergies
    if about and (parts := find_contradicted(pack, session.visit).get(item)):
        told = t("Answered No, but written among the allergies: {parts}", parts=", ".join(parts))
        return told, "warn"
    if seen := _tell_seen(pack, session.visit, item):
        return seen
    visit = session.visit
    if not session.locked and (past := find_passed(pack, visit, visit.visit_date).get(item)):
        return past, "warn"
    answer = session.visit.answers.get(item)
    if told := tell_needled(pack, session.visit, item):
        denied = answer is not None and answer.state == "no"
        return (DENIED.format(told=told), "warn") if denied else (f"{told}.", "text2")
    concern, where = find_named(pack, session.visit, item)
    if where and (answer is None or answer.state != "yes"):
        named = t("{where}: {concern}", where=", ".join(where), concern=concern)
        denied = answer is not None and answer.state == "no"
        return (t("Answered No. {named}", named=named), "warn") if denied else (named, "text2")
    if told_of := _tell_told(pack, session, item):
        return told_of
    known = tell_details(pack, session.visit, item) if answer is None else ""
    beside, tone = tell_beside(pack, session, item)
    if known and not beside:
        return KNOWN.format(known=known), "text2"
    asked = _OF_ALL.intersection(pack.question_by_id[item].facts) and answer is None
    man = visit.patient.sex == "M"
    return (OF_ALL, "text2") if asked and man and not beside else (beside, tone)


def _tell_still(pack: Pack, session: Session, item: str) -> tuple[str, str] | None:
    """Return what an earlier visit says against the end told here; None for nothing."""
    if session.locked:
        return None
    still = find_still(pack, list_before(session.said, session.visit), session.visit, item)
    if still is None:
        return None
    stands = is_settled(session.visit, item, still)
    return (still.stands, "text3") if stands else (still.words, "warn")


def _tell_told(pack: Pack, session: Session, item: str) -> tuple[str, str] | None:
    """Return what is told of it at other questions, without a code or earlier; None for nothing."""
    told = (it(pack, session, item) for it in (_tell_counted, _tell_unlisted, _tell_still))
    return next(filter(None, told), None)


def _tell_unlisted(pack: Pack, session: Session, item: str) -> tuple[str, str] | None:
    """Return what is told of what has no code, as long as a *Yes* names nothing."""
    answer, told = session.visit.answers.get(item), pack.question_by_id[item].unlisted
    yes = answer is not None and answer.state == "yes"
    return (told, "text2") if told and yes and lacks_which(session.judgement, item) else None


def _tell_counted(pack: Pack, session: Session, item: str) -> tuple[str, str] | None:
    """Return what other questions were told of one that is not answered Yes; None for nothing."""
    answer = session.visit.answers.get(item)
    question, facts = pack.question_by_id[item], session.judgement.facts
    counted = list_counted(question, facts) if facts is not None else ()
    if not counted or (answer is not None and answer.state == "yes"):
        return None
    told = t(
        "Told at another question: {told}", told=", ".join(name_counted(pack, it) for it in counted)
    )
    denied = answer is not None and answer.state == "no"
    return (DENIED_HERE.format(told=told), "warn") if denied else (f"{told}.", "text2")


def _tell_seen(pack: Pack, visit: Consultation, item: str) -> tuple[str, str] | None:
    """Return what Skin or Plan says about a question that is not answered Yes; None for nothing."""
    told = find_told(pack, visit).get(item)
    if told is None:
        return None
    answer, words = visit.answers.get(item), name_told(told)
    if answer is None or answer.state != "no":
        return f"{words}.", "text2"
    if is_said_again(visit, item, told):
        return STANDS.format(told=words), "text3"
    return (WHICH if can_stand(told) else CORRECT).format(told=words), "warn"
