"""Instruments score as their sources say, and every result says how it came about."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.history import Facts
from consult_app.domain.score import Score
from consult_app.errors import InputError
from consult_app.knowledge.condition import Situation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.instruments import Instrument, Instruments
from consult_app.knowledge.scoring.phototype import settle_phototype
from consult_app.knowledge.scoring.scoring import (
    ask,
    decide_grade,
    option_of,
    propose,
    score,
)
from consult_app.record import read, write

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "instruments" / "scores.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCase:
    """What one instrument makes of answers; what is left out is not looked at, or empty."""

    name: str
    instrument: str
    points: tuple[float, ...] = ()
    answers: Mapping[str, float] | None = None
    value: float | None = None
    level: str | None = None
    label: str | None = None
    formula: str | None = None
    least: float | None = None
    least_label: str | None = None
    missing: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    advice: tuple[str, ...] | None = None
    offer_first_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCases:
    """The file."""

    case: tuple[ScoreCase, ...]


ALL = read(ScoreCases, tomllib.loads(CASES.read_text("utf-8")), place=CASES.name).case


@pytest.fixture(scope="module")
def instruments(pack: Pack) -> Instruments:
    """The instruments as shipped."""
    return pack.instruments


def _answers(instrument: Instrument, case: ScoreCase) -> Mapping[str, float]:
    if case.answers is not None:
        return case.answers
    return dict(zip((asked.place for asked in ask(instrument)), case.points, strict=True))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL])
def test_an_instrument_does_what_its_case_says(instruments: Instruments, case: ScoreCase) -> None:
    instrument = instruments.by_id[case.instrument]
    result = score(instrument, _answers(instrument, case))
    assert result.value == case.value
    assert result.missing == case.missing
    assert result.raises == case.raises
    assert result.asks == case.asks
    assert result.offer_first_mm == case.offer_first_mm
    assert case.level in (None, result.level)
    assert case.label in (None, result.label)
    assert case.formula in (None, result.formula)
    assert case.least in (None, result.least)
    assert case.least_label in (None, result.least_label)
    assert result.formula
    assert result.sources or result.status == "house"
    assert result.inputs == dict(_answers(instrument, case))
    if not instrument.band:
        assert result.advice == (case.advice or ())


def test_every_instrument_has_a_case(instruments: Instruments) -> None:
    assert {case.instrument for case in ALL} == set(instruments.by_id)


def test_an_answer_that_is_none_is_refused_with_its_place(instruments: Instruments) -> None:
    with pytest.raises(InputError) as error:
        score(instruments.by_id["laxity"], {"grade": 1.25, "colour": 2})
    assert error.value.details == (
        "laxity.grade: not an answer to it: 1.25",
        "laxity.colour: no question has this id",
    )
    with pytest.raises(InputError):
        score(instruments.by_id["wrinkle_class"], {"score": 6.5})
    with pytest.raises(InputError):
        score(instruments.by_id["goodman_baron_count"], {"flat": -1})


@given(answers=st.lists(st.integers(0, 4), min_size=10, max_size=10))
def test_the_sheet_has_one_band_for_every_total(
    instruments: Instruments, answers: list[int]
) -> None:
    sheet = instruments.by_id["phototype_sheet"]
    result = score(sheet, dict(zip((q.id for q in sheet.question), answers, strict=True)))
    total = sum(answers)
    expected = next(
        roman
        for most, roman in ((6, "I"), (13, "II"), (20, "III"), (27, "IV"), (34, "V"), (40, "VI"))
        if total <= most
    )
    assert (result.value, result.label) == (total, expected)
    assert "VI 35-40" in result.edition


def test_the_gap_of_the_sheet_scores_three(instruments: Instruments) -> None:
    """Eight to thirty days ago is not on the stored sheet."""
    last = instruments.by_id["phototype_sheet"].question[-1]
    chosen = option_of(last, 3)
    assert chosen is not None
    assert "8 to 30 days ago" in chosen.text


@pytest.mark.parametrize(
    ("visible", "contour", "stretch", "grade"),
    [
        (False, False, None, 1),
        (False, True, None, 2),
        (True, None, True, 3),
        (True, None, False, 4),
    ],
)
def test_the_decision_aid_leads_to_the_grade(
    instruments: Instruments,
    visible: bool,  # noqa: FBT001 - an answer
    contour: bool | None,  # noqa: FBT001 - an answer
    stretch: bool | None,  # noqa: FBT001 - an answer
    grade: int,
) -> None:
    scale = instruments.by_id["goodman_baron"]
    said = {"visible": visible, "contour": contour, "stretch": stretch}
    answers = {key: value for key, value in said.items() if value is not None}
    assert decide_grade(scale, answers) == grade
    assert decide_grade(scale, {}) == "visible"
    assert decide_grade(scale, {"visible": visible}) == ("stretch" if visible else "contour")
    assert decide_grade(instruments.by_id["glogau"], answers) is None


def test_a_result_keeps_its_words_when_it_is_written_and_read(instruments: Instruments) -> None:
    result = score(instruments.by_id["gais"], {"grade": 2})
    kept = write(result, full=True)
    assert (kept["value"], kept["label"]) == (2, "2 much improved")
    assert read(Score, kept) == result


@pytest.mark.parametrize(
    ("sheet", "seen", "tone", "pigment_risk", "sun_advice"),
    [
        (3, 4, None, 4, 3),
        (5, 4, None, 5, 4),
        (2, 2, 7, 5, 2),
        (6, None, 10, 6, 6),
        (3, 3, 6, 3, 3),
        (None, 2, None, 2, 2),
        (None, None, 8, 5, None),
        (None, None, 3, None, None),
        (None, None, None, None, None),
    ],
)
def test_the_higher_phototype_counts_for_pigment_and_the_lower_for_the_sun(
    instruments: Instruments,
    sheet: int | None,
    seen: int | None,
    tone: int | None,
    pigment_risk: int | None,
    sun_advice: int | None,
) -> None:
    assert instruments.phototype is not None
    found = settle_phototype(instruments.phototype, sheet=sheet, seen=seen, tone=tone)
    assert (found.pigment_risk, found.sun_advice) == (pigment_risk, sun_advice)
    assert found.sources == ("S54", "S56", "S70")


def test_the_tone_never_lowers_a_phototype(instruments: Instruments) -> None:
    assert instruments.phototype is not None
    for sheet, seen, tone in product(range(1, 7), range(1, 7), range(1, 11)):
        with_tone = settle_phototype(instruments.phototype, sheet=sheet, seen=seen, tone=tone)
        without = settle_phototype(instruments.phototype, sheet=sheet, seen=seen, tone=None)
        assert (with_tone.pigment_risk or 0) >= (without.pigment_risk or 0)
        assert with_tone.sun_advice == without.sun_advice


def _propose(pack: Pack, **facts: object) -> Mapping[str, float]:
    situation = Situation(
        facts=read(Facts, facts),
        today=date(2026, 6, 15),
        areas=pack.protocol.areas,
        vocabulary=pack.vocabulary,
        asked_by=pack.asked_by,
    )
    return propose(pack.instruments, pack.instruments.by_id["pigment"], situation)


def test_facts_answer_what_they_can_of_the_pigment_score(pack: Pack) -> None:
    """Pill, birth and outdoor work are never concluded from an absence: nobody asked."""
    assert _propose(
        pack,
        phototype=4,
        zones=["chest"],
        depth_mm=1.5,
        conditions=[
            {"code": "pih_history"},
            {"code": "acne", "zones": ["chest"], "iga": 2, "nodules": False},
        ],
        exposures=[{"code": "sunbed", "zones": ["chest"], "date": "2026-05-20"}],
        medications=[{"code": "doxycycline"}],
    ) == {
        "phototype": 2,
        "past_pih": 2,
        "melasma": 0,
        "uv": 2,
        "depth": 1,
        "photosensitiser": 1,
        "inflamed": 1,
        "below_neck": 1,
    }


def test_facts_that_are_open_leave_the_pigment_score_open(pack: Pack) -> None:
    answers = _propose(
        pack,
        conditions=[{"code": "melasma"}],
        medications=[{"code": "hrt"}],
        exposures=[{"code": "planned_sun_after", "date": "2026-06-20"}],
        unanswered=["pih", "tan", "photosensitiser"],
    )
    assert answers == {"hormones": 1, "inflamed": 0, "sun_ahead": 1}
    result = score(pack.instruments.by_id["pigment"], answers)
    assert result.value is None
    assert not result.complete


@pytest.mark.parametrize(("depth", "points"), [(1.0, 0), (1.25, 1), (1.5, 1), (1.75, 2)])
def test_depth_counts_from_above_one_millimetre(pack: Pack, depth: float, points: int) -> None:
    assert _propose(pack, depth_mm=depth, zones=["cheeks"])["depth"] == points


@pytest.mark.parametrize(("phototype", "points"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, 3), (6, 3)])
def test_phototype_counts_for_the_pigment_score(pack: Pack, phototype: int, points: int) -> None:
    assert _propose(pack, phototype=phototype)["phototype"] == points


@pytest.mark.parametrize(("day", "points"), [("2026-05-18", 0), ("2026-05-19", 2)])
def test_sun_counts_for_twenty_eight_days(pack: Pack, day: str, points: int) -> None:
    tan = {"code": "tan", "zones": ["cheeks"], "date": day}
    assert _propose(pack, zones=["cheeks"], exposures=[tan])["uv"] == points
