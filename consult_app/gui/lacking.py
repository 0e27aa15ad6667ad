"""What beneath a *Yes* is still needed, by the labels of its fields."""

from __future__ import annotations

from consult_app.domain.entries import ListName
from consult_app.gui.session import Session
from consult_app.knowledge.counted import list_unnamed
from consult_app.knowledge.details import (
    STATE,
    lacks_which,
    list_missing,
    name_counted,
)
from consult_app.knowledge.pack import Pack, Question
from consult_app.knowledge.still_taken import find_stateless, lacks_state
from consult_app.wording import t

WHICH = t("which of these")
FOR_WHAT = t("what it is given for ({choices})")


def list_lacking(pack: Pack, session: Session, name: ListName, code: str) -> tuple[str, ...]:
    """Return what an entry of that code lacks."""
    facts = session.visit.facts
    state = (STATE,) if lacks_state(pack, facts, name, code) else ()
    return (*state, *list_missing(session.judgement, name, code))


def list_unchosen(pack: Pack, session: Session, question: Question) -> tuple[str, ...]:
    """Return what is to be chosen before there is an entry: which, or what for."""
    visit = session.visit
    if unnamed := list_unnamed(pack, question, session.judgement.facts or visit.facts):
        choices = "; ".join(name_counted(pack, it) for it in unnamed)
        return (FOR_WHAT.format(choices=choices),)
    if question.id in find_stateless(pack, visit.facts):
        return ()  # which of them was said, and how it stands is asked beneath it
    return (WHICH,) if lacks_which(session.judgement, question.id) else ()
