"""What was told has its wait also where a treatment in between denied it, or was not sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Condition, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import LastSaid, lay_late, lay_later
from consult_app.knowledge.visits.treating import answer_again, answer_medicines
from tests.knowledge.test_over_since import TOLD, WAITS, deny, look, tell, treat
from tests.knowledge.visits import make_denied, plan_for


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


@WAITS
def test_a_consultation_signed_late_has_its_wait_at_a_return_visit(
    pack: Pack, entry: Condition, days: int
) -> None:
    """The last visit knew nothing of it and said *No*; one *No* for the group was taken."""
    late = tell(pack, entry).visit
    denied = {**late.answers, entry.code: Answer(state="no")}
    empty = replace(late.facts, conditions=())
    day = TOLD + timedelta(days=1)
    last = replace(late, id="c2", visit_date=day, answers=denied, facts=empty)
    said = lay_late(pack, LastSaid(visit=last), [late])
    assert said.late == {entry.code: late}
    bulk = {**denied, entry.code: Answer(state="no", bulk=True)}

    def come(days: int) -> list[str]:
        visit = replace(last, id="c3", state="draft", answers=bulk)
        visit = replace(visit, visit_date=TOLD + timedelta(days=days))
        return [it.item for it in look(pack, said, visit).decision.needed if it.against]

    assert come(days - 1) == [entry.code]
    assert come(days) == []


@pytest.mark.parametrize("new", ["yes", "unsure"])
@pytest.mark.parametrize("kind", ["treatment", "consultation"])
def test_a_new_medicine_that_nobody_named_ends_no_wait_of_one_told_before(
    pack: Pack, new: str, kind: str
) -> None:
    """All medicines were asked anew, and a *No* to the capsules of two weeks ago was clear."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    last_day = PartialDate.of(TOLD - timedelta(days=14))
    capsules = Medication(code="isotretinoin", status="stopped", last_dose=last_day)
    answers = {**visit.answers, "isotretinoin": Answer(state="yes")}
    facts = replace(visit.facts, medications=(capsules,))
    said = LastSaid(visit=replace(visit, answers=answers, facts=facts, state="signed"))
    told = answer_medicines(pack, deny(pack, said, "sunburn", TOLD), said.visit, new)
    since = lay_later(pack, said.visit, [replace(told, id="t0", state="signed")])
    assert "isotretinoin" not in since.visit.answers

    asked = replace(visit, id="v2", kind=kind, visit_date=TOLD + timedelta(days=28))  # type: ignore[arg-type] # of both
    denied = replace(asked, answers=dict.fromkeys(visit.answers, Answer(state="no", bulk=True)))

    needed = look(pack, since, denied).decision.needed
    assert [it.item for it in needed if it.until] == ["isotretinoin"]
