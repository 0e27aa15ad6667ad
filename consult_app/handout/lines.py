"""Breaks words into lines that fit a width, with the last line never a lone word.

`**words**` are bold. A line breaks at ordinary spaces only, so a number keeps its unit when a
no-break space stands between them. A word wider than the column is divided rather than cut off.
Lines are kept in the order in which they are read; every part knows which way it runs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple, overload

from consult_app.handout.bidi import CONTROLS, TURNS, resolve_levels
from consult_app.handout.fonts import Typeface, list_letters
from consult_app.handout.style import TextStyle

SLACK = 0.01
"""Points a line may be wider than its room, for the rounding of sums."""

BALANCED_LINES = 4
"""Up to how many lines a text is set at the narrowest width with as many lines."""


class Span(NamedTuple):
    """Letters of one weight, size and direction in a row; a sheet has thousands.

    Attributes:
        text: In the order in which they are read.
        bold: Their weight.
        size: In points.
        level: How deep they lie in texts of the other direction; odd ones run from right to left.
    """

    text: str
    bold: bool
    size: float
    level: int = 0


NO_BREAK = "\u00a0"
_CONTROLS = re.compile(f"[{CONTROLS}]")

Word = tuple[Span, ...]
Line = tuple[Span, ...]


class _Weighed(NamedTuple):
    """A word and the space after it, with their widths in points."""

    word: Word
    space: Span
    width: float
    gap: float


class _Row:
    """The words of a text on one line without an end.

    Attributes:
        words: In order.
        longest: Width of the widest.
        starts, ends: Where each begins and ends, in points from the beginning.
    """

    __slots__ = ("ends", "longest", "starts", "words")

    def __init__(self, words: Sequence[_Weighed]) -> None:
        self.words = words
        self.longest = max([one.width for one in words], default=0.0)
        steps = accumulate([one.width + one.gap for one in words], initial=0.0)
        self.starts = list(steps)
        self.ends = [start + one.width for start, one in zip(self.starts, words, strict=False)]

    def find_ends(self, width: float) -> list[int]:
        """Return after which word each line ends, when each is filled as far as it goes."""
        starts, ends = self.starts, self.ends
        count, first, found = len(ends), 0, []
        while first < count:
            # A word wider than the line has one for itself.
            first = max(bisect_right(ends, starts[first] + width + SLACK, first), first + 1)
            found.append(first)
        return found


class Lines(Sequence[Line]):
    """The lines of a text: how many is known at once, what stands on each when it is painted.

    A sheet is laid out many times until it fits, and painted once.
    """

    def __init__(self, row: _Row, room: float) -> None:
        self._row = row
        self._room = room
        self._ends = row.find_ends(room)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        return self._lines[place]

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        row, ends = self._row, self._ends
        lonely = len(ends) > 1 and ends[-1] - ends[-2] == 1
        if lonely or 1 < len(ends) <= BALANCED_LINES:
            ends = _balance(row, self._room, len(ends))
        return tuple(
            _join(row.words[first:last]) for first, last in zip((0, *ends), ends, strict=False)
        )


def set_lines(face: Typeface, text: str, width: float, style: TextStyle) -> Lines:
    """Return the lines of a text at a width in points."""
    room = round(width, 1)
    key = (text, style.size, style.strong_size, style.bold, room)
    known: Lines | None = face.memory.get(key)
    if known is None:
        known = face.memory[key] = _break(face, text, room, style)
    return known


def measure_line(face: Typeface, line: Line) -> float:
    """Return the width of a line in points."""
    return sum([measure_span(face, span) for span in line])


def measure_span(face: Typeface, span: Span) -> float:
    """Return the width of a part of a line in points."""
    return face.measure(span.text, span.size, bold=span.bold, turned=span.level % 2 == 1)


def measure_text(face: Typeface, text: str, style: TextStyle) -> tuple[float, float]:
    """Return the width of the longest word and of the whole text on one line."""
    row = _weigh(face, text, style)
    return row.longest, row.ends[-1] if row.words else 0.0


def _break(face: Typeface, text: str, room: float, style: TextStyle) -> Lines:
    row = _weigh(face, text, style)
    if row.longest > room:
        row = _Row([part for one in row.words for part in _divide(face, one, room)])
    return Lines(row, room)


def _weigh(face: Typeface, text: str, style: TextStyle) -> _Row:
    """Return the words of a text with their widths."""
    key = (text, style.size, style.strong_size, style.bold)
    known: _Row | None = face.memory.get(key)
    if known is None:
        if "**" in text or face.script.right_to_left or TURNS.search(text):
            parts = _read(face, text, style)
            known = _Row([_weigh_word(face, word, space) for word, space in parts])
        else:
            words = text.replace("\n", " ").split(" ")
            known = _Row([_weigh_plain(face, word, style) for word in words if word])
        face.memory[key] = known
    return known


def _weigh_plain(face: Typeface, word: str, style: TextStyle) -> _Weighed:
    """Return a word of one weight and direction; most words stand on a sheet several times."""
    key = (word, style.size, style.bold)
    known: _Weighed | None = face.memory.get(key)
    if known is None:
        spans = Span(word, style.bold, style.size), Span(" ", style.bold, style.size)
        known = face.memory[key] = _weigh_word(face, spans[:1], spans[1])
    return known


def _weigh_word(face: Typeface, word: Word, space: Span) -> _Weighed:
    known: _Weighed | None = face.memory.get((word, space))
    if known is None:
        widths = measure_line(face, word), measure_span(face, space)
        known = face.memory[word, space] = _Weighed(word, space, *widths)
    return known


def _read(face: Typeface, text: str, style: TextStyle) -> Iterator[tuple[Word, Span]]:
    """Yield the words, each with the space after it, which is of its last weight.

    A word may change weight inside, as in `**7** days.`
    """
    turned = face.script.right_to_left
    parts = text.replace("\n", " ").split("**")
    pieces = [
        (_bind(part), True, style.strong_size or style.size)
        if number % 2
        else (part, style.bold, style.size)
        for number, part in enumerate(parts)
    ]
    plain = "".join(piece for piece, _, _ in pieces)
    turns = turned or TURNS.search(plain)
    levels = iter(resolve_levels(plain, int(turned)) if turns else ())
    spans: list[Span] = []
    for piece, bold, size in pieces:
        for space, part in _split(piece):
            if not turns:
                made = [Span(part, bold, size)]
            else:
                own = [(letter, next(levels)) for letter in part]
                made = [
                    Span("".join(letter for letter, _ in run), bold, size, level)
                    for level, run in groupby(own, key=lambda pair: pair[1])
                ]
            if not space:
                spans += made
            elif spans and (word := _strip(spans)):
                yield word, made[0]
                spans = []
    if spans and (word := _strip(spans)):
        last = word[-1]
        yield word, Span(" ", last.bold, last.size, int(turned))


def _bind(piece: str) -> str:
    """Keep a bold telephone number on one line."""
    return piece if any(map(str.isalpha, piece)) else piece.strip().replace(" ", NO_BREAK)


def _split(piece: str) -> Iterator[tuple[bool, str]]:
    """Yield spaces and what stands between them, and whether it is a space."""
    for number, part in enumerate(piece.split(" ")):
        if number:
            yield True, " "
        if part:
            yield False, part


def _strip(spans: list[Span]) -> Word:
    """Return a word without the signs that only steer its direction."""
    if not any(span.level for span in spans):
        return tuple(spans)
    kept = ((_CONTROLS.sub("", span.text), span) for span in spans)
    return _merge(Span(text, span.bold, span.size, span.level) for text, span in kept if text)


def _divide(face: Typeface, one: _Weighed, width: float) -> list[_Weighed]:
    """Divide a word that is wider than the column."""
    if one.width <= width:
        return [one]
    parts: list[Word] = []
    current: Word = ()
    for span in one.word:
        for letter in list_letters(span.text):
            longer = (*current, Span(letter, span.bold, span.size, span.level))
            if current and measure_line(face, longer) > width:
                parts.append(current)
                longer = longer[-1:]
            current = longer
    return [_weigh_word(face, _merge(part), one.space) for part in (*parts, current)]


def _merge(spans: Iterable[Span]) -> Word:
    """Put letters of the same weight and direction back together."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and (last.bold, last.size, last.level) == (span.bold, span.size, span.level):
            merged[-1] = Span(last.text + span.text, span.bold, span.size, span.level)
        else:
            merged.append(span)
    return tuple(merged)


def _balance(row: _Row, width: float, count: int) -> list[int]:
    """Return the line ends at the smallest width that needs no further line."""
    narrow = row.longest
    wide = width
    for _ in range(6):
        middle = (narrow + wide) / 2
        if len(row.find_ends(middle)) > count:
            narrow = middle
        else:
            wide = middle
    return row.find_ends(wide)


def _join(words: Sequence[_Weighed]) -> Line:
    """Put the words of a line together with the spaces between them."""
    spans: list[Span] = []
    for one in words:
        spans += one.word
        spans.append(one.space)
    return _merge(spans[:-1])
