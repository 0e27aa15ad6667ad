"""Many texts kept in little memory: compressed, joined, or as their hashes only."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

_BLOCK = 32
"""Lines that are compressed together: fewer take more room, more take longer to open."""


class Texts:
    """Lines of text without breaks in them, compressed some at a time."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._last: list[str] = []
        self._opened: tuple[int, list[str]] = (-1, [])

    def add(self, line: str) -> None:
        """Put a line behind the others."""
        self._last.append(line)
        if len(self._last) == _BLOCK:
            # Level 1: the higher ones take thrice the time to save a tenth more.
            self._blocks.append(zlib.compress("\n".join(self._last).encode("ascii"), 1))
            self._last = []

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)

    def __getitem__(self, index: int) -> str:
        number, place = divmod(index, _BLOCK)
        if number == len(self._blocks):
            return self._last[place]
        # Neighbours are often asked for in turn. Any thread may ask, so the pair changes as one.
        opened, lines = self._opened
        if opened != number:
            lines = zlib.decompress(self._blocks[number]).decode("ascii").split("\n")
            self._opened = number, lines
        return lines[place]


class Lines:
    """Byte strings as one, each found by its number.

    Attributes:
        text: All of them, four gigabytes at most.
        starts: Where each begins; the last is where the text ends.
    """

    def __init__(self) -> None:
        self.text = bytearray()
        self.starts = array("I", [0])

    def add(self, line: bytes) -> None:
        """Put a line behind the others."""
        self.text += line
        self.starts.append(len(self.text))

    def pick(self, order: Iterable[int]) -> Lines:
        """Return the same lines in another order, without room to spare."""
        picked = Lines()
        picked.text, text = bytearray(len(self.text)), self.text
        at = 0
        for index in order:
            start, end = self.find(index)
            picked.text[at : at + end - start] = text[start:end]
            at += end - start
            picked.starts.append(at)
        return picked

    def find(self, index: int) -> tuple[int, int]:
        """Return where a line begins and ends."""
        return self.starts[index], self.starts[index + 1]


class Index:
    """Where texts stand in a sequence, by their hashes: what is found there may be another text."""

    def __init__(self, hashes: Sequence[int]) -> None:
        """Take the hash of each text, in order."""
        self._places = array("I", sorted(range(len(hashes)), key=hashes.__getitem__))
        self._hashes = array("q", map(hashes.__getitem__, self._places))

    def find(self, text: str) -> Iterator[int]:
        """Yield where it may stand, in order."""
        wanted = hash(text)
        first, last = bisect_left(self._hashes, wanted), bisect_right(self._hashes, wanted)
        return iter(self._places[first:last])


def give_back() -> None:
    """Give memory that nobody uses any more back to the system, where the C library can.

    Reading a long list leaves holes in what the library holds: a quarter of the list's size with
    glibc, which closes them only when asked.
    """
    import ctypes  # noqa: PLC0415 - a start with few records needs none of it

    with suppress(AttributeError, OSError, TypeError):  # another library, or Windows
        ctypes.CDLL(None).malloc_trim(0)
