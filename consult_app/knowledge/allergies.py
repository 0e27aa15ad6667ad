"""What a patient is allergic to: what was written and what was answered, each of it told once."""

from __future__ import annotations

import re

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack import Pack

LIST = "allergies"
CREAM = "la_allergy"
_BETWEEN = re.compile(r"[,;\n]")


def tidy_allergies(text: str) -> str:
    """Return what was written with nothing in it twice; capitals make no difference."""
    return ", ".join(_split(text))


def list_allergies(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return every allergy that a visit tells of: as written, then from the answers.

    What an answer tells is left out where it is written already, under any of its names. What was
    written counts only while the patient is said to have allergies, a detail unless its question
    is answered *No*.
    """
    told = _split(visit.allergies) if visit.allergy_state == "known" else []
    written = {it.casefold() for it in told}
    for code in visit.facts.allergies:
        asked = pack.vocabulary.asked_by(LIST, (code,))
        answers = [visit.answers[item] for item in asked if item in visit.answers]
        if any(answer.state == "no" for answer in answers):
            continue
        known = pack.vocabulary.find(LIST, code)
        names = (known.label, *known.also) if known else (code,)
        if written.isdisjoint(name.casefold() for name in names):
            told.append(names[0])
    return tuple(told)


def find_written(pack: Pack, visit: Consultation) -> dict[str, tuple[str, ...]]:
    """Return which questions ask for something that is written among the allergies, and what.

    A name of the vocabulary is looked for word by word; one that begins with a hyphen is the end of
    a word, as *-caine* is of lidocaine.
    """
    written = _split(visit.allergies) if visit.allergy_state == "known" else []
    found: dict[str, dict[str, None]] = {}
    for part in written:
        words = part.casefold()
        for code in pack.vocabulary.by_list.get(LIST, {}).values():
            if any(_is_named(name.casefold(), words) for name in (code.label, *code.also)):
                for item in code.asked_by:
                    found.setdefault(item, {})[part] = None
    return {item: tuple(parts) for item, parts in found.items()}


def find_contradicted(pack: Pack, visit: Consultation) -> dict[str, tuple[str, ...]]:
    """Return the questions answered *No* that ask for something written, and what is written.

    Which of the two is wrong nobody can tell, so the question counts as open; what is written in
    words fires no rule.
    """
    found = find_written(pack, visit)
    denied = {item for item, answer in visit.answers.items() if answer.state == "no"}
    return {item: parts for item, parts in found.items() if item in denied}


def find_cream_allergies(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return what is written that a numbing cream may hold, unless its question says *Yes*."""
    answer = visit.answers.get(CREAM)
    if answer is not None and answer.state == "yes":
        return ()
    return find_written(pack, visit).get(CREAM, ())


def _is_named(name: str, words: str) -> bool:
    end = name.startswith("-")
    begin = r"\w" if end else r"\b"
    return re.search(rf"{begin}{re.escape(name.removeprefix('-'))}s?\b", words) is not None


def _split(text: str) -> list[str]:
    """Return the allergies of a text, the first spelling of each."""
    kept: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        if part.strip():
            kept.setdefault(part.strip().casefold(), part.strip())
    return [*kept.values()]
