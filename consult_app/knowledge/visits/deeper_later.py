"""What a later, deeper visit of a plan needs before it, which the first one does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.finding import Finding
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.dates import deepest_mm
from consult_app.knowledge.screening.decision import bars
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.planned import depths_of
from consult_app.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A finding that stands in the way of a later visit only.

    Attributes:
        session: The first visit that it concerns.
        depth_mm: How deep that one goes.
        finding: What is found there.
    """

    session: int
    depth_mm: float
    finding: Finding


def find_later(pack: Pack, judged: Judgement, today: date) -> Iterator[Later]:
    """Yield what stands in the way of a deeper visit, each with the first that it concerns.

    The box judges the depth of the first visit, and each treatment is judged at its own.
    """
    plan, facts, screening = judged.plan, judged.facts, judged.screening
    if plan is None or facts is None or screening is None or not plan.session_plan:
        return
    known = {it.id for it in screening.findings if bars(it)}
    deepest = deepest_mm(plan.session_plan[0])
    for session in plan.session_plan[1:]:
        depth = deepest_mm(session)
        if depth <= deepest:
            continue
        deepest = depth
        deeper = replace(facts, depth_mm=depth)
        for finding in screen(pack, deeper, today=today, depths=depths_of(session)).findings:
            if bars(finding) and finding.id not in known:
                known.add(finding.id)
                yield Later(session=session.session, depth_mm=depth, finding=finding)
