"""The scar specialist's opinion that a plan needs first where scars are raised (interfaces 4).

No rule of screening asks for it: what is planned does. So it is decided and recorded as a finding
of the decision box, and the results of screening stay what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from consult_app.domain.consultation import MapFinding
from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Condition, Facts
from consult_app.domain.plan import Target
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.knowledge.screening.decided import mark_told, spell_entry
from consult_app.knowledge.told.graded import Grade, list_amounts
from consult_app.values import replace

OPINION = "scar_specialist_opinion"
OPINION_ITEM = "keloid"
"""The question beneath which it stands."""
_RAISED = ("hypertrophic_scar", "keloid")


def find_opinion(
    protocol: Protocol,
    targets: Iterable[Target],
    facts: Facts,
    scars: Iterable[MapFinding] = (),
    grades: Iterable[Grade] = (),
) -> Finding | None:
    """Return the opinion that has to be recorded before what is planned; None where none has.

    A raised scar whose place is not given may lie where it is planned. An opinion is recorded for
    each scar where it is planned: another scar, another area that meets one, and more of it there
    are decided anew.

    Args:
        protocol: The content.
        targets: What is planned.
        facts: What was told.
        scars: What the map shows. Raised scars there ask for no opinion: telling them does.
        grades: How much of it there is.
    """
    planned = tuple(targets)
    treated = [it for it in planned if _is_raised(protocol, it.concern)]
    told = [it for it in facts.conditions if it.code in _RAISED]
    met = [(scar, it.area) for scar in told for it in planned if _meets(protocol, scar, it.area)]
    if not (treated or met):
        return None
    words = protocol.plan.conditions[OPINION]
    found = Finding(
        id=OPINION,
        item=OPINION_ITEM,
        severity=Severity.RELATIVE,
        resolves_by="clearance",
        action=words,
        digest=hashlib.sha256(words.encode()).hexdigest(),
    )
    normal = protocol.areas.normalise
    return mark_told(
        found,
        (
            *(f"planned {normal(it.area)} {it.concern}" for it in treated),
            *(f"told {normal(area)} {spell_entry(scar)}" for scar, area in met),
            *_tell_seen(protocol, planned, scars),
            *_list_amounts(protocol, planned, grades),
        ),
    )


def find_scars(protocol: Protocol, seen: Iterable[MapFinding]) -> tuple[MapFinding, ...]:
    """Return the raised scars that a map shows."""
    return tuple(it for it in seen if _is_raised(protocol, it.concern))


def _is_raised(protocol: Protocol, concern: str) -> bool:
    known = protocol.concern_by_id.get(concern)
    return known is not None and known.specialist


def _meets(protocol: Protocol, scar: Condition, area: str) -> bool:
    return not scar.zones or any(protocol.areas.overlap(zone, area) for zone in scar.zones)


def _tell_seen(
    protocol: Protocol, planned: Iterable[Target], scars: Iterable[MapFinding]
) -> Iterator[str]:
    areas = [it.area for it in planned]
    for scar in find_scars(protocol, scars):
        if any(protocol.areas.overlap(scar.area, area) for area in areas):
            yield f"seen {protocol.areas.normalise(scar.area)} {scar.side}"


def _list_amounts(
    protocol: Protocol, planned: Iterable[Target], grades: Iterable[Grade]
) -> Iterator[tuple[str, float]]:
    """Yield how much there is of raised scars that are not seen elsewhere alone."""
    areas = [it.area for it in planned]
    overlap = protocol.areas.overlap
    near = (it for it in grades if not it.area or any(overlap(it.area, area) for area in areas))
    return list_amounts(near, OPINION_ITEM)


def add_findings(screening: Screening, found: Iterable[Finding]) -> Screening:
    """Return a screening with more findings, in their places and counted in the outcome."""
    more = tuple(found)
    findings = sorted((*screening.findings, *more), key=lambda it: (it.severity.rank, it.id))
    outcome = findings[0].severity if more else screening.outcome
    return replace(screening, findings=tuple(findings), outcome=outcome)
