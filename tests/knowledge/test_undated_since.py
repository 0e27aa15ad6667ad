"""What was told as over without its day was over by the day on which it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.history import Condition
from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.test_over_since import BOIL, FEVER, SORE, TOLD, deny, look, tell


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
