"""A list of records packed for memory: searched as one joined text, opened line by line.

At a hundred thousand patients, a value for each with its texts takes a hundred megabytes. Packed,
a record is a line in each of two long byte strings: what is searched, and what the list shows.
"""

from __future__ import annotations

import heapq
import json
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from operator import attrgetter

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
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TEXTS = tuple(field.name for field in fields(Summary) if field.name != "saved_at")
_read_texts = attrgetter(*_TEXTS)
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_LOOK_AHEAD = 2**16
"""Bytes in which it is counted how often a word comes up, to start with the rarest."""

Word = tuple[bytes, ...]
"""The spellings of a word, of which any counts."""


class Listing:
    """Summaries in order, last saved first."""

    def __init__(self, summaries: Iterable[Summary]) -> None:
        # Packed one by one as they come, then put in order: all of them at once, unpacked, would
        # take several times the memory, and it would not be given back.
        shown, searched, visits = _Lines(), _Lines(), _Visits()
        times, ids = array("d"), []
        for it in summaries:
            shown.add(_pack(it))
            searched.add(write_line(it))
            visits.add(it)
            time, record_id = rank(it)
            times.append(time)
            ids.append(record_id)
        order = array("Q", range(len(ids)))
        order = array("Q", sorted(order, key=lambda at: (times[at], ids[at]), reverse=True))
        self._shown, self._searched = shown.pick(order), searched.pick(order)
        self._ids = _Index(map(ids.__getitem__, order))
        self._patients = _Index(map(visits.patients.__getitem__, order))
        self._due = visits.find_due(order)

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[Summary]:
        return map(self._open, range(len(self)))

    def get(self, record_id: str) -> Summary | None:
        """Return the summary of a record; None when it is not listed."""
        found = (self._open(index) for index in self._ids.find(record_id))
        return next((it for it in found if it.id == record_id), None)

    def find(self, words: Sequence[Word]) -> Iterator[Summary]:
        """Yield those in which every word is found."""
        return map(self._open, self._match(words)) if words else iter(self)

    def of_patient(self, patient_id: str) -> Iterator[Summary]:
        """Yield what belongs to one patient."""
        found = (self._open(index) for index in self._patients.find(patient_id))
        return (it for it in found if it.patient_id == patient_id)

    def due(self, first: str, last: str) -> Iterator[Summary]:
        """Yield of every patient the latest visit, if it says to come back between two days."""
        start = bisect_left(self._due, (first, 0))
        for due, index in self._due[start:]:
            if due > last:
                return
            yield self._open(index)

    def _open(self, index: int) -> Summary:
        *texts, saved_at = json.loads(self._shown[index])
        shown = dict(zip(_TEXTS, texts, strict=True))
        return Summary(**shown, saved_at=datetime.fromisoformat(saved_at) if saved_at else None)

    def _match(self, words: Sequence[Word]) -> Iterator[int]:
        text = self._searched.text
        rarest = min(words, key=lambda word: self._count(word) if len(words) > 1 else 0)
        hits = heapq.merge(*(self._locate(spelling) for spelling in rarest))
        for index, _ in groupby(hits):
            start, end = self._searched.find(index)
            if all(any(text.find(it, start, end) >= 0 for it in word) for word in words):
                yield index

    def _count(self, word: Word) -> tuple[int, int]:
        count = self._searched.text.count
        return sum(count(it, 0, _LOOK_AHEAD) for it in word), -len(word[0])

    def _locate(self, word: bytes) -> Iterator[int]:
        text, starts = self._searched.text, self._searched.starts
        at = text.find(word)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield index
            at = text.find(word, starts[index + 1])


class _Visits:
    """What tells when patients are expected; the day is empty where no visit took place.

    Attributes:
        patients: Whose each of them is.
    """

    def __init__(self) -> None:
        self.patients: list[str] = []
        self._days: list[str] = []
        self._due: list[str] = []
        self._known: dict[str, str] = {}

    def add(self, it: Summary) -> None:
        """Take in what a summary tells."""
        day = "" if it.kind == "addendum" else it.visit_date
        self.patients.append(it.patient_id)
        # Many visits share a day, which is then kept once.
        self._days.append(self._known.setdefault(day, day))
        self._due.append(self._known.setdefault(it.due, it.due))

    def find_due(self, order: Sequence[int]) -> list[tuple[str, int]]:
        """Return when the latest visit of every patient says to come back, and its place."""
        latest: dict[str, int] = {}
        for index, at in enumerate(order):
            day, before = self._days[at], latest.get(self.patients[at])
            if day and (before is None or day > self._days[order[before]]):
                latest[self.patients[at]] = index
        due = ((self._due[order[index]], index) for index in latest.values())
        return sorted(one for one in due if one[0])


