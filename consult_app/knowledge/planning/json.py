"""The output of `plan` as scripts read it (interfaces 4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from consult_app.domain.plan import CareEntry, Note, Plan, PlanLine
from consult_app.record import write

_FORMAT = "consult-plan/1"
_NOT_WRITTEN = ("reach_mm", "outside_label", "cap_by", "reach_by", "first_by")


def plan_json(plan: Plan) -> dict[str, Any]:
    """Return the plan in the format `consult-plan/1`; times are local, to the minute."""
    return {
        "format": _FORMAT,
        "content": {"id": plan.content_id, "version": plan.content_version},
        "outcome": str(plan.outcome),
        "earliest_first_session": _moment(plan.earliest_first_session),
        "adjustments": [
            {
                "field": change.field,
                "requested": write(change.requested),
                "used": write(change.used),
                "reason": change.reason,
            }
            for change in plan.adjustments
        ],
        "conditions": [_note(note) for note in plan.conditions],
        "warnings": [_note(note) for note in plan.warnings],
        **_treatment(plan),
        **_dates(plan),
        "evidence": {concern: {"grade": found.grade} for concern, found in plan.evidence.items()},
        "care_calendar": {
            session: {entry.rule: _entry(entry) for entry in entries}
            for session, entries in plan.care_calendar.items()
        },
    }


def _treatment(plan: Plan) -> dict[str, Any]:
    interval = plan.interval_weeks
    return {
        "lines": [_line(line) for line in plan.lines],
        "interval_weeks": write(interval) if interval else None,
        "session_dates": [_moment(moment) for moment in plan.session_dates],
        "session_plan": [write(session) for session in plan.session_plan],
    }


def _line(line: PlanLine) -> dict[str, Any]:
    """Return a line as documented; what else is known of it is for the window and the sheet."""
    written = {**write(line), "flags": list(line.flags)}
    return {name: value for name, value in written.items() if name not in _NOT_WRITTEN}


def _dates(plan: Plan) -> dict[str, Any]:
    return {
        "earliest_session_2": _moment(plan.earliest_session_2),
        "test_patch_date": _moment(plan.test_patch_date),
        "first_visible_window": [_moment(day) for day in plan.first_visible_window],
        "review_date": _moment(plan.review_date),
        "peak_window": [_moment(day) for day in plan.peak_window],
    }


def _note(note: Note) -> dict[str, str]:
    return {"id": note.id, "text": note.text}


def _entry(entry: CareEntry) -> dict[str, str]:
    written = {
        "from": entry.start,
        "until": entry.until,
        "last_day": entry.last_day,
        "allowed_from": entry.allowed_from,
    }
    return {name: moment for name, value in written.items() if (moment := _moment(value))}


def _moment(value: date | None) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if value else None
