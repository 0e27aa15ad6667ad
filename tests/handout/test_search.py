"""The first try that fits is found, wherever the search begins, and soon where it is expected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult_app.handout.search import find_first

PLACES = st.integers(0, 12)


@given(PLACES, PLACES, PLACES, PLACES)
def test_it_is_found_from_anywhere(low: int, more: int, start: int, first: int) -> None:
    high = low + more
    tried: list[int] = []

    def fits(number: int) -> bool:
        tried.append(number)
        return number >= first

    assert find_first(fits, low, high, start) == min(max(first, low), high)
    assert all(low <= number < high for number in tried)
    assert len(tried) == len(set(tried)), "a try takes long"


@given(st.integers(0, 9))
def test_what_is_expected_takes_two_tries(first: int) -> None:
    tried: list[int] = []

    def fits(number: int) -> bool:
        tried.append(number)
        return number >= first

    assert find_first(fits, 0, 10, first) == first
    assert len(tried) <= 2
