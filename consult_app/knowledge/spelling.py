"""Names found in what somebody wrote, however it is spelt."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_WORDS = re.compile(r"\w+")
_BRITISH = re.compile(r"[ao]e(?=\w\w)")
_LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "'": None, "\N{RIGHT SINGLE QUOTATION MARK}": None}
)


SHORTEST, LONG = 5, 9
"""Letters of a name from which one slip of the fingers, and two, leave it known."""


def find_name(name: str, written: str) -> bool:
    """Return whether a name stands in words that `fold` returned.

    It is looked for word by word, in one word, in two or with a hyphen, in singular and plural. A
    name that begins with a hyphen is the end of a word, as *-caine* is of lidocaine.
    """
    return _make_pattern(name).search(written) is not None


def comes_close(name: str, written: str) -> bool:
    """Return whether a word of what `fold` returned is a name with a slip of the fingers in it.

    A slip is a letter too many, too few or another one, or two letters turned. Hardly anybody
    mistypes the first letter. A name of several words, and one that ends words, is no such name.
    """
    word, slips = _measure(name)
    return slips > 0 and any(
        abs(len(other) - len(word)) <= slips
        and other[0] in word[:2]
        and 0 < _count_slips(word, other) <= slips
        for other in _WORDS.findall(written)
    )


@lru_cache(maxsize=2048)
def _measure(name: str) -> tuple[str, int]:
    """Return a name as one word, and with how many slips it is still known."""
    word = _join(name)
    if name.startswith("-") or " " in name or len(word) < SHORTEST:
        return word, 0
    return word, 1 if len(word) < LONG else 2


def _join(name: str) -> str:
    return "".join(_WORDS.findall(fold(name)))


def _count_slips(word: str, other: str) -> int:
    """Return how many slips lead from one word to another."""
    before: list[int] = []
    last: list[int]
    row: list[int] = [*range(len(other) + 1)]
    for at, letter in enumerate(word, 1):
        last, before, row = before, row, [at]
        for to, typed in enumerate(other, 1):
            fewest = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != typed))
            if at > 1 and to > 1 and (letter, word[at - 2]) == (other[to - 2], typed):
                fewest = min(fewest, last[to - 2] + 1)
            row.append(fewest)
    return row[-1]


def fold(text: str) -> str:
    """Return a text without capitals, accents and what only British spelling writes."""
    plain = normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(it for it in plain if not combining(it))
    return _BRITISH.sub("e", bare).replace("ph", "f")


@lru_cache(maxsize=2048)
def _make_pattern(name: str) -> re.Pattern[str]:
    begin = r"\w" if name.startswith("-") else r"\b"
    words = re.findall(r"\w+", fold(name))
    return re.compile(begin + r"\W*".join(map(_bend, words)) + r"\b")


def _bend(word: str) -> str:
    """Return a word in singular and plural."""
    if word.endswith("y"):
        return re.escape(word[:-1]) + "(?:y|ies)"
    return re.escape(word) + "(?:e?s)?"
