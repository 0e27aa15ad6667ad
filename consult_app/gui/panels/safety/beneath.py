"""What stands beneath a question: what contradicts its answer, else what was said last."""

from __future__ import annotations

from consult_app.gui.said_last import tell_beside
from consult_app.gui.session import Session
from consult_app.knowledge.allergies import find_contradicted
from consult_app.knowledge.done_before import tell_needled
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.seen import find_named
from consult_app.wording import t

DENIED = t("Answered No. {told}. What the records know counts.")


def tell_beneath(pack: Pack, session: Session, item: str) -> tuple[str, str]:
    """Return what stands beneath a question, and its tone."""
    about = item in pack.vocabulary.about_allergies
    if about and (parts := find_contradicted(pack, session.visit).get(item)):
        told = t("Answered No, but written among the allergies: {parts}", parts=", ".join(parts))
        return told, "warn"
    answer = session.visit.answers.get(item)
    if told := tell_needled(pack, session.visit, item):
        denied = answer is not None and answer.state == "no"
        return (DENIED.format(told=told), "warn") if denied else (f"{told}.", "text2")
    concern, where = find_named(pack, session.visit, item)
    if where and (answer is None or answer.state != "yes"):
        named = t("{where}: {concern}", where=", ".join(where), concern=concern)
        denied = answer is not None and answer.state == "no"
        return (t("Answered No. {named}", named=named), "warn") if denied else (named, "text2")
    return tell_beside(pack, session, item)
