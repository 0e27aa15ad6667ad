"""Where a third page would be needed, sections stand on the other side, or beside each other."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.errors import ContentError
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import count_words
from consult_app.handout.document import Calendar, Paragraph, Section, Visit
from consult_app.handout.fonts import open_typeface
from consult_app.handout.layout_file import read_layout
from consult_app.handout.pieces import Setting
from consult_app.handout.sections import fit_section
from consult_app.handout.style import STANDARD, standard
from consult_app.paths import find_resources
from tests.handout.compose_cases import FIRST, RESOURCES, layout
from tests.handout.reading_order import find_missing, plain
from tests.handout.test_full_sheets import CLINIC, PLASMA
from tests.handout.test_said_back import SAID
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, make_case, treat
from tests.handout.validators_reading import find_misplaced, read

WIDTH = 526
PROGRAM = Program(clock=lambda: datetime(2031, 1, 1))  # noqa: DTZ001 - wall clock


def _read_full_case() -> str:
    """Return a usual plan with much to say: cold sores, plasma, two concerns, a long address."""
    case = json.loads(make_case(COLD_SORES))
    both = treat(("cheeks", "melasma"), ("nose", "acne_boxcar"))
    for path, value in {**both, **CLINIC, **PLASMA, "plan.sessions": 4}.items():
        room, name = path.split(".")
        case[room][name] = value
    return json.dumps(case)


@cache
def _compose() -> Composed:
    return PROGRAM.compose(read_case(_read_full_case(), "handout"), paper="Letter", visit=SAID)


def test_the_choice_stands_with_the_plan_where_that_saves_a_page() -> None:
    sheet = _compose()
    front, back = (
        [section.id for row in page.rows for section in row.sections]
        for page in sheet.handout.pages
    )

    assert sheet.drawn.pages == 2
    assert front[-1] == "choice"
    assert {"before", "after", "avoid", "call", "emergency"} <= set(back)


def test_it_is_read_in_its_new_order() -> None:
    sheet = _compose()
    found = read(sheet.drawn.pdf)

    assert find_missing(plain(found.said), sheet.handout, "standard") == ""
    assert list(find_misplaced(found)) == []
    assert find_faults(sheet.drawn.pdf) == []


def test_it_stays_where_it_is_when_nothing_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = _compose()
    monkeypatch.setattr(Versions, "rearrange", lambda _: None)
    monkeypatch.setattr(Versions, "relieve", lambda _: ())
    case = read_case(_read_full_case(), "handout")
    unmoved = PROGRAM.compose(case, paper="Letter", visit=SAID)

    # It would be cut to the last, or take a third page.
    assert count_words(unmoved.handout).prose < count_words(moved.handout).prose
    for paper in ("A4", "Letter"):
        sheet = PROGRAM.compose(read_case(make_case(COLD_SORES), "handout"), paper=paper)
        last = sheet.handout.pages[1].rows[-1]
        assert sheet.drawn.pages == 2
        assert "choice" in [section.id for section in last.sections]


def test_every_section_stands_once_in_either_arrangement() -> None:
    def list_placed(page: int) -> list[str]:
        return [name for row in other.page[page].row for name in row.sections]

    other = layout().rearrange()
    placed = list_placed(0) + list_placed(1)

    assert sorted(placed) == sorted(section.id for section in layout().section)
    assert list_placed(0)[-1] == "choice"
    assert other.rearrange() == other


@pytest.mark.parametrize("name", ["harms", "nothing"])
def test_a_row_takes_only_what_stands_elsewhere(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("layout")
    text = (RESOURCES / "handout" / "layout.toml").read_text(encoding="utf-8")
    changed = text.replace('takes = ["choice"]', f'takes = ["{name}"]')
    (folder / "layout.toml").write_text(changed, encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        read_layout(folder)
    assert f"cannot take {name}" in str(caught.value.details)


def _make_visits(count: int, text: str) -> Section:
    visit = Visit(
        label="Visit 1",
        day=FIRST.date(),
        day_number="28",
        month_year="Sep 2027",
        on_one_line="28 Sep 2027",
        weekday_time="Wed 12:15 pm",
        spoken="Wednesday 28 September 2027 at 12:15 pm",
        gap="12 weeks",
    )
    return Section(
        id="visits",
        heading="Your visits",
        blocks=(Calendar(visits=(visit,) * count), Paragraph(text=text)),
    )


def _measure(count: int, text: str, rhythm: int) -> float:
    face = open_typeface(find_resources() / "fonts", "standard")
    setting = Setting(face, standard(STANDARD[rhythm]), ())
    return fit_section(_make_visits(count, text), WIDTH, setting).height


TEXT = "We call you on Sat 2 October. Please call us if you cannot come. " * 2


def test_text_stands_beside_a_few_visits_where_every_line_counts() -> None:
    """It costs no line of its own there; beside many visits it would stand in too few letters."""
    assert _measure(2, TEXT, -1) == _measure(2, "", -1) - STANDARD[-1].block
    assert _measure(6, TEXT, -1) > _measure(6, "", -1)


def test_it_stands_under_them_on_a_calm_sheet() -> None:
    assert _measure(2, TEXT, 0) > _measure(2, "", 0)
