"""The facts of one consultation, prepared for the conditions that look at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from consult_app.domain.entries import LISTS, Entry, code_of
from consult_app.domain.history import Condition, Facts
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.vocabulary import Vocabulary
from consult_app.values import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list of facts, with its place."""

    place: str
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What conditions look at.

    Attributes:
        facts: The facts.
        today: The day of judging, when the facts name none.
        areas: The tree of body areas.
        vocabulary: The codes, with the items that ask for them.
        asked_by: Items by the fact they ask for.
        depths: Planned depth in mm by area, when each is known; else one depth counts for all.
    """

    facts: Facts
    today: date
    areas: AreaTree
    vocabulary: Vocabulary
    asked_by: Mapping[str, tuple[str, ...]]
    depths: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def consulted(self) -> date:
        """The consult date; without one the treatment date, which does not move with the clock."""
        return self.facts.consult_date or self.facts.treatment_date or self.today

    @cached_property
    def day(self) -> date:
        """T of the reference: the treatment date, else the consult date."""
        return self.facts.treatment_date or self.consulted

    @cached_property
    def treated(self) -> tuple[str, ...]:
        """Treated areas by stored id; empty when not said."""
        return tuple(self.areas.normalise(zone) for zone in self.facts.zones or ())

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """Items that were not answered."""
        return frozenset(self.facts.unanswered)

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], list[Listed]]:
        found: dict[tuple[str, str], list[Listed]] = {}
        for name in LISTS:
            for position, entry in enumerate(getattr(self.facts, name)):
                listed = Listed(f"facts.{name}[{position}]", self._read(entry))
                found.setdefault((name, code_of(entry)), []).append(listed)
        return found

    def _read(self, entry: Entry) -> Entry:
        """Return the entry with its status in the words of the rules, None where none is known."""
        if not isinstance(entry, Condition):
            return entry
        code = self.vocabulary.find("conditions", entry.code)
        day = getattr(entry, code.ended_on) if code and code.ended_on else None
        ended = day is not None and day.first_day() <= self.consulted
        status = self.vocabulary.read_status(entry.code, entry.status, ended=ended)
        return entry if status == entry.status else replace(entry, status=status)

    def entries(self, name: str, code: str) -> list[Listed]:
        """Return the entries with that code in a list of the facts."""
        return self._by_code.get((name, code), [])

    @cached_property
    def told(self) -> dict[str, frozenset[str]]:
        """The codes of which there is an entry, by the list of the facts."""
        return {name: frozenset(code_of(it) for it in getattr(self.facts, name)) for name in LISTS}

    def is_open(self, items: frozenset[str]) -> bool:
        """Return whether any of these items was not answered."""
        return not self.unanswered.isdisjoint(items)

    def asks(self, fact: str) -> frozenset[str]:
        """Return the items that ask for a fact, or for the group of facts it belongs to."""
        group = fact.partition(".")[0]
        return frozenset((*self.asked_by.get(fact, ()), *self.asked_by.get(group, ())))
