"""How long a passphrase would hold against somebody who copied the records."""

from __future__ import annotations

from dataclasses import dataclass

GUESSES_PER_SECOND = 10_000
"""What a room of graphics cards may try, each guess costing what `passphrase.USUAL` asks for."""

WEAK_BELOW, STRONG_FROM = 30 * 86_400, 100 * 365 * 86_400
"""Seconds: what falls within a month is weak, what holds for a hundred years is strong."""

_READ = 72  # characters; the work grows with the square of the length
_UNITS = (
    ("seconds", 60),
    ("minutes", 60),
    ("hours", 24),
    ("days", 30),
    ("months", 12),
    ("years", 100),
    ("centuries", 10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What a passphrase is worth.

    Attributes:
        level: In one word.
        seconds: How long it holds on average against `GUESSES_PER_SECOND`.
    """

    level: str
    seconds: float

    @property
    def span(self) -> str:
        """The time it holds, in words."""
        if self.seconds < 1:
            return "less than a second"
        left = self.seconds
        for unit, size in _UNITS:
            if left < size:
                return _count(left, unit)
            left /= size
        return "thousands of years"


def judge_passphrase(passphrase: str) -> Strength:
    """Return how well a passphrase holds, by the words, names, dates and patterns in it.

    The estimate is that of zxcvbn (Wheeler, USENIX Security 2016). Its words are English; those of
    other languages count for more than they are worth.
    """
    # Its lists of words take a moment to load, and only choosing a passphrase needs them.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    if not passphrase:
        return Strength(level="weak", seconds=0)
    guesses = float(zxcvbn(passphrase[:_READ])["guesses"])
    seconds = guesses / GUESSES_PER_SECOND / 2
    level = "weak" if seconds < WEAK_BELOW else "strong" if seconds >= STRONG_FROM else "fair"
    return Strength(level=level, seconds=seconds)


def _count(number: float, unit: str) -> str:
    whole = max(1, round(number))
    single = {"centuries": "century"}.get(unit, unit[:-1])
    return f"about {whole} {single if whole == 1 else unit}"
