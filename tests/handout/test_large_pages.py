"""Large print fills its pages before it leaves words out."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.exchange.casefile import read_case
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.division import fit_section_within
from consult_app.handout.document import (
    Block,
    Bullets,
    CallBox,
    DatedItem,
    DatedList,
    Paragraph,
    Quotes,
    Section,
    Tone,
)
from consult_app.handout.flow import Strip, flow, flow_shorter, measure
from consult_app.handout.fonts import open_typeface
from consult_app.handout.pieces import Piece, Setting
from consult_app.handout.style import LARGE, large
from consult_app.paths import find_resources
from tests.handout.reading_order import find_missing, plain
from tests.handout.test_full_sheets import CLINIC
from tests.handout.test_said_back import SAID
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, Change, make_case, treat
from tests.handout.validators_reading import find_misplaced, read

WIDTH, ROOM = 526.0, 668.0
PROGRAM = Program(clock=lambda: datetime(2031, 1, 1))  # noqa: DTZ001 - wall clock
STYLE = large(LARGE[-1])


def _fit(block: Block, tone: Tone = "plain") -> Strip:
    face = open_typeface(find_resources() / "fonts", "large")
    setting = Setting(face, STYLE, (), is_large=True)
    section = Section(id="one", heading="", blocks=(block,), tone=tone)
    (strip,) = fit_section_within(section, WIDTH, ROOM, setting)
    return strip


SENTENCES = "We check your skin and take photos of it. We clean your skin with care and wait. " * 4
ITEMS = tuple(f"Something to do that takes about two lines of the page, number {n}" for n in "123")


def test_a_paragraph_goes_on_on_the_next_page_between_two_sentences() -> None:
    strip = _fit(Paragraph(text=SENTENCES.strip()))
    leading = STYLE.body.leading
    halves = strip.cut(strip.piece.height - leading / 2)

    assert halves
    assert all(half.piece.height >= 2 * leading - 0.01 for half in halves)
    assert strip.cut(2 * leading - 1) is None


def test_bold_words_are_not_torn() -> None:
    strip = _fit(Paragraph(text=f"**{SENTENCES.strip()}**"))

    assert strip.cut(strip.piece.height - 1) is None


@pytest.mark.parametrize(
    ("block", "tone"),
    [
        (Quotes(items=ITEMS), "plain"),
        (Bullets(items=ITEMS), "plain"),
        (DatedList(kind="do", items=tuple(DatedItem(text=it, when="soon") for it in ITEMS)), "do"),
    ],
)
def test_a_list_of_three_can_be_divided(block: Block, tone: Tone) -> None:
    strip = _fit(block, tone)
    halves = strip.cut(strip.piece.height - 1)

    assert halves
    assert halves[0].piece.height <= strip.piece.height - 1


def test_whom_to_call_is_never_divided() -> None:
    box = CallBox(urgency="clinic", signs=ITEMS, number_line="Call us.")
    strip = _fit(box, "alarm")

    assert strip.calls == "clinic"
    assert strip.cut(strip.piece.height - 1) is None


def _strip(height: float, calls: str = "") -> Strip:
    return Strip(Piece(height, lambda _pen, _box: None), 10, calls=calls)  # type: ignore[arg-type]  # one of three


@pytest.mark.parametrize(
    ("heights", "order"),
    [
        # In order, the emergency first, both last, the clinic last.
        ((100, 100), "acexy"),
        ((400, 250), "aecxy"),
        ((480, 140), "axyce"),
        ((356, 80, 250), "aexyc"),
    ],
)
def test_what_says_whom_to_call_moves_only_where_that_saves_a_page(
    heights: tuple[float, ...], order: str
) -> None:
    before, *after = heights
    named = {
        "a": _strip(before),
        "c": _strip(349, "clinic"),
        "e": _strip(206, "emergency"),
        **{name: _strip(height) for name, height in zip("xy", after, strict=False)},
    }
    sides = flow_shorter([named[name] for name in "acexy" if name in named], ROOM)
    names = {id(strip): name for name, strip in named.items()}
    told = [names[id(strip)] for side in sides for strip in side]

    assert told == [name for name in order if name in named]


HEIGHTS = st.lists(st.floats(min_value=1, max_value=ROOM), min_size=1, max_size=12)


@given(HEIGHTS, st.integers(0, 11), st.integers(0, 11))
def test_no_order_takes_more_pages_or_loses_anything(
    heights: list[float], clinic: int, emergency: int
) -> None:
    calls = {emergency: "emergency", clinic: "clinic"}
    strips = [_strip(height, calls.get(place, "")) for place, height in enumerate(heights)]
    sides = flow_shorter(strips, ROOM)

    assert sorted(map(id, strips)) == sorted(id(strip) for side in sides for strip in side)
    assert all(measure(side) <= ROOM + 0.01 for side in sides)
    assert len(sides) <= len(flow(strips, ROOM, keep_sides=False))


PAGE = ClinicLook(page="https://harbour.example/care")
CREAM = {"product": "emla", "contains": ["lidocaine", "prilocaine"], "grams": 10, "minutes": 60}
NUMBED: Change = {"facts.anaesthetic": CREAM, "plan.numbing": CREAM, "plan.sessions": 4}
AMERICAN: Change = {"locale.country": "US", "locale.language": "en-US"}
DEEP = treat(("cheeks", "acne_icepick"), ("nose", "pores"))
HANDS = treat(("hands", "age_spots"), ("hands", "fine_lines"))
PLANS: dict[str, tuple[Change, ClinicLook, bool]] = {
    "scars and pores with a page": (
        {**DEEP, **NUMBED, **AMERICAN, "facts.phototype": 2, "plan.sessions": 1},
        PAGE,
        False,
    ),
    "hands": ({**HANDS, **NUMBED, **CLINIC, "facts.allergies": ["nickel"]}, ClinicLook(), True),
}
"""By a name: how the plan differs from that of the example, the clinic's page, and who said much.

Each of them left out the boxes to choose with a third of a page empty.
"""


@cache
def _compose(name: str) -> Composed:
    changes, look, said = PLANS[name]
    case = json.loads(make_case(COLD_SORES))
    bare: Change = {"facts.conditions": [], "facts.medications": [], "facts.procedures": []}
    for path, value in {**bare, **changes}.items():
        room, field = path.split(".")
        case[room][field] = value
    told = read_case(json.dumps(case), "handout")
    visit = SAID if said else None
    return PROGRAM.compose(told, paper="Letter", size="large", visit=visit, look=look)


@pytest.mark.parametrize("name", PLANS)
def test_there_are_boxes_to_choose_where_there_is_room(name: str) -> None:
    sheet = _compose(name)
    text = sheet.write_text()

    assert sheet.drawn.pages <= 6
    assert re.search(r"\[ \] I want to go ahead\.\n\[ \] I want to think about it\.", text)


@pytest.mark.parametrize("name", PLANS)
def test_what_goes_on_on_another_page_is_read_in_order(name: str) -> None:
    sheet = _compose(name)
    found = read(sheet.drawn.pdf)

    assert find_missing(plain(found.said), sheet.handout, "large") == ""
    assert list(find_misplaced(found)) == []
    assert find_faults(sheet.drawn.pdf) == []
