"""Care after an earlier treatment that is not over yet when a new sheet is made.

A patient with two sheets must not read an earlier date on the newer one: what the earlier
treatment asks for stands on it too, and where that meets what the next visit asks for, both are one
wait (planning reference 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from consult_app.domain.history import Facts
from consult_app.domain.plan import CareEntry, Plan
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import CareCase, Visit, care_calendar
from consult_app.knowledge.planning.care_told import has_melasma, lengthen
from consult_app.knowledge.protocol.concern import Band
from consult_app.knowledge.told.needled import Needled, list_needled
from consult_app.values import dataclass, replace

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation

_MELASMA = "melasma"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What still holds.

    Attributes:
        day: The day of the treatment, of several the last one.
        whole: Whether that day is known; else only its month is.
        elsewhere: Where it was, if the plan does not treat all of that again; else empty.
        entries: The rules after it that still hold, with their ends.
        depth_mm: The greatest depth; None where it is not known.
        joins: Number of the next visit, where what is off before it is told with this; else None.
    """

    day: date
    whole: bool = True
    elsewhere: tuple[str, ...] = ()
    entries: tuple[CareEntry, ...] = ()
    depth_mm: float | None = None
    joins: int | None = None


def hold_on(
    pack: Pack,
    facts: Facts,
    plan: Plan,
    today: date,
    earlier: Iterable[Consultation] = (),
    concerns: tuple[str, ...] | None = None,
) -> tuple[Plan, Running | None]:
    """Return a plan and what still holds of earlier treatments on a day, each wait once.

    Args:
        pack: The content.
        facts: What was asked; it tells of earlier needling.
        plan: What is planned.
        today: The day.
        earlier: The patient's treatments, which tell more of it.
        concerns: What was needled for, where no record says it; None where that is not known.
    """
    needled = list_needled(facts, today, earlier, concerns)
    running = find_running(pack, facts, plan, needled, today)
    return join_running(pack, plan, running, today) if running else (plan, None)


def find_running(
    pack: Pack, facts: Facts, plan: Plan, needled: Iterable[Needled], today: date
) -> Running | None:
    """Return what still holds on a day of what was needled before; None where nothing does.

    Where depth or concern are not known the longest wait counts. What is needled again by that day
    has the care of the later treatment.
    """
    tree, planned = pack.protocol.areas, _list_areas(plan)
    promised = {rule.id for rule in pack.protocol.care.rule if rule.by_clinic}
    found: dict[str, CareEntry] = {}
    counted: list[Needled] = []
    for one in needled:
        again = covers(tree, planned, one.areas)
        if again and any(one.day <= at.date() <= today for at in plan.session_dates):
            continue
        until = find_next(plan, today) if again else None
        care = list(_list_care(pack, facts, plan, one))
        if one.concerns is None:  # not of these records: another clinic may have done it
            care = [it for it in care if it.rule not in promised]
        held = [_end_before(it, until) for it in care if _goes_on(it, today, until)]
        for entry in held:
            known = found.get(entry.rule)
            if known is None or _last_day(known) < _last_day(entry):
                found[entry.rule] = entry
        counted += [one] if held else []
    if not counted:
        return None
    last = max(counted, key=lambda one: one.day)
    areas = tuple(dict.fromkeys(area for one in counted for area in one.areas))
    return Running(
        day=last.day,
        whole=last.whole,
        elsewhere=() if covers(tree, planned, areas) else areas,
        entries=tuple(found.values()),
        depth_mm=last.depth_mm,
    )


def join_running(pack: Pack, plan: Plan, running: Running, today: date) -> tuple[Plan, Running]:
    """Return a plan and what still holds, each wait once.

    What is off before the next visit from a day on which it is still off is off all the time. Of
    two things that one rule names, the one that is not stays with its own end.
    """
    number = find_next_number(plan, today)
    if number is None or running.elsewhere:
        return plan, running
    name = f"session_{number}"
    before = {entry.rule: entry for entry in plan.care_calendar.get(name, ())}
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    met, left = set[str](), list[CareEntry]()
    for entry in running.entries:
        same = [it for it in rules[entry.rule].joins if rules[it].phase == "before"]
        begun = {it for it in same if it in before and _meets(entry, before[it])}
        if not begun:
            left.append(entry)
            continue
        left += [replace(entry, rule=it) for it in same if it not in begun]
        # What is named beside it is told through all visits too, on the sheet of that treatment.
        met |= begun | {it for it in rules[entry.rule].names if it in before}
    entries = tuple(
        replace(it, start=min(day_of(it.start), running.day)) if rule in met else it
        for rule, it in before.items()
    )
    calendar = {**plan.care_calendar, name: entries} if met else plan.care_calendar
    running = replace(running, entries=tuple(left), joins=number)
    return replace(plan, care_calendar=calendar), running


