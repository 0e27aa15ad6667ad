"""The body-image screen concludes nothing that was not asked, and always hears a crisis."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.history import Condition, ConsentFacts, Facts
from consult_app.errors import InputError
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import (
    BodyImage,
    BodyImageResult,
    lay_over_facts,
    screen_body_image,
)
from consult_app.knowledge.screening.screening import screen
from consult_app.record import read

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "instruments" / "body_image.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCase:
    """What some answers mean."""

    name: str
    answers: Mapping[str, int]
    codes: tuple[str, ...] = ()
    crisis: bool = False
    missing: tuple[str, ...] = ()
    advice: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCases:
    """The file."""

    case: tuple[BodyCase, ...]


ALL = read(BodyCases, tomllib.loads(CASES.read_text("utf-8")), place=CASES.name).case


@pytest.fixture(scope="module")
def body(pack: Pack) -> BodyImage:
    """The screen as shipped."""
    return pack.body_image


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL])
def test_answers_mean_what_their_case_says(body: BodyImage, case: BodyCase) -> None:
    result = screen_body_image(body, case.answers)
    assert result.codes == case.codes
    assert result.crisis == case.crisis
    assert result.missing == case.missing
    assert case.advice in (None, result.advice)
    assert result.inputs == case.answers
    assert result.sources


def test_an_answer_that_is_none_is_refused(body: BodyImage) -> None:
    with pytest.raises(InputError) as error:
        screen_body_image(body, {"B1": 3, "B5": 32, "B9": 1})
    assert error.value.details == (
        "B1: not an answer to it: 3",
        "B5: not an answer to it: 32",
        "B9: no question has this id",
    )


def _judge(pack: Pack, result: BodyImageResult, facts: Facts) -> dict[str, str]:
    found = screen(pack, lay_over_facts(pack.body_image, facts, result), today=date(2026, 6, 15))
    return {finding.id: str(finding.severity) for finding in found.findings}


def test_a_positive_screen_defers_and_a_proportionate_one_asks_for_a_decision(pack: Pack) -> None:
    for case in ALL:
        if not case.missing:
            found = _judge(pack, screen_body_image(pack.body_image, case.answers), Facts())
            assert ("bdd_screen_positive" in found) == ("bdd_screen_positive" in case.codes)
            raised = found.get("expectations_unrealistic")
            assert raised == ("relative" if "unrealistic_expectations" in case.codes else None)
            crisis = found.get("acute_distress_or_intoxication")
            assert crisis == ("defer" if case.crisis else None)


def test_an_open_screen_leaves_its_item_unanswered(body: BodyImage) -> None:
    result = screen_body_image(body, {"B1": 2})
    assert lay_over_facts(body, Facts(unanswered=("tan",)), result).unanswered == ("tan", "bdd")


def test_a_new_result_replaces_the_old_one_and_keeps_everything_else(body: BodyImage) -> None:
    before = Facts(
        conditions=(Condition(code="melasma"), Condition(code="bdd_screen_positive")),
        consent=ConsentFacts(in_crisis=True),
    )
    after = lay_over_facts(body, before, screen_body_image(body, {"B1": 0, "B2": 0}))
    assert after.conditions == (Condition(code="melasma"),)
    assert after.consent.in_crisis


@given(data=st.data())
def test_self_harm_is_always_a_crisis_and_nothing_open_is_positive(
    body: BodyImage, data: st.DataObject
) -> None:
    answers = {}
    for question in body.question:
        points = [None, *(int(option.points) for option in question.options)]
        chosen = data.draw(st.sampled_from(points))
        if chosen is not None:
            answers[question.id] = chosen
    result = screen_body_image(body, answers)
    assert result.crisis == (answers.get("B7") == 1)
    if result.codes:
        assert {"B1", "B2", "P1"} <= set(answers)
        assert answers["B1"] == 2
        assert answers["B2"] >= 2


def test_the_questions_are_our_own_and_name_no_licensed_tool(body: BodyImage) -> None:
    asked = " ".join(question.text for question in body.question)
    assert not any(name in asked for name in ("BDDQ", "COPS", "NICE", "DSM"))
