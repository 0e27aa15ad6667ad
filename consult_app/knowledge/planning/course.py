"""What a course comes to before it has dates: depths, sessions and interval (reference 1.4)."""

from __future__ import annotations

from consult_app.domain.plan import Interval, NeedledToday, SessionPlan
from consult_app.knowledge.planning.checks import check_lines
from consult_app.knowledge.planning.dates import settle_interval, settle_sessions
from consult_app.knowledge.planning.depth import (
    Line,
    band_of,
    find_depth_changes,
    hundredths,
    plan_sessions,
    resolve_lines,
)
from consult_app.knowledge.planning.request import Order, Remarks
from consult_app.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Depths, sessions and interval, before there are dates."""

    lines: tuple[Line, ...]
    sessions: tuple[SessionPlan, ...]
    interval: Interval
    remarks: Remarks


def plan_course(order: Order) -> Course:
    """Return the course that an order comes to, with every change to what was asked for."""
    lines = resolve_lines(order)
    count, fewer = settle_sessions(order)
    sessions = plan_sessions(order, lines, count)
    interval, longer = settle_interval(order, lines, sessions)
    changes = (*order.removed, *find_depth_changes(order, lines), *fewer, *longer)
    return Course(
        lines=lines,
        sessions=sessions,
        interval=interval,
        remarks=Remarks(adjustments=changes) + check_lines(order, lines, count),
    )


def take_needled(order: Order, course: Course) -> Course:
    """Return the course as the sheet of a treatment tells it: with the depths of that day.

    Interval and dates stay those of the plan.
    """
    today = order.limits.today
    if today is None:
        return course
    sessions = tuple(
        _needle(order, it, today) if it.session == today.session else it for it in course.sessions
    )
    return replace(course, sessions=sessions)


def _needle(order: Order, session: SessionPlan, today: NeedledToday) -> SessionPlan:
    """Return a session with the depths written; what was needled beside the plan counts too."""
    name_of = order.protocol.areas.normalise
    written: dict[tuple[str, str], float] = {}
    for area, concern, depth in today.depths:
        line = (name_of(area), concern)
        written[line] = max(depth, written.get(line, 0.0))
    depths = tuple(
        replace(it, planned_mm=written.get((name_of(it.area), it.concern), it.planned_mm))
        for it in session.depths
    )
    deepest = max((*(it.planned_mm for it in depths), *written.values()), default=0.0)
    return replace(session, depths=depths, intensity_band=band_of(order, hundredths(deepest)))
