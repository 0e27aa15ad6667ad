"""The list of records held in memory, and the search over it.

Summaries are read once, when first asked for. The search looks through one joined text, which
is faster than asking the file and needs no index of names on the disk.
"""

from __future__ import annotations

import heapq
import re
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate, groupby, islice

from consult_app.store.interface import Summary

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
    }
)
_LIKE_A_DATE = re.compile(r"\d+([./-]\d+)+[./-]?", re.ASCII)
_ISO_DATE = re.compile(r"(\d\d)(\d\d)-(\d\d)-(\d\d)", re.ASCII)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Directory:
    """What is kept of one kind, last saved first.

    Args:
        load: Reads all summaries from the disk.
    """

    def __init__(self, load: Callable[[], Iterable[Summary]]) -> None:
        self._load = load
        self._lock = threading.RLock()
        self._summaries: dict[str, Summary] | None = None
        self._listing: Listing | None = None

    def put(self, summary: Summary) -> None:
        """Take in what was just saved."""
        with self._lock:
            if self._summaries is not None:
                self._summaries[summary.id] = summary
                self._listing = None

    def drop(self, record_id: str) -> None:
        """Leave out what was just removed."""
        with self._lock:
            if self._summaries is not None:
                self._summaries.pop(record_id, None)
                self._listing = None

    def read(self) -> Listing:
        """Return the list as it is now."""
        with self._lock:
            if self._summaries is None:
                self._summaries = {summary.id: summary for summary in self._load()}
            if self._listing is None:
                self._listing = Listing(self._summaries.values())
            return self._listing


class Listing:
    """Summaries in order, last saved first, with one joined text to search in."""

    def __init__(self, summaries: Iterable[Summary]) -> None:
        self._ordered = sorted(summaries, key=_rank, reverse=True)
        self._text: str | None = None
        self._by_patient: dict[str, list[Summary]] | None = None
        self._latest: list[Summary] | None = None
        self._starts: list[int] = []

    def first(self, limit: int | None = None) -> list[Summary]:
        """Return the first ones, or all."""
        return self._ordered[:limit]

    def find(self, text: str, limit: int | None = None) -> list[Summary]:
        """Return the first ones in which every word of the text is found, or all of them."""
        words = [_spell(word) for word in fold(text).split()]
        if not words:
            return self.first(limit)
        matching = islice(self._match(words), limit)
        return [self._ordered[index] for index in matching]

    def of_patient(self, patient_id: str) -> list[Summary]:
        """Return what belongs to one patient."""
        return list(self._group().get(patient_id, ()))

    def latest(self) -> list[Summary]:
        """Return of every patient the visit of the latest date."""
        if self._latest is None:
            visits = (
                [it for it in group if it.kind != "addendum"] for group in self._group().values()
            )
            groups = [group for group in visits if group]
            # Of visits on one day the first one met was saved last.
            self._latest = [max(group, key=lambda visit: visit.visit_date) for group in groups]
        return list(self._latest)

    def _group(self) -> dict[str, list[Summary]]:
        if self._by_patient is None:
            self._by_patient = {}
            for summary in self._ordered:
                self._by_patient.setdefault(summary.patient_id, []).append(summary)
        return self._by_patient

    def _match(self, words: list[tuple[str, ...]]) -> Iterator[int]:
        joined = self._join()
        # The longest word is the rarest, so it is looked for first.
        first = max(words, key=lambda spellings: len(spellings[0]))
        hits = heapq.merge(*(self._locate(joined, spelling) for spelling in first))
        for index, _ in groupby(hits):
            line = joined[self._starts[index] : self._starts[index + 1]]
            if all(any(spelling in line for spelling in word) for word in words):
                yield index

    def _locate(self, joined: str, word: str) -> Iterator[int]:
        at = joined.find(word)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield index
            at = joined.find(word, self._starts[index + 1])

    def _join(self) -> str:
        if self._text is None:
            lines = [_write_line(summary) for summary in self._ordered]
            self._starts = [0, *accumulate(len(line) for line in lines)]
            self._text = "".join(lines)
        return self._text


def fold(text: str) -> str:
    """Return a text without capitals, accents and spare spaces, as it is searched."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().translate(_LETTERS).split())


def _write_line(summary: Summary) -> str:
    birth = summary.date_of_birth
    # Year first, day first, month first, and day first with a short year.
    turned = _ISO_DATE.sub(r"\1\2-\3-\4 \4-\3-\1\2 \3-\4-\1\2 \4-\3-\2", birth)
    return f"{fold(summary.name)} {fold(summary.record_number)} {turned} {fold(summary.lots)}\n"


def _spell(word: str) -> tuple[str, ...]:
    """Return a word, and how the lines write it if it is part of a date: `3/4/92` as `03-04-92`."""
    if not _LIKE_A_DATE.fullmatch(word):
        return (word,)
    parts = re.split(r"[./-]", word)
    dated = "-".join(part.zfill(2) if part else "" for part in parts)
    return (word, dated) if dated != word else (word,)


def _rank(summary: Summary) -> tuple[datetime, str]:
    return summary.saved_at or _NEVER, summary.id
