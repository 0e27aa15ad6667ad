"""What a treatment record adds to its plan, such as plasma, and what is asked before that.

Written before anybody was needled it stands in the way as if it were planned. What was done is
recorded with a reason, whatever stands against it.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.topicals_named import stands_in, tidy

_ADDED = "addon"


def find_added(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return the add-ons that the products of a treatment name and its plan does not have."""
    treatment = visit.treatment
    if treatment is None or treatment.treated is False:
        return ()
    written = [tidy(it.name) for it in treatment.products]
    return tuple(
        it.id
        for it in pack.protocol.plan.topical
        if it.allowed == _ADDED
        and it.id not in visit.plan.addons
        and any(stands_in(tidy(word), name) for word in it.words for name in written)
    )


def list_asked_for(pack: Pack, addons: tuple[str, ...]) -> tuple[str, ...]:
    """Return the questions that are asked before any of these add-ons."""
    return tuple(it.id for it in pack.questions if not {*addons}.isdisjoint(it.only_with))
