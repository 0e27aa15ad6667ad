"""Who did what to which record, in a chain that is only added to.

An entry stands in the same transaction as what it tells of. It names records by their ids and
their content by keyed digests: no clinical text and no names. Each entry carries the hash of
the one before, so one that was changed, left out or moved is noticed; what was cut off at the end
is missed by the tally, and by an anchor kept elsewhere.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from consult_app.store.codec import decode
from consult_app.store.entry import Actor, Anchor, Entry
from consult_app.store.interface import Damage
from consult_app.store.kinds import pin
from consult_app.store.rows import Rows
from consult_app.store.sealing import SealBrokenError

TABLE = "audit"
START = "0" * 64
"""The hash before the first entry."""

_VERSION = 1  # An entry never changes.
_CODE = re.compile(r"[A-Za-z0-9._:@-]{0,64}", re.ASCII)
_FIELDS = tuple(field.name for field in dataclasses.fields(Entry))
_SORTED = json.JSONEncoder(check_circular=False, sort_keys=True, separators=(",", ":"))
_PAGE = 500
_BEYOND = 2**62
"""No entry has such a number; one that damage gave it must not stop the next from being kept."""
_READ = "SELECT n, coalesce(CAST(body AS BLOB), x'') FROM audit"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an entry tells: see `Entry`."""

    action: str
    ids: tuple[str, ...]
    at: datetime
    before: str = ""
    after: str = ""
    reason: str = ""


def check_actor(actor: Actor) -> None:
    """Make sure an actor is told by codes.

    Raises:
        ValueError: A field looks like a name or a sentence.
    """
    if not all(_CODE.fullmatch(text) for text in (actor.who, actor.role, actor.workstation)):
        raise ValueError("an actor is told by codes without spaces, not by names")


def make_entry(n: int, previous: str, actor: Actor, act: Act) -> Entry:
    """Return the entry that comes after the one with the hash `previous`.

    Raises:
        ValueError: The action is not a code, or the moment has no time zone.
    """
    return read_entry(write_entry(n, previous, actor, act)[0])


def write_entry(n: int, previous: str, actor: Actor, act: Act) -> tuple[dict[str, Any], bytes]:
    """Return what `make_entry` does as a JSON object, and as the bytes that are kept.

    Raises:
        ValueError: The action is not a code, or the moment has no time zone.
    """
    if not act.action or not _CODE.fullmatch(act.action):
        raise ValueError("an action is a code without spaces")
    content: dict[str, Any] = {
        "n": n,
        "at": pin(act.at).isoformat(),
        "who": actor.who,
        "role": actor.role,
        "workstation": actor.workstation,
        "action": act.action,
        "ids": act.ids,
        "before": act.before,
        "after": act.after,
        "reason": act.reason,
        "previous": previous,
    }
    text = _SORTED.encode(content)
    content["hash"] = _hash(text)
    # What was hashed is kept as it is, with the hash at its end: it is spelled only once.
    return content, f'{text[:-1]},"hash":"{content["hash"]}"}}'.encode("ascii")


def work_out(entry: Entry) -> str:
    """Return the hash an entry ought to have: SHA-256 over all its other fields, in hexadecimal."""
    content = _spell(entry)
    del content["hash"]
    return _hash(_SORTED.encode(content))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def find_break(n: int, previous: str, entry: Entry) -> str:
    """Return what is wrong with an entry in its place, in a few words; empty when nothing is.

    Args:
        n: The number it ought to have.
        previous: The hash of the entry before; empty when that cannot be read.
        entry: What was found there.
    """
    if entry.n != n:
        return "out of its place"
    if entry.hash != work_out(entry):
        return "changed"
    return "" if entry.previous == previous else "not what followed the entry before"


