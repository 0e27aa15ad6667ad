"""Backups are made in time, and old ones give way to new ones by day, week and month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from consult_app.store.schedule import DAYS, EVERY, MONTHS, WEEKS, choose_kept, is_due

NOW = datetime(2027, 9, 6, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (NOW, False),
        (NOW - EVERY + timedelta(seconds=1), False),
        (NOW - EVERY, True),
        (NOW - timedelta(days=400), True),
        (NOW + timedelta(seconds=1), True),
    ],
)
def test_a_backup_is_due_when_the_last_is_old_or_from_the_future(
    last: datetime | None,
    due: object,
) -> None:
    assert is_due(last, NOW) is due


def test_two_years_of_backups_come_down_to_days_weeks_and_months() -> None:
    moments = [NOW - timedelta(hours=4 * n) for n in range(6 * 730)]
    kept = sorted(choose_kept(moments, UTC), reverse=True)
    assert kept[0] == NOW
    days = [(NOW - timedelta(days=n)).date() for n in range(DAYS)]
    assert [moment.date() for moment in kept[:DAYS]] == days
    weeks = {moment.isocalendar()[:2] for moment in kept}
    months = {(moment.year, moment.month) for moment in kept}
    assert len(months) == MONTHS
    assert len(weeks) >= WEEKS
    assert len(kept) <= DAYS + WEEKS + MONTHS


def test_removing_after_each_backup_keeps_the_same_as_removing_once() -> None:
    moments = [NOW + timedelta(hours=5 * n) for n in range(2000)]
    kept: frozenset[datetime] = frozenset()
    for moment in moments:
        kept = choose_kept([*kept, moment], UTC)
    assert kept == choose_kept(moments, UTC)


def test_a_holiday_costs_no_backup() -> None:
    moments = [NOW - timedelta(days=30 * n) for n in range(7)]
    assert choose_kept(moments, UTC) == frozenset(moments)


def test_days_end_where_the_clinic_is() -> None:
    evening = datetime(2027, 9, 6, 10, 0, tzinfo=UTC)
    late = datetime(2027, 9, 6, 13, 0, tzinfo=UTC)
    days = [evening - timedelta(days=n) for n in range(1, 400)]
    auckland = timezone(timedelta(hours=12))
    assert evening in choose_kept([evening, late, *days], auckland)
    assert evening not in choose_kept([evening, late, *days], UTC)


def test_nothing_is_kept_of_nothing() -> None:
    assert choose_kept([], UTC) == frozenset()