class _Lines:
    """Many byte strings as one."""

    def __init__(self) -> None:
        self.text = bytearray()
        self.starts = array("Q", [0])

    def add(self, line: bytes) -> None:
        """Put a line behind the others."""
        self.text += line
        self.starts.append(len(self.text))

    def pick(self, order: Iterable[int]) -> _Lines:
        """Return the same lines in another order, without room to spare."""
        picked = _Lines()
        picked.text, text = bytearray(len(self.text)), self.text
        at = 0
        for index in order:
            start, end = self.find(index)
            picked.text[at : at + end - start] = text[start:end]
            at += end - start
            picked.starts.append(at)
        return picked

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> bytes:
        start, end = self.find(index)
        return bytes(self.text[start:end])

    def find(self, index: int) -> tuple[int, int]:
        """Return where a line begins and ends."""
        return self.starts[index], self.starts[index + 1]


class _Index:
    """Where texts stand in a sequence, by their hashes: what is found there may be another text."""

    def __init__(self, texts: Iterable[str]) -> None:
        hashes = array("q", map(hash, texts))
        self._indices = array("Q", sorted(range(len(hashes)), key=hashes.__getitem__))
        self._hashes = array("q", map(hashes.__getitem__, self._indices))

    def find(self, text: str) -> Sequence[int]:
        """Return where it may stand, in order."""
        wanted = hash(text)
        first, last = bisect_left(self._hashes, wanted), bisect_right(self._hashes, wanted)
        return self._indices[first:last]


def rank(summary: Summary) -> tuple[float, str]:
    """Return what lists are ordered by, highest first; without a time a record comes last."""
    at = summary.saved_at
    return (float("-inf") if at is None else at.timestamp(), summary.id)


def find_latest(summaries: Iterable[Summary]) -> Summary | None:
    """Return the visit of the latest day; of several on one day the first, which was saved last."""
    visits = (it for it in summaries if it.kind != "addendum")
    return max(visits, key=lambda it: it.visit_date, default=None)


def fold(text: str) -> str:
    """Return a text without capitals, accents and spare spaces, as it is searched."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().translate(_LETTERS).split())


def split_words(text: str) -> list[Word]:
    """Return the words to look for."""
    return [tuple(map(_encode, _spell(word))) for word in fold(text).split()]


def write_line(summary: Summary) -> bytes:
    """Return what is searched of a record."""
    birth = summary.date_of_birth
    texts = (fold(summary.name), fold(summary.record_number), birth, fold(summary.lots))
    if _ISO_DATE.fullmatch(birth):
        year, month, day = birth[:4], birth[5:7], birth[8:]
        # Year first, day first, month first, and day first with a short year.
        turned = f"{birth} {day}-{month}-{year} {month}-{day}-{year} {day}-{month}-{year[2:]}"
        texts = (*texts[:2], turned, texts[3])
    return _encode(" ".join(texts) + "\n")


def is_match(line: bytes, words: Sequence[Word]) -> bool:
    """Tell whether every word is found in a line."""
    return all(any(spelling in line for spelling in word) for word in words)


def _pack(summary: Summary) -> bytes:
    saved_at = summary.saved_at.isoformat() if summary.saved_at else ""
    return _ENCODER.encode((*_read_texts(summary), saved_at)).encode("ascii")


def _spell(word: str) -> tuple[str, ...]:
    """Return a word, and how the lines write it if it is part of a date: `3/4/92` as `03-04-92`."""
    if not _LIKE_A_DATE.fullmatch(word):
        return (word,)
    parts = re.split(r"[./-]", word)
    dated = "-".join(part.zfill(2) if part else "" for part in parts)
    return (word, dated) if dated != word else (word,)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
