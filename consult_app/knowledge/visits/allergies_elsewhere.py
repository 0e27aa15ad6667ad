"""The allergies of which another visit of the same patient tells."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import (
    CREAM,
    find_cream_allergies,
    find_written,
    list_allergies,
)
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.wording import t

_BEGUN = {
    "consultation": t("{allergies}: consultation of {day}, not finished"),
    "return": t("{allergies}: return visit of {day}, not finished"),
}
_SIGNED = {
    "consultation": t("{allergies}: consultation of {day}, signed on {signed}"),
    "return": t("{allergies}: return visit of {day}, signed on {signed}"),
}


def tell_more_allergies(
    pack: Pack, shown: Consultation, others: Iterable[Consultation]
) -> tuple[str, ...]:
    """Return the allergies that other visits tell and a visit does not, with where.

    An answer that none are known takes nothing back here: which of the two is right nobody can
    tell.
    """
    own = list_allergies(pack, shown)
    known, own_known = {it.casefold() for it in own}, shown.allergy_state == "known"
    told = []
    for other in others:
        said = list_allergies(pack, other)
        more = ", ".join(it for it in said if it.casefold() not in known)
        if not said and other.allergy_state == "known" and not (own or own_known):
            more = t("Yes, not listed yet")
        if more:
            told.append(name_by(_BEGUN, _SIGNED, other, allergies=more))
    return tuple(told)


def find_cream_words(
    pack: Pack, visit: Consultation, others: Iterable[Consultation]
) -> tuple[str, ...]:
    """Return what is written that a numbing cream may hold, also in unfinished visits, each once.

    What the visit's own answer settles is left out; what another visit answers settled nothing yet.
    """
    found = [*find_cream_allergies(pack, visit)]
    found += [it for other in others for it in find_written(pack, other).get(CREAM, ())]
    return tuple({it.casefold(): it for it in found}.values())
