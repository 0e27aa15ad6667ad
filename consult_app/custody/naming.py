"""Whether words that outlive a patient say who that was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consult_app.store.listing import fold, squeeze

_SHORTEST = 3
"""Letters of a part of a name at least: two of them are in too many words."""
_PIECE = re.compile(r"[^\W_]+")


def tells(text: str, names: Iterable[str]) -> bool:
    """Return whether a text says one of these names or numbers, or a part of one.

    Capitals, accents and what stands between letters make no difference, nor does *Berger's*.
    """
    words = {form for word in _list_words(text) for form in (word, word.removesuffix("s"))}
    whole = squeeze(fold(text))
    return any(_is_told(name, words, whole) for name in names)


def _is_told(name: str, words: set[str], whole: str) -> bool:
    if any(len(part) >= _SHORTEST and part in words for part in _list_words(name)):
        return True
    squeezed, folded = squeeze(fold(name)), fold(name)
    # A short name is told by all of it, and one of a script that leaves no space by its letters.
    spaceless = squeezed.isalpha() and squeezed.lower() == squeezed.upper()
    return (" " in folded or spaceless) and bool(squeezed) and squeezed in whole


def _list_words(text: str) -> Iterator[str]:
    """Yield every word as it is written together, and what stands between its signs."""
    for word in fold(text).split():
        yield squeeze(word)
        yield from _PIECE.findall(word)
