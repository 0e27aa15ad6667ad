"""The words of a text in a row, each with how wide it is.

`**words**` are bold. Words are parted by ordinary spaces only, so a number keeps its unit when a
no-break space stands between them. They are kept in the order in which they are read; every part
knows which way it runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from math import fsum
from typing import NamedTuple

from consult_app.handout.bidi import CONTROLS, TURNS, resolve_levels
from consult_app.handout.fonts import Typeface
from consult_app.handout.style import TextStyle

SLACK = 0.01
"""Points a line may be wider than its room, for the rounding of sums."""


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


UNPARTED = Span("", bold=False, size=0.0)
"""Ends a part of a divided word: no space is read before the rest of it."""

NO_BREAK = "\u00a0"
_UNPAINTED = dict.fromkeys(map(ord, CONTROLS))

Word = tuple[Span, ...]
Line = tuple[Span, ...]


class Weighed(NamedTuple):
    """A word and the space after it, with their widths in points."""

    word: Word
    space: Span
    width: float
    gap: float


class Row:
    """The words of a text on one line without an end.

    Attributes:
        words: In order.
        longest: Width of the widest.
        starts, ends: Where each begins and ends, in points from the beginning.
    """

    __slots__ = ("ends", "longest", "starts", "words")

    def __init__(self, words: Sequence[Weighed]) -> None:
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


def measure_line(face: Typeface, line: Line) -> float:
    """Return the width of a line in points."""
    return fsum([measure_span(face, span) for span in line])


def measure_span(face: Typeface, span: Span) -> float:
    """Return the width of a part of a line in points."""
    return face.measure(span.text, span.size, bold=span.bold, turned=span.level % 2 == 1)


def weigh(face: Typeface, text: str, style: TextStyle) -> Row:
    """Return the words of a text with their widths."""
    key = (text, style.size, style.strong_size, style.bold)
    known: Row | None = face.memory.get(key)
    if known is None:
        if face.script.right_to_left or TURNS.search(text):
            known = Row([weigh_word(face, *read) for read in _read(face, text, style)])
        else:
            known = Row(_read_plain(face, text, style))
        face.memory[key] = known
    return known


def weigh_word(face: Typeface, word: Word, space: Span) -> Weighed:
    """Return a word of several parts, and the space after it, with their widths."""
    return Weighed(word, space, measure_line(face, word), measure_span(face, space))


class _Words(dict[str, Weighed]):
    """The words of one size and weight, each weighed when it is first asked for.

    Most words stand on a sheet several times.
    """

    def __init__(self, face: Typeface, size: float, *, bold: bool) -> None:
        super().__init__()
        self._face = face
        self.size = size
        self.bold = bold
        self.space = Span(" ", bold, size)
        self._gap = measure_span(face, self.space)

    def __missing__(self, word: str) -> Weighed:
        width = self._face.measure(word, self.size, bold=self.bold)
        span = Span(word, self.bold, self.size)
        made = self[word] = Weighed((span,), self.space, width, self._gap)
        return made


def _find_words(face: Typeface, size: float, *, bold: bool) -> _Words:
    known: _Words | None = face.memory.get((size, bold))
    if known is None:
        known = face.memory[size, bold] = _Words(face, size, bold=bold)
    return known


def _read_plain(face: Typeface, text: str, style: TextStyle) -> list[Weighed]:
    """Return the words of a text that runs in one direction.

    A word may change weight inside, as in `**7** days.` The space after it is of the weight in
    which it stands.
    """
    read: list[Weighed] = []
    parts: list[tuple[str, _Words]] = []
    for number, piece in enumerate(text.replace("\n", " ").split("**")):
        strong = number % 2 == 1
        size = (style.strong_size or style.size) if strong else style.size
        words = _find_words(face, size, bold=strong or style.bold)
        first, *others = (_bind(piece) if strong else piece).split(" ")
        face.learn((first, *others), bold=words.bold)
        if first:
            parts.append((first, words))
        for other in others:
            if parts:
                read.append(_glue(face, parts, words))
            parts = [(other, words)] if other else []
    if parts:
        read.append(_glue(face, parts, parts[-1][1]))
    return read


def _glue(face: Typeface, parts: list[tuple[str, _Words]], after: _Words) -> Weighed:
    """Return a word of one or several weights with the space after it."""
    if len(parts) == 1 and parts[0][1] is after:
        return after[parts[0][0]]
    word = tuple(Span(text, words.bold, words.size) for text, words in parts)
    return weigh_word(face, word, after.space)


def _read(face: Typeface, text: str, style: TextStyle) -> Iterator[tuple[Word, Span]]:
    """Yield the words of a text that turns, each with the space after it."""
    turned = face.script.right_to_left
    parts = text.replace("\n", " ").split("**")
    pieces = [
        (_bind(part), True, style.strong_size or style.size)
        if number % 2
        else (part, style.bold, style.size)
        for number, part in enumerate(parts)
    ]
    levels = iter(resolve_levels("".join(piece for piece, _, _ in pieces), int(turned)))
    spans: list[Span] = []
    for piece, bold, size in pieces:
        for space, part in _split(piece):
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
    kept = ((span.text.translate(_UNPAINTED), span) for span in spans)
    return merge_spans(Span(text, span.bold, span.size, span.level) for text, span in kept if text)


def merge_spans(spans: Iterable[Span]) -> Word:
    """Put letters of the same weight and direction back together."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and (last.bold, last.size, last.level) == (span.bold, span.size, span.level):
            merged[-1] = Span(last.text + span.text, span.bold, span.size, span.level)
        else:
            merged.append(span)
    return tuple(merged)
