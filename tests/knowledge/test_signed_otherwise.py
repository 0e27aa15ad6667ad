"""A signed consultation is never shown calmer than it was signed by other numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Override
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Screening
from consult_app.domain.history import Numbing
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.signed_otherwise import judge_as_signed, tell_numbers
from tests.knowledge.test_elsewhere import OTHER

SIGNED = replace(OTHER, state="signed", content_version="1.0+7d", findings={"cooling": "defer"})
RELATIVE = {"anticoagulant_current": "relative"}
WRITTEN = Override(id="anticoagulant_current", reason="The prescriber agrees", digest="r~f~p")
CREAMLESS = PlanRequest(numbing=Numbing(product="none"))
RECORDED = ("relative", "Decision or clearance recorded")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def judged(state: DecisionState, version: str = "1.0+7d") -> Judgement:
    screening = Screening(content_id="c", content_version=version, outcome=None, complete=True)
    return Judgement(decision=Decision(state=state, headline="own"), screening=screening)


def look(pack: Pack, own_state: DecisionState, version: str, **said: object) -> Decision:
    own = judged(own_state, version)
    visit = replace(SIGNED, **said)  # type: ignore[arg-type] # its fields
    return judge_as_signed(pack, lambda _: own, lambda _: own)(visit).decision


def test_what_waited_by_the_numbers_of_then_is_not_clear_by_those_of_today(
    pack: Pack,
) -> None:
    """A clinic's time to think was taken back, and the record of it turned green."""
    found = look(pack, DecisionState.CLEAR, "1.0")
    assert found.state is DecisionState.DEFER
    assert found.headline == (
        "As it was signed, by other content or numbers: Not today: something has to settle first"
    )


@pytest.mark.parametrize(
    ("state", "version", "said"),
    [
        (DecisionState.CLEAR, "1.0+7d", {}),
        (DecisionState.CLEAR, "1.0", {"state": "draft"}),
        (DecisionState.CLEAR, "1.0", {"findings": {"acne_active_mild": "precaution"}}),
        (DecisionState.ABSOLUTE, "1.0", {}),
    ],
)
def test_all_else_is_said_as_it_is(
    pack: Pack, state: DecisionState, version: str, said: dict[str, object]
) -> None:
    found = look(pack, state, version, **said)
    assert (found.state, found.headline) == (state, "own")


@pytest.mark.parametrize(
    ("said", "state", "headline"),
    [
        ({}, "relative", "Decision or clearance needed"),
        ({"overrides": (WRITTEN,)}, "relative", "Decision or clearance recorded"),
        # What held no more when it was signed is for nothing.
        ({"overrides": (replace(WRITTEN, digest=""),)}, "relative", "Decision or clearance needed"),
        (
            {"overrides": (replace(WRITTEN, reason=" "),)},
            "relative",
            "Decision or clearance needed",
        ),
        (
            {"overrides": (WRITTEN,), "findings": {**RELATIVE, "bruising": "relative"}},
            *("relative", "Decision or clearance needed"),
        ),
        ({"findings": {"allergy_amide_la": "relative"}, "plan": CREAMLESS}, *RECORDED),
        ({"findings": {"site_prohibited": "absolute"}}, "change_plan", "Change the plan"),
        ({"findings": {"pregnancy": "absolute"}}, "absolute", "Do not treat"),
        (
            {"findings": {"site_prohibited": "absolute", "pregnancy": "absolute"}},
            *("absolute", "Do not treat"),
        ),
    ],
)
def test_the_box_says_what_it_said_when_it_was_signed(
    pack: Pack, said: dict[str, object], state: str, headline: str
) -> None:
    """What was decided with its reason was said to be still to decide."""
    found = look(pack, DecisionState.CLEAR, "1.0", **{"findings": RELATIVE, **said})
    assert found.state == state
    assert found.headline == f"As it was signed, by other content or numbers: {headline}"


@pytest.mark.parametrize("version", ["1.0", "1.0+7d"])
def test_of_a_record_that_cannot_be_judged_no_numbers_are_told(version: str) -> None:
    failed = could_not_judge(ValueError())
    assert tell_numbers(SIGNED, failed, version) == ""


@pytest.mark.parametrize("calm", [DecisionState.CLEAR, DecisionState.PRECAUTION])
@pytest.mark.parametrize("unknown", [DecisionState.COULD_NOT_CHECK, DecisionState.INCOMPLETE])
def test_what_is_open_by_either_numbers_is_not_called_calm(
    pack: Pack, calm: DecisionState, unknown: DecisionState
) -> None:
    known, open_ = judged(calm), judged(unknown)
    assert judge_as_signed(pack, lambda _: known, lambda _: open_)(SIGNED).decision.state == unknown
    assert judge_as_signed(pack, lambda _: open_, lambda _: known)(SIGNED).decision.state == unknown
