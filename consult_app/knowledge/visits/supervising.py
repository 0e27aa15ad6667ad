"""What a supervisor allowed: what stood in the way of a treatment when the reason was written.

That is kept among what was set aside, each finding with what it was found from, the day, and how
far the treatment was to go. Whatever is told later, or of another day, and whatever goes further,
was not in view then: the reason does not count for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.treatment import Supervision, Treatment
from consult_app.knowledge.judgement import Judgement, find_lines
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import bars
from consult_app.knowledge.told.decided_plan import (
    MARK,
    Reach,
    leave_out_plan,
    spell,
    stays_within,
)
from consult_app.knowledge.told.planned import depths_of_day
from consult_app.record import write
from consult_app.values import replace

SUPERVISED = "supervisor:"
"""Begins the id under which it is kept for which finding a supervisor's reason was written."""
_ALLOWED = frozenset({DecisionState.DEFER, DecisionState.RELATIVE})
_PLACE = re.compile(r"facts\.(\w+)(?:\[([0-9]+)\])?", re.ASCII)


def can_allow(judgement: Judgement) -> bool:
    """Return whether all that stands in the way is something to wait for or to decide.

    An open question is neither: what it comes to may be absolute. What another visit says is
    settled there.
    """
    screening, decision = judgement.screening, judgement.decision
    whole = screening is not None and screening.complete and not decision.visit
    contradicted = any(it.against for it in decision.needed)
    return whole and not contradicted and decision.state in _ALLOWED


def allow(
    pack: Pack, visit: Consultation, judgement: Judgement, supervision: Supervision
) -> Consultation:
    """Return a treatment with a supervisor's reason, for all that stands in the way now."""
    kept = [it for it in visit.overrides if not it.id.startswith(SUPERVISED)]
    if supervision.reason.strip():
        kept += _keep(pack, visit, judgement)
    treatment = replace(visit.treatment or Treatment(), supervision=supervision)
    return replace(visit, treatment=treatment, overrides=tuple(kept))


def is_allowed(visit: Consultation, supervisor: str) -> bool:
    """Return whether the supervisor of the clinic gave a reason; of another one there is none.

    Who was needled by then was allowed to be, whoever supervises since.
    """
    treatment = visit.treatment or Treatment()
    given = treatment.supervision
    if not supervisor.strip() or not given.reason.strip():
        return False
    done = bool(treatment.treated) or visit.state == "signed"
    return done or _fold(given.name) == _fold(supervisor)


def list_allowed(visit: Consultation) -> tuple[str, ...]:
    """Return the ids of the findings for which a supervisor's reason was written."""
    kept = (it.id for it in visit.overrides if it.id.startswith(SUPERVISED))
    return tuple(it.removeprefix(SUPERVISED) for it in kept)


def find_former(visit: Consultation, supervisor: str) -> str:
    """Return who gave the reason that stands, where it counts no more; empty for nobody else."""
    given = (visit.treatment or Treatment()).supervision
    if not given.reason.strip() or not supervisor.strip() or is_allowed(visit, supervisor):
        return ""
    return given.name.strip()


def find_new(visit: Consultation, judgement: Judgement) -> tuple[Finding, ...]:
    """Return what stands in the way and the supervisor's reason was not written for.

    A signed record tells what was done; content of a later day takes nothing back in it.
    """
    if visit.state == "signed":
        return ()
    kept = [(it.id, it.digest.partition(MARK)) for it in visit.overrides]
    reach = _spell_reach(visit, judgement)
    return tuple(
        it
        for it in _find_standing(judgement)
        if not any(
            name == SUPERVISED + it.id
            and found == _digest(visit, judgement, it)
            and stays_within(reach, written)
            for name, (found, _, written) in kept
        )
    )


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _keep(pack: Pack, visit: Consultation, judgement: Judgement) -> Iterator[Override]:
    reach = _spell_reach(visit, judgement)
    for it in _find_standing(judgement):
        if it.severity is not Severity.ABSOLUTE:
            label = pack.question_by_id[it.item].label
            digest = f"{_digest(visit, judgement, it)}{MARK}{reach}"
            yield Override(id=SUPERVISED + it.id, reason=label, digest=digest)


def _find_standing(judgement: Judgement) -> list[Finding]:
    decision = judgement.decision
    return [it for it in decision.findings if bars(it) and it.id not in decision.recorded]


def _digest(visit: Consultation, judgement: Judgement, finding: Finding) -> str:
    until = finding.until.isoformat() if finding.until else ""
    found = [finding.severity.value, until, finding.open, leave_out_plan(finding.digest)]
    told = [_look(judgement, place) for place in finding.because]
    day = visit.visit_date.isoformat()
    return make_fingerprint({"day": day, "found": found, "told": told})


def _spell_reach(visit: Consultation, judgement: Judgement) -> str:
    """Return where and how deep the treatment goes, and in which skin."""
    day = depths_of_day(judgement.plan, find_lines(visit))
    phototype = judgement.facts.phototype if judgement.facts else None
    return spell(Reach(day=day, phototype=phototype), by_day=True)


def _look(judgement: Judgement, place: str) -> object:
    """Return what was told at a place of the facts; the place itself where nothing stands there."""
    named = _PLACE.match(place)
    told = getattr(judgement.facts, named[1], None) if named else None
    if named and named[2] and isinstance(told, tuple):
        told = told[int(named[2])] if int(named[2]) < len(told) else None
    return place if told is None else write(told)
