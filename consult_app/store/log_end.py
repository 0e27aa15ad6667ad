"""How SQLite's log ended when records were not closed: with all that was saved, or with less.

SQLite takes the log in up to the first page in it that is not what was written, and drops the rest
without a word. That is right for a save that was under way when the power went. A page that was
damaged later takes every save after it along, and somebody has to be told.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from consult_app.store.faults import StoreError
from consult_app.wording import t

_HEADER, _FRAME = 32, 24
_SALT = slice(16, 24)
"""Where the header of a log has the mark that all its own frames carry; older ones differ."""

Frame = tuple[bytes, bool]
"""The mark that a frame carries, and whether it ends a save."""


class LogEnd(StrEnum):
    """What became of the end of a log."""

    WHOLE = "whole"
    UNFINISHED = "unfinished"
    """A save is in it that was never finished, or the end of it is lost: they look alike."""
    DAMAGED = "damaged"
    """Saves are in it that were finished and can no longer be read."""

    GONE = "gone"
    """It is not there any more, and held saves that were finished; see `log_mark`."""


def look_at_end(connection: sqlite3.Connection, log: Path) -> LogEnd:
    """Return how a log ended that SQLite has taken in, before anything more is written."""
    size = int(connection.execute("PRAGMA page_size").fetchone()[0])
    taken = int(connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
    with log.open("rb") as file:
        header = file.read(_HEADER)
        left = list(_read_frames(file, size, max(taken, 0)))
    # Under a damaged header nothing was taken in, so the first frame tells the mark.
    mark = header[_SALT] if _is_sound(header) else left[0][0] if left else b""
    ends = [ends for own, ends in left if own == mark]
    if not ends:
        return LogEnd.WHOLE
    # A save begins only when the one before it is on the disk.
    return LogEnd.DAMAGED if any(ends[:-1]) else LogEnd.UNFINISHED


def describe_log_end(end: LogEnd) -> StoreError | None:
    """Return what to tell about a log; None when all of it was taken in."""
    if end is LogEnd.WHOLE:
        return None
    if end is LogEnd.GONE:
        return StoreError(
            t("The file with what was saved last was taken away after the program had ended."),
            t(
                "These records are of a moment before; every record that is there is whole. Look "
                "at the last visits, compare them with the newest backup, and restore that if it "
                "has more. Enter again what neither of them has."
            ),
        )
    if end is LogEnd.UNFINISHED:
        return StoreError(
            t("The program ended in the middle of a save, or the end of its file was lost since."),
            t(
                "Every record that is there is whole. What was being saved at that moment is not "
                "there, and where the file was cut short since, nor is what was reported as saved "
                "before. Look at what was typed last, compare it with the newest backup, and enter "
                "it again where it is missing."
            ),
        )
    return StoreError(
        t("What was saved last was damaged on the disk after the program had ended."),
        t(
            "Some of it is missing; every record that is there is whole. Look at the last visits, "
            "compare them with the newest backup, and have the disk checked."
        ),
    )


def _read_frames(file: BinaryIO, size: int, first: int) -> Iterator[Frame]:
    """Yield the frames from the one with the number `first`."""
    file.seek(_HEADER + first * (_FRAME + size))
    while len(head := file.read(_FRAME)) == _FRAME:
        yield head[8:16], head[4:8] != bytes(4)
        file.seek(size, 1)


def _is_sound(header: bytes) -> bool:
    """Tell whether the header of a log is what was written, by its own checksum."""
    if len(header) < _HEADER:
        return False
    order = ">" if header[3] & 1 else "<"
    words = struct.unpack(f"{order}6I", header[:24])
    one = other = 0
    for at in range(0, len(words), 2):
        one = (one + words[at] + other) & 0xFFFFFFFF
        other = (other + words[at + 1] + one) & 0xFFFFFFFF
    return header[24:] == struct.pack(">2I", one, other)
