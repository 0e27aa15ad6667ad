"""A finished handout in all its forms."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A finished handout: the PDF, its pages and its words.

    Attributes:
        pdf: The file's bytes.
        pages: How many pages it has.
        grade: Reading grade of its words (Flesch-Kincaid).
        text: The same sheet as plain text.
        html: The same sheet as HTML.
        dates: The visits as an .ics calendar.
    """

    pdf: bytes = field(repr=False)
    pages: int
    grade: float
    text: str = field(repr=False)
    html: str = field(repr=False)
    dates: str = field(repr=False)