class StoredAudit:
    """The audit of one file."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._actor = Actor()
        self._end: tuple[int, int, str] = (-1, 0, "")

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self._actor

    def act_as(self, actor: Actor) -> None:
        """Write this actor into every entry from now on.

        Raises:
            ValueError: It is told by a name instead of codes.
        """
        check_actor(actor)
        self._actor = actor

    def record(self, action: str, ids: Sequence[str], at: datetime, *, reason: str = "") -> Entry:
        """Add an entry of its own; durable on return."""
        return self.add(Act(action=action, ids=tuple(ids), at=at, reason=reason))

    def add(self, act: Act) -> Entry:
        """Add an entry in the transaction that is open, or in one of its own."""
        with self._rows.engine.transaction():
            return read_entry(self.put(act))

    def put(self, act: Act) -> dict[str, Any]:
        """Add an entry inside the transaction that is open in this thread; return it as kept."""
        undone = self._rows.engine.undone
        # Nobody else adds to an open file, so the end is looked up once, and after a way back.
        n, previous = self._end[1:] if self._end[0] == undone else self._find_end()
        entry, data = write_entry(n + 1, previous, self._actor, act)
        name = str(n + 1)
        body = self._rows.sealer.seal(TABLE, name, _VERSION, data)
        self._rows.engine.run("INSERT INTO audit VALUES (?, ?)", (n + 1, body))
        self._rows.tally.add(TABLE, name, _VERSION)
        self._end = undone, n + 1, entry["hash"]
        return entry

    def entries(self, limit: int | None = None) -> Sequence[Entry]:
        """Return what can be read, newest first."""
        sql = f"{_READ} ORDER BY n DESC LIMIT ?"
        found = self._rows.engine.fetch(sql, (-1 if limit is None else limit,))
        opened = (self._open(cast("int", n), cast("bytes", body)) for n, body in found)
        return tuple(entry for entry in opened if entry is not None)

    def anchor(self) -> Anchor:
        """Return number and hash of the newest entry."""
        n, previous = self._find_end()
        return Anchor(n=n, hash=previous)

    def read_hash(self, n: int) -> str | None:
        """Return the hash of an entry; None when there is none, empty when it is damaged."""
        found = self._rows.engine.fetch(f"{_READ} WHERE n = ?", (n,))
        if not found:
            return None
        content = self._unseal(*cast("tuple[int, bytes]", found[0]))
        return str(content["hash"]) if content else ""

    def verify(self) -> None:
        """Walk the chain; entries that are damaged or out of place are noted."""
        expected, previous = 1, START
        for n, entry in self._walk():
            if n > expected:
                self._note(str(expected) if n == expected + 1 else f"{expected}-{n - 1}", "missing")
                previous = ""
            if entry is None:
                previous = ""
            else:
                # After a gap the link cannot be compared.
                reason = find_break(n, previous or entry.previous, entry)
                if reason:
                    self._note(str(n), reason)
                previous = entry.hash
            expected = n + 1

    def _walk(self) -> Iterator[tuple[int, Entry | None]]:
        with self._rows.engine.snapshot() as now:
            for page in now.read_pages(f"{_READ} ORDER BY n", _PAGE):
                for n, body in cast("list[tuple[int, bytes]]", page):
                    yield n, self._open(n, body)

    def _find_end(self) -> tuple[int, str]:
        """Return number and hash of the last entry; the hash is empty when it cannot be read."""
        found = self._rows.engine.fetch(f"{_READ} WHERE n < {_BEYOND} ORDER BY n DESC LIMIT 1")
        if not found:
            return 0, START
        n, body = cast("tuple[int, bytes]", found[0])
        content = self._unseal(n, body)
        return n, content["hash"] if content else ""

    def _open(self, n: int, body: bytes) -> Entry | None:
        content = self._unseal(n, body)
        return read_entry(content) if content else None

    def _unseal(self, n: int, body: bytes) -> dict[str, Any]:
        """Return an entry as it was written, empty when it is damaged."""
        try:
            return decode(self._rows.sealer.open(TABLE, str(n), _VERSION, body))
        except SealBrokenError:
            self._note(str(n), "not what was written")
            return {}

    def _note(self, number: str, reason: str) -> None:
        self._rows.note(Damage(table=TABLE, id=number, reason=reason))


def read_entry(content: dict[str, Any]) -> Entry:
    """Return the entry written as a JSON object."""
    at = datetime.fromisoformat(content["at"])
    return Entry(**{**content, "at": at.astimezone(UTC), "ids": tuple(content["ids"])})


def _spell(entry: Entry) -> dict[str, Any]:
    content = {name: getattr(entry, name) for name in _FIELDS}
    return {**content, "at": entry.at.isoformat(), "ids": list(entry.ids)}
