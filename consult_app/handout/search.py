"""Finding the first of several tries that fits, beginning where it is expected."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable


def find_first(fits: Callable[[int], bool], low: int, high: int, start: int) -> int:
    """Return the first number from `low` on that fits, or `high` where none before it does.

    What comes after one that fits, fits as well. A try can take as long as drawing the sheet, so
    the search walks away from `start` in steps that grow, and halves what the last step passed.

    Args:
        fits: Tells of a number whether it does.
        low: The first number in question.
        high: The end of the numbers in question.
        start: Where it is tried first.
    """
    start = max(min(start, high - 1), low)
    step = 1
    if low < high and fits(start):
        high = start
        while low < high:
            tried = max(high - step, low)
            if not fits(tried):
                low = tried + 1
                break
            high, step = tried, start - tried
    elif low < high:
        low = start + 1
        while low < high:
            tried = min(low + step - 1, high - 1)
            if fits(tried):
                high = tried
                break
            low, step = tried + 1, tried - start
    return bisect_left(range(high), True, low, high, key=fits)
