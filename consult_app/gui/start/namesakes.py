"""Whether two names may be those of one person, entered twice."""

from __future__ import annotations

from difflib import SequenceMatcher

from consult_app.store.listing import fold

ALIKE = 0.75
"""Share of letters in common from which two names count as a slip of the pen."""


def may_be_same(name: str, other: str) -> bool:
    """Return whether two names of people born on one day may be one person's.

    A name in common is enough (people marry, and write names in either order), and so is a
    spelling that is close. A name that is missing rules nothing out.
    """
    words, others = fold(name).split(), fold(other).split()
    if not words or not others:
        return True
    if any(len(word) > 1 and word in others for word in words):
        return True
    in_order = " ".join(sorted(words)), " ".join(sorted(others))
    return SequenceMatcher(None, *in_order).ratio() >= ALIKE
