"""What a panel says is missing before signing, and what is written and no value yet."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.domain.steps import EVERY_STEP
from consult_app.gui.commands import fill_keys
from consult_app.gui.session import Session
from consult_app.gui.widgets.written_dates import write_kept
from consult_app.knowledge.visits.obstacle import Obstacle, read_texts
from consult_app.wording import t

NOTHING_MISSING = t("Nothing is missing. Sign and lock with {accept}.")
NOT_READ = t('Written on {panel} and not understood: "{text}".')
BOX = "box"
"""Stands for the decision box where a draft keeps what is written there and not yet recorded."""
NOT_RECORDED = t('Written in the decision box and not recorded: "{text}".')


def tell_missing(
    found: Sequence[Obstacle], session: Session, noted: Sequence[str] = ()
) -> list[str]:
    """Return what stands in the way of signing and what is only noted, or that nothing is missing.

    What is written but is no value is told as well, because signing asks for it to be corrected.
    """
    left = [*read_texts(found), *tell_unread(session), *noted]
    return left or [fill_keys(NOTHING_MISSING)]


def tell_unread(session: Session) -> list[str]:
    """Return what is written but is no value, with the panel on which it stands.

    A reason that was begun for a finding is kept with the draft, and told while that is there.
    """
    names = {step.id: step.name for step in EVERY_STEP}
    found = {f"{BOX}:{it.id}" for it in session.judgement.decision.findings}
    lines = []
    for name, text in session.visit.unread.items():
        part = name.partition(":")[0]
        if part == BOX and name not in found:
            continue
        words = NOT_RECORDED if part == BOX else NOT_READ
        lines.append(words.format(panel=names.get(part, ""), text=write_kept(text)))
    return lines
