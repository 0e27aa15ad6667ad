"""What was decided beside a calm box is said in it: it is not called clear any more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from consult_app.domain.consultation import Override
from consult_app.domain.decision import Decision, DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.dated_ahead import DATED_AHEAD, judge_ahead
from consult_app.values import replace
from tests.knowledge.test_elsewhere import OTHER

TODAY = date(2026, 6, 15)
LATE = TODAY + timedelta(days=20)


def look(state: DecisionState, *overrides: Override, on: date = LATE) -> Decision:
    """Judge a visit of that state beside a treatment of that day."""
    blocks = state not in {DecisionState.CLEAR, DecisionState.PRECAUTION}
    own = Judgement(decision=Decision(state=state, headline="own", blocks_treatment=blocks))
    visit = replace(OTHER, state="draft", overrides=overrides)
    return judge_ahead(lambda _: own, [on], lambda: TODAY)(visit).decision


@pytest.mark.parametrize("state", [DecisionState.CLEAR, DecisionState.PRECAUTION])
def test_a_decision_stands_in_the_box_once_it_is_recorded(state: DecisionState) -> None:
    open_ = look(state)
    assert (open_.state, open_.blocks_treatment) == (DecisionState.RELATIVE, True)
    (found,) = open_.findings
    settled = look(state, Override(id=DATED_AHEAD, reason="In May", digest=found.digest))
    assert (settled.state, settled.blocks_treatment) == (DecisionState.RELATIVE, False)
    assert settled.headline == "Decision or clearance recorded"


def test_a_reason_for_one_day_is_none_for_another() -> None:
    (found,) = look(DecisionState.CLEAR).findings
    said = Override(id=DATED_AHEAD, reason="In May", digest=found.digest)
    assert look(DecisionState.CLEAR, said, on=LATE + timedelta(days=1)).blocks_treatment


def test_what_stood_in_the_way_goes_on_standing_there() -> None:
    assert look(DecisionState.DEFER).headline == "own"
    assert look(DecisionState.CLEAR, on=TODAY).headline == "own"
