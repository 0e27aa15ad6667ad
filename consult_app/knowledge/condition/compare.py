"""Comparing one value with what the content says about it."""

from __future__ import annotations

import operator
from collections.abc import Callable

from consult_app.knowledge.condition.match import Truth
from consult_app.values import dataclass

Value = str | int | float | bool
Operand = Value | frozenset[Value]

_HOLDS: dict[str, Callable[..., bool]] = {
    "is": operator.eq,
    "is_not": operator.ne,
    "in": lambda value, choices: value in choices,
    "at_least": operator.ge,
    "above": operator.gt,
    "below": operator.lt,
    "at_most": operator.le,
}
NUMBER_NAMES = frozenset({"at_least", "above", "below", "at_most"})
NAMES = frozenset(_HOLDS)


@dataclass(frozen=True, slots=True)
class Comparator:
    """Comparisons that must all hold for one value.

    Attributes:
        parts: Name of the comparison and what to compare with.
        missing: The answer when the value is not given.
    """

    parts: tuple[tuple[str, Operand], ...]
    missing: Truth = Truth.UNKNOWN

    def compare(self, value: object) -> Truth:
        """Return whether every comparison holds."""
        if value is None:
            return self.missing
        return Truth.YES if self.holds(value) else Truth.NO

    def holds(self, value: object) -> bool:
        """Return whether every comparison holds for a value that is given."""
        return all(_HOLDS[name](value, operand) for name, operand in self.parts)
