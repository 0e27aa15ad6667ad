"""A word wider than its column is divided: nothing leaves its box or the printable area."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from consult_app.app import Program
from consult_app.composed import Composed, Paper, Size
from consult_app.domain.consultation import Agreement, Consultation, Discussion, TeachBack
from consult_app.errors import ConsultError
from consult_app.exchange.casefile import read_case
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.fonts import Typeface, list_letters
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Pen
from consult_app.handout.row import Line, measure_line
from consult_app.handout.style import LARGE, MARGIN, STANDARD, TextStyle, large, standard
from consult_app.paths import find_resources
from tests.handout.language_cases import make_abroad
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, make_case
from tests.handout.validators_reading import find_misplaced, read

IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
PROGRAM = Program(clock=lambda: IDLE)
FIELDS = (
    "patient.name",
    "patient.record_number",
    "clinic.name",
    "clinic.address",
    "clinic.phone",
    "clinic.out_of_hours",
    "practitioner.name",
    "practitioner.role",
    "practitioner.registration",
    "own words",
    "page",
)
"""Everything that somebody may write himself and the sheet prints."""
SHEETS: tuple[tuple[Paper, Size], ...] = (("A4", "standard"), ("A4", "large"))
OTHERS: tuple[tuple[Paper, Size], ...] = (("Letter", "standard"), ("Letter", "large"))
SHORT, LONG = 140, 400
SCRIPTS = {"x": "x", "W": "W", "signs": "m.", "ar": "ب", "he": "ש", "hi": "क्षि", "both": "ab1ب"}


def _make(letters: str, count: int) -> str:
    return (letters * count)[:count]


def _say(words: str) -> Consultation:
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=date(2031, 1, 1),
        started_at=datetime(2031, 1, 1, 9, tzinfo=UTC),
        agreement=Agreement(
            teach_back=TeachBack(
                outcome="understood", words={"tonight": words, "again": words, "call": words}
            )
        ),
        discussion=Discussion(agreed_range=words, must_avoid=words),
    )


def _compose(
    field: str, word: str, paper: Paper, size: Size, program: Program = PROGRAM
) -> Composed:
    case = json.loads(make_case(COLD_SORES))
    look, visit = ClinicLook(), _say("Soft")
    if field == "page":
        look = ClinicLook(page=f"https://clinic.example/{word}")
    elif field == "own words":
        visit = _say(word)
    else:
        room, name = field.split(".")
        case[room][name] = word
    read_in = read_case(json.dumps(case), "handout")
    return program.compose(read_in, paper=paper, size=size, visit=visit, look=look)


@pytest.fixture(name="beyond")
def _watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what is written beyond its box, and boxes beyond the margins, as it is painted."""
    found: list[str] = []
    write = Pen.write

    def look(pen: Pen, lines: Sequence[Line], box: Box, style: TextStyle, **how: Any) -> float:  # noqa: ANN401 - as `write` takes
        spot = pen.place(box)
        if spot.x < MARGIN - 0.1 or spot.x + spot.width > pen.width - MARGIN + 0.1:
            found.append(f"a box from {spot.x:.1f}, {spot.width:.1f} wide")
        found.extend(
            f"{wide:.1f} on {box.width:.1f}"
            for line in lines[:]
            if (wide := measure_line(pen.face, line)) > box.width + 0.15
        )
        return write(pen, lines, box, style, **how)

    monkeypatch.setattr(Pen, "write", look)
    yield found
    assert found == []


@pytest.mark.parametrize(
    "sheet",
    [*SHEETS, *(pytest.param(sheet, marks=pytest.mark.long) for sheet in OTHERS)],
    ids=" ".join,
)
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.usefixtures("beyond")
def test_a_word_without_end_stays_in_its_box(field: str, sheet: tuple[Paper, Size]) -> None:
    made = _compose(field, _make("x", SHORT), *sheet)

    assert list(find_misplaced(read(made.drawn.pdf))) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=" ".join)
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.usefixtures("beyond")
def test_so_does_the_longest_in_every_script(script: str, sheet: tuple[Paper, Size]) -> None:
    made = _compose("own words", _make(SCRIPTS[script], LONG), *sheet)

    assert list(find_misplaced(read(made.drawn.pdf))) == []


@pytest.mark.parametrize("field", ["patient.name", "clinic.address", "own words"])
@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.usefixtures("beyond")
def test_so_it_does_where_the_sheet_runs_from_right_to_left(field: str, size: Size) -> None:
    for letters in ("W", "ب"):
        made = _compose(field, _make(letters, SHORT), "A4", size, make_abroad("ar"))
        assert list(find_misplaced(read(made.drawn.pdf))) == []


def test_it_is_read_as_the_one_word_it_is() -> None:
    word = "".join(chr(ord("a") + place % 26) for place in range(SHORT))
    made = _compose("own words", word, "A4", "large")

    assert f"\u201c{word}\u201d" in read(made.drawn.pdf).said
    assert find_faults(made.drawn.pdf) == []


@pytest.mark.parametrize("letters", SCRIPTS.values())
def test_each_part_is_as_wide_as_it_is_painted(letters: str) -> None:
    """Letters are nearer or further apart side by side than each by itself."""
    face = Typeface(find_resources() / "fonts", "large")
    for style in (large(LARGE[0]).body, large(LARGE[0]).clinic, standard(STANDARD[0]).body):
        for width in (60, 173, 509):
            lines = set_lines(face, _make(letters, LONG), width, style)
            assert max(measure_line(face, line) for line in lines[:]) <= width + 0.01
            told = "".join(span.text for line in lines[:] for span in line)
            assert told == _make(letters, LONG)


def test_joined_consonants_are_not_torn() -> None:
    assert list_letters("क्षि") == ["क्षि"]
    assert list_letters("किक") == ["कि", "क"]


def test_a_name_higher_than_a_page_is_refused_without_naming_it() -> None:
    with pytest.raises(ConsultError) as caught:
        _compose("patient.name", "W" * LONG, "A4", "large")
    assert "WW" not in str(caught.value) + str(caught.value.details)
