"""A test patch or spot that screening asks for stands on the sheet, in any skin, without a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from consult_app.domain.history import Condition, Facts
from tests.handout.compose_cases import FIRST, MADE_ON, layout, make_composed, pack, spaced

KELOID = Condition(code="keloid", zones=("shoulders",))
ROSACEA = Condition(code="rosacea", status="controlled", zones=("cheeks",))
STEPS = range(layout().budget.cuts + 1)
every_cut = pytest.mark.parametrize("cut", STEPS)


def told(
    condition: Condition, phototype: Literal[2, 5] = 2, *, cut: int = 0, made_on: date = MADE_ON
) -> str:
    facts = Facts(phototype=phototype, conditions=(condition,))
    return spaced(make_composed(facts=facts, cut=cut, made_on=made_on))


def test_content_and_layout_name_every_rule_that_asks_for_one() -> None:
    asks = re.compile(r"test (patch|spot)", re.IGNORECASE)
    asking = {rule.id for rule in pack().rules if asks.search(rule.action)}
    groups = {group.tag: group for group in layout().group}
    said = {*groups["patch_asked"].one_of, *groups["spot_first"].when}
    assert asking
    assert set(pack().protocol.plan.test_patch.asked_by) == asking
    assert said == {f"found:{name}" for name in asking}


@every_cut
def test_who_had_a_keloid_elsewhere_reads_of_the_hidden_spot(cut: int) -> None:
    """The decision box asked for it, and the sheet said nothing."""
    text = told(KELOID, cut=cut)
    assert "We first try a small hidden spot, treat lightly at first and watch" in text
    assert "watch your skin for three months" in text
    assert "hidden" not in told(ROSACEA, cut=cut)


@every_cut
def test_beside_the_test_patch_of_dark_skin_it_is_that_spot(cut: int) -> None:
    text = told(KELOID, 5, cut=cut)
    assert "We first try a small hidden spot" not in text
    assert "That spot is a hidden one. We treat lightly at first and watch your skin" in text
    assert text.index("small") < text.index("That spot")


@every_cut
def test_on_the_day_of_the_first_visit_it_is_to_have_been(cut: int) -> None:
    text = told(KELOID, cut=cut, made_on=FIRST.date())
    assert "You need a small hidden test spot first. If you have had none, ask us" in text
    assert "We first try" not in text


@pytest.mark.parametrize("cut", STEPS[:-1])
def test_who_has_rosacea_is_told_to_ask_about_a_test_patch(cut: int) -> None:
    text = told(ROSACEA, cut=cut)
    assert "small test patch before your first visit" in text
    assert "sk us about" in text
    assert "before your first visit can show" not in told(ROSACEA, 5, cut=cut), "it has its day"


def test_nobody_else_is_told_of_one() -> None:
    plain = replace(KELOID, code="keloid_family", zones=())
    for text in (told(plain), spaced(make_composed())):
        assert "test patch" not in text
        assert "spot," not in text
