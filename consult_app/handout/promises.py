"""What must never stand on the sheet (planning reference 5.9), whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping

GROUP = "never."
_DOSE = re.compile(r"\d[\d.,]*\s*(?:mg|mcg|\u00b5g|microgram|milligram|ml|g|iu)s?\b", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w']+")


def find_forbidden(sources: Mapping[str, str], text: str) -> tuple[str, ...]:
    """Return the phrases in a text that promise too much, and doses of medicines.

    Capitals, hyphens and spaces make no difference.

    Args:
        sources: English texts by id; those of the group `never` are looked for.
        text: What somebody wrote.
    """
    words = f" {_fold(text)} "
    phrases = [phrase for key, phrase in sources.items() if key.startswith(GROUP)]
    found = [phrase for phrase in phrases if f" {_fold(phrase)} " in words]
    return (*found, *(dose.group() for dose in _DOSE.finditer(text)))


def _fold(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()
