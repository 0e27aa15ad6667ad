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
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

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
        lines = [(rank(it), _pack(it), write_line(it), _Visit.of(it)) for it in summaries]
        lines.sort(key=itemgetter(0), reverse=True)
        self._shown = _Lines(line[1] for line in lines)
        self._searched = _Lines(line[2] for line in lines)
        self._ids = _Index(line[0][1] for line in lines)
        self._patients = _Index(line[3].patient_id for line in lines)
        self._due = _find_due(line[3] for line in lines)

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


class _Visit(NamedTuple):
    """What tells when a patient is expected; `day` is empty where no visit took place."""

    patient_id: str
    day: str
    due: str

    @staticmethod
    def of(it: Summary) -> _Visit:
        """Return what a summary tells."""
        return _Visit(it.patient_id, "" if it.kind == "addendum" else it.visit_date, it.due)


class _Lines:
    """Many byte strings as one."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        kept = list(lines)
        self.text = b"".join(kept)
        self.starts = array("Q", accumulate(map(len, kept), initial=0))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> bytes:
        start, end = self.find(index)
        return self.text[start:end]

    def find(self, index: int) -> tuple[int, int]:
        """Return where a line begins and ends."""
        return self.starts[index], self.starts[index + 1]


class _Index:
    """Where texts stand in a sequence, by their hashes: what is found there may be another text."""

    def __init__(self, texts: Iterable[str]) -> None:
        places = sorted((hash(text), index) for index, text in enumerate(texts))
        self._hashes = array("q", (place[0] for place in places))
        self._indices = array("Q", (place[1] for place in places))

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


def _find_due(visits: Iterable[_Visit]) -> list[tuple[str, int]]:
    """Return when the latest visit of every patient says to come back, and where it stands."""
    latest: dict[str, tuple[str, str, int]] = {}
    for index, (patient_id, day, due) in enumerate(visits):
        if day and (patient_id not in latest or day > latest[patient_id][0]):
            latest[patient_id] = (day, due, index)
    return sorted((due, index) for _, due, index in latest.values() if due)


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
