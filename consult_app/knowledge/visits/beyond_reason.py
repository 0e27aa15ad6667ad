"""Why something was done beyond its limits, and for what of it that was written.

A reason covers what was beyond when it was written, and the same depth or less of it by the same
limits or wider ones. What goes further since was not in view then, and asks for it again.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.treatment import Treatment
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.beyond import Beyond, find_beyond
from consult_app.knowledge.visits.dated_before import DAY, find_day
from consult_app.values import replace
from consult_app.wording import t

BEYOND = "beyond:"
"""Begins the id under which it is kept for what the reason was written."""
_APART = "/"


def explain(pack: Pack, visit: Consultation, judgement: Judgement, reason: str) -> Consultation:
    """Return a treatment with the reason for all that is beyond its limits now."""
    kept = [it for it in visit.overrides if not it.id.startswith(BEYOND)]
    if reason.strip():
        asking = _list_asking(pack, visit, judgement)
        kept += [Override(id=_name(it), reason=it.line, digest=_spell(it)) for it in asking]
    treatment = replace(visit.treatment or Treatment(), beyond_reason=reason)
    return replace(visit, treatment=treatment, overrides=tuple(kept))


def find_unexplained(pack: Pack, visit: Consultation, judgement: Judgement) -> tuple[Beyond, ...]:
    """Return what of a treatment is beyond its limits and has no reason yet.

    What is signed was explained for what stands there.
    """
    asking = _list_asking(pack, visit, judgement)
    if not (visit.treatment or Treatment()).beyond_reason.strip():
        return asking
    if visit.state == "signed":
        return ()
    written = {it.id: it.digest for it in visit.overrides if it.id.startswith(BEYOND)}
    return tuple(it for it in asking if not _is_covered(it, written.get(_name(it))))


def tell_beyond(pack: Pack, visit: Consultation) -> str:
    """Return what an earlier treatment did beyond its limits, and the reason; empty for nothing."""
    treatment = visit.treatment
    if treatment is None or not treatment.treated:
        return ""
    lines = [it.line for it in _list_asking(pack, visit)]
    # What it was dated before is known while it is written, and kept with the reason.
    lines += [it.reason for it in visit.overrides if it.id.startswith(f"{BEYOND}{DAY}{_APART}")]
    found = "; ".join(lines)
    reason = treatment.beyond_reason.strip()
    told = [t("Reason: {reason}", reason=reason)] if reason else []
    return ". ".join(filter(None, (found.rstrip("."), *told)))


def _list_asking(
    pack: Pack, visit: Consultation, judgement: Judgement | None = None
) -> tuple[Beyond, ...]:
    found = (*find_beyond(pack, visit, judgement), *find_day(visit, judgement))
    return tuple(it for it in found if it.asks)


def _name(it: Beyond) -> str:
    return f"{BEYOND}{it.part}{_APART}{it.name}"


def _spell(it: Beyond) -> str:
    return _APART.join(map(str, it.degree))


def _is_covered(it: Beyond, written: str | None) -> bool:
    if written is None:
        return False
    then = [int(part) for part in written.split(_APART) if part]
    return len(then) == len(it.degree) and all(
        now <= most for now, most in zip(it.degree, then, strict=True)
    )
