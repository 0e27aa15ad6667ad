"""What a practitioner keeps to use again and to hand on: phrases and plans, of no patient."""

from __future__ import annotations

from consult_app.domain.plan import PlanRequest
from consult_app.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """A plan under a name.

    Attributes:
        name: As the practitioner calls it.
        plan: Without day, event and what only one patient's skin has.
    """

    name: str
    plan: PlanRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """All of it, oldest first."""

    phrases: tuple[str, ...] = ()
    plans: tuple[OwnPlan, ...] = ()

    def add(self, other: Own) -> Own:
        """Return these with what `other` has beyond them; a name that is taken gets a number."""
        new = [it for it in other.plans if it not in self.plans]
        grown = replace(self, phrases=tuple(dict.fromkeys((*self.phrases, *other.phrases))))
        for it in new:
            named = replace(it, name=grown.find_name(it.name))
            grown = replace(grown, plans=(*grown.plans, named))
        return grown

    def find_name(self, wanted: str) -> str:
        """Return a name that no plan has, beginning with the wanted one."""
        taken, name, number = {it.name for it in self.plans}, wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted} ({number})"
        return name
