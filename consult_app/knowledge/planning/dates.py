"""When the sessions are: interval, dates, test patch and the gap before a big event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from consult_app.domain.plan import (
    MISSED_PATCH,
    Adjustment,
    EventNote,
    Interval,
    Note,
    SessionPlan,
)
from consult_app.knowledge.planning.depth import Line, hundredths
from consult_app.knowledge.planning.least_interval import goes_on
from consult_app.knowledge.planning.request import Order
from consult_app.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The dates of a course.

    Attributes:
        moments: Start of each session, local wall clock.
        test_patch: Day of the test patch, if one is advised or required.
        moved: Whether the first session had to move from the day asked for.
        warnings: What to say about it.
    """

    moments: tuple[datetime, ...] = ()
    test_patch: date | None = None
    moved: bool = False
    warnings: tuple[Note, ...] = ()


def settle_sessions(order: Order) -> tuple[int, tuple[Adjustment, ...]]:
    """Return the number of sessions within the concern's range, and what was changed.

    What was needled there before in the same course, as the records know, counts among those of the
    range: what is left of it may be fewer.
    """
    usual = order.primary.sessions
    asked = order.request.sessions
    least = 1 if goes_on(order) else usual.min
    used = usual.typical if asked is None else _clamp(asked, least, usual.max)
    if asked is None or asked == used:
        return used, ()
    reason = order.reason("sessions", min=usual.min, max=usual.max, concern=order.primary.label)
    return used, (Adjustment(field="sessions", requested=asked, used=used, reason=reason),)


def settle_interval(
    order: Order, lines: tuple[Line, ...], sessions: tuple[SessionPlan, ...]
) -> tuple[Interval, tuple[Adjustment, ...]]:
    """Return the gap between sessions in weeks, and what was changed (reference 1.4, 1.5)."""
    usual = order.primary.interval_weeks
    least = max(usual.min, _least_weeks(order, lines, sessions))
    typical, most = max(usual.typical, least), max(usual.max, least)
    asked = order.request.interval_weeks
    used = _clamp(typical if asked is None else asked, least, most)
    interval = Interval(min=least, typ=typical, max=most, used=used)
    if asked is None or asked == used:
        return interval, ()
    reason = order.reason("interval", min=least, max=most)
    change = Adjustment(field="interval_weeks", requested=asked, used=used, reason=reason)
    return interval, (change,)


def needs_test_patch(order: Order, sessions: tuple[SessionPlan, ...]) -> bool:
    """Return whether a test patch is advised or required for this skin and depth."""
    rule = order.protocol.plan.test_patch
    deep = max((deepest_mm(session) for session in sessions), default=0.0)
    return order.phototype in (*rule.advise, *rule.require) and deep >= rule.depth_from_mm


def find_second_session(order: Order, first: date, deepest: float, interval: Interval) -> date:
    """Return the first day for session 2: the needling gap and the least interval, both kept."""
    gap = order.protocol.plan.find_needling_gap(deepest)
    return first + timedelta(days=max(gap, interval.min * 7))


