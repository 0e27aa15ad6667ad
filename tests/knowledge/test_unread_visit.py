"""What is to be read first is said where nothing refuses the treatment, and nowhere else."""

from __future__ import annotations

import pytest

from consult_app.domain.decision import Decision, DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.unread_visit import lay_unread
from tests.knowledge.test_elsewhere import OTHER


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize("state", DecisionState)
def test_what_refuses_nothing_gives_way(state: DecisionState, *, blocks: bool) -> None:
    """Also what was decided with a reason, as for somebody who takes a blood thinner."""
    own = Judgement(decision=Decision(state=state, headline="own", blocks_treatment=blocks))
    found = lay_unread(own, OTHER).decision
    assert (found.visit == OTHER.id) != blocks
    assert (found.headline == "own") == blocks
    assert blocks or found.state is not DecisionState.CLEAR
    assert found.blocks_treatment == blocks
