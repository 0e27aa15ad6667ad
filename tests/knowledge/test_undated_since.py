"""What was told as over without its day was over by the day on which it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.history import Condition, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.treating import answer_again
from tests.knowledge.test_over_since import (
    BOIL,
    CREAMS,
    FEVER,
    RETINOL,
    SORE,
    TOLD,
    begin_on,
    deny,
    look,
    tell,
    use,
)


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        (replace(SORE, status="healed"), 14),
        (replace(BOIL, status="cleared"), 14),
        (replace(FEVER, status="recovered"), 7),
    ],
)
def test_what_was_over_without_its_day_was_over_by_the_day_it_was_told(
    pack: Pack, entry: Condition, days: int
) -> None:
    """Its day was asked for and never told; one No then ended what had no end."""
    said = tell(pack, entry)
    early = look(pack, said, deny(pack, said, entry.code, TOLD + timedelta(days=days - 1)))
    assert entry.code in {it.item for it in early.decision.needed}
    late = look(pack, said, deny(pack, said, entry.code, TOLD + timedelta(days=days)))
    assert not late.decision.needed


def test_a_past_of_which_nothing_had_to_wait_has_no_wait(pack: Pack) -> None:
    said = tell(pack, replace(SORE, status=None))
    denied = deny(pack, said, SORE.code, TOLD + timedelta(days=1))
    assert SORE.code not in {it.item for it in look(pack, said, denied).decision.needed}


def test_of_several_kinds_told_the_longest_wait_counts(pack: Pack) -> None:
    """A cream still used hid one left off that day, whose wait is two days longer."""
    left_off = Medication(
        code="tretinoin_topical",
        status="stopped",
        last_dose=PartialDate.of(TOLD),
        zones=("face",),
    )
    said = use(pack, RETINOL)
    facts = replace(said.visit.facts, medications=(RETINOL, left_off))
    said = LastSaid(visit=replace(said.visit, facts=facts))
    day = TOLD + timedelta(days=1)
    denied = answer_again(pack, begin_on(pack, said, day), said.visit, CREAMS, "no")

    needed = look(pack, said, denied).decision.needed

    assert [it.until for it in needed if it.item == CREAMS] == [TOLD + timedelta(days=5)]
