"""Who a patient is, where two places say it otherwise.

The record that was saved later counts, ours or not, and what it leaves open is filled from the
other: each of the two may have been changed in a part of its own. Of two dates of birth ours stays
where it makes the patient younger, because only that can keep somebody from being treated. What
differs is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from consult_app.store.interface import Document

BORN = "date_of_birth"
_TOLD = ("name", BORN, "sex", "record_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What two records of a patient say otherwise.

    Attributes:
        id: The patient's id.
        name: What the patient is called here.
        part: Which part of the record.
        ours: What it says here.
        theirs: What it says in what comes in.
        stays: Whether ours stays.
    """

    id: str
    name: str = field(repr=False)
    part: str
    ours: str = field(repr=False)
    theirs: str = field(repr=False)
    stays: bool


def merge(ours: Document, theirs: Document, *, later: bool) -> Document:
    """Return a patient's record as both know it.

    Args:
        ours: The record here.
        theirs: The one that comes in.
        later: It was saved later, so it counts.
    """
    counting, other = (theirs, ours) if later else (ours, theirs)
    filled = _fill(counting, other)
    if later and _is_younger(ours, theirs):
        filled[BORN] = ours[BORN]
    return filled


def _fill(counting: Document, other: Document) -> dict[str, object]:
    """Return a record with what it leaves open from another, the needs one by one."""
    filled = dict(other)
    for name, value in counting.items():
        known = other.get(name)
        if isinstance(value, Mapping) and isinstance(known, Mapping):
            filled[name] = _fill(value, known)
        else:
            filled[name] = value or known
    return filled


def list_otherwise(ours: Document, theirs: Document, *, taken: bool) -> Iterator[Otherwise]:
    """Yield what both records say, and otherwise.

    Args:
        ours: The record here.
        theirs: The one that comes in.
        taken: It was saved later; else ours stays, and of that only a date of birth is told.
    """
    for part in _TOLD if taken else (BORN,):
        here, there = ours[part], theirs[part]
        if here and there and here != there:
            stays = not taken or (part == BORN and _is_younger(ours, theirs))
            yield Otherwise(
                id=str(ours["id"]),
                name=str(ours["name"]),
                part=part,
                ours=str(here),
                theirs=str(there),
                stays=stays,
            )


def _is_younger(ours: Document, theirs: Document) -> bool:
    return str(ours[BORN] or "") > str(theirs[BORN] or "")
