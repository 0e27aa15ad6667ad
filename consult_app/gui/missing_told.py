"""What a panel says is missing before signing, and what is written and no value yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consult_app.domain.steps import EVERY_STEP
from consult_app.gui.commands import fill_keys
from consult_app.gui.widgets.written_dates import write_kept
from consult_app.knowledge.obstacle import Obstacle, read_texts
from consult_app.wording import t

NOTHING_MISSING = t("Nothing is missing. Sign and lock with {accept}.")
NOT_READ = t('Written on {panel} and not understood: "{text}".')
BOX = "box"
"""Stands for the decision box where a draft keeps what is written there and not yet recorded."""
NOT_RECORDED = t('Written in the decision box and not recorded: "{text}".')


def tell_missing(
    found: Sequence[Obstacle], unread: Mapping[str, str], noted: Sequence[str] = ()
) -> list[str]:
    """Return what stands in the way of signing and what is only noted, or that nothing is missing.

    What is written but is no value is told as well, because signing asks for it to be corrected.
    """
    left = [*read_texts(found), *tell_unread(unread), *noted]
    return left or [fill_keys(NOTHING_MISSING)]


def tell_unread(unread: Mapping[str, str]) -> list[str]:
    """Return what is written but is no value, with the panel on which it stands."""
    names = {step.id: step.name for step in EVERY_STEP}
    lines = []
    for name, text in unread.items():
        part = name.partition(":")[0]
        words = NOT_RECORDED if part == BOX else NOT_READ
        lines.append(words.format(panel=names.get(part, ""), text=write_kept(text)))
    return lines
