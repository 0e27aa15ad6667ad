"""A sheet as a clinic would hand it out: two concerns, four visits, a check-up, skin type IV."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from consult_app.handout.document import (
    Bullets,
    Calendar,
    CallBox,
    Choice,
    DatedItem,
    DatedList,
    Figure,
    Handout,
    KeyPoint,
    KeyPoints,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
    Visit,
    WriteLines,
    Zone,
)
from consult_app.paths import find_resources

# It tells every letter it reads, which takes longer than reading.
logging.getLogger("pdfminer").setLevel(logging.WARNING)


def _visit(label: str, day: date, gap: str = "", time: str = "10:30 am") -> Visit:
    return Visit(
        label=label,
        day=day,
        day_number=str(day.day),
        month_year=f"{day:%b} {day.year}",
        on_one_line=f"{day.day} {day:%b} {day.year}",
        weekday_time=f"{day:%a} {time}".replace(" am", "\u00a0am"),
        spoken=f"{day:%A} {day.day} {day:%B} {day.year}, {time}",
        gap=gap.replace(" ", "\u00a0"),
        kind="check" if label == "Check-up" else "visit",
    )


def _dated(*pairs: tuple[str, str]) -> tuple[DatedItem, ...]:
    return tuple(
        DatedItem(text=text, when=when.replace(" Dec", "\u00a0Dec").replace(" Jan", "\u00a0Jan"))
        for text, when in pairs
    )


NORMAL = (
    "**Almost everyone:** red, warm, tight skin for one to three days. It looks like sunburn. "
    "**Many people:** some swelling, dry skin, flaking or itching for up to a week."
)
PATCHES = (
    "**Dark patches:** in studies of brown skin, 0 to 17 people in every 100 had them on the "
    "face. Most fade over some months. Sun makes them worse."
)
RARE = (
    "**Rare:** germs getting in, a cold sore, an allergic rash, small hard lumps, or a new scar. "
    "We do not have exact numbers."
)
MAIN = Section(
    id="main",
    heading="Three things to remember",
    tone="panel",
    blocks=(
        Paragraph(
            text="Keep this sheet where you can see it. Call us if you are worried.",
        ),
        KeyPoints(
            points=(
                KeyPoint(icon="drop", title="Keep it clean", text="Wash hands first"),
                KeyPoint(icon="sun", title="Keep out of the sun", text="Shade, hat, SPF 50"),
                KeyPoint(icon="hand", title="Do not pick", text="Do not rub it"),
            )
        ),
    ),
)
PLAN = Section(
    id="plan",
    heading="Your plan",
    blocks=(
        Figure(
            zones=(
                Zone(area="cheeks", side="", number=1),
                Zone(area="chin", side="", number=2),
            ),
            description="A face from the front. Marked: 1, both cheeks. 2, the chin.",
            right_label="Your right",
            left_label="Your left",
        ),
        Table(
            columns=("Area", "Why", "Depth"),
            rows=(
                ("Both cheeks", "Sunken acne scars", "1.5\u00a0mm"),
                ("Chin", "Large pores", "1.0\u00a0mm"),
            ),
            numbered=True,
        ),
        Paragraph(
            text="Microneedling uses many very thin, clean needles. They make tiny holes in the "
            "skin. Your skin heals the holes. As it heals, it makes new collagen. Collagen is the "
            "stuff that keeps skin firm."
        ),
    ),
)
VISITS = Section(
    id="visits",
    heading="Your visits",
    blocks=(
        Calendar(
            visits=(
                _visit("Visit 1", date(2026, 12, 4)),
                _visit("Visit 2", date(2027, 1, 15), "6 weeks"),
                _visit("Visit 3", date(2027, 2, 26), "6 weeks"),
                _visit("Visit 4", date(2027, 4, 9), "6 weeks"),
                _visit("Check-up", date(2027, 7, 2), "12 weeks", "11:00 am"),
            )
        ),
        Paragraph(text="Cannot come? Please call **020 7946 0123** at least 2 days before."),
    ),
)
HAPPENS = Section(
    id="happens",
    heading="What happens",
    blocks=(
        Paragraph(
            text="We clean your skin and put on numbing cream. We move the "
            "pen over your skin. It feels like light scratching. You may see tiny dots of blood. "
            "Then we put on a plain, germ-free gel. Your visit takes about "
            "90\u00a0minutes."
        ),
    ),
)
HELP = Section(
    id="help",
    heading="What it may do, and not do",
    blocks=(
        Paragraph(
            text="Your scars may look less deep. In studies, scar scores fell by about one tenth "
            "to one half. Some people see no change. You may see a change about 3\u00a0months "
            "after your first visit. The best time to judge is three months after your last "
            "visit."
        ),
        Paragraph(text="Pores may look a bit smaller for a while. Pores do not close or go away."),
        Paragraph(
            text="Microneedling will not take scars or lines away for good. It will not lift loose "
            "skin the way an operation does. It will not stop your skin from ageing."
        ),
    ),
)
CHOICES = Section(
    id="choices",
    heading="Other choices",
    blocks=(
        Paragraph(
            text="You can use creams and sunscreen. You can have a skin peel or a laser. Some of "
            "these work better for deep scars but need more time to heal. You can also choose to "
            "do nothing. Your skin will stay much as it is."
        ),
    ),
)
HARMS = Section(
    id="harms",
    heading="Possible harms",
    blocks=(Bullets(items=(NORMAL, PATCHES, RARE)),),
)
BEFORE = Section(
    id="before",
    heading="Before your visit",
    tone="panel",
    blocks=(
        DatedList(
            kind="avoid",
            items=_dated(
                ("Sunbathing, tanning beds, sunburn", "from today"),
                ("Strong creams such as retinol and acids", "from Fri 27 Nov"),
                ("Ibuprofen or aspirin you buy yourself", "from Tue 1 Dec"),
            ),
        ),
        Paragraph(
            text="Do not stop a medicine your doctor gave you. Ask your doctor first. Come with "
            "clean skin and no make-up."
        ),
    ),
)
DO = Section(
    id="after_do",
    heading="After your visit: do",
    tone="do",
    blocks=(
        DatedList(
            kind="do",
            items=_dated(
                ("Use only the gel we gave you", "until Sat 5 Dec, 10:30\u00a0am"),
                ("Clean cool water, pat dry", "from Fri 4 Dec, 4:30\u00a0pm"),
                ("Plain moisturiser", "from Sat 5 Dec"),
                ("SPF 50 every morning", "from Sat 5 Dec"),
                ("Clean pillowcase", "until Sat 5 Dec"),
            ),
        ),
    ),
)
AVOID = Section(
    id="after_avoid",
    heading="After your visit: do not",
    tone="avoid",
    blocks=(
        DatedList(
            kind="avoid",
            items=_dated(
                ("Hot baths, alcohol", "until Sat 5 Dec"),
                ("Make-up", "until Sun 6 Dec, 10:30 am"),
                ("Direct sun, hard exercise", "until Mon 7 Dec"),
                ("Pool, sauna, picking", "until Fri 11 Dec"),
                ("Strong creams", "until Mon 14 Dec"),
                ("Peels, laser, sunbathing", "until Fri 1 Jan"),
            ),
        ),
    ),
)
LOOK = Section(
    id="look",
    heading="How your skin will look",
    blocks=(
        Table(
            columns=("When", "What you may see", "What to do"),
            rows=(
                ("First day", "Red, tight, tiny dots of blood", "Cool pack, clean pillow"),
                ("Days 2 to 3", "Pink, dry, tiny dark dots", "Plain moisturiser"),
                ("Days 4 to 7", "Flaking, itch", "This is normal. Do not pick"),
                ("Days 8 to 14", "Mostly normal; a few spots", "Call if redness grows"),
            ),
            meters=(4, 2, 1, 0),
            meter_heading="Redness",
            meter_words=("None", "A little", "Some", "More", "Most"),
        ),
    ),
)
CALL = Section(
    id="call",
    heading="Call us the same day if",
    tone="alarm",
    blocks=(
        CallBox(
            urgency="clinic",
            signs=(
                "redness spreads or gets worse after day 3",
                "you see pus or yellow crusts",
                "you get blisters or a cold sore",
                "you have a fever",
                "you get a rash, hives or hard lumps",
                "your skin gets darker or lighter",
            ),
            number_line="Call us: **020 7946 0123**",
        ),
    ),
)
EMERGENCY = Section(
    id="emergency",
    heading="Call 999 now if",
    tone="alarm",
    blocks=(
        CallBox(
            urgency="emergency",
            signs=(
                "you find it hard to breathe",
                "your lips, face or tongue swell",
                "you pass out or have a fit",
                "your lips turn blue or grey",
                "your heart beats in an odd way after numbing cream",
            ),
            number_line="Call **999**",
        ),
    ),
)
QUESTIONS = Section(
    id="questions",
    heading="Your questions",
    blocks=(
        Paragraph(text="Write them here and bring this sheet to your next visit."),
        WriteLines(count=1),
    ),
)
CHOICE = Section(
    id="choice",
    heading="Your choice",
    blocks=(
        Paragraph(text="You can say no. You can change your mind at any time, even on the day."),
        Choice(boxes=("I told it back in my own words.",), lines=("Name", "Date")),
    ),
)


@pytest.fixture(scope="session")
def resources() -> Path:
    """Return the program's resources."""
    return find_resources()


