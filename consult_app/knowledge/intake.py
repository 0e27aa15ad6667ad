"""What cannot be true of anyone: numbers and dates that a slip of the keys makes.

None of these limits is clinical. They are wide, so that what is merely unwise reaches the rules
and the planner, which judge it; what is impossible is refused with its place, because a zero or a
wrong century would be judged as if somebody had measured it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from consult_app import values
from consult_app.domain.history import Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest
from consult_app.errors import Fault
from consult_app.knowledge.vocabulary import Vocabulary
from consult_app.values import dataclass

YEARS = (1900, 2199)
"""Years that a consultation can speak of."""

_PROFILES = "device_profile"


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers that a field can have.

    Attributes:
        low, high: Least and greatest.
        open: The least itself cannot be.
    """

    low: float
    high: float
    open: bool = False

    def find_problem(self, number: float) -> str | None:
        """Return what is wrong with a number, None when it can be."""
        below = number <= self.low if self.open else number < self.low
        if not below and number <= self.high:
            return None
        bounds = "above {:g} and up to {:g}" if self.open else "from {:g} to {:g}"
        return f"not {bounds.format(self.low, self.high)}: {number:g}"


_MILLIMETRES = Limits(0, 100, open=True)
LIMITS = {
    "depth_mm": _MILLIMETRES,
    "device_label_max_mm": _MILLIMETRES,
    "sessions": Limits(1, 100),
    "interval_weeks": Limits(1, 520),
    "grams": Limits(0, 1000, open=True),
    "area_cm2": Limits(0, 20_000, open=True),
    "minutes": Limits(0, 1440, open=True),
    "iga": Limits(0, 4),
    "hba1c_pct": Limits(0, 30, open=True),
    "mg_per_day": Limits(0, 100_000, open=True),
    "days": Limits(0, 40_000),
}
"""The numbers that each field of facts and plan can have, in the unit of the field."""


def find_impossible(facts: Facts | None, request: PlanRequest | None) -> tuple[Fault, ...]:
    """Return what cannot be true of a case, with its places.

    Dates are compared with the consultation only when its date is given.
    """
    found = [*_walk(facts, "facts"), *_walk(request, "plan")]
    if not found and facts is not None:
        found += _find_disorder(facts, request)
    return tuple(found)


def find_unknown(vocabulary: Vocabulary, facts: Facts) -> tuple[Fault, ...]:
    """Return names that the content must know, because what follows from them would be lost."""
    known = vocabulary.by_list.get(_PROFILES, {})
    if facts.device_profile in known:
        return ()
    return (Fault("facts.device_profile", f"not one of {', '.join(known)}"),)


def find_unasked(asked: Container[str], facts: Facts) -> tuple[Fault, ...]:
    """Return open questions that are not `asked`: the one that was meant would count as denied."""
    return tuple(
        Fault(f"facts.unanswered[{position}]", f'not a known question: "{item}"')
        for position, item in enumerate(facts.unanswered)
        if item not in asked
    )


def _walk(value: object, place: str) -> Iterator[Fault]:
    """Yield the numbers and dates within a value that cannot be."""
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _walk(item, f"{place}[{position}]")
    elif isinstance(value, date | PartialDate):
        first, last = YEARS
        if not first <= value.year <= last:
            yield Fault(place, f"not in the years {first} to {last}")
    elif values.is_dataclass(value) and not isinstance(value, type):
        for each in values.fields(value):
            yield from _look_at(each.name, getattr(value, each.name), f"{place}.{each.name}")


def _look_at(name: str, value: object, place: str) -> Iterator[Fault]:
    limits = LIMITS.get(name)
    if limits is None or not isinstance(value, int | float):
        yield from _walk(value, place)
    elif problem := limits.find_problem(value):
        yield Fault(place, problem)


def _find_disorder(facts: Facts, request: PlanRequest | None) -> Iterator[Fault]:
    """Yield dates that come before what they follow."""
    seen = facts.consult_date
    planned = request.first_session if request else None
    if seen is None:
        return
    if facts.date_of_birth and facts.date_of_birth > seen:
        yield Fault("facts.date_of_birth", "later than the consultation")
    if facts.treatment_date and facts.treatment_date < seen:
        yield Fault("facts.treatment_date", "earlier than the consultation")
    if planned and planned.date() < seen:
        yield Fault("plan.first_session", "earlier than the consultation")
    for position, entry in enumerate(facts.conditions):
        if entry.hba1c_date and entry.hba1c_date.first_day() > seen:
            yield Fault(f"facts.conditions[{position}].hba1c_date", "later than the consultation")
