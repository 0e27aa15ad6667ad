"""Names found in what somebody wrote, however it is spelt."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_BRITISH = re.compile(r"[ao]e(?=\w\w)")
_LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "'": None, "\N{RIGHT SINGLE QUOTATION MARK}": None}
)


def find_name(name: str, written: str) -> bool:
    """Return whether a name stands in words that `fold` returned.

    It is looked for word by word, in one word, in two or with a hyphen, in singular and plural. A
    name that begins with a hyphen is the end of a word, as *-caine* is of lidocaine.
    """
    return _make_pattern(name).search(written) is not None


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
