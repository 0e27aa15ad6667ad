"""What a course comes to before it has dates: depths, sessions and interval (reference 1.4)."""

from __future__ import annotations

from consult_app.domain.plan import Interval, SessionPlan
from consult_app.knowledge.planning_checks import check_lines
from consult_app.knowledge.planning_dates import settle_interval, settle_sessions
from consult_app.knowledge.planning_depth import (
    Line,
    find_depth_changes,
    plan_sessions,
    resolve_lines,
)
from consult_app.knowledge.planning_request import Order, Remarks
from consult_app.values import dataclass


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
