"""Undo and redo over frozen values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from consult_app.values import dataclass, replace

V = TypeVar("V")
LIMIT = 200
MERGE = timedelta(seconds=1)
LONGEST = timedelta(seconds=5)
"""So long a run of quick changes is one step at most; undo never takes more than that at once."""


@dataclass(frozen=True, slots=True)
class Step(Generic[V]):
    """Where one step leads.

    Attributes:
        value: The value there.
        place: Where the change was made that lies between; the timeline only keeps it.
    """

    value: V
    place: str = ""


@dataclass(frozen=True, slots=True)
class Timeline(Generic[V]):
    """The present value with what came before and what was undone.

    Attributes:
        present: The value now.
        past: Where undo leads, next one last, at most `LIMIT`.
        future: Where redo leads, next one last.
        fields: The fields changed by the last step; changes to no others within `MERGE` belong
            to it, for as long as `LONGEST`.
        began: When that step began.
        at: When it was changed last.
    """

    present: V
    past: tuple[Step[V], ...] = ()
    future: tuple[Step[V], ...] = ()
    fields: frozenset[str] = frozenset()
    began: datetime | None = None
    at: datetime | None = None

    def merges(self, fields: frozenset[str], at: datetime) -> bool:
        """Return whether a change of these fields belongs to the last step."""
        return (
            bool(self.past)
            and not self.future
            and self.at is not None
            and self.began is not None
            and fields <= self.fields
            and timedelta() <= at - self.at < MERGE  # no clock that was set back joins them
            and timedelta() <= at - self.began < LONGEST
        )

    def change(
        self, value: V, fields: frozenset[str], at: datetime, place: str = ""
    ) -> Timeline[V]:
        """Return the timeline with `value` as present; `fields` name what was changed."""
        if self.merges(fields, at):
            return replace(self, present=value, at=at)
        past = (*self.past, Step(self.present, place))[-LIMIT:]
        return Timeline(value, past, (), fields, at, at)

    def extend(self, value: V, fields: frozenset[str], at: datetime) -> Timeline[V]:
        """Return the timeline with a further change that belongs to the last step in any case."""
        return replace(self, present=value, fields=self.fields | fields, at=at)

    def stay(self, value: V) -> Timeline[V]:
        """Return the timeline with another present value, which is no step."""
        return replace(self, present=value)

    def rewrite(self, change: Callable[[V], V]) -> Timeline[V]:
        """Return the timeline with each of its values changed alike, which is no step either."""
        past, future = (
            tuple(replace(step, value=change(step.value)) for step in steps)
            for steps in (self.past, self.future)
        )
        return replace(self, present=change(self.present), past=past, future=future)

    def undo(self) -> Timeline[V]:
        """Return the timeline one step back, or itself at its start."""
        if not self.past:
            return self
        step = self.past[-1]
        future = (*self.future, Step(self.present, step.place))
        return Timeline(step.value, self.past[:-1], future)

    def redo(self) -> Timeline[V]:
        """Return the timeline one undone step forward, or itself at its end."""
        if not self.future:
            return self
        step = self.future[-1]
        past = (*self.past, Step(self.present, step.place))
        return Timeline(step.value, past, self.future[:-1])

    def forget(self) -> Timeline[V]:
        """Return the timeline with nothing to undo, as at lock and close."""
        return Timeline(self.present)
