"""A finished handout in all its forms."""

from __future__ import annotations

from datetime import date

from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A finished handout: the PDF, its pages and its words.

    Of a sheet that was kept there is only the PDF: its other forms were not handed over.

    Attributes:
        pdf: The file's bytes.
        pages: How many pages it has.
        paper: The paper it is drawn for; empty when kept.
        large: Whether it is in large print.
        grade: Reading grade of its words (SMOG, as the short sentences of a sheet give a
            Flesch-Kincaid grade that nobody would believe); None when kept.
        text: The same sheet as plain text; empty when kept, like the forms below.
        html: The same sheet as HTML.
        dates: The visits as an .ics calendar.
        handed_on: The day on which one that was kept was handed over; of one in large print, that
            one's day.
        moved: What on it no longer holds, because the treatment is another day than it says.
        of_day: The day of the treatment that it was made anew for.
        untold: Concerns of the plan of which it has no room to say what needling may do for them.
        other: Whether there is another for the same visit: the one handed over, or the one anew.
        can_enlarge: Whether the one that was kept can be made anew in large print.
        enlarged: Whether it was made so, in the place of the one that was kept.
    """

    pdf: bytes = field(repr=False)
    pages: int
    paper: str = ""
    large: bool = False
    grade: float | None = None
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    dates: str = field(default="", repr=False)
    handed_on: date | None = None
    moved: str = ""
    of_day: date | None = None
    untold: tuple[str, ...] = field(default=(), repr=False)
    other: bool = False
    can_enlarge: bool = False
    enlarged: bool = False
