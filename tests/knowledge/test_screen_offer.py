"""The body-image screen is offered where a wish is somebody else's, or great over little."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import pytest

from consult_app.domain.consultation import (
    ConcernWish,
    Consultation,
    Goals,
    MapFinding,
    SkinAssessment,
)
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.assessment import offer_screen

ROLLING, PORES = "acne_rolling", "pores"


def told(
    pack: Pack,
    *seen: MapFinding,
    bother: int | None = 9,
    whose: Literal["own", "other"] = "own",
) -> str:
    """Return why it is offered to who is bothered that much by rolling scars."""
    visit = Consultation(
        id="v",
        patient_id="p",
        visit_date=date(2027, 9, 6),
        started_at=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - wall-clock time has no zone
        goals=Goals(concerns=(ConcernWish(concern=ROLLING, bother=bother),), whose_wish=whose),
        skin=SkinAssessment(findings=seen),
    )
    return offer_screen(pack, visit)


def offered(
    pack: Pack,
    *seen: MapFinding,
    bother: int | None = 9,
    whose: Literal["own", "other"] = "own",
) -> bool:
    """Return whether it is offered."""
    return bool(told(pack, *seen, bother=bother, whose=whose))


def saw(concern: str, grade: int) -> MapFinding:
    return MapFinding(area="cheeks", concern=concern, grade=grade)


@pytest.mark.parametrize(("grade", "expected"), [(1, True), (2, False), (4, False)])
def test_great_distress_over_little_is_asked_about(
    pack: Pack, grade: int, *, expected: bool
) -> None:
    assert offered(pack, saw(ROLLING, grade)) is expected


def test_what_else_is_to_be_seen_does_not_make_it_more(pack: Pack) -> None:
    assert offered(pack, saw(PORES, 4))
    assert offered(pack, saw(ROLLING, 1), saw(PORES, 4))
    assert not offered(pack, saw(ROLLING, 3), saw(PORES, 1))


@pytest.mark.parametrize(("bother", "expected"), [(None, False), (6, False), (7, True)])
def test_a_small_bother_is_not_asked_about(
    pack: Pack, bother: int | None, *, expected: bool
) -> None:
    assert offered(pack, saw(ROLLING, 1), bother=bother) is expected


def test_nothing_is_little_that_was_not_looked_at_or_graded(pack: Pack) -> None:
    assert not offered(pack)
    assert not offered(pack, saw(ROLLING, 0))
    assert not offered(pack, saw(ROLLING, 0), saw(ROLLING, 1))


def test_what_is_not_on_the_map_is_not_called_a_low_grade(pack: Pack) -> None:
    assert told(pack, saw(PORES, 4)) == "High bother, and the map shows nothing of it"
    assert told(pack, saw(ROLLING, 1)) == "High bother, low grade"


def test_the_wish_of_somebody_else_is_asked_about(pack: Pack) -> None:
    assert offered(pack, saw(ROLLING, 4), bother=None, whose="other")
