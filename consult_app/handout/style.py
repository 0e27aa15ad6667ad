"""How the sheet looks: colours, type and distances, in points.

Contrast on white is at least 7 to 1 for text (ink 15.9, quiet 8.0, brand 8.5, red 8.1, green 7.9);
nothing is told by colour alone. Type is never smaller than 12 point, large print never smaller than
18, whatever the number of words: only distances give way.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from consult_app.values import dataclass, fields, replace

Paper = Literal["A4", "Letter"]
Size = Literal["standard", "large"]

INK = "#16242B"
QUIET = "#42535B"
BRAND = "#0A555C"
TINT = "#EAF4F3"
STRONG_TINT = "#D3E7E5"
RED = "#98231A"
RED_TINT = "#FDF1EF"
GREEN = "#165D38"
GREEN_TINT = "#EEF6F0"
ZEBRA = "#F5F9F9"
HAIRLINE = "#B9C7CB"
WRITE_ON = "#74888F"
WHITE = "#FFFFFF"

PAPERS: dict[Paper, tuple[float, float]] = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
MARGIN = 43.0
"""15 mm on every side, which home printers reach."""

FOOT = 29.3
"""Below the line at the foot, which stands in the lower margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """One way of setting text.

    Attributes:
        size: Of the letters.
        leading: From line to line.
        bold: Whether the whole text is bold.
        colour: As `#RRGGBB`.
        strong_size: Of words between `**`, when they are larger than the rest.
    """

    size: float
    leading: float
    bold: bool = False
    colour: str = INK
    strong_size: float = 0.0

    def tint(self, colour: str) -> TextStyle:
        """Return the same style in another colour."""
        return _alter(self, colour=colour)

    def loosen(self, leading: float) -> TextStyle:
        """Return the same style with lines at least so many sizes apart."""
        return replace(self, leading=max(self.leading, self.size * leading))

    def strong(self) -> TextStyle:
        """Return the same style in bold."""
        return _alter(self, bold=True)


@lru_cache(maxsize=512)
def _alter(style: TextStyle, **changes: Any) -> TextStyle:  # noqa: ANN401 - those of its fields
    return replace(style, **changes)


ROOMY = 10.0
"""From this distance between rows on, a calmer picture is worth a further line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Distances that give way when there is much to say.

    Attributes:
        leading: Of body text.
        row: Between rows.
        heading: From a heading to what stands under it.
        block: Between blocks of a section.
        item: Between items of a list.
        pad: Inside panels and cards.
        cell: Above and below the text of a table cell.
        column: Between columns.
    """

    leading: float
    row: float
    heading: float
    block: float
    item: float
    pad: float
    cell: float
    column: float

    @property
    def is_full(self) -> bool:
        """Whether there is so much to say that every line counts."""
        return self.row < ROOMY

    @property
    def is_fullest(self) -> bool:
        """Whether there is no tighter one."""
        return self in (STANDARD[-1], LARGE[-1])


STANDARD = (
    Rhythm(leading=17, row=20, heading=6, block=8, item=6, pad=16, cell=7, column=20),
    Rhythm(leading=16.5, row=17, heading=5, block=7, item=5, pad=14, cell=6, column=18),
    Rhythm(leading=16, row=15, heading=4, block=6, item=4, pad=13, cell=5, column=18),
    Rhythm(leading=15.6, row=13, heading=3, block=5, item=3, pad=12, cell=4, column=18),
    Rhythm(leading=15.2, row=11, heading=2, block=4, item=2, pad=11, cell=3.5, column=17),
    Rhythm(leading=14.8, row=9, heading=1.5, block=3, item=1, pad=10, cell=3, column=16),
    Rhythm(leading=14.6, row=8, heading=1.2, block=2.8, item=0.8, pad=9.5, cell=2.5, column=15),
    Rhythm(leading=14.5, row=7, heading=1, block=2.5, item=0.5, pad=9, cell=2, column=14),
    Rhythm(leading=14.4, row=5.5, heading=0.8, block=2, item=0.3, pad=7.5, cell=1.8, column=13),
    Rhythm(leading=14.4, row=4.5, heading=0.5, block=1.5, item=0, pad=6, cell=1.5, column=12),
    Rhythm(leading=14.4, row=4, heading=0.5, block=1.5, item=0, pad=6, cell=1.5, column=12),
)
LARGE = (
    Rhythm(leading=25, row=20, heading=6, block=10, item=7, pad=16, cell=8, column=20),
    Rhythm(leading=24, row=18, heading=5, block=8, item=6, pad=15, cell=8, column=20),
    Rhythm(leading=23.5, row=16, heading=4, block=7, item=4, pad=14, cell=6, column=20),
    Rhythm(leading=23, row=14, heading=3, block=6, item=3, pad=13, cell=5, column=20),
    Rhythm(leading=22.5, row=12, heading=2, block=5, item=2, pad=12, cell=4, column=20),
    Rhythm(leading=21.6, row=10, heading=1, block=4, item=1, pad=10, cell=3, column=18),
)
RHYTHMS: dict[Size, tuple[Rhythm, ...]] = {"standard": STANDARD, "large": LARGE}
"""From calm to full; the first that fits the sheet is taken.

The last two differ in the calendar only.
"""

