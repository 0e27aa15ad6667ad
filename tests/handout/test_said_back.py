"""A usual plan stays on one sheet when the patient's own words stand on it as well."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from functools import cache, lru_cache

import pytest

from consult_app.app import Program
from consult_app.composed import Composed, Paper
from consult_app.domain.consultation import Agreement, Consultation, Discussion, TeachBack
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Choice, Figure, Quotes
from consult_app.handout.pdf import measure_air
from consult_app.handout.style import PAPERS
from consult_app.paths import find_resources
from tests.handout.compose_cases import spaced
from tests.handout.test_variants import TYPICAL
from tests.handout.validators import find_faults
from tests.handout.validators_cases import EXAMPLES, make_case
from tests.handout.validators_reading import read

IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
SAID = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2031, 1, 1),
    started_at=datetime(2031, 1, 1, 9, tzinfo=UTC),
    agreement=Agreement(
        teach_back=TeachBack(
            outcome="understood",
            words={
                "tonight": "Cool water only, no make-up, no gym.",
                "again": "Sun cream from the second day and I leave flakes alone",
                "call": "I call when it gets worse after day two, or pus, or fever",
            },
        )
    ),
    discussion=Discussion(
        agreed_range="Somewhat softer, not gone; first change in about three months.",
        must_avoid="Being red at my sister's wedding on the 20th",
    ),
)
DIVIDED: tuple[str, Paper] = ("six sessions", "Letter")
"""The list of harms goes on on the second side of this one."""


@lru_cache(maxsize=1)
def _program() -> Program:
    return Program(clock=lambda: IDLE)


@cache
def _compose(name: str, paper: Paper) -> Composed:
    case = read_case(make_case(name), "handout")
    return _program().compose(case, paper=paper, visit=SAID)


@pytest.mark.parametrize("name", TYPICAL)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_usual_plan_with_all_that_was_said_is_one_sheet(name: str, paper: Paper) -> None:
    assert _compose(name, paper).drawn.pages == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_agreed_stands_on_it(name: str) -> None:
    (quotes,) = (it for it in list_blocks(_compose(name, "A4").handout) if isinstance(it, Quotes))
    assert any("wedding" in item for item in quotes.items)
    assert any("three months" in item for item in quotes.items)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_picture_stands_beside_it(name: str) -> None:
    assert _has_picture(_compose(name, "A4"))


def test_what_was_said_and_the_boxes_come_back_where_that_costs_neither_a_page_nor_air(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fuller = {key: _compose(*key) for key in itertools.product(TYPICAL, PAPERS)}
    monkeypatch.setattr(Versions, "refill", lambda *_: None)
    plain = {key: _compose.__wrapped__(*key) for key in fuller}
    said = {key for key in fuller if _count_quotes(fuller[key]) > _count_quotes(plain[key])}
    boxed = {key for key in fuller if _count_boxes(fuller[key]) > _count_boxes(plain[key])}
    more = said | boxed

    assert said
    assert boxed
    for key, sheet in fuller.items():
        assert sheet.drawn.pages == plain[key].drawn.pages
        # Neither goes for the sake of air, and so both come back without regard to it.
        pictured = _has_picture(sheet) > _has_picture(plain[key])
        told = _tells_more(sheet, plain[key])
        assert pictured or told or _measure(sheet) >= _measure(plain[key])
        assert pictured or told or key in more or sheet.drawn.pdf == plain[key].drawn.pdf


MOVED, LOOKS = "Then we move the", "with tiny dark dots and itching"
HOW = "Thin needles make tiny holes"


def _tells_more(sheet: Composed, plain: Composed) -> bool:
    """Return whether what is done, or how the skin looks later, came back."""
    full, bare = (spaced(it.handout) for it in (sheet, plain))
    return any(words in full and words not in bare for words in (HOW, MOVED, LOOKS))


def test_a_list_that_goes_on_stands_under_its_heading_on_both_sides() -> None:
    pdf = _compose(*DIVIDED).drawn.pdf
    sides = [[line.text for line in side.lines] for side in read(pdf).sides]
    assert [side.count("Possibleharms") for side in sides] == [1, 1]
    assert find_faults(pdf) == []


def _has_picture(sheet: Composed) -> bool:
    return any(isinstance(block, Figure) for block in list_blocks(sheet.handout))


def _count_quotes(sheet: Composed) -> int:
    return sum(len(it.items) for it in list_blocks(sheet.handout) if isinstance(it, Quotes))


def _count_boxes(sheet: Composed) -> int:
    return sum(len(it.boxes) for it in list_blocks(sheet.handout) if isinstance(it, Choice))


def _measure(sheet: Composed) -> float:
    resources = find_resources()
    return measure_air(sheet.handout, paper=sheet.paper, size="standard", resources=resources)
