"""A line of the audit: who acted, what it tells, and the end of the chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, told by codes and never by a name.

    Attributes:
        who: Code of the practitioner; empty when nobody has said.
        role: Code of the role.
        workstation: Code of the computer.
    """

    who: str = ""
    role: str = ""
    workstation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the audit.

    Attributes:
        n: Its number, from 1 without gaps.
        at: When, in UTC.
        who: Code of the practitioner.
        role: Code of the role.
        workstation: Code of the computer.
        action: What was done, such as `consultation.signed`.
        ids: Of the records it was done to.
        before: Keyed digest of the record before, `damaged`, or empty when there was none.
        after: Keyed digest of the record after.
        reason: Why, where a reason is asked for.
        previous: Hash of the entry before.
        hash: SHA-256 over all other fields.
    """

    n: int
    at: datetime
    who: str
    role: str
    workstation: str
    action: str
    ids: tuple[str, ...]
    before: str
    after: str
    reason: str = field(repr=False)
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The end of the audit at one moment, to be kept elsewhere."""

    n: int
    hash: str
