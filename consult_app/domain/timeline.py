"""Undo and redo over frozen values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

V = TypeVar("V")
LIMIT = 200
MERGE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[V]):
    """The present value with what came before and what was undone.

    Attributes:
        present: The value now.
        past: Earlier values, newest last, at most `LIMIT`.
        future: Undone values, next to redo last.
        field: The field changed last; changes to it within `MERGE` are one step.
        at: When it was changed last.
    """

    present: V
    past: tuple[V, ...] = ()
    future: tuple[V, ...] = ()
    field: str = ""
    at: datetime | None = None

    def change(self, value: V, field: str, at: datetime) -> Timeline[V]:
        """Return the timeline with `value` as present; `field` names what was changed."""
        merges = (
            bool(self.past)
            and field == self.field
            and self.at is not None
            and at - self.at < MERGE
            and not self.future
        )
        past = self.past if merges else (*self.past, self.present)[-LIMIT:]
        return Timeline(value, past, (), field, at)

    def undo(self) -> Timeline[V]:
        """Return the timeline one step back, or itself at its start."""
        if not self.past:
            return self
        return Timeline(self.past[-1], self.past[:-1], (*self.future, self.present))

    def redo(self) -> Timeline[V]:
        """Return the timeline one undone step forward, or itself at its end."""
        if not self.future:
            return self
        return Timeline(self.future[-1], (*self.past, self.present), self.future[:-1])

    def forget(self) -> Timeline[V]:
        """Return the timeline with nothing to undo, as at lock and close."""
        return replace(self, past=(), future=(), field="", at=None)
