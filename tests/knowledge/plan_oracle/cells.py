"""Cells of the planning reference as they were copied, and how both sides are read alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("reference")
BASES = {
    "HR": "house rule",
    "GK": "general knowledge",
    "SEED": "introductory article",
}
"""What the content calls the marks of the reference (0.1)."""
UNCITED = "not cited in the reference"
_MARK = re.compile(r"\s*\[(S\d+[a-z]?|HR|GK|SEED)\b[^\]]*\]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_WRITTEN = {
    "/": " or ",
    "+": " and ",
    "\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}": "o",
}


@cache
def read_tables(name: str) -> dict[str, Any]:
    """Return the tables of a file of copied cells."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def read_marks(cell: str) -> set[str]:
    """Return the sources and other bases that stand in a cell."""
    return set(_MARK.findall(cell))


def name_basis(marks: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the marks of a row as the content has them: its sources, and its other bases."""
    marks = set(marks)
    sources = {f"P{mark[1:]}" for mark in marks if mark not in BASES}
    return sources, {BASES[mark] for mark in marks & BASES.keys()}


def find_basis(row: Any) -> tuple[set[str], set[str]]:  # noqa: ANN401 - any row of the content
    """Return the sources and other bases of a row of the content; what has none says so."""
    bases = {mark.partition(":")[0] for mark in row.marks}
    return set(row.sources), bases - {UNCITED}


def fold(words: str) -> str:
    """Return the words alone: without marks, quotes, capitals and signs that stand for words."""
    words = _MARK.sub("", words)
    for sign, written in _WRITTEN.items():
        words = words.replace(sign, written)
    return " ".join(re.sub(r"[\"'.,;:()\N{NO-BREAK SPACE}]", " ", words).casefold().split())


def list_figures(words: str) -> list[str]:
    """Return every number in its order."""
    return _FIGURE.findall(_MARK.sub("", words))
