"""How rows are divided among pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult_app.handout.flow import SPREAD, Strip, flow, measure, spread
from consult_app.handout.pieces import Piece

ROOM = 700.0
HEIGHTS = st.lists(st.floats(min_value=1, max_value=ROOM), min_size=1, max_size=20)


def _strip(height: float, *, turns: bool = False) -> Strip:
    return Strip(Piece(height, lambda _pen, _box: None), 10, turns=turns)


@given(HEIGHTS, st.booleans(), st.integers(min_value=0, max_value=19))
def test_nothing_is_lost_and_every_page_fits(
    heights: list[float],
    keep_sides: bool,  # noqa: FBT001  # hypothesis gives arguments by position
    turn: int,
) -> None:
    strips = [_strip(height, turns=place == turn) for place, height in enumerate(heights)]
    sides = flow(strips, ROOM, keep_sides=keep_sides)
    assert [strip for side in sides for strip in side] == strips
    assert all(measure(side) <= ROOM + 0.01 for side in sides)


@given(HEIGHTS)
def test_room_left_over_is_shared_evenly_and_never_beyond_the_page(heights: list[float]) -> None:
    for side in flow([_strip(height) for height in heights], ROOM, keep_sides=True):
        tops = spread(side, ROOM)
        gaps = [
            low - high - strip.piece.height
            for high, low, strip in zip(tops, tops[1:], side, strict=False)
        ]
        assert all(10 - 1e-6 <= gap <= 10 + SPREAD + 1e-6 for gap in gaps)
        assert tops[-1] + side[-1].piece.height <= ROOM + 0.01


def test_a_new_side_is_begun_where_it_is_asked_for() -> None:
    sides = flow([_strip(100), _strip(100, turns=True)], ROOM, keep_sides=True)
    assert [len(side) for side in sides] == [1, 1]


def test_after_an_overflow_no_page_is_left_half_empty() -> None:
    strips = [_strip(500), _strip(500), _strip(100, turns=True)]
    assert [len(side) for side in flow(strips, ROOM, keep_sides=True)] == [1, 2]
