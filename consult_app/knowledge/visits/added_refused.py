"""Whether a treatment is refused for what its record adds to the plan, and for nothing else."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.knowledge.judgement import ANTIVIRAL
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import bars
from consult_app.knowledge.told.added import find_added, list_asked_for

_NOT_JUDGED = frozenset({DecisionState.CHECKING, DecisionState.COULD_NOT_CHECK})


def list_standing(decision: Decision) -> frozenset[str]:
    """Return the questions that stand in the way: open, or with something found and not decided."""
    found = (it for it in decision.findings if bars(it) and it.id not in decision.recorded)
    asked = (it.item for it in decision.needed if it.item != ANTIVIRAL)  # which refuses nothing
    return frozenset((*(it.item for it in found), *asked))


def stands_on_added(pack: Pack, visit: Consultation, decision: Decision) -> bool:
    """Return whether what is asked before something added is all that stands in the way."""
    if decision.visit or decision.advice or decision.state in _NOT_JUDGED:
        return False
    standing = list_standing(decision)
    asked = {*list_asked_for(pack, find_added(pack, visit))}
    return decision.blocks_treatment and bool(standing) and standing <= asked


def asks_reason_alone(pack: Pack, visit: Consultation, decision: Decision) -> bool:
    """Return whether something was done that what was added refuses: its record is not refused.

    Nobody can refuse any more what took place; the reason for what was added is asked for.
    """
    done = visit.treatment is not None and visit.treatment.treated is True
    return done and stands_on_added(pack, visit, decision)
