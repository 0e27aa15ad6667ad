"""Breaks words into lines that fit a width, with the last line never a lone word.

`**words**` are bold. A line breaks at ordinary spaces only, so a number keeps its unit when a
no-break space stands between them. A word wider than the column is divided rather than cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from consult_app.handout.fonts import Typeface
from consult_app.handout.style import TextStyle

SLACK = 0.01
"""Points a line may be wider than its room, for the rounding of sums."""

BALANCED_LINES = 4
"""Up to how many lines a text is set at the narrowest width with as many lines."""


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one weight and size in a row."""

    text: str
    bold: bool
    size: float


NO_BREAK = "\u00a0"

Word = tuple[Span, ...]
Line = tuple[Span, ...]


_Weighed = tuple[tuple[Word, float, float], ...]
"""Words with their widths, and those of the spaces after them, in points."""


class Lines(Sequence[Line]):
    """The lines of a text: how many is known at once, what stands on each when it is painted.

    A sheet is laid out many times until it fits, and painted once.
    """

    def __init__(self, words: _Weighed, room: float) -> None:
        self._words = words
        self._room = room
        self._count = _count(words, room)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        return self._lines[place]

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        lines = _fill(self._words, self._room)
        lonely = len(lines) > 1 and len(lines[-1]) == 1
        if lonely or 1 < len(lines) <= BALANCED_LINES:
            lines = _balance(self._words, self._room, len(lines))
        return tuple(_join(line) for line in lines)


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
    return sum(face.measure(span.text, span.size, bold=span.bold) for span in line)


def measure_text(face: Typeface, text: str, style: TextStyle) -> tuple[float, float]:
    """Return the width of the longest word and of the whole text on one line."""
    words = _weigh(face, text, style)
    longest = max((width for _, width, _ in words), default=0.0)
    whole = sum(width for _, width, _ in words) + sum(space for *_, space in words[:-1])
    return longest, whole


def _break(face: Typeface, text: str, room: float, style: TextStyle) -> Lines:
    words = _weigh(face, text, style)
    if any(width > room for _, width, _ in words):
        parts = [part for word, *_ in words for part in _divide(face, word, room)]
        words = tuple(_weigh_word(face, part) for part in parts)
    return Lines(words, room)


def _weigh(face: Typeface, text: str, style: TextStyle) -> _Weighed:
    """Return the words of a text with their widths."""
    key = (text, style.size, style.strong_size, style.bold)
    known: _Weighed | None = face.memory.get(key)
    if known is None:
        words = _read(text, style)
        known = face.memory[key] = tuple(_weigh_word(face, word) for word in words)
    return known


def _weigh_word(face: Typeface, word: Word) -> tuple[Word, float, float]:
    """Return a word with its width and that of a space after it, which is of its last weight."""
    last = word[-1]
    return word, measure_line(face, word), face.measure(" ", last.size, bold=last.bold)


def _read(text: str, style: TextStyle) -> list[Word]:
    """Split into words; a word may change weight inside, as in `**7** days.`."""
    words: list[list[Span]] = []
    glued = False
    for number, piece in enumerate(text.split("**")):
        strong = number % 2 == 1
        size = (style.strong_size or style.size) if strong else style.size
        parts = (_bind(piece) if strong else piece).replace("\n", " ").split(" ")
        for place, part in enumerate(parts):
            glued = glued and place == 0
            if not part:
                continue
            span = Span(part, style.bold or strong, size)
            if glued and words:
                words[-1].append(span)
            else:
                words.append([span])
        glued = bool(parts[-1]) or (glued and len(parts) == 1)
    return [tuple(word) for word in words]


def _bind(piece: str) -> str:
    """Keep a bold telephone number on one line."""
    return piece if any(map(str.isalpha, piece)) else piece.strip().replace(" ", NO_BREAK)


def _divide(face: Typeface, word: Word, width: float) -> list[Word]:
    """Divide a word that is wider than the column."""
    if measure_line(face, word) <= width:
        return [word]
    parts: list[Word] = []
    current: Word = ()
    for span in word:
        for letter in span.text:
            longer = (*current, Span(letter, span.bold, span.size))
            if current and measure_line(face, longer) > width:
                parts.append(current)
                longer = longer[-1:]
            current = longer
    return [_merge(part) for part in (*parts, current)]


def _merge(word: Word) -> Word:
    """Put letters of the same weight back together."""
    merged: list[Span] = []
    for span in word:
        if merged and (merged[-1].bold, merged[-1].size) == (span.bold, span.size):
            merged[-1] = Span(merged[-1].text + span.text, span.bold, span.size)
        else:
            merged.append(span)
    return tuple(merged)


def _fill(words: _Weighed, width: float) -> list[list[Word]]:
    """Fill each line as far as it goes."""
    lines: list[list[Word]] = []
    room = gap = 0.0
    for word, needed, space in words:
        if lines and needed + gap <= room + SLACK:
            lines[-1].append(word)
            room -= needed + gap
        else:
            lines.append([word])
            room = width - needed
        gap = space
    return lines


def _count(words: _Weighed, width: float) -> int:
    """Return how many lines `_fill` would make."""
    count = 0
    room = gap = 0.0
    for _, needed, space in words:
        if count and needed + gap <= room + SLACK:
            room -= needed + gap
        else:
            count += 1
            room = width - needed
        gap = space
    return count


def _balance(words: _Weighed, width: float, count: int) -> list[list[Word]]:
    """Set at the smallest width that needs no further line."""
    narrow = max(needed for _, needed, _ in words)
    wide = width
    for _ in range(6):
        middle = (narrow + wide) / 2
        if _count(words, middle) > count:
            narrow = middle
        else:
            wide = middle
    return _fill(words, wide)


def _join(words: list[Word]) -> Line:
    """Put the words of a line together with the spaces between them."""
    spans: list[Span] = []
    for place, word in enumerate(words):
        for number, span in enumerate(word):
            lead = " " if place and not number else ""
            same = spans and (spans[-1].bold, spans[-1].size) == (span.bold, span.size)
            if same:
                spans[-1] = Span(spans[-1].text + lead + span.text, span.bold, span.size)
                continue
            if lead and spans:
                spans[-1] = Span(spans[-1].text + lead, spans[-1].bold, spans[-1].size)
            spans.append(span)
    return tuple(spans)
