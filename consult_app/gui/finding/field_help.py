"""What there is to know about the field that has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from consult_app.gui.phrases import write_sources
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.segmented import Segmented
from consult_app.knowledge.pack import Pack, Question
from consult_app.wording import t

SEVERAL = t(
    "Among \u201c{group}\u201d. Any number of them may be chosen. Space chooses one or takes it "
    "back, and arrow keys go on from one to the next."
)
ONE = t("Among \u201c{group}\u201d. One of them is chosen; arrow keys choose the next.")


def explain_field(pack: Pack, field: QWidget | None) -> tuple[str, tuple[str, ...]]:
    """Return what a field is called, and a line for each thing there is to say of it.

    Of a screening question that is why it is asked, what depends on depth or skin, where guidance
    differs, and on which sources its rules rest; of others what stands beneath or in the tool tip.
    """
    for part in _look_up(field):
        if isinstance(part, AnswerRow):
            named = part.accessibleName()
            question = next((q for q in pack.questions if named in (q.asked_as, q.text)), None)
            return named, tuple(_explain_question(pack, question)) if question else ()
        if isinstance(part, Field):
            return part.control.accessibleName(), tuple(filter(None, (part.help(),)))
    if field is None:
        return "", ()
    named, told = field.accessibleName(), field.toolTip()
    lines = (told if told != named else "", _tell_group(field))
    return named, tuple(filter(None, lines))


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
