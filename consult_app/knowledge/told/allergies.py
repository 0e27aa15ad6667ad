"""What a patient is allergic to: what was written and what was answered, each of it told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Needed
from consult_app.domain.entries import code_of
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.spelling import comes_close, find_name, fold
from consult_app.knowledge.vocabulary import Code
from consult_app.wording import t

LIST = "allergies"
ALLERGIES = "allergies"
"""Names the allergies among what is still needed: whether there are any, and which."""
WHETHER_ALLERGIES = Needed(step="safety", item=ALLERGIES, label=t("Allergies"))
WHICH_ALLERGIES = Needed(step="safety", item=ALLERGIES, label=t("Which allergies?"))
CREAM = "la_allergy"
_BETWEEN = re.compile(r"[,;\n]")
_AND = re.compile(r"\band\b|[&+/]", re.IGNORECASE)
"""Divides what stands between two commas; only where it matters which of the two is known."""
_WORD = re.compile(r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+")


def tidy_allergies(text: str) -> str:
    """Return what was written with nothing in it twice; capitals make no difference."""
    return ", ".join(_split(text))


def list_allergies(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return every allergy that a visit tells of: as written, then from the answers.

    What an answer tells is left out where it is written already, under any of its names. What was
    written counts only while the patient is said to have allergies, a detail unless its question
    is answered *No*.
    """
    told = _list_written(visit)
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


def write_allergies(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return every allergy to be read, one that was typed with a slip beside the name it has.

    That is so where an answer tells the name and nothing else comes close to what was typed.
    Nothing is left out: what was typed stands in brackets.
    """
    told, written = [*list_allergies(pack, visit)], _list_written(visit)
    answered = told[len(written) :]
    for part in written:
        names = {code.label for code in _find_slipped(pack, part)}
        if len(names) == 1 and (name := names.pop()) in answered:
            told[told.index(name)] = f"{name} ({part})"
            told.remove(part)
            answered.remove(name)
    return tuple(told)


def _find_slipped(pack: Pack, part: str) -> Iterator[Code]:
    """Yield of what a part of the text is a name with a slip in it, whatever else it may mean."""
    words = fold(part)
    if not any(_find_named(pack, part)):
        for code in pack.vocabulary.may_be_allergies:
            if any(comes_close(name, words) for name in (code.label, *code.also)):
                yield code


def find_written(pack: Pack, visit: Consultation) -> dict[str, tuple[str, ...]]:
    """Return which questions ask for something that is written among the allergies, and what.

    What is mistyped is told with the name it comes close to.
    """
    found: dict[str, dict[str, None]] = {}
    for part in _list_written(visit):
        named = [(part, code) for code in (*_find_named(pack, part), *_find_told(pack, part))]
        for words, close in _find_slips(pack, part):
            named += [(f"{words} ({close[0][1]}?)", code) for code, _ in close]
        for told, code in named:
            for item in code.asked_by:
                found.setdefault(item, {})[told] = None
    return {item: tuple(parts) for item, parts in found.items()}


def find_named(pack: Pack, visit: Consultation, item: str) -> tuple[str, ...]:
    """Return the allergies that a question asks for and that are written by one of their names."""
    named = (code for part in _list_written(visit) for code in _find_named(pack, part))
    asked = (code.id for code in named if code.list == LIST and item in code.asked_by)
    return tuple(dict.fromkeys(asked))


def find_mistyped(pack: Pack, visit: Consultation) -> dict[str, str]:
    """Return what is written among the allergies with a slip in it, and which name it may mean."""
    slips = (slip for part in _list_written(visit) for slip in _find_slips(pack, part))
    return {words: close[0][1] for words, close in slips}


def _find_slips(pack: Pack, part: str) -> Iterator[tuple[str, tuple[tuple[Code, str], ...]]]:
    """Yield the words of a part of the text that may name something with a slip in them, and what.

    What names something hides no other word: in *latex and nickle* the second is asked about too.
    """
    for piece in (it.strip() for it in _AND.split(part)):
        beside = [it for it in _WORD.findall(piece) if it != piece]
        for words in beside if _is_known(pack, piece) else [piece]:
            if not _is_known(pack, words) and (close := _find_close(pack, words)):
                yield words, close


def _is_known(pack: Pack, text: str) -> bool:
    return any(_find_named(pack, text)) or any(_find_told(pack, text))


def _find_close(pack: Pack, text: str) -> tuple[tuple[Code, str], ...]:
    """Return what words may name with a slip in them, and by which name."""
    words = fold(text)
    return tuple(
        (code, name)
        for code in pack.vocabulary.may_be_allergies
        for name in (code.label, *code.also, *code.told_by)
        if comes_close(name, words)
    )


def find_unjudged(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return what is written among the allergies and judged by nothing, so that somebody decides.

    The content knows no such allergy, or its question says *Yes* to another one. What belongs to a
    question that is open or says *No* is asked about there.
    """
    parts = (it.strip() for part in _list_written(visit) for it in _AND.split(part))
    return tuple(part for part in parts if part and _is_unjudged(pack, visit, part))


def is_not_listed(pack: Pack, visit: Consultation) -> bool:
    """Return whether the patient has allergies and nothing tells which."""
    return visit.allergy_state == "known" and not list_allergies(pack, visit)


def ask_allergies(pack: Pack, visit: Consultation) -> tuple[Needed, ...]:
    """Return what is still to be said of the allergies; a state not asked is unknown, not none."""
    if visit.allergy_state is None:
        return (WHETHER_ALLERGIES,)
    return (WHICH_ALLERGIES,) if is_not_listed(pack, visit) else ()


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


def _is_unjudged(pack: Pack, visit: Consultation, part: str) -> bool:
    slipped = (code for _, close in _find_slips(pack, part) for code, _ in close)
    named = [*_find_named(pack, part), *slipped]
    if not named:
        return not any(_find_told(pack, part))
    answered = {item for item, answer in visit.answers.items() if answer.state == "yes"}
    return any(
        not answered.isdisjoint(code.asked_by) and not _is_entered(visit.facts, code)
        for code in named
    )


def _is_entered(facts: Facts, code: Code) -> bool:
    entries = facts.allergies if code.list == LIST else facts.conditions
    return any(code_of(entry) == code.id for entry in entries)


def _find_named(pack: Pack, part: str) -> Iterator[Code]:
    """Yield what a part of the text names."""
    words = fold(part)
    for code in pack.vocabulary.may_be_allergies:
        if _is_there((code.label, *code.also), words):
            yield code


def _find_told(pack: Pack, part: str) -> Iterator[Code]:
    """Yield what a part of the text may mean without naming it."""
    words = fold(part)
    for code in pack.vocabulary.may_be_allergies:
        if _is_there(code.told_by, words):
            yield code


def _is_there(names: Iterable[str], words: str) -> bool:
    return any(find_name(name, words) for name in names)


def _list_written(visit: Consultation) -> list[str]:
    """Return what is written; it counts only while the patient is said to have allergies."""
    return _split(visit.allergies) if visit.allergy_state == "known" else []


def _split(text: str) -> list[str]:
    """Return the allergies of a text, the first spelling of each."""
    kept: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        if part.strip():
            kept.setdefault(part.strip().casefold(), part.strip())
    return [*kept.values()]
