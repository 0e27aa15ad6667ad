"""The words of the window, and the one place where they are exchanged for those of a language.

English stands in the program where it is shown, inside `t` or `tn`. That marks it for translators
(`resources/translations/gather.py` collects what is marked), and hands it through the catalogue.

A window speaks one language, chosen before its modules are loaded, because many of them make their
words then. The commands and the patient's sheet never come here for a language: commands speak
English, and the sheet has a translator of its own, so that it can differ from the window.
"""

from __future__ import annotations

from typing import Protocol


class Voice(Protocol):
    """Says the window's words in another language."""

    @property
    def mirrored(self) -> bool:
        """Whether its lines run from right to left."""

    def say(self, english: str, context: str) -> str:
        """Return a text in the language; values in braces are still to be put in.

        `context` tells apart two meanings of the same English, and is mostly empty.
        """

    def count(self, one: str, many: str, number: int) -> str:
        """Return the text in the form that `number` takes."""


class _Spoken:
    """What the window of this process speaks; None is English as it stands."""

    voice: Voice | None = None


def speak(voice: Voice | None) -> None:
    """Say every word by `voice` from now on; None for English."""
    _Spoken.voice = voice


def is_mirrored() -> bool:
    """Whether the window runs from right to left."""
    return _Spoken.voice is not None and _Spoken.voice.mirrored


def t(english: str, context: str = "", /, **values: object) -> str:
    """Return a text in the window's language, with its values put in.

    Without values, holes stay as they are for whoever fills them later.
    """
    voice = _Spoken.voice
    words = english if voice is None else voice.say(english, context)
    return words.format(**values) if values else words


def tn(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the text in the form that `number` takes; it is put in as `{n}`."""
    voice = _Spoken.voice
    words = (one if number == 1 else many) if voice is None else voice.count(one, many, number)
    return words.format(n=number, **values)
