"""The groups of Safety: which questions stand in each, and in which order."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.gui.widgets.segmented import Segmented
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.answers import is_asked
from consult_app.wording import t

GROUPS = (
    ("today", t("Today")),
    ("body", t("Body")),
    ("medicines", t("Medicines")),
    ("allergies", t("Allergies")),
    ("procedures", t("Procedures")),
    ("plan", t("Plan")),
)

UNASKED = t("{question}: asked only where this is planned: {planned}.")


def list_questions(pack: Pack, group: str) -> list[Question]:
    """Return the questions of a group, those that can stop a treatment first."""
    here = [it for it in pack.questions if it.group == group and it.step == "safety"]
    return sorted(here, key=lambda question: question.id not in pack.stop_items)


def list_asked(pack: Pack, visit: Consultation, group: str) -> list[Question]:
    """Return those that are asked in this visit; some belong to something that may be planned."""
    return [it for it in list_questions(pack, group) if is_asked(pack, it, visit)]


def tell_unasked(pack: Pack, question: Question) -> str:
    """Return with what a question is asked that is not asked in this visit."""
    names = [
        pack.vocabulary.label(listed, code)
        for code in question.only_with
        for listed in ("addons", "modality")
        if pack.vocabulary.find(listed, code) is not None
    ]
    return UNASKED.format(question=question.label, planned=", ".join(names or question.only_with))


def say_unasked(theme: Theme, groups: Segmented, pack: Pack, question: Question) -> None:
    """Say with what a question is asked that is not asked in this visit.

    The keyboard goes to the groups, where no key answers another question in its place.
    """
    groups.take_focus()
    say_beside(theme, groups, tell_unasked(pack, question), "info")
