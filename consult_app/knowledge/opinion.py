"""The scar specialist's opinion that a plan needs first where scars are raised (interfaces 4).

No rule of screening asks for it: what is planned does. So it is decided and recorded as a finding
of the decision box, and the results of screening stay what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Facts
from consult_app.domain.plan import Target
from consult_app.knowledge.protocol import Protocol
from consult_app.values import replace

OPINION = "scar_specialist_opinion"
OPINION_ITEM = "keloid"
"""The question beneath which it stands."""
_RAISED = ("hypertrophic_scar", "keloid")


def find_opinion(protocol: Protocol, targets: Iterable[Target], facts: Facts) -> Finding | None:
    """Return the opinion that has to be recorded before what is planned; None where none has.

    A raised scar whose place is not given may lie where it is planned.
    """
    planned = tuple(targets)
    concerns = (protocol.concern_by_id.get(target.concern) for target in planned)
    treated = any(concern is not None and concern.specialist for concern in concerns)
    zones = (entry.zones for entry in facts.conditions if entry.code in _RAISED)
    met = any(
        not places or any(protocol.areas.overlap(zone, it.area) for zone in places)
        for places in zones
        for it in planned
    )
    if not (treated or met):
        return None
    words = protocol.plan.conditions[OPINION]
    return Finding(
        id=OPINION,
        item=OPINION_ITEM,
        severity=Severity.RELATIVE,
        resolves_by="clearance",
        action=words,
        digest=hashlib.sha256(words.encode()).hexdigest(),
    )


def add_findings(screening: Screening, found: Iterable[Finding]) -> Screening:
    """Return a screening with more findings, in their places and counted in the outcome."""
    more = tuple(found)
    findings = sorted((*screening.findings, *more), key=lambda it: (it.severity.rank, it.id))
    outcome = findings[0].severity if more else screening.outcome
    return replace(screening, findings=tuple(findings), outcome=outcome)
