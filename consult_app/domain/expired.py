"""Why something past its date was used, and for what of it that was written.

A reason covers what was past its date when it was written. Another product, lot or earlier date was
not in view then, and asks for it again; a name or a lot that was not written yet makes no other.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.treatment import Consumable, Treatment
from consult_app.values import replace

EXPIRED = "expired:"
"""Begins the id under which it is kept for what the reason was written."""
_APART = "/"


def explain_expired(visit: Consultation, reason: str) -> Consultation:
    """Return a treatment with the reason for all that is past its date now."""
    kept = [it for it in visit.overrides if not it.id.startswith(EXPIRED)]
    if reason.strip():
        kept += [
            Override(id=_name(it), reason=it.name, digest=str(it.expiry))
            for it in _list_expired(visit)
        ]
    treatment = replace(visit.treatment or Treatment(), expired_reason=reason)
    return replace(visit, treatment=treatment, overrides=tuple(kept))


def find_unreasoned(visit: Consultation) -> tuple[Consumable, ...]:
    """Return what was past its date on the day and has no reason yet.

    What is signed was explained for what stands there.
    """
    expired = _list_expired(visit)
    if not (visit.treatment or Treatment()).expired_reason.strip():
        return expired
    if visit.state == "signed":
        return ()
    written = {it.id: it.digest for it in visit.overrides if it.id.startswith(EXPIRED)}
    left = [it for it in expired if not _is_covered(it, written.get(_name(it)))]
    spare = {key: written[key] for key in written.keys() - {_name(it) for it in expired}}
    for it in tuple(left):
        grown = next((key for key, day in spare.items() if _is_named_since(it, key, day)), None)
        if grown is not None:
            del spare[grown]  # it was one thing, and names one
            left.remove(it)
    return tuple(left)


def _list_expired(visit: Consultation) -> tuple[Consumable, ...]:
    return (visit.treatment or Treatment()).list_expired(visit.visit_date)


def _is_covered(it: Consumable, written: str | None) -> bool:
    return written is not None and written <= str(it.expiry)


def _is_named_since(it: Consumable, key: str, day: str) -> bool:
    """Return whether something of one date has its name or lot only since the reason."""
    before = key.removeprefix(EXPIRED).split(_APART)
    now = _name(it).removeprefix(EXPIRED).split(_APART)
    same = len(before) == len(now) and all(a in ("", b) for a, b in zip(before, now, strict=True))
    return same and day == str(it.expiry)


def _name(it: Consumable) -> str:
    return EXPIRED + _APART.join(" ".join(text.split()).casefold() for text in (it.name, it.lot))
