"""What `limits.toml` holds: the numbers a clinic may change, and how far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from consult_app.errors import Fault
from consult_app.knowledge.condition import Condition
from consult_app.knowledge.condition.reader import read_condition
from consult_app.knowledge.condition.terms import Terms
from consult_app.record import collect
from consult_app.values import dataclass

FILE = "limits.toml"

Unit = Literal["days", "weeks", "months", "hours", "minutes", "years", "mm", "cm2"]

_ONE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a number stands; exactly one of rule, care, plan, ceiling, intervals is set.

    Attributes:
        rule: Waits of the limit's length in the condition of this rule.
        care: A care rule, with the part of it: its start or end, the darker ones, or the ends of
            some bands. Starts before a session count as days before it.
        plan: A path in `plan.toml`.
        ceiling: A group, with its phototypes.
        intervals: The shortest interval of every concern.
    """

    rule: str = ""
    care: str = ""
    start: bool = False
    start_dark: bool = False
    end_dark: bool = False
    ends: tuple[Literal["L", "M", "H"], ...] = ()
    plan: str = ""
    ceiling: str = ""
    phototypes: tuple[int, ...] = ()
    intervals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One number a clinic may change.

    Attributes:
        id: Stable id.
        label: What it is.
        unit: Its unit.
        default: The number of the reference.
        lowest: Smallest number a clinic may set.
        highest: Largest; None when the reference names no end to it.
        step: Numbers are multiples of it.
        at: Where it stands.
        adds: A further condition of its rule, written for one day; None for none.
        says: Sentences of `plan.toml` that then name the clinic's number, such as reasons.melasma.
        text: Why these limits.
    """

    id: str
    label: str
    unit: Unit
    default: float
    lowest: float
    highest: float | None = None
    step: float = 1.0
    at: tuple[Place, ...]
    adds: Condition | None = None
    says: tuple[str, ...] = ()
    text: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def refuse(self, number: float) -> str:
        """Return why a number cannot be set; empty when it can."""
        if number < self.lowest:
            return f"less than {self.say(self.lowest)}"
        if self.highest is not None and number > self.highest:
            return f"more than {self.say(self.highest)}"
        if number % self.step:
            return f"not a multiple of {self.say(self.step)}"
        return ""

    def say(self, number: float) -> str:
        """Return a number with its unit."""
        unit = self.unit.removesuffix("s") if number == _ONE else self.unit
        return f"{number:g} {unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    id: str
    label: str
    unit: Unit
    default: float
    lowest: float
    highest: float | None = None
    step: float = 1.0
    at: tuple[Place, ...]
    adds: object = None
    says: tuple[str, ...] = ()
    text: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    limit: tuple[_Table, ...] = ()


def read_limits(
    data: Mapping[str, Any], terms: Terms | None, faults: list[Fault]
) -> tuple[Limit, ...]:
    """Return what the file says; faults are added to `faults`, those of conditions to `terms`."""
    file = collect(_File, data, FILE, faults)
    if file is None or terms is None:
        return ()
    return tuple(_make(table, terms) for table in file.limit)


def _make(table: _Table, terms: Terms) -> Limit:
    place = f"{FILE}: limit {table.id}.adds"
    adds = None if table.adds is None else read_condition(table.adds, place, terms)
    return Limit(
        id=table.id,
        label=table.label,
        unit=table.unit,
        default=table.default,
        lowest=table.lowest,
        highest=table.highest,
        step=table.step,
        at=table.at,
        adds=adds,
        says=table.says,
        text=table.text,
        sources=table.sources,
        marks=table.marks,
    )
