"""A list of records packed for memory: searched as one joined text, opened line by line.

At a hundred thousand patients, a value for each with its texts takes a hundred megabytes. Packed,
a record is a line in a long byte string, which is searched, and a compressed one: what is shown.
"""

from __future__ import annotations

import heapq
import json
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from consult_app.store.interface import Summary
from consult_app.store.packing import Index, Lines, Texts

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
_read_visit_date = attrgetter("visit_date")
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_LOOK_AHEAD = 2**16
"""Bytes in which it is counted how often a word comes up, to start with the rarest."""

TREATMENT = "treatment"
Days = dict[str, "array[int]"]
"""Places of summaries by a day."""
Word = tuple[bytes, ...]
"""The spellings of a word, of which any counts."""


class Listing:
    """Summaries in order, last saved first."""

    def __init__(self, summaries: Iterable[Summary]) -> None:
        # Packed one by one as they come, then put in order: all of them at once, unpacked, would
        # take several times the memory, and it would not be given back.
        shown, searched, visits = Texts(), Lines(), _Visits()
        times, ids = array("d"), []
        for it in summaries:
            shown.add(_pack(it))
            searched.add(write_line(it))
            visits.add(it)
            time, record_id = rank(it)
            times.append(time)
            ids.append(record_id)
        # What is compressed stays in the order it came in.
        places = sorted(range(len(ids)), key=ids.__getitem__, reverse=True)
        places.sort(key=times.__getitem__, reverse=True)
        self._order = array("I", places)
        self._shown, self._searched = shown, searched.pick(places)
        self._ids = Index([hash(ids[at]) for at in places])
        self._patients = Index([hash(visits.patients[at]) for at in places])
        self._due = visits.find_due(places, ids)
        self._treated = visits.find_treated(places)

    def __len__(self) -> int:
        return len(self._order)

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
        """Yield of every patient the latest visit, if the day that it names is between two."""
        return self._find_days(self._due, first, last)

    def treated(self, first: str, last: str) -> Iterator[Summary]:
        """Yield the treatments of the days between two."""
        return self._find_days(self._treated, first, last)

    def _find_days(self, by_day: Days, first: str, last: str) -> Iterator[Summary]:
        for day, indices in by_day.items():
            if first <= day <= last:
                yield from map(self._open, indices)

    def _open(self, index: int) -> Summary:
        *texts, saved_at = json.loads(self._shown[self._order[index]])
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
        self._follows: list[str] = []
        self._is_treatment = bytearray()
        self._known: dict[str, str] = {}

    def add(self, it: Summary) -> None:
        """Take in what a summary tells."""
        day = it.visit_date if is_counted(it) else ""
        self.patients.append(it.patient_id)
        # Many visits share a day, which is then kept once.
        self._days.append(self._known.setdefault(day, day))
        self._due.append(self._known.setdefault(it.due, it.due))
        self._is_treatment.append(it.kind == TREATMENT)
        self._follows.append(it.follows if it.kind == TREATMENT else "")

    def find_due(self, order: Sequence[int], ids: Sequence[str]) -> Days:
        """Return the latest visit of every patient: its place by the day that it names.

        It is the one that `find_latest` returns.
        """
        latest: dict[str, int] = {}
        treated: dict[str, int] = {}
        for index, at in enumerate(order):
            for key, found in ((self.patients[at], latest), (self._follows[at], treated)):
                day, before = self._days[at], found.get(key)
                if key and day and (before is None or day > self._days[order[before]]):
                    found[key] = index
        places = sorted(treated.get(ids[order[it]], it) for it in latest.values())
        return _sort_by_day(places, [self._due[order[it]] for it in places])

    def find_treated(self, order: Sequence[int]) -> Days:
        """Return every treatment: its place by its day."""
        places = [index for index, at in enumerate(order) if self._is_treatment[at]]
        return _sort_by_day(places, [self._days[order[it]] for it in places])


def _sort_by_day(places: Sequence[int], days: Sequence[str]) -> Days:
    """Return places by their day, earliest first; those without one are left out."""
    found: dict[str, array[int]] = {day: array("I") for day in sorted(set(days)) if day}
    for place, day in zip(places, days, strict=True):
        if day:
            found[day].append(place)
    return found


def rank(summary: Summary) -> tuple[float, str]:
    """Return what lists are ordered by, highest first; without a time a record comes last."""
    at = summary.saved_at
    return (float("-inf") if at is None else at.timestamp(), summary.id)


def is_counted(it: Summary) -> bool:
    """Return whether a visit may be the latest, which says when its patient is expected.

    An addendum is none. Nor is a treatment to which the patient did not come, unless it names a day
    itself: what was to come before it still is.
    """
    return it.kind != "addendum" and not (it.absent and not it.due)


def find_latest(summaries: Iterable[Summary]) -> Summary | None:
    """Return the visit of the latest day; of several on one day the first, which was saved last.

    A treatment comes after the consultation that it follows, also where its day is before it.
    """
    visits = [it for it in summaries if is_counted(it)]
    latest = max(visits, key=_read_visit_date, default=None)
    if latest is None:
        return None
    treated = (it for it in visits if it.kind == TREATMENT and it.follows == latest.id)
    return max(treated, key=_read_visit_date, default=latest)


def fold(text: str) -> str:
    """Return a text without capitals, accents and spare spaces, as it is searched."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().translate(_LETTERS).split())


def squeeze(text: str) -> str:
    """Return a folded number or word without what is written between its letters and figures."""
    return "".join(letter for letter in text if letter.isalnum())


def split_words(text: str) -> list[Word]:
    """Return the words to look for."""
    return [tuple(map(_encode, _spell(word))) for word in fold(text).split()]


def write_line(summary: Summary) -> bytes:
    """Return what is searched of a record."""
    birth = summary.date_of_birth
    lots = fold(summary.lots)
    numbers = f"{fold(summary.record_number)} {lots}"
    # `C-2207` on the package is C2207 to whoever looks for it, and the other way round. So is
    # `C 2207`.
    squeezed = [plain for it in numbers.split() if (plain := squeeze(it)) != it]
    squeezed += [squeeze(lots)] if " " in lots else []
    texts = (fold(summary.name), birth, numbers, *squeezed)
    if _ISO_DATE.fullmatch(birth):
        year, month, day = birth[:4], birth[5:7], birth[8:]
        # Year first, day first, month first, and day first with a short year.
        turned = f"{birth} {day}-{month}-{year} {month}-{day}-{year} {day}-{month}-{year[2:]}"
        texts = (texts[0], turned, *texts[2:])
    return _encode(" ".join(texts) + "\n")


def is_match(line: bytes, words: Sequence[Word]) -> bool:
    """Tell whether every word is found in a line."""
    return all(any(spelling in line for spelling in word) for word in words)


def _pack(summary: Summary) -> str:
    saved_at = summary.saved_at.isoformat() if summary.saved_at else ""
    return _ENCODER.encode((*_read_texts(summary), saved_at))


def _spell(word: str) -> tuple[str, ...]:
    """Return how a word may stand in lines: as it is, squeezed, the date `3/4/92` as `03-04-92`."""
    if not _LIKE_A_DATE.fullmatch(word):
        plain = squeeze(word)
        number = plain != word and any(letter.isdigit() for letter in plain)
        return (word, plain) if number else (word,)
    parts = re.split(r"[./-]", word)
    dated = "-".join(part.zfill(2) if part else "" for part in parts)
    return (word, dated) if dated != word else (word,)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
