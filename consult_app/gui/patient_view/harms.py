"""The part of the patient view that tells of harms: nobody signs before it was read to its end."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.handout.document import Section
from consult_app.wording import t

HARMS = "harms"
"""The section of the sheet."""
UNREAD = t('Please read "{title}" to its end first. It is part {n} of {count}.')
Parts = Sequence[tuple[Section, ...]]


def find_harms(parts: Parts) -> int | None:
    """Return the place of the harms among the parts, from 0; None where there are none."""
    names = (tuple(section.id for section in part) for part in parts)
    return next((at for at, there in enumerate(names) if HARMS in there), None)


def tell_unread(parts: Parts, count: int) -> str:
    """Return which part is still to be read, by its heading and number; empty where none is."""
    at = find_harms(parts)
    if at is None:
        return ""
    (title,) = (section.heading for section in parts[at] if section.id == HARMS)
    return UNREAD.format(title=title, n=at + 1, count=count)
