"""What there is to know about the field that has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from consult_app.gui.finding.field_texts import TEXTS
from consult_app.gui.panel import Panel
from consult_app.gui.phrases import write_sources
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.segmented import Segmented
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.wording import t

SEVERAL = t(
    "Among \u201c{group}\u201d. Any number of them may be chosen. Space chooses one or takes it "
    "back, and arrow keys go on from one to the next."
)
ONE = t("Among \u201c{group}\u201d. One of them is chosen; arrow keys choose the next.")

_HOLE = re.compile(r"\\\{\w+\\\}")
"""A hole of a name, as it stands in a pattern."""


@runtime_checkable
class Helped(Protocol):
    """A page or sheet whose fields the table knows by a name of its own."""

    help_place: str


def explain_field(pack: Pack, field: QWidget | None) -> tuple[str, tuple[str, ...]]:
    """Return what a field is called, and a line for each thing there is to say of it.

    Of a screening question that is why it is asked, what depends on depth or skin, where guidance
    differs, and on which sources its rules rest; of others what the table of texts says, and what
    stands beneath or in the tool tip.
    """
    if field is None:
        return "", ()
    around = list(_look_up(field))
    row = next((it for it in around if isinstance(it, AnswerRow)), None)
    question = _find_question(pack, row) if row is not None else None
    if row is not None and question is not None and not find_text(around, row):
        return row.accessibleName(), tuple(_explain_question(pack, question))
    holder = next((it for it in around if isinstance(it, Field)), None)
    named = (holder.control if holder is not None else row or field).accessibleName()
    beneath = [holder.help()] if holder is not None else field.toolTip().splitlines()
    lines = dict.fromkeys((find_text(around), *beneath, _tell_group(field)))
    return named, tuple(it for it in lines if it and it != named)


def find_text(around: Sequence[QWidget], within: QWidget | None = None) -> str:
    """Return what the table says of the innermost of some parts that it knows.

    Of several names that fit the longest is meant: one with its unit before one without.

    Args:
        around: A field and the parts around it, from inside out.
        within: The part that is looked at no more, nor what is around it; by itself the panel.
    """
    place, name = _find_place(around)
    if place is None:
        return ""
    texts = TEXTS.get(name, {})
    names = (name for it in around[: around.index(within or place)] for name in _list_names(it))
    fitting = ([it for it in texts if _is_named(name, it)] for name in names)
    known = next(filter(None, fitting), [])
    return texts[max(known, key=len)] if known else ""


def _find_place(around: Sequence[QWidget]) -> tuple[QWidget | None, str]:
    """Return the panel, page or sheet that the table knows, and by which name it does."""
    for part in around:
        if isinstance(part, Panel):
            return part, part.step
        if isinstance(part, Helped):
            return part, part.help_place
    return None, ""


def _find_question(pack: Pack, row: AnswerRow) -> Question | None:
    """Return the screening question that a row asks; None where it asks one of the program's."""
    named = row.accessibleName()
    return next((it for it in pack.questions if named in (it.asked_as, it.text)), None)


def _list_names(part: QWidget) -> list[str]:
    """Return by which names the table may know a part: what it shows, and what it is called."""
    if isinstance(part, Fold):
        return [part.button.accessibleName()]
    return (
        [part.label, part.accessibleName()] if isinstance(part, Field) else [part.accessibleName()]
    )


def _is_named(name: str, known: str) -> bool:
    """Return whether a name is one of the table, with its unit or with what is chosen or not."""
    form = _HOLE.sub(".*", re.escape(known))
    return bool(re.fullmatch(rf"{form}(: .+| \(.+\))?", name, re.DOTALL))


def _tell_group(field: QWidget) -> str:
    """Return to what a choice belongs, and which keys choose; empty for all else."""
    for part in _look_up(field):
        if isinstance(part, ChipGroup):
            return SEVERAL.format(group=part.accessibleName())
        if isinstance(part, Segmented):
            return ONE.format(group=part.accessibleName())
    return t("Space says that it is so, or takes it back.") if isinstance(field, Chip) else ""


def _look_up(field: QWidget | None) -> Iterator[QWidget]:
    while field is not None:
        yield field
        field = field.parentWidget()


def _explain_question(pack: Pack, question: Question) -> Iterator[str]:
    yield question.why
    if question.depth_or_phototype:
        yield t("Depth and skin tone: ") + question.depth_or_phototype
    if question.disagreement:
        yield t("Guidance differs: ") + question.disagreement
    rules = [rule for rule in pack.rules if rule.item == question.id]
    named = dict.fromkeys(source for rule in rules for source in rule.sources)
    if named:
        yield t("Sources: ") + write_sources(pack.source_by_id[it] for it in named)
    if question.id in pack.stop_items:
        yield t("An answer to this question can stop the treatment, so no bulk No fills it.")
