"""For what the prescriber decided about tablets against cold sores.

The decision holds for the cold sores that were told and the lines that were planned then, or fewer
of them, and for the depth or less: how deep and how near the mouth has a say (screening reference,
herpes_simplex). A record of an older program does not tell for what it was.
"""

from __future__ import annotations

import hashlib

from consult_app.domain.consultation import Antiviral, Consultation, Override
from consult_app.knowledge.screening.decided import spell_entry
from consult_app.knowledge.told.decided_plan import MARK
from consult_app.values import replace

DECIDED_FOR = "antiviral"
"""The id under which it is kept for what the decision was made."""
_COLD_SORES = "herpes_simplex"
_USUAL, _ANY, _APART, _SIZE = "usual", "*", ".", 6


def decide_tablets(visit: Consultation, decision: Antiviral | None) -> Consultation:
    """Return a visit with the decision for what is told and planned in it now."""
    kept = tuple(it for it in visit.overrides if it.id != DECIDED_FOR)
    if decision is not None:
        kept = (*kept, Override(id=DECIDED_FOR, reason=decision, digest=_spell(visit)))
    return replace(visit, antiviral=decision, overrides=kept)


def find_tablets(visit: Consultation) -> Antiviral | None:
    """Return the decision that counts; None where none is recorded for what is told and planned.

    What is signed was decided for what stands there.
    """
    written = next((it.digest for it in visit.overrides if it.id == DECIDED_FOR), None)
    if written is None or visit.state == "signed" or _covers(written, _spell(visit)):
        return visit.antiviral
    return None


def _spell(visit: Consultation) -> str:
    told = (it for it in visit.facts.conditions if it.code == _COLD_SORES)
    parts = [hashlib.blake2b(spell_entry(it).encode(), digest_size=_SIZE) for it in told]
    # How deep the usual depth of an area is goes by its concern.
    lines = sorted({f"{it.area}/{it.concern}" for it in visit.plan.targets})
    depth = visit.plan.depth_mm
    return MARK.join(
        (
            _APART.join(it.hexdigest() for it in parts),
            _APART.join(lines),
            _USUAL if depth is None else f"{depth:g}",
        )
    )


def _covers(written: str, now: str) -> bool:
    """Return whether a decision was for all of this; one that was signed is for whatever it was."""
    if written.partition(MARK)[2] == _ANY:
        return True
    *before, depth = written.split(MARK)
    *after, depth_now = now.split(MARK)
    (told, lines), (told_now, lines_now) = (map(_part, it) for it in (before, after))
    # What was decided before any area was planned was decided for whatever is planned.
    within = not lines or (lines_now <= lines and _is_no_deeper(depth_now, depth))
    return told_now <= told and within


def _part(spelled: str) -> frozenset[str]:
    return frozenset(filter(None, spelled.split(_APART)))


def _is_no_deeper(now: str, written: str) -> bool:
    if _USUAL in {now, written}:
        return now == written
    return float(now) <= float(written)
