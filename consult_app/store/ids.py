"""Ids that say nothing about the patient and sort by the time they were made (UUID version 7)."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present moment, with its time zone."""


def make_id(at: datetime) -> str:
    """Return a new id for something made at this moment (RFC 9562, version 7).

    Args:
        at: A moment with a time zone; the id carries it to the millisecond.
    """
    milliseconds = int(at.timestamp() * 1000)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
