"""What counts as strict only because no depth is planned yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from consult_app.domain.finding import Screening, Severity
from consult_app.domain.history import Facts
from consult_app.knowledge.screening.screening import Look
from consult_app.values import replace

SHALLOWEST_MM = 0.25
"""A depth at which no rule is stricter for it."""


def find_eased(
    look: Look, facts: Facts, today: date, screening: Screening
) -> Mapping[str, Severity]:
    """Return what findings may fall to once a depth is planned, by their ids.

    A severity that turns on the depth is taken as its strictest until there is one.
    """
    if facts.depth_mm is not None or not screening.findings:
        return {}
    shallow = look(replace(facts, depth_mm=SHALLOWEST_MM), today, {})
    eased = {it.id: it.severity for it in shallow.findings}
    return {
        it.id: eased[it.id]
        for it in screening.findings
        if it.id in eased and eased[it.id].rank > it.severity.rank
    }
