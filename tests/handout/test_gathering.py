"""Large print tears as little as its pages allow: lists, sections, numbers and their units."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from math import inf

import pytest

from consult_app.app import Program
from consult_app.composed import Composed, Size
from consult_app.exchange.casefile import read_case
from consult_app.handout.flow import Care, Strip
from consult_app.handout.gathering import flow_together
from consult_app.handout.pieces import nothing
from consult_app.i18n.formats import bind_numbers
from consult_app.i18n.languages import choose_language, load_languages
from consult_app.paths import find_resources
from tests.handout.language_cases import read_language
from tests.handout.validators_cases import COLD_SORES, EXAMPLES, make_case, treat

IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
PROGRAM = Program(clock=lambda: IDLE)
ROOM = 100.0
LANGUAGES = load_languages(find_resources() / "translations")


def _strip(height: float, *, begins: bool = True, places: tuple[float, ...] = ()) -> Strip:
    """Return a strip; it can be cut with least care at the first height, with most at the last."""
    cares: dict[Care, tuple[float, ...]] = {
        "any": places,
        "pairs": places[1:],
        "whole": places[2:],
    }

    def cut(room: float, care: Care = "any", /) -> tuple[Strip, Strip] | None:
        fitting = [place for place in cares[care] if place <= room]
        if not fitting:
            return None
        place = max(fitting)
        return _strip(place), _strip(height - place)

    return Strip(nothing(height), 0.0, parts=begins, cut=cut)


def _heights(strips: list[Strip], pages: int, below: float = inf) -> list[list[float]] | None:
    found = flow_together(strips, ROOM, pages, below)
    return found and [[strip.piece.height for strip in side] for side in found.sides]


def test_a_list_is_left_whole_where_the_pages_have_room() -> None:
    strips = [_strip(60), _strip(70, places=(20,)), _strip(20)]

    assert _heights(strips, 2) == [[60], [70, 20]]


def test_it_is_cut_where_a_page_would_be_needed_else_with_most_care_first() -> None:
    strips = [_strip(50), _strip(80, places=(45, 40, 35)), _strip(40)]

    assert _heights(strips, 2) == [[50, 35], [45, 40]]


def test_a_section_goes_to_the_next_page_as_a_whole() -> None:
    """Its heading with lines to write on stood at the foot, the boxes on the next page."""
    strips = [_strip(60), _strip(30), _strip(40, begins=False)]

    assert _heights(strips, 2) == [[60], [30, 40]]
    assert _heights([*strips, _strip(55)], 2) == [[60, 30], [40, 55]]


def test_nothing_is_found_where_it_takes_more_pages_or_costs_as_much() -> None:
    assert _heights([_strip(60), _strip(60), _strip(60)], 2) is None
    assert _heights([_strip(60), _strip(80, places=(40,)), _strip(60)], 2, below=5) is None


@cache
def _compose(name: str, size: Size) -> Composed:
    case = json.loads(make_case(name))
    if name == COLD_SORES:
        for path, value in treat(("cheeks", "melasma"), ("back", "striae_white")).items():
            room, field = path.split(".")
            case[room][field] = value
    return PROGRAM.compose(read_case(json.dumps(case), "handout"), size=size)


PARTED = re.compile(
    r"\bSPF \d|[Vv]isit \d|\d (?:mm|minutes|hours|days?|weeks?|months?|people)\b"
    r"|day,? \d|day, [A-Z][a-z]+ \d"
)
"""With a space at which a line may end."""


@pytest.mark.parametrize("name", [*EXAMPLES, "American wording"])
@pytest.mark.parametrize("size", ["standard", "large"])
def test_no_number_is_parted_from_its_unit_nor_a_day_from_its_date(name: str, size: Size) -> None:
    text = _compose(name, size).write_text()

    assert "SPF\u00a050" in text
    assert not PARTED.findall(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SPF 50, for 2 weeks", "SPF~50, for 2~weeks"),
        ("0 to 17 people in every 100 had them", "0 to 17~people in every 100 had them"),
        ("after visit 1, 4 days in", "after visit~1, 4~days in"),
        ("call 999 now, 12 daylight", "call 999 now, 12 daylight"),
    ],
)
def test_only_units_are_bound(text: str, bound: str) -> None:
    english = choose_language("en-GB", LANGUAGES)

    assert bind_numbers(text, english) == bound.replace("~", "\u00a0")


def test_a_language_without_units_is_left_as_it_is() -> None:
    assert bind_numbers("2 weeks", read_language("ar")) == "2 weeks"
