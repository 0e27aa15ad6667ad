"""Of which day a reason is that an earlier visit recorded and a later one goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from consult_app.domain.consultation import Consultation, Override
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.screening.decided import lacks_facts, leave_out_amounts
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.values import replace

Judge = Callable[[Consultation], Judgement]


def judge_dated(said: LastSaid | None, judge: Judge) -> Judge:
    """Return what judges a visit, with the days of the reasons that it took from earlier ones.

    Args:
        said: The visit that it follows, with what was said since; None for a first visit.
        judge: What judges it otherwise.
    """
    if said is None:
        return judge
    records = sorted((said.visit, *(it for it, _ in said.treatments)), key=lambda it: it.visit_date)

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        recorded = found.decision.recorded
        if not recorded:
            return found
        taken = (it for it in visit.overrides if recorded.get(it.id) == it.reason.strip())
        days = {it.id: day for it in taken for day in _find_days(records, it)}
        return replace(found, decision=replace(found.decision, recorded_on=days))

    return judge_all


def _find_days(records: list[Consultation], override: Override) -> Iterator[date]:
    """Yield the first day on which it was recorded so; one that was written again is of today."""
    written = (override.digest, leave_out_amounts(override.digest))
    for record in records:
        for it in record.overrides:
            same = it.digest in written or lacks_facts(it)
            if (it.id, it.reason) == (override.id, override.reason) and same:
                yield record.visit_date
                return
