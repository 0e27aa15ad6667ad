"""What the patient's sheet says, as one value that drawing and plain text share.

A handout is a few sections in reading order; a section is a heading with blocks; the kinds of block
are the classes below. Words are final here: in the reader's language, with dates and numbers in.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from consult_app.handout.clinic_look import ClinicLook
from consult_app.values import dataclass, field

Tone = Literal["plain", "panel", "do", "avoid", "alarm"]
Icon = str
"""Name of an icon in the sheet's icon set, such as `sun`, `hand` or `phone`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences with `**bold**` words; `lead` sets larger the one line that must be seen."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Short items; `mark` is a dot, a tick, a cross or an empty box to tick off."""

    items: tuple[str, ...]
    mark: Literal["dot", "tick", "cross", "box"] = "dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One of the three things to remember."""

    icon: Icon
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoints:
    """The things to remember, side by side."""

    points: tuple[KeyPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """An area on the figure with the number that links it to the table; side '' is both."""

    area: str
    side: Literal["", "right", "left"]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The face (or body) with numbered zones.

    Attributes:
        zones, description: What is marked, and the same in words for those who hear the sheet.
        right_label, left_label: "Your right" and "Your left".
    """

    zones: tuple[Zone, ...]
    description: str
    right_label: str
    left_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A small table; the first column heads its row.

    Attributes:
        columns: Column headings.
        rows: Cells as text; a cell may hold `**bold**` words.
        numbered: The first cell starts with a badge 1, 2, ... that the figure repeats.
        first: Number of the first row; more than 1 where a long table goes on.
        meters: One level 0 to 4 per row drawn as bars in a further column, or empty.
        meter_heading: Heading of that column.
        meter_words: What each level is called, for those who hear the sheet.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbered: bool = False
    first: int = 1
    meters: tuple[int, ...] = ()
    meter_heading: str = ""
    meter_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One tile of the calendar.

    Attributes:
        label: "Visit 1", "Check-up", "Test patch".
        day: The date.
        day_number, month_year, weekday_time: The date in words as printed on the tile.
        on_one_line: Day, month and year as printed where a tile has one line for them.
        spoken: The whole date in words.
        gap: Words on the line from the visit before, such as "6 weeks".
        kind: Treatment visits are filled, others outlined.
    """

    label: str
    day: date
    day_number: str
    month_year: str
    weekday_time: str
    spoken: str
    on_one_line: str
    gap: str = ""
    kind: Literal["visit", "check"] = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The visits in order."""

    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedItem:
    """A thing to do or to leave, with its dates in words, such as "until Tue 7 Sep, 9:15 am"."""

    text: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedList:
    """Things to do (boxes to tick, solid border) or not (crosses, dashed border), by date."""

    kind: Literal["do", "avoid"]
    items: tuple[DatedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBox:
    """Whom to call, and when.

    Attributes:
        urgency: `clinic` for the same day, `emergency` for now.
        signs: What to look for.
        number_line: Whom to call, with the number in `**bold**`; empty where the heading says it.
        also: What has to be seen elsewhere; may be empty.
    """

    urgency: Literal["clinic", "emergency"]
    signs: tuple[str, ...]
    number_line: str
    also: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Somebody's own words, each after what they are about in `**bold**`."""

    items: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Boxes to tick, and what is signed above lines whose labels are such as "Name", "Date"."""

    boxes: tuple[str, ...]
    statement: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicPage:
    """The clinic's own page: what it is for, and its code in words where there is one to scan."""

    url: str
    words: str
    description: str
    coded: bool = True


Block = (
    Paragraph
    | Bullets
    | KeyPoints
    | Figure
    | Table
    | Calendar
    | DatedList
    | CallBox
    | Quotes
    | ClinicPage
    | WriteLines
    | Choice
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading in plain words and what stands under it.

    Attributes:
        id: The section's id in `resources/handout/layout.toml`.
        heading: In plain words; empty for the opening lines.
        blocks: In reading order.
        tone: How it is set off: plain, panel (tint), do, avoid or alarm.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Sections in columns side by side; `shares` are parts of the width, such as (1, 1).

    Where it flows, the sections run down one column after the other, and not each in its own.
    """

    sections: tuple[Section, ...]
    shares: tuple[float, ...] = (1.0,)
    flows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One side of the sheet: rows from top to bottom, with a title on the second side."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """How the words of a language are written.

    Attributes:
        right_to_left: Whether lines begin on the right; then the whole sheet is turned round.
        families: Families of fonts that are asked first; none for Latin, Greek and Cyrillic.
        leading: From line to line at least, in sizes; more where letters reach high and low.
    """

    right_to_left: bool = False
    families: tuple[str, ...] = ()
    leading: float = 1.0


LATIN = Script()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The whole sheet.

    Attributes:
        language, script: Language tag of the words, and how they are written.
        title: The main heading and the title of the file.
        made_for: The line that says for whom, by whom and when.
        clinic_name, clinic_tagline, clinic_phone, clinic_address: The letter head.
        pages, footer: Front and back; on each who it is for, the reference, the content version.
        made_on: The consultation's date; never the clock's. `page_label` has `{page}`, `{pages}`.
        subject: What the sheet is, for the file's description, without the patient's name.
        untold: Planned concerns of which it has no room to say what needling may do.
        tentative: Whether it says that its dates may change.
    """

    language: str
    title: str
    made_for: str = field(repr=False)
    clinic_name: str
    clinic_tagline: str = ""
    clinic_phone: str = ""
    clinic_address: str = ""
    pages: tuple[Page, ...] = field(repr=False)
    footer: str = field(repr=False)
    page_label: str
    made_on: date
    subject: str
    look: ClinicLook = ClinicLook()
    script: Script = LATIN
    untold: tuple[str, ...] = field(default=(), repr=False)
    tentative: bool = False
