"""Whether the skin counts as thin on a day (planning reference 1.2, `cap_fragile`)."""

from __future__ import annotations

from datetime import date

from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.dates import age_on
from consult_app.knowledge.protocol.protocol import Protocol


def is_fragile(protocol: Protocol, request: PlanRequest, facts: Facts, day: date) -> bool:
    """Return whether the thin-skin rule holds on a day: by age, tablets or what was marked."""
    limits = protocol.plan.limits
    old = facts.date_of_birth and age_on(day, born=facts.date_of_birth) >= limits.fragile_age
    thin = any(entry.code in limits.fragile_conditions for entry in facts.conditions)
    steroids = any(
        entry.code in limits.fragile_medicines and entry.status != "stopped"
        for entry in facts.medications
    )
    return bool(request.fragile or old or thin or steroids)
