"""Tests on single facts and on what is planned."""

from collections.abc import Callable
from datetime import date

import pytest

from consult_app.knowledge.condition import Match, Truth

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

Ask = Callable[..., Match]


@pytest.mark.parametrize(
    ("when", "facts", "truth"),
    [
        ('{ fact = "pregnancy", is = "yes" }', {}, NO),
        ('{ fact = "pregnancy", is = "yes" }', {"pregnancy": "yes"}, YES),
        ('{ fact = "pregnancy", is = "yes" }', {"unanswered": ["baby"]}, UNKNOWN),
        ('{ fact = "pregnancy", is_not = "no" }', {"unanswered": ["baby"]}, UNKNOWN),
        (
            '{ fact = "pregnancy", is = "yes" }',
            {"pregnancy": "trying", "unanswered": ["baby"]},
            NO,
        ),
        ('{ fact = "phototype", at_least = 4 }', {}, UNKNOWN),
        ('{ fact = "phototype", in = [2, 3] }', {"phototype": 3}, YES),
        ('{ fact = "depth_mm", below = 0.5 }', {"depth_mm": 0.5}, NO),
        ('{ fact = "depth_mm", below = 0.5 }', {}, UNKNOWN),
        ('{ fact = "jurisdiction", is = "AU" }', {}, NO),
        ('{ fact = "consent.intoxicated", is = true }', {"unanswered": ["wish"]}, UNKNOWN),
        ('{ fact = "anaesthetic.grams", above = 60 }', {}, NO),
        ('{ fact = "anaesthetic.grams", above = 60 }', {"unanswered": ["cream"]}, UNKNOWN),
        ('{ fact = "anaesthetic.grams", above = 60 }', {"anaesthetic": {}}, UNKNOWN),
        ('{ fact = "anaesthetic.grams", above = 60 }', {"anaesthetic": {"grams": 61}}, YES),
        ('{ fact = "anaesthetic.after_needling", is = false }', {"anaesthetic": {}}, YES),
    ],
)
def test_a_fact_is_unknown_when_nobody_said_it(
    ask: Ask, when: str, facts: dict[str, object], truth: Truth
) -> None:
    assert ask(when, **facts).truth is truth


@pytest.mark.parametrize(
    ("cream", "truth"),
    [
        (None, NO),
        ({"contains": ["prilocaine"]}, YES),
        ({"contains": ["lidocaine"]}, NO),
        ({"product": "mix"}, YES),
        ({"product": "a_new_cream"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_cream_contains_what_is_named_and_what_its_product_is_known_for(
    ask: Ask, cream: dict[str, object] | None, truth: Truth
) -> None:
    when = '{ fact = "anaesthetic.contains", includes = ["prilocaine"] }'

    assert ask(when, anaesthetic=cream).truth is truth


@pytest.mark.parametrize(
    ("limits", "born", "truth"),
    [
        ("below = 18", "2008-06-15", NO),
        ("below = 18", "2008-06-16", YES),
        ("at_least = 18, below = 22", "2004-06-16", YES),
        ("at_least = 18, below = 22", "2004-06-15", NO),
        ("below = 18", None, UNKNOWN),
    ],
)
def test_age_is_counted_on_the_treatment_date(
    ask: Ask, limits: str, born: str | None, truth: Truth
) -> None:
    assert ask(f"{{ age = {{ {limits} }} }}", date_of_birth=born).truth is truth


@pytest.mark.parametrize(
    ("when", "zones", "truth"),
    [
        ('{ treated = ["eyelid"] }', ["cheeks", "eyelid"], YES),
        ('{ treated = ["eyelid"] }', ["face"], NO),
        ('{ treated = ["face"] }', ["brow"], YES),
        ('{ treated = ["eyelid"] }', None, UNKNOWN),
        ('{ treated = ["eyelid"] }', ["cheeks", "a_new_area"], UNKNOWN),
        ("{ treated_face = true }", ["neck"], NO),
        ("{ treated_face = true }", ["neck", "cheeks"], YES),
        ('{ treated_region = "head_neck" }', ["neck"], YES),
        ('{ treated_region = "head_neck" }', ["upper_back"], NO),
        ('{ depth = "beyond_guide" }', ["cheeks"], NO),
        ('{ depth = "beyond_guide" }', ["cheeks", "brow"], YES),
        ('{ depth = "beyond_guide" }', ["face"], NO),
        ('{ depth = "beyond_guide" }', ["back"], NO),
        ('{ depth = "beyond_guide" }', ["a_new_area"], UNKNOWN),
        ('{ depth = "beyond_guide" }', None, UNKNOWN),
    ],
)
def test_what_is_treated_is_judged_area_by_area(
    ask: Ask, when: str, zones: list[str] | None, truth: Truth
) -> None:
    assert ask(when, zones=zones, depth_mm=1.0).truth is truth


def test_a_date_among_the_facts_can_be_waited_for(ask: Ask) -> None:
    when = '{ fact = "consent.risks_given_on", within = { days = 7 } }'
    found = ask(when, consent={"risks_given_on": "2026-06-10"})

    assert (found.truth, found.until) == (YES, date(2026, 6, 17))
    assert ask(when).open
    assert ask(when, consent={"risks_given_on": "2026-06-08"}).truth is NO
