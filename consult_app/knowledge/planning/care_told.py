"""The care that a patient is told: a note of the reference that asks for longer than its table."""

from __future__ import annotations

from datetime import date, timedelta

from consult_app.domain.plan import CareEntry, CareOffset, Plan
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.care import CareRule
from consult_app.knowledge.protocol.concern import Band
from consult_app.values import replace


def has_melasma(plan: Plan) -> bool:
    """Return whether melasma is treated, or lies where something else is."""
    treated = any(line.concern == "melasma" for line in plan.lines)
    return treated or any(note.id == "melasma" for note in plan.warnings)


def tell_care(pack: Pack, plan: Plan) -> Plan:
    """Return the plan with the waits of whom it tells about: where two overlap, the longer wins.

    The calendar of a plan is that of the reference's table; beside it stands for how long melasma
    creams are off (planning reference 3.1 and 3.3).
    """
    longer = {rule.id: rule for rule in pack.protocol.care.rule if rule.melasma_end}
    if not longer or not has_melasma(plan):
        return plan
    bands = {f"session_{one.session}": one.intensity_band for one in plan.session_plan}
    days = {f"session_{number}": day_of(at) for number, at in enumerate(plan.session_dates, 1)}
    calendar = {
        name: tuple(lengthen(longer.get(it.rule), it, bands[name], days[name]) for it in entries)
        for name, entries in plan.care_calendar.items()
    }
    offsets = {
        name: tuple(_lengthen_offset(longer.get(it.rule), it, bands[name]) for it in entries)
        for name, entries in plan.care_offsets.items()
    }
    return replace(plan, care_calendar=calendar, care_offsets=offsets)


def lengthen(rule: CareRule | None, entry: CareEntry, band: Band, day: date) -> CareEntry:
    """Return a rule of a visit on a day with the longer wait that a note asks for, if one does."""
    if rule is None or entry.last_day is None or entry.allowed_from is None:
        return entry
    last = max(entry.last_day, day + timedelta(days=rule.melasma_end[band]))
    return replace(entry, last_day=last, allowed_from=last + timedelta(days=1))


def _lengthen_offset(rule: CareRule | None, offset: CareOffset, band: Band) -> CareOffset:
    if rule is None:
        return offset
    return replace(offset, end=max(offset.end, rule.melasma_end[band]))