USUAL: dict[Size, float] = {"standard": 7, "large": 12}
"""Between the rows of most sheets; where the search for the calmest distances begins."""

PAGES: dict[Size, int] = {"standard": 2, "large": 6}
"""One sheet of ordinary print, three of large print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Type and distances of one size of print."""

    rhythm: Rhythm
    title: TextStyle
    page_title: TextStyle
    section: TextStyle
    card: TextStyle
    alarm: TextStyle
    lead: TextStyle
    key: TextStyle
    body: TextStyle
    call: TextStyle
    day: TextStyle
    clinic: TextStyle
    phone: TextStyle
    icon: float
    badge: float

    @property
    def footer(self) -> TextStyle:
        """The style of the line at the foot of every page."""
        return self.body.tint(QUIET)


def standard(rhythm: Rhythm, leading: float = 1.0) -> Style:
    """Return the style of ordinary print at the given distances.

    Args:
        rhythm: The distances.
        leading: From line to line at least, in sizes, for scripts that reach high and low.
    """
    style = Style(
        rhythm=rhythm,
        title=TextStyle(size=28, leading=31, bold=True, colour=BRAND),
        page_title=TextStyle(size=22, leading=26, bold=True, colour=BRAND),
        section=TextStyle(size=15.5, leading=19, bold=True, colour=BRAND),
        card=TextStyle(size=14.5, leading=18, bold=True, colour=BRAND),
        alarm=TextStyle(size=17, leading=20.5, bold=True, colour=BRAND),
        lead=TextStyle(size=13, leading=rhythm.leading + 1),
        key=TextStyle(size=13, leading=rhythm.leading + 0.5, bold=True),
        body=TextStyle(size=12, leading=rhythm.leading),
        call=TextStyle(size=12.5, leading=rhythm.leading + 4, strong_size=16),
        day=TextStyle(size=23, leading=24, bold=True),
        clinic=TextStyle(size=16, leading=20, bold=True),
        phone=TextStyle(size=15, leading=20, bold=True),
        icon=13,
        badge=10.5,
    )
    return _loosen(style, leading)


def large(rhythm: Rhythm, leading: float = 1.0) -> Style:
    """Return the style of large print: 18 point, in one column; arguments as above."""
    style = Style(
        rhythm=rhythm,
        title=TextStyle(size=34, leading=rhythm.leading * 1.6, bold=True, colour=BRAND),
        page_title=TextStyle(size=28, leading=rhythm.leading * 1.4, bold=True, colour=BRAND),
        section=TextStyle(size=24, leading=rhythm.leading * 1.25, bold=True, colour=BRAND),
        card=TextStyle(size=24, leading=rhythm.leading * 1.25, bold=True, colour=BRAND),
        alarm=TextStyle(size=26, leading=rhythm.leading * 1.35, bold=True, colour=BRAND),
        lead=TextStyle(size=20, leading=rhythm.leading + 2),
        key=TextStyle(size=20, leading=rhythm.leading + 2, bold=True),
        body=TextStyle(size=18, leading=rhythm.leading),
        call=TextStyle(size=18, leading=29, strong_size=23),
        day=TextStyle(size=18, leading=rhythm.leading, bold=True),
        clinic=TextStyle(size=22, leading=28, bold=True),
        phone=TextStyle(size=20, leading=26, bold=True),
        icon=21,
        badge=15,
    )
    return _loosen(style, leading)


def _loosen(style: Style, leading: float) -> Style:
    texts: dict[str, Any] = {
        item.name: text.loosen(leading)
        for item in fields(style)
        if isinstance(text := getattr(style, item.name), TextStyle)
    }
    return replace(style, **texts)
