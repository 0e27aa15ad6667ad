"""What a practitioner is told while they write what the sheet will print."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.domain.consultation import Consultation
from consult_app.gui.handout.rendering import read_words
from consult_app.gui.widgets.fields import TextArea
from consult_app.handout.own_words import take_words
from consult_app.handout.promises import find_forbidden
from consult_app.handout.readability import find_hard
from consult_app.knowledge.pack import Pack
from consult_app.wording import t

PRINTED = t("Stands on the handout where there is room.")
SHOWN = 60
WORDS = {
    "agreed_range": t("what you agreed to expect"),
    "must_avoid": t("what the patient wants to avoid"),
}
"""What is meant for the sheet; all else that was said was said back."""
SAID_BACK = t("what the patient said back")
UNPRINTED = t("Not on this handout: {words}. The record keeps it.")
SURELY = 24
"""Letters that tell words from others; a sheet cuts long ones off behind them."""


def advise(field: TextArea, pack: Pack, text: str) -> None:
    """Say under a field that its words are printed, and which of them are too hard or promise."""
    phrases = find_forbidden(_list_never(pack), text)
    if phrases:
        field.set_error(
            t("Not printed: \u201c{words}\u201d may not stand on the handout.", words=phrases[0])
        )
        return
    field.set_error("")
    hard = find_hard(text)
    if not hard:
        field.set_help(PRINTED)
        return
    sentence = hard[0].sentence
    told = sentence if len(sentence) <= SHOWN else f"{sentence[: SHOWN - 1]}\u2026"
    field.set_help(
        t(
            "{printed} Hard to read: \u201c{told}\u201d ({why}).",
            printed=PRINTED,
            told=told,
            why=hard[0].why,
        )
    )


def tell_unprinted(visit: Consultation, pdf: bytes) -> str:
    """Return what of the words that were meant for a sheet does not stand on it, in a sentence."""
    said = take_words(visit).said
    if not said:
        return ""
    printed = read_words(pdf)
    missing = [
        WORDS.get(name, SAID_BACK)
        for name, words in said.items()
        if "".join(words.replace("**", "").split())[:SURELY] not in printed
    ]
    told = ", ".join(dict.fromkeys(missing))
    return UNPRINTED.format(words=told) if told else ""


def _list_never(pack: Pack) -> Mapping[str, str]:
    return {f"never.{name}": text.text for name, text in pack.texts["never"].items()}
