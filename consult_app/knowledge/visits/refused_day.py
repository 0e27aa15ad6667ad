"""Whether a treatment that nobody did is refused on its day, and from when it can be."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.treating import is_blocked

_REFUSES = frozenset({DecisionState.DEFER, DecisionState.ABSOLUTE})
_UNDECIDED = frozenset(
    {DecisionState.RELATIVE, DecisionState.CHANGE_PLAN, DecisionState.COULD_NOT_CHECK}
)


def is_refused_today(visit: Consultation, judgement: Judgement, supervisor: str) -> bool:
    """Return whether nothing that is done on the day can change that it is refused."""
    return _is_open(visit) and is_refused(visit, judgement, supervisor)


def is_refused(visit: Consultation, judgement: Judgement, supervisor: str) -> bool:
    """Return the same, also of a treatment that was not done."""
    return judgement.decision.state in _REFUSES and is_blocked(visit, judgement, supervisor)


def is_undecided(visit: Consultation, judgement: Judgement, supervisor: str) -> bool:
    """Return whether it is refused until something is decided or changed.

    Questions that are still open are asked on the day; nothing is told of them.
    """
    undecided = _is_open(visit) and judgement.decision.state in _UNDECIDED
    return undecided and is_blocked(visit, judgement, supervisor)


def find_box_day(visit: Consultation, judgement: Judgement) -> date | None:
    """Return the day before which the decision box refuses a treatment; None where it has none."""
    decision, screening = judgement.decision, judgement.screening
    if decision.state is not DecisionState.DEFER:
        return None
    if decision.visit and decision.visit_until is None:
        return None
    days = (decision.visit_until, screening.not_before if screening is not None else None)
    return max((it for it in days if it is not None and it > visit.visit_date), default=None)


def _is_open(visit: Consultation) -> bool:
    return visit.treatment is not None and visit.treatment.treated is None
