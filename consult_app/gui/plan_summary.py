"""A plan in a few lines: what is treated how deep, and when to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.consultation import Consultation, Side
from consult_app.domain.plan import Plan, PlanLine
from consult_app.gui.phrases import write_day, write_time, write_weekday
from consult_app.gui.places import name_place
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.planned import list_first
from consult_app.knowledge.told.seen import find_line_sides
from consult_app.knowledge.visits.done_before import find_before
from consult_app.wording import t

ANEW = t("Treated here before, last on {day}. This plan counts anew from visit 1")


def name_visit(number: int, *, settled: bool) -> str:
    """Return what a visit of a plan is called; that its day is refused now where it is."""
    return name_day(t("Visit {number}", number=number), settled=settled)


def name_day(what: str, *, settled: bool) -> str:
    """Return what a day of a plan is for, which is as little settled as its first visit."""
    return what if settled else t("{what}, not settled", what=what)


def sum_up_plan(
    pack: Pack, visit: Consultation, plan: Plan, *, settled: bool = True
) -> Iterator[str]:
    """Yield the lines of the plan with their sides, and its test patch, visits and check-up."""
    sides = find_line_sides(pack, visit, visit.plan.targets)
    planned = list_first(plan)
    for line in plan.lines:
        first = planned.get((line.area, line.concern), line.session1_typical_mm)
        yield t(
            "{label}, {first} mm at the first visit, cap {cap} mm",
            label=_name_line(pack, line, sides.get((line.area, line.concern), "")),
            first=f"{first:g}",
            cap=f"{line.cap_mm:g}",
        )
    if plan.coming_patch:  # of one that is past the findings tell
        yield tell_patch(plan.coming_patch, settled=settled)
    if before := find_before(pack.protocol.areas, visit, plan):
        yield f"{ANEW.format(day=write_day(before))}."
    for number, moment in enumerate(plan.session_dates, 1):
        yield t(
            "{visit}: {day}, {clock}",
            visit=name_visit(number, settled=settled),
            day=write_weekday(moment.date()),
            clock=write_time(moment),
        )
    if plan.review_date:
        yield tell_check_up(plan.review_date, settled=settled)


def tell_patch(day: date, *, settled: bool) -> str:
    """Return the day of the test patch."""
    what = name_day(t("Test patch"), settled=settled)
    return t("{what}: {day}", what=what, day=write_weekday(day))


def tell_check_up(day: date, *, settled: bool) -> str:
    """Return the day of the check-up."""
    what = name_day(t("Check-up"), settled=settled)
    return t("{what}: {day}", what=what, day=write_weekday(day))


def _name_line(pack: Pack, line: PlanLine, side: Side) -> str:
    known = pack.protocol.concern_by_id.get(line.concern)
    return f"{name_place(pack, line.area, side)}: {known.label if known else line.concern}"
