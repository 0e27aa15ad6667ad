"""Breaks words into lines that fit a width, with the last line never a lone word.

A line breaks where words are parted (see `row`). A word wider than the column is divided rather
than cut off, after one of its signs where it has some, and read in one piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import overload

from consult_app.handout.fonts import Typeface, list_letters
from consult_app.handout.row import (
    UNPARTED,
    Line,
    Row,
    Span,
    Weighed,
    Word,
    measure_line,
    merge_spans,
    weigh,
    weigh_word,
)
from consult_app.handout.style import TextStyle

BALANCED_LINES = 4
"""Up to how many lines a text is set at the narrowest width with as many lines."""

SIGNS = frozenset("/.-?&=@_")
"""After these a long address or name is divided, where one stands in the line."""


class Lines(Sequence[Line]):
    """The lines of a text: how many is known at once, what stands on each when it is painted.

    A sheet is laid out many times until it fits, and painted once.
    """

    def __init__(self, row: Row, room: float) -> None:
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


def measure_text(face: Typeface, text: str, style: TextStyle) -> tuple[float, float]:
    """Return the width of the longest word and of the whole text on one line."""
    row = weigh(face, text, style)
    return row.longest, row.ends[-1] if row.words else 0.0


def _break(face: Typeface, text: str, room: float, style: TextStyle) -> Lines:
    row = weigh(face, text, style)
    if row.longest > room:
        row = Row([part for one in row.words for part in _divide(face, one, room)])
    return Lines(row, room)


def _divide(face: Typeface, one: Weighed, width: float) -> list[Weighed]:
    """Divide a word that is wider than the column; each part is weighed as it will be painted.

    Letters beside each other are nearer or further apart than each by itself, and may join.
    """
    if one.width <= width:
        return [one]
    letters = [
        Span(letter, span.bold, span.size, span.level)
        for span in one.word
        for letter in list_letters(span.text)
    ]
    words: list[Word] = []
    while (most := _count_fitting(face, letters, width)) < len(letters):
        place = _find_place(letters[:most])
        words.append((*merge_spans(letters[:place]), UNPARTED))
        letters = letters[place:]
    return [weigh_word(face, word, one.space) for word in (*words, merge_spans(letters))]


def _count_fitting(face: Typeface, letters: Sequence[Span], width: float) -> int:
    """Return how many of the letters fit the width together; one always stands on its line."""

    def weigh_first(count: int) -> float:
        return measure_line(face, merge_spans(letters[:count]))

    return bisect_right(range(2, len(letters) + 1), width, key=weigh_first) + 1


def _find_place(letters: Sequence[Span]) -> int:
    """Return after how many letters a word is divided."""
    places = [place for place, span in enumerate(letters, start=1) if span.text in SIGNS]
    return places[-1] if places else len(letters)


def _balance(row: Row, width: float, count: int) -> list[int]:
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


def _join(words: Sequence[Weighed]) -> Line:
    """Put the words of a line together with the spaces between them."""
    space = words[0].space
    alike = all(one.space is space and len(one.word) == 1 for one in words)
    if alike and all(one.word[0][1:] == space[1:] for one in words):
        return (space._replace(text=" ".join([one.word[0].text for one in words])),)
    spans: list[Span] = []
    for one in words:
        spans += one.word
        spans.append(one.space)
    return merge_spans(spans[:-1])
