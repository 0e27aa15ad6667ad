"""Who did what to which record, in a chain that is only added to.

An entry stands in the same transaction as what it tells of. It names records by their ids and
their content by keyed digests: no clinical text and no names. Each entry carries the hash of
the one before, so one that was changed, left out or moved is noticed; what was cut off at the end
is missed by the tally, and by an anchor kept elsewhere.

The audit ends where that can be proven: with the last entry that opens, for its number is sealed
in, or with as many as the sealed tally counted. A number that damage gave to an entry proves
nothing. It is named, and the next entry does not begin after it; and no number is given twice, so
an anchor never speaks of two entries.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, cast

from consult_app.store.codec import decode
from consult_app.store.connection import Found, Snapshot
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
_FEW = 8
"""How many of the newest entries are looked at first: most often the very newest opens."""
_READ = "SELECT n, coalesce(CAST(body AS BLOB), x'') FROM audit"
# A number that damage gave an entry may stand where the next is to go.
_ADD = "INSERT OR IGNORE INTO audit VALUES (?, ?)"


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
        while True:
            n += 1
            entry, data = write_entry(n, previous, self._actor, act)
            body = self._rows.sealer.seal(TABLE, str(n), _VERSION, data)
            if self._rows.engine.run(_ADD, (n, body)):
                break
            previous = ""  # what stands there is damaged
        self._rows.tally.add(TABLE, str(n), _VERSION)
        self._end = undone, n, entry["hash"]
        return entry

    def entries(self, limit: int | None = None) -> Sequence[Entry]:
        """Return what can be read, newest first."""
        return tuple(read_entry(content) for content in islice(self._read_back(), limit))

    def anchor(self) -> Anchor:
        """Return number and hash of the newest entry that can be read; 0 when there is none."""
        last = next(self._read_back(), None)
        return Anchor(n=last["n"], hash=last["hash"]) if last else Anchor(n=0, hash=START)

    def count(self) -> int:
        """Return how many entries were given a number, damaged and lost ones included."""
        return self._find_end()[0]

    def read_hash(self, n: int) -> str | None:
        """Return the hash of an entry; None when there is none, empty when it is damaged."""
        found = self._rows.engine.fetch(f"{_READ} WHERE n = ?", (n,))
        if found:
            content = self._unseal(*cast("tuple[int, bytes]", found[0]))
            return str(content["hash"]) if content else ""
        # While none is missing, the one that was counted to this number stands under another.
        (kept,) = self._rows.engine.fetch("SELECT count(*) FROM audit")[0]
        return "" if n <= self._rows.tally.count(TABLE) <= cast("int", kept) else None

    def verify(self) -> None:
        """Walk the chain; entries that are damaged or out of place are noted."""
        expected, previous, damaged = 1, START, list[int]()
        with self._rows.engine.snapshot() as now:
            counted = self._rows.tally.count(TABLE, now)
            for n, entry in self._walk(now):
                if entry is None:
                    damaged.append(n)
                    continue
                if n > expected:
                    self._note_missing(expected, n, damaged)
                    previous = ""
                # After a gap the link cannot be compared.
                reason = find_break(n, previous or entry.previous, entry)
                if reason:
                    self._note(str(n), reason)
                expected, previous = n + 1, entry.hash
        self._note_missing(expected, counted + 1, damaged)

    def _walk(self, now: Snapshot) -> Iterator[tuple[int, Entry | None]]:
        for page in now.read_pages(f"{_READ} ORDER BY n", _PAGE):
            for n, body in cast("list[tuple[int, bytes]]", page):
                yield n, self._open(n, body)

    def _note_missing(self, first: int, end: int, damaged: Iterable[int]) -> None:
        """Note the numbers from `first` up to `end` that not even a damaged entry has."""
        for n in (*sorted(n for n in damaged if first <= n < end), end):
            if first < n:
                self._note(str(first) if first + 1 == n else f"{first}-{n - 1}", "missing")
            first = n + 1

    def _find_end(self) -> tuple[int, str]:
        """Return number and hash of the last entry there was; the hash is empty when it is lost."""
        last = self.anchor()
        counted = self._rows.tally.count(TABLE)
        return (counted, "") if counted > last.n else (last.n, last.hash)

    def _read_back(self) -> Iterator[dict[str, Any]]:
        """Yield the entries that can be read, newest first, as they were written."""
        newest = self._rows.engine.fetch(f"{_READ} ORDER BY n DESC LIMIT {_FEW}")
        yield from self._unseal_all(newest)
        if len(newest) == _FEW:
            before = cast("int", newest[-1][0])
            yield from self._unseal_all(
                self._rows.engine.fetch(f"{_READ} WHERE n < ? ORDER BY n DESC", (before,))
            )

    def _unseal_all(self, found: Found) -> Iterator[dict[str, Any]]:
        for n, body in cast("list[tuple[int, bytes]]", found):
            content = self._unseal(n, body)
            if content:
                yield content

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
