"""The months of a plan, in weeks as the practice counts them."""

from __future__ import annotations

from datetime import date

import pytest

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.months import Mark, Month
from consult_app.gui.widgets.written_dates import ORDER


@pytest.mark.parametrize(
    ("month_first", "letters", "week"),
    [
        (False, "MTWTFSS", [0, 1, 2, 3, 4, 5, 6]),
        (True, "SMTWTFS", [0, 0, 1, 2, 3, 4, 5]),
    ],
)
def test_weeks_begin_on_a_sunday_where_dates_are_written_month_first(
    theme: Theme, *, month_first: bool, letters: str, week: list[int]
) -> None:
    """They began on a Monday everywhere."""
    ORDER.use(month_first=month_first)
    month = Month(theme, 2026, 12, [Mark(day=date(2026, 12, 6), label="Visit 1")])
    assert month._letters == letters
    assert month._weeks[0] == week, "the first of December 2026 is a Tuesday"