def find_next_number(plan: Plan, today: date) -> int | None:
    """Return the number of the first visit after a day, or None."""
    return next((n for n, at in enumerate(plan.session_dates, 1) if at.date() > today), None)


def find_next(plan: Plan, today: date) -> date | None:
    """Return the day of the first visit after a day, or None."""
    return next((at.date() for at in plan.session_dates if at.date() > today), None)


def covers(tree: AreaTree, planned: tuple[str, ...], areas: tuple[str, ...]) -> bool:
    """Return whether all areas are among those planned; of nobody knows where it is taken so."""
    return all(tree.within(area, planned) for area in areas)


def _list_areas(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.area for line in plan.lines))


def _list_care(pack: Pack, facts: Facts, plan: Plan, one: Needled) -> Iterator[CareEntry]:
    """Yield the rules after a treatment, with their dates."""
    tree, care = pack.protocol.areas, pack.protocol.care
    melasma = _has_melasma(tree, facts, plan, one)
    concerns = pack.protocol.concern_by_id
    case = CareCase(
        areas=one.areas or _list_areas(plan),
        phototype=facts.phototype or 0,
        sex=facts.sex,
        pigment=one.concerns is None
        or any(it in concerns and concerns[it].pigment for it in one.concerns),
        melasma=melasma,
    )
    visit = Visit(session=1, start=one.over_by or one.day, band=find_band(pack, one.depth_mm))
    rules = {rule.id: rule for rule in care.rule}
    entries = {it.rule: it for it in care_calendar(care, tree, case, (visit,))["session_1"]}
    for name, entry in entries.items():
        rule = rules[name]
        if rule.phase == "after":
            longer = rule if melasma and rule.melasma_end else None
            begun = _begin_after(entries.get(rule.follows), entry)
            yield lengthen(longer, begun, visit.band, one.day)


def _begin_after(first: CareEntry | None, entry: CareEntry) -> CareEntry:
    """Return what follows another rule as it begins: when that has ended, not with its day."""
    if first is None or _last_day(first) < day_of(entry.start):
        return entry
    return replace(entry, start=first.until or _last_day(first) + _DAY)


def _has_melasma(tree: AreaTree, facts: Facts, plan: Plan, one: Needled) -> bool:
    if has_melasma(plan) or _MELASMA in (one.concerns or ()):
        return True
    seen = (it.zones for it in facts.conditions if it.code == _MELASMA)
    return any(
        not zones or any(tree.overlap(zone, area) for zone in zones for area in one.areas)
        for zones in seen
    )


def find_band(pack: Pack, depth: float | None) -> Band:
    """Return the intensity band of a depth in mm; of one that is not known the deepest."""
    limits = pack.protocol.plan.limits
    if depth is None:
        return "H"
    if depth <= limits.band_light_mm:
        return "L"
    return "M" if depth <= limits.band_medium_mm else "H"


def _goes_on(entry: CareEntry, today: date, visit: date | None) -> bool:
    """Return whether a rule still holds, and is not only of the day of a visit that comes."""
    return _last_day(entry) >= today and (visit is None or day_of(entry.start) < visit)


def _end_before(entry: CareEntry, visit: date | None) -> CareEntry:
    """Return a rule with what is to be done ending before a visit that comes, not on its day."""
    if visit is None or entry.last_day is None or entry.allowed_from is not None:
        return entry
    return replace(entry, last_day=min(entry.last_day, visit - _DAY))


def _last_day(entry: CareEntry) -> date:
    """Return the last day on which a rule holds, if only for an hour of it."""
    if entry.last_day is not None:
        return entry.last_day
    end = entry.until or entry.allowed_from or entry.start
    return day_of(end - timedelta(microseconds=1)) if day_of(end) != end else end - _DAY


def _meets(entry: CareEntry, before: CareEntry) -> bool:
    """Return whether there is no day between a wait that ends and the next that begins."""
    return day_of(before.start) <= _last_day(entry) + _DAY
