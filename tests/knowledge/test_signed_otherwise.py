"""A signed consultation is never shown calmer than it was signed by other numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Screening
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.signed_otherwise import judge_as_signed
from tests.knowledge.test_elsewhere import OTHER

SIGNED = replace(OTHER, state="signed", content_version="1.0+7d", findings={"cooling": "defer"})


def look(own_state: DecisionState, version: str, **said: object) -> Decision:
    screening = Screening(content_id="c", content_version=version, outcome=None, complete=True)
    own = Judgement(decision=Decision(state=own_state, headline="own"), screening=screening)
    visit = replace(SIGNED, **said)  # type: ignore[arg-type] # its fields
    return judge_as_signed(lambda _: own, lambda _: own)(visit).decision


def test_what_waited_by_the_numbers_of_then_is_not_clear_by_those_of_today() -> None:
    """A clinic's time to think was taken back, and the record of it turned green."""
    found = look(DecisionState.CLEAR, "1.0")
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
    state: DecisionState, version: str, said: dict[str, object]
) -> None:
    found = look(state, version, **said)
    assert (found.state, found.headline) == (state, "own")
