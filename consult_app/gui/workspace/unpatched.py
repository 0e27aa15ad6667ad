"""A treatment so soon after a first consultation that no test patch can have been looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.knowledge.decision import add_relative
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.missed_patch import find_missed_patch
from consult_app.values import replace

Judge = Callable[[Consultation], Judgement]


def judge_unpatched(desk: Desk, last: Consultation | None, judge: Judge) -> Judge:
    """Return what judges a treatment with the reason why there is no test patch, if one is needed.

    After more days nobody knows whether one was done; where it was asked at the consultation and
    answered, or the patient was needled here before, nothing is asked.

    Args:
        desk: Has the content.
        last: The signed consultation that the treatment follows.
        judge: What judges the treatment otherwise.
    """
    protocol = desk.pack.protocol
    if last is None or last.follows is not None:
        return judge
    earliest = last.visit_date + timedelta(days=protocol.plan.test_patch.days_before)

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        late = visit.state == "signed" or visit.needled or visit.visit_date >= earliest
        if late or found.plan is None or found.facts is None:
            return found
        missed = find_missed_patch(protocol, found.facts.phototype, found.plan)
        if missed is None:
            return found
        return replace(found, decision=add_relative(found.decision, missed, visit.overrides))

    return judge_all
