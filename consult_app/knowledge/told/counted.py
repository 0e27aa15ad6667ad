"""What a question names that another one asks for: told there, it says what a *Yes* is to."""

from __future__ import annotations

from consult_app.domain import change
from consult_app.domain.entries import code_of
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack, Question


def list_counted(question: Question, facts: Facts) -> tuple[str, ...]:
    """Return what of it is told, as the question writes it."""
    return tuple(name for name in question.counts if _is_told(name, facts))


def list_unnamed(pack: Pack, question: Question, facts: Facts) -> tuple[str, ...]:
    """Return of what one has to be told beside something the question asks for, and none is."""
    given = (
        code.given_for
        for code in pack.vocabulary.with_purpose
        if question.id in code.asked_by and _is_told(f"{code.list}:{code.id}", facts)
    )
    lacking = (names for names in given if not any(_is_told(it, facts) for it in names))
    return tuple(dict.fromkeys(name for names in lacking for name in names))


def find_askers(pack: Pack, question: Question) -> tuple[str, ...]:
    """Return the items that ask for what the question names besides, each once."""
    return tuple(dict.fromkeys(item for name in question.counts for item in asked_at(pack, name)))


def asked_at(pack: Pack, name: str) -> tuple[str, ...]:
    """Return the item that asks for LIST:CODE or a fact; empty where none does."""
    listed, _, code = name.partition(":")
    known = pack.vocabulary.find(listed, code)
    asked = known.asked_by if known is not None else pack.asked_by.get(name, ())
    return asked[:1]


def _is_told(name: str, facts: Facts) -> bool:
    listed, _, code = name.partition(":")
    if not code:
        return bool(change.look(facts, name))
    return any(code_of(entry) == code for entry in getattr(facts, listed))
