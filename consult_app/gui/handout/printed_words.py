"""What a practitioner is told while they write what the sheet will print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.handout.rendering import read_words
from consult_app.gui.widgets.fields import TextArea
from consult_app.handout.own_words import take_words
from consult_app.handout.promises import find_forbidden
from consult_app.handout.readability import find_hard
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.numbing import PACK_LIMITS
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
UNTOLD = t(
    "What it may do, and not do, is told of the first concerns only, so not of: {concerns}. The "
    "patient view tells of all."
)
SURELY = 24
"""Letters that tell words from others; a sheet cuts long ones off behind them."""


KEPT_OFF = t(
    "Not printed, because of {words}. Write it in other words, or leave it: the record keeps it."
)
LEFT_OUT = t(
    "Not printed: {about}, because of {words}. Write it in other words, or leave it: the record "
    "keeps it."
)


def advise(field: TextArea, pack: Pack, text: str) -> None:
    """Say under a field that its words are printed, and which of them are too hard or promise."""
    if refuse(field, pack, text):
        return
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


def refuse(field: TextArea, pack: Pack, text: str) -> bool:
    """Say under a field which of its words keep it off the sheet, and return whether any do.

    How easy somebody's own words are to read is not judged: they are outside the reading grade.
    """
    phrases = _find_phrases(pack, text)
    field.set_error(KEPT_OFF.format(words=phrases) if phrases else "")
    return bool(phrases)


def list_left_out(pack: Pack, visit: Consultation) -> Iterator[tuple[str, str]]:
    """Yield where words stand that were meant for the sheet and may not be on it, and why."""
    for name, words in take_words(visit).said.items():
        if phrases := _find_phrases(pack, words):
            about = WORDS.get(name, SAID_BACK)
            panel = "expectations" if name in WORDS else "agree"
            yield f"panel:{panel}:{name}", LEFT_OUT.format(words=phrases, about=about)


def tell_unprinted(pack: Pack, visit: Consultation, sheet: Sheet, plan: Plan | None = None) -> str:
    """Return what of the words that were meant for a sheet does not stand on it, and why.

    Of one that is made of the visit as it is now, the `plan` says whether its cream is left out; in
    large print a treatment shows the sheet of its consultation.
    """
    own = sheet.grade is not None and not (sheet.enlarged and visit.kind != "consultation")
    notes = plan.warnings if plan is not None and own else ()
    cream = next((note.text for note in notes if note.id == PACK_LIMITS), "")
    told = (_tell_own(pack, visit, sheet.pdf), _tell_untold(pack, sheet), cream)
    return " ".join(filter(None, told))


def _tell_untold(pack: Pack, sheet: Sheet) -> str:
    """Return the concerns of which the sheet does not say what needling may do for them."""
    known = pack.protocol.concern_by_id
    names = ", ".join(known[concern].label for concern in sheet.untold)
    return UNTOLD.format(concerns=names) if names else ""


def _tell_own(pack: Pack, visit: Consultation, pdf: bytes) -> str:
    said = take_words(visit).said
    if not said:
        return ""
    printed = read_words(pdf)
    missing = [
        _name(pack, name, words)
        for name, words in said.items()
        if "".join(words.replace("**", "").split())[:SURELY] not in printed
    ]
    told = ", ".join(dict.fromkeys(missing))
    return UNPRINTED.format(words=told) if told else ""


def _name(pack: Pack, name: str, words: str) -> str:
    """Return what words are about, with what keeps them off the sheet where that is the reason."""
    about, phrases = WORDS.get(name, SAID_BACK), _find_phrases(pack, words)
    return t("{about} (because of {words})", about=about, words=phrases) if phrases else about


def _find_phrases(pack: Pack, text: str) -> str:
    """Return the phrases in a text that may not be printed, each in quotes; none in most."""
    found = dict.fromkeys(find_forbidden(_list_never(pack), text))
    return ", ".join(f"\u201c{phrase}\u201d" for phrase in found)


def _list_never(pack: Pack) -> Mapping[str, str]:
    return {f"never.{name}": text.text for name, text in pack.texts["never"].items()}
