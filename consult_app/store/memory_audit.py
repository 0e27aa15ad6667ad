"""The audit of a store that forgets everything when it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from consult_app.store.audit import START, Act, check_actor, make_entry
from consult_app.store.entry import Actor, Anchor, Entry


class MemoryAudit:
    """The audit as a list."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._actor = Actor()
        self._entries: list[Entry] = []

    def act_as(self, actor: Actor) -> None:
        """Write this actor into every entry from now on."""
        check_actor(actor)
        self._actor = actor

    def record(self, action: str, ids: Sequence[str], at: datetime, *, reason: str = "") -> Entry:
        """Add an entry of its own."""
        self._check()
        return self.add(Act(action=action, ids=tuple(ids), at=at, reason=reason))

    def add(self, act: Act) -> Entry:
        """Add an entry."""
        end = self.anchor()
        self._entries.append(make_entry(end.n + 1, end.hash, self._actor, act))
        return self._entries[-1]

    def entries(self, limit: int | None = None) -> Sequence[Entry]:
        """Return all, newest first."""
        return tuple(reversed(self._entries))[:limit]

    def anchor(self) -> Anchor:
        """Return number and hash of the newest entry."""
        last = self._entries[-1].hash if self._entries else START
        return Anchor(n=len(self._entries), hash=last)
