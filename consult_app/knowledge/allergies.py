"""What a patient is allergic to: what was written and what was answered, each of it told once."""

from __future__ import annotations

import re

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack import Pack

LIST = "allergies"
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


def _split(text: str) -> list[str]:
    """Return the allergies of a text, the first spelling of each."""
    kept: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        if part.strip():
            kept.setdefault(part.strip().casefold(), part.strip())
    return [*kept.values()]
