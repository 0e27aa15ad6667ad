"""What a record asks for where it was decided that nothing is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.locking import find_obstacles
from consult_app.knowledge.visits.obstacle import read_texts
from tests.knowledge.test_locking import look, ready

__all__ = ["ready"]


@pytest.mark.parametrize("decision", ["no", "not_suitable"])
def test_where_nothing_is_done_a_yes_is_an_answer_and_what_was_not_asked_is_none(
    pack: Pack, ready: Consultation, decision: str
) -> None:
    """Who was turned away was asked for the details of everything else they have."""
    answers = {**ready.answers, "herpes_simplex": Answer(state="yes")}
    del answers["keloid"]
    agreed = Agreement(decision=decision)  # type: ignore[arg-type] # one of them
    visit = replace(ready, answers=answers, agreement=agreed)

    found = read_texts(find_obstacles(visit, look(pack, visit), pack))

    assert found == ("Not answered yet: Keloid or raised scars.",)
    unsure = replace(visit, answers={**visit.answers, "herpes_simplex": Answer(state="unsure")})
    told = read_texts(find_obstacles(unsure, look(pack, unsure), pack))
    assert "Not answered yet: Cold sores." in told
