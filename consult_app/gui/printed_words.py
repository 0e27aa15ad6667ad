"""What a practitioner is told while they write what the sheet will print."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.gui.widgets.fields import TextArea
from consult_app.handout.promises import find_forbidden
from consult_app.handout.readability import find_hard
from consult_app.knowledge.pack import Pack
from consult_app.wording import t

PRINTED = t("Stands on the handout.")
SHOWN = 60


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


def _list_never(pack: Pack) -> Mapping[str, str]:
    return {f"never.{name}": text.text for name, text in pack.texts["never"].items()}
