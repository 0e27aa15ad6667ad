"""What the finder offers of a visit before any panel is looked at."""

from __future__ import annotations

from consult_app.gui.workspace.identity import LEADS
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t


def offer_asked(pack: Pack) -> list[tuple[str, str, str]]:
    """Return the patient's details and the questions with what may be told by each."""
    details = [(it, t("Patient details: {field}", field=text), "") for it, text in LEADS.items()]
    questions = [
        (f"item:{it.id}", it.label, f"{it.text} {it.asked_as} {it.id.replace('_', ' ')}")
        for it in pack.questions
    ]
    named = [
        (f"item:{it.id}", t("{name}: no rule of its own ({label})", name=name, label=it.label), "")
        for it in pack.questions
        for name in it.also
    ]
    return [*details, *questions, *named, *_list_codes(pack)]


def _list_codes(pack: Pack) -> list[tuple[str, str, str]]:
    """Return what people take, had or have, found also by brand names, with its question."""
    return [
        (
            f"item:{item}:{code.list}:{code.id}",
            f"{code.label} ({pack.question_by_id[item].label})",
            " ".join((*names, *(it.replace("-", "") for it in names if "-" in it))),
        )
        for code in pack.vocabulary.code
        for names in [(*code.also, *code.told_by)]
        for item in code.asked_by[:1]
        if item in pack.question_by_id
    ]
