"""What a visit that begins takes from the patient's records, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Consumable
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.workspace.earlier import recall_last, tell_needled
from consult_app.knowledge.visits.done_before import name_adverse
from consult_app.knowledge.visits.treating import take_patch_reason
from consult_app.wording import t

WITHHELD = t(
    "Adverse event told on {day}: {words}. The cream of the plan is not filled in: ask before any "
    "is used."
)


def lay_records(
    desk: Desk, begun: Consultation, tell: Callable[[ConsultError], object]
) -> Consultation:
    """Return a visit that begins, with what the records of the patient say for it.

    What cannot be read is told of; it must not keep anybody from beginning.
    """
    begun = _take_reason(desk, _withhold_cream(desk, begun))
    return tell_needled(desk, begun, tell)


def tell_withheld(done: Consultation) -> str:
    """Return why no cream is filled in, of a visit that tells of an adverse event."""
    return WITHHELD.format(day=write_day(done.visit_date), words=name_adverse(done))


def _withhold_cream(desk: Desk, begun: Consultation) -> Consultation:
    """Return a treatment without the cream of the plan where somebody has to ask first.

    Words of an adverse event are for people to read, so that is after any of them; and where a
    record since the consultation cannot be read.
    """
    treatment = begun.treatment
    if treatment is None:
        return begun
    with suppress(ConsultError):
        said = recall_last(desk, begun)
        if said is None or not said.adverse:
            return begun
    return replace(begun, treatment=replace(treatment, numbing=Consumable()))


def _take_reason(desk: Desk, begun: Consultation) -> Consultation:
    """Return a visit with what was recorded last of a test patch, missing or reacted to.

    A treatment takes what those before it went by; where nobody was treated, it may have been
    recorded for that day alone.
    """
    if begun.kind not in {"consultation", "treatment"}:
        return begun
    with suppress(ConsultError):
        said = recall_last(desk, begun)
        if said is not None:
            told = [it for it, _ in reversed(said.treatments)]
            if begun.kind == "treatment":
                told = [it for it in told if it.treatment is not None and it.treatment.treated]
            return take_patch_reason(desk.pack, begun, (*told, said.visit))
    return begun
