"""What is not decided yet, or has no day yet, is told so that it is true however it goes on."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import get_args

import pytest

from consult_app.domain.consultation import Antiviral
from consult_app.domain.history import Condition, Facts
from consult_app.handout.document import Calendar, Handout
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, find, layout, make_composed, spaced

LAST = layout().budget.cuts
COLD_SORES = Condition(code="herpes_simplex", status="healed")
TAKE = "Take your cold sore tablets as your doctor told you."
MAYBE = re.compile(
    r"Your doctor decides if you need tablets\. If you do, take your cold sore tablets as"
    r" your doctor told you\."
    r"|If your doctor gives you cold sore tablets, take them as you were told\."
)
SOON = datetime(2027, 7, 20, 9, 15)  # noqa: DTZ001 - wall clock


def test_there_are_three_decisions_on_tablets() -> None:
    assert set(get_args(Antiviral)) == {"yes", "no", "not_needed"}


@pytest.mark.parametrize("cut", [0, 6, LAST])
@pytest.mark.parametrize(
    ("decided", "take", "maybe"),
    [(None, False, True), ("yes", True, False), ("no", False, False), ("not_needed", False, False)],
)
def test_tablets_are_told_of_as_far_as_it_is_decided(
    decided: Antiviral | None, cut: int, *, take: bool, maybe: bool
) -> None:
    facts = Facts(phototype=2, conditions=(COLD_SORES,))
    text = spaced(make_composed(facts=facts, cut=cut, antiviral=decided))

    assert (TAKE in text) is take
    assert bool(MAYBE.search(text)) is maybe
    assert ("tablets" in text) is (take or maybe)
    assert re.search("[Cc]all us(\\.| and) [Ww]e will move your visit", text)


def _sheet(
    phototype: int, first: datetime | None, *, made_on: date = MADE_ON, cut: int = 0
) -> Handout:
    request = replace(REQUEST, first_session=first)
    facts = Facts(phototype=phototype, consult_date=made_on)  # type: ignore[arg-type]  # 1 to 6
    return make_composed(request, facts=facts, made_on=made_on, cut=cut)


NEEDED = "You need a small test patch 4 weeks before your first visit."
ADVISED = re.compile("small test patch 4 weeks before your first visit( can show|\\.)")


@pytest.mark.parametrize("cut", [0, LAST])
@pytest.mark.parametrize("first", [SOON, None])
@pytest.mark.parametrize("phototype", [5, 6])
def test_a_test_patch_that_has_to_be_is_told_without_a_day(
    phototype: int, first: datetime | None, cut: int
) -> None:
    """The first visit is nearer than 28 days, or has no day itself."""
    text = spaced(_sheet(phototype, first, cut=cut))

    assert NEEDED in text
    assert ("These dates may change." in text) is (first is not None)


@pytest.mark.parametrize("cut", [0, LAST])
@pytest.mark.parametrize("first", [SOON, None])
def test_one_that_is_advised_is_not_called_needed(first: datetime | None, cut: int) -> None:
    text = spaced(_sheet(4, first, cut=cut))

    assert NEEDED not in text
    assert ADVISED.search(text)
    assert "These dates may change." not in text


@pytest.mark.parametrize("first", [SOON, None])
def test_skin_that_needs_none_is_told_of_none(first: datetime | None) -> None:
    assert "test patch" not in spaced(_sheet(3, first)).lower()


def test_one_that_has_a_day_is_told_once() -> None:
    handout = _sheet(5, REQUEST.first_session)
    text = spaced(handout)

    assert NEEDED not in text
    assert "Test patch" in [visit.label for visit in find(handout, Calendar).visits]


@pytest.mark.parametrize("phototype", [4, 5])
def test_nothing_is_to_come_before_a_visit_of_today(phototype: int) -> None:
    """Who treats without it has recorded why."""
    text = spaced(_sheet(phototype, SOON, made_on=SOON.date()))

    assert "test patch" not in text.lower()
