"""The decision box: states, words, what is needed, and what blocks."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from consult_app.domain.consultation import Override
from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import checking, could_not_check, decide
from consult_app.knowledge.screening.screening import screen
from consult_app.record import read

ADULT = {"date_of_birth": "1990-01-01", "zones": ["cheeks"], "depth_mm": 1.0, "phototype": 2}
WARFARIN = {"medications": [{"code": "warfarin"}]}
ACTIVE = {"code": "cold_sore", "status": "active", "zones": ["neck"]}

Box = Callable[..., Decision]


@pytest.fixture
def box(tiny: Pack) -> Box:
    """The decision for a healthy adult with the facts given on top."""

    def decision(overrides: tuple[Override, ...] = (), **facts: object) -> Decision:
        screening = screen(tiny, read(Facts, ADULT | facts), today=date(2026, 6, 15))
        return decide(tiny, screening, overrides=overrides)

    return decision


@pytest.mark.parametrize(
    ("facts", "state", "headline", "blocks"),
    [
        ({}, "clear", "No contraindication found in the answers given", False),
        ({"medications": [{"code": "aspirin"}]}, "precaution", "Precautions", False),
        (WARFARIN, "relative", "Decision or clearance needed", True),
        (
            {"medications": [{"code": "retinoid", "last_dose": "2026-03-14"}]},
            "defer",
            "Not before 14 September 2026",
            True,
        ),
        (
            {
                "medications": [{"code": "retinoid", "last_dose": "2026-03-14"}],
                "conditions": [ACTIVE],
            },
            "defer",
            "Not before 14 September 2026 at the earliest",
            True,
        ),
        ({"conditions": [ACTIVE]}, "defer", "Not today: something has to settle first", True),
        ({"allergies": ["steel"]}, "absolute", "Do not treat", True),
        ({"zones": ["eyelid", "cheeks"]}, "change_plan", "Change the plan", True),
        ({"zones": ["eyelid"], "allergies": ["steel"]}, "absolute", "Do not treat", True),
        (
            {"unanswered": ["metal"]},
            "incomplete",
            "Not complete: questions are still open",
            True,
        ),
        (
            {"unanswered": ["metal"], "medications": [{"code": "aspirin"}]},
            "incomplete",
            "Not complete: questions are still open",
            True,
        ),
        ({"unanswered": ["metal"], "pregnancy": "yes"}, "absolute", "Do not treat", True),
    ],
)
def test_state_and_words_follow_the_strongest_finding(
    box: Box, facts: dict[str, object], state: str, headline: str, *, blocks: bool
) -> None:
    decision = box(**facts)

    assert (decision.state, decision.headline) == (state, headline)
    assert decision.blocks_treatment is blocks


def test_nothing_is_called_safe(box: Box) -> None:
    for facts in ({}, WARFARIN, {"allergies": ["steel"]}, {"unanswered": ["metal"]}):
        assert "safe" not in box(**facts).headline.casefold()


def test_no_rule_says_the_word_either(pack: Pack) -> None:
    """*Make safe* stood in the decision box."""
    for rule in pack.rules:
        said = f"{rule.action} {pack.question_by_id[rule.item].why}".casefold()
        assert not re.search(r"\bsafe(ly)?\b", said), rule.id


def override(tiny: Pack, rule: str, reason: str = "Agreed with the prescriber.") -> Override:
    return Override(id=rule, reason=reason, digest=tiny.rule_by_id[rule].digest)


def test_a_relative_finding_is_set_aside_by_a_written_reason(box: Box, tiny: Pack) -> None:
    decision = box(overrides=(override(tiny, "thinner"),), **WARFARIN)

    assert decision.state is DecisionState.RELATIVE
    assert decision.headline == "Decision or clearance recorded"
    assert [finding.id for finding in decision.findings] == ["thinner"]
    assert not decision.blocks_treatment


def test_each_relative_finding_needs_its_own_reason(box: Box, tiny: Pack) -> None:
    decision = box(
        overrides=(override(tiny, "thinner"),), conditions=[{"code": "sugar"}], **WARFARIN
    )

    assert decision.headline == "Decision or clearance needed"
    assert decision.blocks_treatment


def test_a_reason_lapses_when_it_is_blank_or_its_rule_has_changed(box: Box, tiny: Pack) -> None:
    blank = override(tiny, "thinner", reason="  ")
    stale = Override(id="thinner", reason="Agreed.", digest="of an older rule")
    without = Override(id="thinner", reason="Agreed.")

    for lapsed in (blank, stale, without):
        assert box(overrides=(lapsed,), **WARFARIN).blocks_treatment


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("steel", {"allergies": ["steel"]}),
        ("eyelid", {"zones": ["eyelid"]}),
        ("sore_now", {"conditions": [ACTIVE]}),
        ("thinner", WARFARIN | {"device_profile": "strict"}),
    ],
)
def test_absolute_findings_and_deferrals_cannot_be_set_aside(
    box: Box, tiny: Pack, rule: str, facts: dict[str, object]
) -> None:
    assert box(overrides=(override(tiny, rule),), **facts).blocks_treatment


def test_an_open_question_blocks_although_every_reason_is_written(box: Box, tiny: Pack) -> None:
    decision = box(overrides=(override(tiny, "thinner"),), unanswered=["metal"], **WARFARIN)

    assert decision.state is DecisionState.INCOMPLETE
    assert decision.blocks_treatment


def test_what_is_needed_names_where_it_is_asked(box: Box) -> None:
    decision = box(
        date_of_birth=None, phototype=None, zones=None, depth_mm=None, unanswered=["metal", "new"]
    )

    assert decision.needed == (
        Needed(step="patient", item="age", label="The age"),
        Needed(step="skin", item="phototype", label="Skin phototype"),
        Needed(step="safety", item="metal", label="The metal"),
        Needed(step="plan", item="site", label="The site"),
        Needed(step="safety", item="new", label="new"),
    )


def test_before_and_without_a_check_the_box_blocks() -> None:
    assert Decision().blocks_treatment
    for decision, state in (
        (checking(), DecisionState.CHECKING),
        (could_not_check(), DecisionState.COULD_NOT_CHECK),
    ):
        assert decision.state is state
        assert decision.blocks_treatment
        assert decision.findings == ()


def test_the_reasons_the_box_gives_call_nothing_safe(pack: Pack) -> None:
    """Neither a rule's nor the guidance that differs (the decision box, product)."""
    words = [f"{it.why} {it.disagreement} {it.depth_or_phototype}" for it in pack.questions]
    assert not [text for text in words if re.search(r"\bsafe\b", text, re.IGNORECASE)]
