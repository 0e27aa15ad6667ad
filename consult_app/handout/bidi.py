"""Which way each letter runs where scripts of both directions meet (Unicode annex 9).

The whole algorithm: embeddings, overrides, isolates, weak and neutral letters, and brackets. Of
brackets it knows the round, square, curly and angled ones; any other is a sign like others. The
libraries that do this are either under the LGPL or bring forty megabytes along.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from unicodedata import bidirectional

from consult_app.handout.bidi_nesting import EMBEDS, STARTS, Nesting
from consult_app.values import dataclass

MOST_BRACKETS = 63
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that only steer the direction; they are never painted."""
TURNS = re.compile(
    f"[{CONTROLS}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""What a text has when it does not simply run from left to right."""
BRACKETS = {"(": ")", "[": "]", "{": "}", "\u2329": "\u3009", "\u3008": "\u3009"}
CLOSING = {")": ")", "]": "]", "}": "}", "\u232a": "\u3009", "\u3009": "\u3009"}

_REMOVED = {"BN", "PDF", *EMBEDS}
_NEUTRAL = {"B", "S", "WS", "ON", "PDI", *STARTS}
_AT_LINE_END = {"WS", "PDI", *STARTS, *_REMOVED}
_RISE = {("L", 1): 1, ("EN", 1): 1, ("AN", 1): 1, ("R", 0): 1, ("EN", 0): 2, ("AN", 0): 2}
"""How much a letter lies above the level around it, odd or even (rules I1 and I2)."""


@lru_cache(maxsize=4096)
def _classify(letter: str) -> str:
    return bidirectional(letter) or "L"


def resolve_levels(text: str, base: int) -> list[int]:
    """Return the level of every letter of a paragraph: odd ones run from right to left.

    Args:
        text: The paragraph, without line breaks.
        base: 1 where the paragraph itself runs from right to left, otherwise 0.
    """
    nesting = Nesting([_classify(letter) for letter in text], base)
    nesting.walk()
    classes, levels = nesting.classes, nesting.levels
    kept = [place for place, kind in enumerate(nesting.origin) if kind not in _REMOVED]
    for sequence in _find_sequences(nesting, kept, base):
        _resolve_sequence(sequence, text, classes)
        for place in sequence.places:
            levels[place] += _RISE.get((classes[place], levels[place] % 2), 0)
    before = base
    for place, kind in enumerate(nesting.origin):
        if kind in _REMOVED:
            levels[place] = before
        before = levels[place]
    return levels


def settle_line_end(text: str, levels: list[int], base: int) -> list[int]:
    """Return the levels of one line: spaces at its end run as the paragraph does (rule L1)."""
    settled = list(levels)
    for place in reversed(range(len(text))):
        if _classify(text[place]) not in _AT_LINE_END:
            break
        settled[place] = base
    for place, letter in enumerate(text):
        if _classify(letter) in {"S", "B"}:
            settled[place] = base
            settled[:place] = settle_line_end(text[:place], settled[:place], base)
    return settled


def order(levels: list[int]) -> list[int]:
    """Return the places of a line's parts from left to right (rule L2)."""
    places = list(range(len(levels)))
    if not any(levels):
        return places
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=0) - 1, -1) if odd else ():
        start = 0
        while start < len(places):
            end = start
            while end < len(places) and levels[places[end]] >= level:
                end += 1
            places[start:end] = reversed(places[start:end])
            start = max(end, start + 1)
    return places


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Letters that are resolved together (rule X10).

    Attributes:
        places: Where they stand.
        level: Theirs.
        start, end: What stands at either side, `L` or `R`.
    """

    places: list[int]
    level: int
    start: str
    end: str

    @property
    def direction(self) -> str:
        """`L` or `R`."""
        return "R" if self.level % 2 else "L"


def _find_sequences(nesting: Nesting, kept: list[int], base: int) -> list[_Sequence]:
    levels, origin = nesting.levels, nesting.origin
    runs: list[list[int]] = []
    for place in kept:
        if runs and levels[runs[-1][-1]] == levels[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    starts = {run[0]: run for run in runs}
    closers = set(nesting.ends.values())
    position = {place: number for number, place in enumerate(kept)}
    sequences = []
    for run in runs:
        if origin[run[0]] == "PDI" and run[0] in closers:
            continue
        whole = list(run)
        while (end := nesting.ends.get(whole[-1])) is not None and end in starts:
            whole += starts[end]
        level = levels[whole[0]]
        first, last = position[whole[0]], position[whole[-1]]
        before = levels[kept[first - 1]] if first else base
        goes_on = last + 1 < len(kept) and origin[whole[-1]] not in STARTS
        after = levels[kept[last + 1]] if goes_on else base
        sides = ["R" if max(level, other) % 2 else "L" for other in (before, after)]
        sequences.append(_Sequence(whole, level, sides[0], sides[1]))
    return sequences


def _resolve_sequence(sequence: _Sequence, text: str, classes: list[str]) -> None:
    kinds = [classes[place] for place in sequence.places]
    _resolve_weak(kinds, sequence)
    _resolve_brackets(kinds, sequence, text)
    _resolve_neutral(kinds, sequence)
    for place, kind in zip(sequence.places, kinds, strict=True):
        classes[place] = kind


def _resolve_weak(kinds: list[str], sequence: _Sequence) -> None:
    """Rules W1 to W7: marks, numbers and the signs between numbers."""
    _settle_marks(kinds, sequence)
    _join_separators(kinds)
    _join_terminators(kinds)
    strong = sequence.start
    for place, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in {"ES", "ET", "CS"}:
            kinds[place] = "ON"


def _settle_marks(kinds: list[str], sequence: _Sequence) -> None:
    """Rules W1 to W3: a mark is as the letter it sits on, a number as the letters before it."""
    before, strong = sequence.start, sequence.start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = "ON" if before in STARTS | {"PDI"} else before
        before = kinds[place]
        if before in {"L", "R", "AL"}:
            strong = before
        elif before == "EN" and strong == "AL":
            kinds[place] = before = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _join_separators(kinds: list[str]) -> None:
    """Rule W4: a sign such as a comma between two numbers belongs to them."""
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        joins = (kind == "ES" and left == "EN") or (kind == "CS" and left in {"EN", "AN"})
        if joins and left == right:
            kinds[place] = left


def _join_terminators(kinds: list[str]) -> None:
    """Rule W5: signs such as % and € belong to the number beside them."""
    for places in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        for before, place in pairwise(places):
            if kinds[place] == "ET" and kinds[before] == "EN":
                kinds[place] = "EN"


def _side(kind: str) -> str:
    """Return the direction of a class for its neighbours; numbers count as `R`."""
    return "R" if kind in {"R", "EN", "AN"} else kind if kind == "L" else ""


def _resolve_brackets(kinds: list[str], sequence: _Sequence, text: str) -> None:
    """Rule N0: both brackets of a pair run as what stands between them."""
    for first, last in _pair_brackets(kinds, sequence, text):
        inside = {_side(kind) for kind in kinds[first + 1 : last]} - {""}
        if not inside:
            continue
        chosen = sequence.direction
        if chosen not in inside:
            sides = (_side(kind) for kind in reversed(kinds[:first]))
            before = next((side for side in sides if side), sequence.start)
            chosen = before if before in inside else chosen
        for place in (first, last):
            kinds[place] = chosen
            for later in range(place + 1, len(kinds)):
                if _classify(text[sequence.places[later]]) != "NSM":
                    break
                kinds[later] = chosen


def _pair_brackets(kinds: list[str], sequence: _Sequence, text: str) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, kind in enumerate(kinds):
        letter = text[sequence.places[place]]
        if kind != "ON":
            continue
        if letter in BRACKETS:
            if len(waiting) == MOST_BRACKETS:
                return []
            waiting.append((BRACKETS[letter], place))
        elif letter in CLOSING:
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == CLOSING[letter]:
                    pairs.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], sequence: _Sequence) -> None:
    """Rules N1 and N2: what has no direction takes that of its neighbours, or of the level."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > start:
            left = _side(kinds[start - 1]) if start else sequence.start
            right = _side(kinds[end]) if end < len(kinds) else sequence.end
            chosen = left if left == right else sequence.direction
            kinds[start:end] = [chosen] * (end - start)
        start = end + 1
