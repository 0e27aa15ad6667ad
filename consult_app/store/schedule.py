"""When a backup is due, which ones are kept, and when to remind: pure functions over moments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta, tzinfo

EVERY = timedelta(hours=4)
"""How old the last backup may get while the program is open. At close there is always one."""

REMIND_AFTER = timedelta(days=7)
"""How long the last backup outside this computer may be ago before the window reminds."""

DRILL_EVERY = timedelta(days=7)
"""How often a restore is tried out, and every attachment in a backup is read again."""

DAYS, WEEKS, MONTHS = 7, 5, 12
"""How many of each are kept: the last of a day, of a week, of a month."""


def is_due(last: datetime | None, now: datetime, every: timedelta = EVERY) -> bool:
    """Tell whether it is time for the next one.

    A last one in the future counts as none: a clock that was put right must not end the backups.

    Args:
        last: When the last one was made; None when there is none.
        now: The present moment.
        every: How old the last one may be.
    """
    return last is None or not now - every < last <= now


def choose_kept(moments: Iterable[datetime], zone: tzinfo) -> frozenset[datetime]:
    """Return those that stay: the newest of each of the last days, weeks and months that have any.

    Days without a backup do not count, so a holiday costs nothing. The newest of all stays.

    Args:
        moments: When the backups were made.
        zone: Where the clinic's days begin and end.
    """
    newest_first = sorted(set(moments), reverse=True)
    local = [(moment, moment.astimezone(zone)) for moment in newest_first]
    kept = _newest_of(local, lambda moment: moment.date(), DAYS)
    kept |= _newest_of(local, lambda moment: moment.isocalendar()[:2], WEEKS)
    kept |= _newest_of(local, lambda moment: (moment.year, moment.month), MONTHS)
    return frozenset(kept)


def _newest_of(
    moments: Iterable[tuple[datetime, datetime]],
    period: Callable[[datetime], Hashable],
    count: int,
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment, local in moments:
        newest.setdefault(period(local), moment)
    return set(list(newest.values())[:count])
