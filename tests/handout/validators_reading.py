"""Reads a PDF back: its elements as they are read aloud, its lines as they are seen."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
import pikepdf

Mark = tuple[int, int]
"""Page, from 0, and number of marked content."""
PRINTABLE = 42.5
"""15 mm, in points."""
FOOT = 30.0
"""The line at the foot stands lower, where home printers still reach."""
APART = 1.0
"""Letters further apart than this part of their size belong to different words to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words in a row as they are seen, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    low: float

    def lies_on(self, other: Line) -> bool:
        """Return whether the two share more than a hair of room."""
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.low, other.low) - max(self.top, other.top)
        return across > 0.3 and along > 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One page: its size, its lines, and what is not read aloud.

    Attributes:
        letters: In the order of the file, each with its left edge.
    """

    width: float
    height: float
    lines: tuple[Line, ...]
    aside: str
    letters: tuple[tuple[str, float], ...]

    def has(self, word: str) -> bool:
        """Return whether a word stands here."""
        return word in "".join(letter for letter, _ in self.letters)

    def trace(self, word: str) -> list[float]:
        """Return the left edges of the letters of a word, where it stands first."""
        told = "".join(letter for letter, _ in self.letters)
        lefts = [left for letter, left in self.letters for _ in letter]
        start = told.index(word)
        return lefts[start : start + len(word)]


@dataclass(slots=True, kw_only=True)
class Node:
    """An element with what it says by itself and what stands in it."""

    kind: str
    alt: str = ""
    scope: str = ""
    text: str = ""
    kids: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, as they are read."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def find(self, *kinds: str) -> list[Node]:
        """Return all elements of these kinds, in reading order."""
        return [node for node in self.walk() if node.kind in kinds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A whole file.

    Attributes:
        root: The first element.
        sides: The pages.
        sizes: Every size of type, in points.
        unread: Words that belong to no element and are no decoration.
    """

    root: Node
    sides: tuple[Side, ...]
    sizes: frozenset[float]
    unread: str

    @property
    def said(self) -> str:
        """Everything that is read aloud, in order."""
        return " ".join(node.text for node in self.root.walk() if node.text)


def read(pdf: bytes) -> Reading:
    """Return what a file says and shows."""
    words: dict[Mark, str] = {}
    sides = []
    sizes: set[float] = set()
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            chars = page.chars
            sizes |= {round(char["size"], 2) for char in chars}
            aside = "".join(char["text"] for char in chars if char["mcid"] is None)
            for char in chars:
                if char["mcid"] is not None:
                    mark = (number, char["mcid"])
                    words[mark] = words.get(mark, "") + char["text"]
            sides.append(
                Side(
                    width=float(page.width),
                    height=float(page.height),
                    lines=tuple(_see(chars, float(page.height))),
                    aside=aside,
                    letters=tuple((char["text"], float(char["x0"])) for char in chars),
                )
            )
    with pikepdf.open(io.BytesIO(pdf)) as structured:
        places = {page.obj.objgen: number for number, page in enumerate(structured.pages)}
        root = _hear(structured.Root.StructTreeRoot.K, places, words)
    return Reading(
        root=root, sides=tuple(sides), sizes=frozenset(sizes), unread=" ".join(words.values())
    )


def find_misplaced(reading: Reading) -> Iterator[str]:
    """Yield what leaves the printable area, and words that lie on others."""
    for number, side in enumerate(reading.sides, start=1):
        for line in side.lines:
            inside = (
                line.left >= PRINTABLE
                and line.top >= PRINTABLE
                and line.right <= side.width - PRINTABLE
                and line.low <= side.height - FOOT
            )
            if not inside:
                yield f"page {number}: {line} is outside"
        for one, other in itertools.combinations(side.lines, 2):
            if one.lies_on(other):
                yield f"page {number}: {one} lies on {other}"


def list_empty_boxes(font: pikepdf.Object) -> list[str]:
    """Return the letters of a font that have no shape."""
    (descendant,) = font.DescendantFonts
    shapes = descendant.CIDToGIDMap.read_bytes()
    told = re.findall(rb"<(....)> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
    assert len(told) > 1
    # The first pair is the range of codes and no letter.
    pairs = ((2 * int(code, 16), letters) for code, letters in told[1:])
    return [
        bytes.fromhex(letters.decode()).decode("utf-16-be")
        for place, letters in pairs
        if shapes[place : place + 2] == b"\0\0"
    ]


def _see(chars: list[Any], height: float) -> Iterator[Line]:
    """Yield letters that stand on one line, close together, as one."""
    rows: dict[tuple[Any, float], list[Any]] = {}
    for char in chars:
        if not char["text"].isspace():
            base = round(height - char["matrix"][5], 1)
            rows.setdefault((char["mcid"], base), []).append(char)
    for (_, base), row in rows.items():
        row.sort(key=lambda char: float(char["x0"]))
        start = 0
        for place in range(1, len(row) + 1):
            ends = place == len(row)
            if ends or row[place]["x0"] - row[place - 1]["x1"] > APART * row[place]["size"]:
                yield _join(row[start:place], base)
                start = place


def _join(chars: list[Any], base: float) -> Line:
    size = max(char["size"] for char in chars)
    return Line(
        text="".join(char["text"] for char in chars),
        left=chars[0]["x0"],
        top=base - 0.7 * size,
        right=chars[-1]["x1"],
        low=base + 0.2 * size,
    )


def _hear(
    element: pikepdf.Object, places: dict[tuple[int, int], int], words: dict[Mark, str]
) -> Node:
    node = Node(kind=str(element.S)[1:], alt=str(element.get("/Alt", "")), scope=_scope(element))
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if "/MCID" in kid:
            node.text += words.pop((places[kid.Pg.objgen], int(kid.MCID)), "")
        elif "/Obj" not in kid:  # a place that can be pressed says nothing of its own
            node.kids.append(_hear(kid, places, words))
    return node


def _scope(element: pikepdf.Object) -> str:
    attributes = element.get("/A", pikepdf.Dictionary())
    return str(attributes.get("/Scope", "/"))[1:]