def deepest_mm(session: SessionPlan) -> float:
    """Return the deepest planned depth of a session in mm."""
    return max((depth.planned_mm for depth in session.depths), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What decides the dates of a course.

    Attributes:
        order: The settled request.
        sessions: The sessions with their bands.
        weeks: The gap between sessions.
        today: The day of planning; nothing is proposed before it.
        waits: Whether screening defers a first session on a day to a later one.
    """

    order: Order
    sessions: tuple[SessionPlan, ...]
    weeks: int
    today: date
    waits: Callable[[date], bool]

    def schedule(self, earliest: date | None) -> Schedule:
        """Return the dates from the moment asked for, moved where something has to wait.

        Args:
            earliest: First day that screening allows; None when nothing has to wait.
        """
        asked = self.order.request.first_session
        if asked is None:
            unknown = self.order.warn("no_first_session")
            return Schedule(warnings=(unknown, *self._ask_for_patch()))
        start = max(asked.date(), earliest or asked.date())
        first = self._find_suitable(max(start, self.order.moved_to or start))
        moments = tuple(datetime.combine(day, asked.time()) for day in self._days_from(first))
        return Schedule(
            moments=moments,
            test_patch=self._test_patch(first),
            moved=first != asked.date(),
            warnings=(*self._explain_event(start, first), *self._explain_patch(first)),
        )

    def _days_from(self, first: date) -> list[date]:
        gap = timedelta(weeks=self.weeks)
        return [first + gap * number for number in range(len(self.sessions))]

    def _buffer(self, session: SessionPlan | None) -> timedelta:
        """Return the days to keep before an event; None stands for the test patch."""
        rule = self.order.protocol.plan.event_buffer
        dark = session is None or self.order.phototype in rule.dark_phototypes
        days = rule.dark_days if dark else rule.days[session.intensity_band if session else "L"]
        return timedelta(days=days)

    def _in_gap(self, day: date, session: SessionPlan | None) -> bool:
        event = self.order.request.event_date
        return event is not None and day <= event < day + self._buffer(session)

    def _suits(self, first: date) -> bool:
        days = zip(self._days_from(first), self.sessions, strict=True)
        if any(self._in_gap(day, session) for day, session in days):
            return False
        patch = self._test_patch(first)
        return patch is None or not self._in_gap(patch, None)

    def _find_suitable(self, start: date) -> date:
        """Return the first suitable day from `start` on; the day after the event plus a lead."""
        day = start
        while not self._suits(day):
            day += timedelta(days=1)
        return day

    def _last_suitable(self, start: date) -> date | None:
        day = start
        while day >= self.today and not self._suits(day):
            day -= timedelta(days=1)
        # What has to wait on this day has to wait on every earlier one too.
        return day if day >= self.today and not self.waits(day) else None

    def _test_patch(self, first: date) -> date | None:
        """Return the day of the test patch, earlier where it would fall just before the event."""
        if not needs_test_patch(self.order, self.sessions):
            return None
        day = first - timedelta(days=self.order.protocol.plan.test_patch.days_before)
        event = self.order.request.event_date
        if event is not None and self._in_gap(day, None):
            sooner = event - self._buffer(None)
            return sooner if sooner >= self.today else day
        return day

    def _explain_event(self, start: date, first: date) -> tuple[Note, ...]:
        event = self.order.request.event_date
        if event is None or first == start:
            return ()
        before = self._last_suitable(start)
        said = self.order.warn("event_buffer", event=event, before=before or "none", after=first)
        note = EventNote(id=said.id, text=said.text, event=event, before=before, after=first)
        return (note,)

    def _explain_patch(self, first: date) -> tuple[Note, ...]:
        patch = self._test_patch(first)
        if patch is None or patch >= self.today:
            return self._ask_for_patch()
        words = MISSED_PATCH if self._requires_patch() else "test_patch_advised_late"
        missed = replace(self.order.warn(words, date=patch), id=MISSED_PATCH)
        return (*self._ask_for_patch(), missed)

    def _ask_for_patch(self) -> tuple[Note, ...]:
        """Return that a patch is advised or required, which holds before there is a date too."""
        if not needs_test_patch(self.order, self.sessions):
            return ()
        words = "test_patch_required" if self._requires_patch() else "test_patch_advised"
        return (self.order.warn(words),)

    def _requires_patch(self) -> bool:
        return self.order.phototype in self.order.protocol.plan.test_patch.require


def _least_weeks(order: Order, lines: tuple[Line, ...], sessions: tuple[SessionPlan, ...]) -> int:
    ladder, deep = order.protocol.plan.ladder, order.protocol.plan.deep
    highest = max((line.cap for line in lines), default=0)
    weeks = [0]
    if order.dark and highest >= hundredths(ladder.cap_from_mm):
        weeks.append(ladder.min_interval_weeks)
    if any(deepest_mm(session) > deep.above_mm for session in sessions):
        weeks.append(deep.min_interval_weeks)
    return max(weeks)


def _clamp(value: int, least: int, most: int) -> int:
    return min(max(value, least), most)
