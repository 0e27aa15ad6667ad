"""The cream of a plan is not filled in where it may have done harm since the plan was made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Consumable
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.workspace.earlier import recall_last
from consult_app.knowledge.done_before import tell_adverse
from consult_app.wording import t

WITHHELD = t(
    "Adverse event told on {day}: {words}. The cream of the plan is not filled in: ask before any "
    "is used."
)


def withhold_cream(desk: Desk, begun: Consultation) -> Consultation:
    """Return a treatment that begins, without the cream of the plan where somebody has to ask.

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


def tell_withheld(done: Consultation) -> str:
    """Return why no cream is filled in, of a visit that tells of an adverse event."""
    return WITHHELD.format(day=write_day(done.visit_date), words=tell_adverse(done))
