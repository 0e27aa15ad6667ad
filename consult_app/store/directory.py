"""The list of records held in memory, and the search over it.

Summaries are read once, when first asked for; the search then needs no index of names on the
disk. What is saved afterwards is laid over the packed list, so that a save costs the list nothing.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from consult_app.store.interface import Summary
from consult_app.store.listing import (
    TREATMENT,
    Listing,
    Word,
    find_latest,
    is_match,
    rank,
    split_words,
    write_line,
)
from consult_app.store.packing import give_back

_MANY = 1_000
"""Changes after which the list is packed anew."""


class Directory:
    """What is kept of one kind, last saved first.

    Args:
        load: Reads all summaries from the disk.
    """

    def __init__(self, load: Callable[[], Iterable[Summary]]) -> None:
        self._load = load
        self._lock = threading.RLock()
        self._packed: Listing | None = None
        self._changed: dict[str, Summary | None] = {}

    @property
    def is_loaded(self) -> bool:
        """Whether the disk was asked already."""
        return self._packed is not None

    def put(self, summary: Summary) -> None:
        """Take in what was just saved."""
        self._change(summary.id, summary)

    def drop(self, record_id: str) -> None:
        """Leave out what was just removed."""
        self._change(record_id, None)

    def read(self) -> View:
        """Return the list as it is now."""
        with self._lock:
            if self._packed is None:
                self._packed = self._pack(self._load())
            elif len(self._changed) > _MANY:
                self._packed = self._pack(View(self._packed, self._changed))
                self._changed.clear()
            return View(self._packed, dict(self._changed))

    def _pack(self, summaries: Iterable[Summary]) -> Listing:
        packed = Listing(summaries)
        if len(packed) > _MANY:
            give_back()
        return packed

    def _change(self, record_id: str, summary: Summary | None) -> None:
        with self._lock:
            if self._packed is not None:
                self._changed[record_id] = summary


@dataclass(frozen=True, slots=True)
class View:
    """The list as it was at one moment: a packed one, and what changed since by id."""

    _packed: Listing = field(repr=False)
    _changed: dict[str, Summary | None] = field(repr=False)

    def __iter__(self) -> Iterator[Summary]:
        return self._merge(self._packed, self._fresh())

    def first(self, limit: int | None = None) -> list[Summary]:
        """Return the first ones, or all."""
        return list(islice(self, limit))

    def find(self, text: str, limit: int | None = None) -> list[Summary]:
        """Return the first ones in which every word of the text is found, or all of them."""
        words: list[Word] = split_words(text)
        fresh = (it for it in self._fresh() if is_match(write_line(it), words))
        return list(islice(self._merge(self._packed.find(words), fresh), limit))

    def of_patient(self, patient_id: str) -> list[Summary]:
        """Return what belongs to one patient."""
        fresh = (it for it in self._fresh() if it.patient_id == patient_id)
        return list(self._merge(self._packed.of_patient(patient_id), fresh))

    def treated(self, first: str, last: str) -> list[Summary]:
        """Return the treatments of the days between two."""
        fresh = [it for it in self._fresh() if it.kind == TREATMENT]
        packed = [it for it in self._packed.treated(first, last) if it.id not in self._changed]
        return [*packed, *(it for it in fresh if first <= it.visit_date <= last)]

    def due(self, first: str, last: str) -> list[Summary]:
        """Return of every patient the latest visit, if the day that it names is between two."""
        before = map(self._packed.get, self._changed)
        touched = {it.patient_id for it in (*before, *self._changed.values()) if it is not None}
        found = [it for it in self._packed.due(first, last) if it.patient_id not in touched]
        anew = (find_latest(self.of_patient(patient_id)) for patient_id in sorted(touched))
        return [*found, *(it for it in anew if it is not None and first <= it.due <= last)]

    def _fresh(self) -> Iterator[Summary]:
        return (it for it in self._changed.values() if it is not None)

    def _merge(self, packed: Iterable[Summary], fresh: Iterable[Summary]) -> Iterator[Summary]:
        if not self._changed:
            return iter(packed)
        kept = (it for it in packed if it.id not in self._changed)
        return heapq.merge(sorted(fresh, key=rank, reverse=True), kept, key=rank, reverse=True)
