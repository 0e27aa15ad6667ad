"""What is asked for and known of a case, and what that makes of the skin (1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest
from tests.knowledge.oracle.reckoning import Meant, find_around, reckon_age
from tests.knowledge.plan_oracle.resolving import Skin
from tests.knowledge.plan_oracle.tables import AIMS, Aim, find_zones

LONG_DAYS = 90
"""Steroid tablets for more than three months are long-term (screening, item 40)."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A case: what is asked for, what is known, and the day on which both were said."""

    plan: PlanRequest
    facts: Facts
    told: date
    operator_mm: float | None = None
    reasons: tuple[tuple[str, float | None], ...] = ()

    @property
    def phototype(self) -> int:
        """The type, which every plan needs."""
        assert self.facts.phototype is not None
        return self.facts.phototype

    @property
    def areas(self) -> tuple[str, ...]:
        """The planned areas, in the words of screening."""
        return tuple(zone for it in self.plan.targets for zone in find_zones(it.area))

    @property
    def aim(self) -> Aim:
        """What 1.3 says of the primary concern."""
        return AIMS[self.plan.primary_concern or self.plan.targets[0].concern]

    @property
    def concerns(self) -> set[str]:
        """What is to be treated."""
        return {it.concern for it in self.plan.targets}


def find_skin(asked: Asked, day: date) -> Skin:
    """Return whether the skin is thin on a day (1.2), and where it has melasma."""
    return Skin(
        phototype=asked.phototype,
        fragile=is_fragile(asked, day),
        melasma=frozenset(it.area for it in asked.plan.targets if has_melasma(asked, it.area)),
        operator_mm=asked.operator_mm,
        reasons=asked.reasons,
    )


def is_fragile(asked: Asked, day: date) -> bool:
    """Return whether the skin is thin: by age, by steroid tablets or to the practitioner."""
    facts = asked.facts
    assert facts.date_of_birth is not None
    told_thin = any(it.code == "fragile_skin" for it in facts.conditions)
    steroids = any(
        it.code == "prednisolone"
        and it.status == "current"
        and (it.days is None or it.days + (day - asked.told).days > LONG_DAYS)
        for it in facts.medications
    )
    old = reckon_age(facts.date_of_birth, day) >= 70
    return asked.plan.fragile or told_thin or steroids or old


def has_melasma(asked: Asked, area: str) -> bool:
    """Return whether there is melasma in an area, or may be where its place is not given."""
    zones = set(find_zones(area))
    planned = [it for it in asked.plan.targets if it.melasma_here or it.concern == "melasma"]
    known = [it.zones or tuple(zones) for it in asked.facts.conditions if it.code == "melasma"]
    places = [*(find_zones(it.area) for it in planned), *known]
    return any(
        one in find_around(other) or other in find_around(one)
        for place in places
        for one in place
        for other in zones
    )


def is_young_burn(asked: Asked, day: date) -> bool:
    """Return whether a burn scar is under a year old on a day, or may be (1.3)."""
    planned = [it.area for it in asked.plan.targets if it.concern == "scar_burn"]
    return any(not _is_settled(asked, area, day) for area in planned)


def _is_settled(asked: Asked, area: str, day: date) -> bool:
    meant = Meant(
        day=day, told=asked.told, areas=find_zones(area), depth_mm=1.0, phototype=1, device=""
    )
    scars = [it for it in asked.facts.conditions if it.code == "scar"]
    closed = [it.closed_on for it in scars if not it.zones or meant.touches(it.zones)]
    return bool(closed) and not any(meant.is_before(it, (12, "months")) for it in closed)
