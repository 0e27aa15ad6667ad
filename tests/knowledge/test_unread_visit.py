"""What is to be read first is said over what is calm, and over nothing that is not."""

from __future__ import annotations

import pytest

from consult_app.domain.decision import Decision, DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.unread_visit import CALM, lay_unread
from tests.knowledge.test_elsewhere import OTHER


@pytest.mark.parametrize("state", DecisionState)
def test_only_what_is_calm_gives_way(state: DecisionState) -> None:
    own = Judgement(decision=Decision(state=state, headline="own"))
    found = lay_unread(own, OTHER).decision
    assert found.state is not DecisionState.CLEAR
    assert (found.visit == OTHER.id) == (state in CALM)
    assert (found.headline == "own") == (state not in CALM)
