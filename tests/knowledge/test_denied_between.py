"""What was told has its wait also where a treatment in between denied it, or was not sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.history import Condition
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import lay_later
from consult_app.knowledge.visits.treating import answer_again
from tests.knowledge.test_over_since import TOLD, WAITS, look, tell, treat


@WAITS
@pytest.mark.parametrize("state", ["no", "unsure"])
def test_a_treatment_that_denied_it_meanwhile_ends_no_wait_either(
    pack: Pack, entry: Condition, days: int, state: str
) -> None:
    """Refused and signed so, its *No* was the last answer, and the next one was clear."""
    said = tell(pack, entry)
    denied = treat(pack, said, TOLD + timedelta(days=2))
    denied = answer_again(pack, denied, said.visit, entry.code, state)
    since = lay_later(pack, said.visit, [replace(denied, id="t0", state="signed")])

    early = look(pack, since, treat(pack, since, TOLD + timedelta(days=days - 1)))
    late = look(pack, since, treat(pack, since, TOLD + timedelta(days=days)))

    assert [it.item for it in early.decision.needed] == [entry.code]
    assert not late.decision.needed
