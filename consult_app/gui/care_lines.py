"""Rules of care before and after a visit, with their dates, as the window lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts
from consult_app.domain.plan import CareEntry, Plan
from consult_app.gui.care_undated import list_spans
from consult_app.gui.phrases import write_time, write_weekday
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care_told import tell_care
from consult_app.knowledge.protocol.care import CareRule
from consult_app.knowledge.visits.care_running import hold_on
from consult_app.wording import t

PRESCRIBED = t("Tablets on the days that the prescriber names.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLine:
    """What to do or leave, and when."""

    what: str
    when: str


def list_care(
    pack: Pack,
    plan: Plan,
    phase: Literal["before", "after"],
    *,
    headlines: bool = False,
    tablets: bool = True,
    today: date | None = None,
) -> Iterator[CareLine]:
    """Yield the rules around the first visit that apply to a plan, in the order of the content.

    Where the visits have no days, it is told how long before or after each.

    Args:
        pack: The content.
        plan: The resolved plan.
        phase: Before the visit or after it.
        headlines: Only the few that are talked through with the patient.
        tablets: Whether antiviral tablets may be taken; not where the prescriber wants none.
        today: What was to begin by this day is told from today on, as on the sheet, and what was to
            be done before it is left out; None tells all days.
    """
    told = tell_care(pack, plan)
    entries = {entry.rule: entry for entry in next(iter(told.care_calendar.values()), ())}
    spans = list_spans(pack, told)
    for rule in pack.protocol.care.rule:
        if rule.phase != phase or (headlines and not rule.headline):
            continue
        entry = entries.get(rule.id)
        if entry is not None and not (today is not None and _is_over(rule, entry, today)):
            when = _write_when(rule, entry, today)
        elif rule.id in spans:
            when = spans[rule.id]
        else:
            continue
        yield CareLine(what=rule.without_tablets or rule.what, when=when)
        if rule.tablets and tablets:  # no reference has days for them
            yield CareLine(what=rule.tablets, when=PRESCRIBED)


def list_running(
    pack: Pack,
    facts: Facts,
    plan: Plan,
    today: date,
    concerns: tuple[str, ...] | None,
    earlier: Iterable[Consultation] = (),
) -> tuple[Plan, tuple[CareLine, ...]]:
    """Return what still holds after an earlier treatment, and the plan that goes on from there.

    Args:
        pack: The content.
        facts: What was asked; it tells of earlier needling.
        plan: The resolved plan.
        today: Today.
        concerns: What was needled for, where no record says it; None where that is not known.
        earlier: The patient's treatments, which tell the hour, as for the sheet.
    """
    told = tell_care(pack, plan)
    plan, running = hold_on(pack, facts, told, today, earlier, concerns=concerns)
    entries = {entry.rule: entry for entry in running.entries} if running else {}
    held = (rule for rule in pack.protocol.care.rule if rule.id in entries)
    return plan, tuple(
        CareLine(what=rule.what, when=_write_when(rule, entries[rule.id], today)) for rule in held
    )


def _is_over(rule: CareRule, entry: CareEntry, today: date) -> bool:
    """Return whether something was to be done on days that have gone by."""
    lasts = entry.until is not None or entry.allowed_from is not None
    return not lasts and rule.kind != "avoid" and (entry.last_day or day_of(entry.start)) < today


def _write_when(rule: CareRule, entry: CareEntry, today: date | None) -> str:
    """Return from when on something is allowed or to be left, or how long it is to be done."""
    now = today is not None and day_of(entry.start) <= today
    start = t("today") if now else _write_moment(entry.start)
    if entry.allowed_from is not None:
        return t("Not before {moment}.", moment=_write_moment(entry.allowed_from))
    if rule.kind == "avoid":
        return t("Not from {start} on.", start=start)
    if entry.until is not None:
        return t("From {start} until {moment}.", start=start, moment=_write_moment(entry.until))
    last = entry.last_day
    if last is None or last == entry.start:
        return t("Today.") if now else t("On {start}.", start=start)
    return t("From {start} until the end of {day}.", start=start, day=write_weekday(last))


def _write_moment(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return t("{clock} on {day}", clock=write_time(moment), day=write_weekday(moment.date()))
    return write_weekday(moment)
