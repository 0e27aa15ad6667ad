"""Says who has to answer before the first visit, and about what."""

from __future__ import annotations

from functools import reduce

from consult_app.i18n.translator import Translator


def say_asked(words: Translator, group: str, names: tuple[str, ...]) -> str:
    """Say who is asked first, and about what."""
    own = [name for name in names if words.has(f"{group}.{name}")]
    told = [words.text(f"{group}.{name}") for name in own]
    theirs = [f"asks_about.{name}" for name in names if name not in own]
    if theirs or not told:
        told.append(_say_doctor(words, group, theirs))
    return " ".join(dict.fromkeys(told))


def _say_doctor(words: Translator, group: str, keys: list[str]) -> str:
    """Say in one sentence all that the patient's own doctor is asked about."""
    named = [words.text(key) for key in keys if words.has(key)]
    if not named:
        return words.text(f"{group}.other")
    if len(named) < len(keys):
        named.append(words.text("asks_about.other"))
    parts = dict.fromkeys(named)
    about = reduce(lambda a, b: words.text("asks_about.join", first=a, second=b), parts)
    return words.text(f"{group}.about", about=about)
