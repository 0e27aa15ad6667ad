"""Who has melasma where it is needled reads of sunscreen from today on, not only after a visit."""

from __future__ import annotations

from datetime import date

import pytest

from consult_app.domain.history import Condition, Facts
from tests.handout.compose_cases import FIRST, MADE_ON, layout, make_composed, pack, spaced

MELASMA = Condition(code="melasma", zones=("cheeks",))
every_cut = pytest.mark.parametrize("cut", range(layout().budget.cuts + 1))


def told(*conditions: Condition, cut: int = 0, made_on: date = MADE_ON) -> str:
    facts = Facts(phototype=3, conditions=conditions)
    return spaced(make_composed(facts=facts, cut=cut, made_on=made_on))


def test_the_layout_tells_of_every_rule_that_asks_for_preparation() -> None:
    (group,) = (it for it in layout().group if it.tag == "melasma_first")
    asked = tuple(f"found:{it.rule}" for it in pack().protocol.plan.preparing)
    assert group.when == asked
    actions = {rule.id: rule.action for rule in pack().rules}
    for it in pack().protocol.plan.preparing:
        assert f"{it.weeks.first}-{it.weeks.last} weeks of {it.what} first" in actions[it.rule]


@every_cut
def test_with_melasma_sunscreen_begins_today(cut: int) -> None:
    """The decision box asked for weeks of it first, and the fullest sheet told of none."""
    text = told(MELASMA, cut=cut)
    assert "From today, " in text
    assert "SPF 50 sunscreen every morning" in text
    assert ("Ask us about a cream for melasma" in text) == (cut < 8)
    assert "From today, " not in told(cut=cut)


def test_on_the_day_of_the_first_visit_it_is_too_late_for_that() -> None:
    assert "From today, " not in told(MELASMA, made_on=FIRST.date())