@pytest.fixture(scope="session")
def full_sheet() -> Handout:
    """Return the sheet of a patient with two concerns and four visits."""
    return make_sheet()


def make_sheet() -> Handout:
    """Make the sheet; another process can do so too."""
    return Handout(
        language="en-GB",
        title="Your microneedling plan",
        made_for="Made for **Maya Okafor** by Dr Lena Hart on 20\u00a0November\u00a02026.",
        clinic_name="Lumen Skin Clinic",
        clinic_tagline="Skin health, explained",
        clinic_phone="020\u00a07946\u00a00123",
        clinic_address="12 Elm Row, London N1 2AB",
        pages=(
            Page(
                rows=(
                    Row(sections=(MAIN,)),
                    Row(sections=(PLAN,)),
                    Row(sections=(VISITS,)),
                    Row(sections=(HAPPENS, CHOICES), shares=(1, 1)),
                    Row(sections=(HELP,)),
                )
            ),
            Page(
                rows=(
                    Row(sections=(HARMS, BEFORE), shares=(1.3, 1)),
                    Row(sections=(DO, AVOID), shares=(1, 1)),
                    Row(sections=(LOOK,)),
                    Row(sections=(CALL, EMERGENCY), shares=(1, 1)),
                    Row(sections=(QUESTIONS, CHOICE), shares=(1, 1)),
                ),
            ),
        ),
        footer="Maya Okafor, born 14 March 1988 · Ref MN-0412 · Content 2026-11",
        page_label="Page {page} of {pages}",
        made_on=date(2026, 11, 20),
        subject="Plan and aftercare for microneedling",
    )
