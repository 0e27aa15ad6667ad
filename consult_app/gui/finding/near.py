"""What comes close to a word that was mistyped, among the words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

SHORTEST = 4
"""Letters from which a word can be mistyped; a shorter one is close to too much."""
CLOSE = 0.75
MOST = 3
_WORD = re.compile(r"\w+")


class Words:
    """The words of some texts, by their first letter.

    Args:
        texts: The texts, without capitals.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(texts)
        self._by_letter: dict[str, set[str]] = {}
        for word in _WORD.findall(self._text):
            self._by_letter.setdefault(word[0], set()).add(word)

    def correct(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return for each word what it may have meant, closest first; nothing where one has none.

        A word is compared with as much of the others as was typed, as it may not be at its end.
        """
        meant = tuple(
            (word,) if word in self._text else self._find_close(word) for word in text.split()
        )
        return meant if all(meant) else ()

    def _find_close(self, word: str) -> tuple[str, ...]:
        """Return what comes close to a word, of all that begin like it or with its letters turned.

        Hardly anybody mistypes the first letter, and to compare with all would take too long.
        """
        if len(word) < SHORTEST:
            return ()
        alike = self._by_letter.get(word[0], set())
        turned = {it for it in self._by_letter.get(word[1], ()) if it[:2] == word[1::-1]}
        heads = {it[: len(word) + 1] for it in alike | turned if len(it) >= len(word) - 1}
        return tuple(get_close_matches(word, sorted(heads), MOST, CLOSE))


def fit(meant: tuple[tuple[str, ...], ...], text: str) -> str:
    """Return what was meant in the words that a text has; empty where it lacks one."""
    chosen = [next((it for it in words if it in text), "") for words in meant]
    return " ".join(chosen) if all(chosen) else ""
