"""The plain text says the same as the sheet, line by line."""

from __future__ import annotations

from datetime import date

import pytest

from consult_app.handout.document import (
    Block,
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
    Quotes,
    Row,
    Section,
    Table,
    Visit,
    WriteLines,
)
from consult_app.handout.text import write_block, write_text

VISIT = Visit(
    label="Visit 2",
    day=date(2027, 10, 18),
    day_number="18",
    month_year="Oct 2027",
    on_one_line="18 Oct 2027",
    weekday_time="Mon 9:15 am",
    spoken="9:15 am on Monday 18 October 2027",
    gap="6 weeks",
)


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Paragraph(text="Keep it clean."), ["Keep it clean."]),
        (Bullets(items=("one", "two."), mark="tick"), ["+ one.", "+ two."]),
        (Quotes(items=("Tonight: \u201cgel.\u201d", "Call if: \u201cpus\u201d")),
         ["- Tonight: \u201cgel.\u201d", "- Call if: \u201cpus\u201d."]),
        (KeyPoints(points=(KeyPoint(icon="sun", title="Shade", text="Wear a hat"),)),
         ["- Shade. Wear a hat."]),
        (Figure(zones=(), description="A face", right_label="r", left_label="l"), ["A face."]),
        (Table(columns=("Area", "Why", "Depth"), rows=(("Chin", "Pores", "1 mm"),), numbered=True),
         ["1. Chin. Why: Pores. Depth: 1 mm."]),
        (Table(columns=("When", "See"), rows=(("Day 1", "Red."),), meters=(3,),
               meter_heading="Redness", meter_words=("None", "Little", "Some", "Much", "Most")),
         ["- Day 1. See: Red. Redness: Much."]),
        (Calendar(visits=(VISIT,)), ["- Visit 2 (6 weeks): 9:15 am on Monday 18 October 2027."]),
        (DatedList(kind="avoid", items=(DatedItem(text="Make-up", when="until Tuesday"),)),
         ["x Until Tuesday: Make-up."]),
        (CallBox(urgency="clinic", signs=("You see pus",), number_line="Call **1**"),
         ["! You see pus.", "Call **1**."]),
        (WriteLines(count=2), ["_" * 40] * 2),
        (Choice(boxes=("Yes",), lines=("Name",)), ["[ ] Yes.", "Name: " + "_" * 40]),
    ],
)  # fmt: skip
def test_every_kind_of_block_reads_as_lines(block: Block, lines: list[str]) -> None:
    assert list(write_block(block)) == lines


def test_headings_are_underlined_and_nothing_is_bold() -> None:
    section = Section(id="main", heading="The main thing", blocks=(Paragraph(text="**Call** us."),))
    handout = Handout(
        language="en-GB",
        title="Your plan",
        made_for="Made for **Maya**",
        clinic_name="Lumen",
        clinic_phone="020",
        pages=(Page(title="Page two", rows=(Row(sections=(section,)),)),),
        footer="Maya",
        page_label="Page {page} of {pages}",
        made_on=date(2027, 9, 6),
        subject="A plan",
    )

    assert write_text(handout) == (
        "Your plan\n=========\nMade for Maya\n\nLumen\n020\n\nPage two\n========\n\n"
        "The main thing\n--------------\nCall us.\n\nMaya\n"
    )
