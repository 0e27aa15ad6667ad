"""Before-care and aftercare as dates (planning reference 3).

Hours are wall-clock hours: 24 hours end at the same clock time the next day, also over a clock
change. Days run from midnight to the end of the day, inclusive. While the time of a session is not
known, limits by the hour are rounded up to a whole day, never down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from consult_app.domain.plan import CareEntry, CareOffset
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.protocol.care import CareRule, CareRules, Trait
from consult_app.knowledge.protocol.concern import Band
from consult_app.values import dataclass

_FEMALE = "F"
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCase:
    """What care rules depend on.

    Attributes:
        areas: Planned areas.
        phototype: 1 to 6.
        sex: As recorded; only decides whether beard areas count as hairy.
        pigment: A pigment concern is planned, or melasma lies in a planned area.
        melasma: Melasma is planned or lies in a planned area.
        facial_cold_sores: Cold sores in the history and a face area planned.
        test_patch: Day of the test patch, if there is one.
    """

    areas: tuple[str, ...]
    phototype: int
    sex: str | None = None
    pigment: bool = False
    melasma: bool = False
    facial_cold_sores: bool = False
    test_patch: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One session: its number, its start (only the day when the time is not known), its band."""

    session: int
    start: date | datetime
    band: Band


Care = dict[str, tuple[CareEntry, ...]]
"""One calendar per session, `session_1` first."""

MakeCare = Callable[[CareRules, AreaTree, CareCase, tuple[Visit, ...]], Care]
"""Makes them, as `care_calendar` does."""


def find_traits(rules: CareRules, tree: AreaTree, case: CareCase) -> frozenset[str]:
    """Return the ids of the traits that hold."""
    return frozenset(trait.id for trait in rules.trait if _holds(trait, tree, case))


def care_calendar(
    rules: CareRules, tree: AreaTree, case: CareCase, visits: Iterable[Visit]
) -> Care:
    """Return one calendar per session, `session_1` first; rules that do not apply are absent."""
    traits = find_traits(rules, tree, case)
    chosen = _choose(rules, traits)
    return {
        f"session_{visit.session}": tuple(
            entry
            for rule in chosen
            if (entry := _date_rule(rule, visit, case, dark=rule.dark in traits)) is not None
        )
        for visit in visits
    }


def care_offsets(
    rules: CareRules, tree: AreaTree, case: CareCase, bands: Iterable[Band]
) -> dict[str, tuple[CareOffset, ...]]:
    """Return the same for sessions of these bands that have no days yet, as hours and days."""
    traits = find_traits(rules, tree, case)
    chosen = [rule for rule in _choose(rules, traits) if not rule.dated]
    return {
        f"session_{number}": tuple(
            CareOffset(rule=rule.id, unit=rule.unit, start=start, end=end)
            for rule in chosen
            for start, end in (_find_limits(rule, band, dark=rule.dark in traits),)
        )
        for number, band in enumerate(bands, start=1)
    }


def _choose(rules: CareRules, traits: frozenset[str]) -> list[CareRule]:
    return [rule for rule in rules.rule if not rule.applies or traits.intersection(rule.applies)]


def _find_limits(rule: CareRule, band: Band, *, dark: bool) -> tuple[int, int]:
    start = rule.start_dark if dark and rule.start_dark is not None else rule.start
    end = rule.end_dark if dark and rule.end_dark is not None else rule.end[band]
    return start, end


def care_once() -> MakeCare:
    """Return what makes calendars, and one that was made just before only once.

    Most answers of a screening move no date, and a course has more than a hundred entries.
    """
    last: list[tuple[CareRules, AreaTree, CareCase, tuple[Visit, ...], Care]] = []

    def make(rules: CareRules, tree: AreaTree, case: CareCase, visits: tuple[Visit, ...]) -> Care:
        for by, among, *asked, made in last:
            if by is rules and among is tree and asked == [case, visits]:
                return made
        made = care_calendar(rules, tree, case, visits)
        last[:] = [(rules, tree, case, visits, made)]
        return made

    return make


def _holds(trait: Trait, tree: AreaTree, case: CareCase) -> bool:
    wanted = trait.areas + (trait.areas_unless_female if case.sex != _FEMALE else ())
    return any(
        (
            any(tree.overlap(area, name) for area in case.areas for name in wanted),
            trait.outside_region
            and any(trait.outside_region not in tree.regions(area) for area in case.areas),
            case.phototype in trait.phototypes,
            trait.pigment and (case.pigment or case.melasma),
            trait.melasma and case.melasma,
            trait.found == "facial_cold_sores" and case.facial_cold_sores,
            trait.found == "test_patch" and case.test_patch is not None,
        )
    )


def _date_rule(rule: CareRule, visit: Visit, case: CareCase, *, dark: bool) -> CareEntry | None:
    if rule.dated:
        only_first = visit.session == 1 and case.test_patch is not None
        return _on_day(rule, case.test_patch) if only_first else None
    start, end = _find_limits(rule, visit.band, dark=dark)
    if rule.unit == "d":
        return _by_day(rule, day_of(visit.start), start, end)
    if isinstance(visit.start, datetime):
        return _by_hour(rule, visit.start, start, end)
    return _by_rounded_day(rule, visit.start, start, end)


def _on_day(rule: CareRule, day: date | None) -> CareEntry | None:
    return CareEntry(rule=rule.id, start=day, last_day=day) if day else None


def _by_day(rule: CareRule, day: date, start: int, end: int) -> CareEntry:
    last = day + timedelta(days=end)
    again = rule.kind == "avoid" and rule.phase == "after"
    return CareEntry(
        rule=rule.id,
        start=day + timedelta(days=start),
        last_day=last,
        allowed_from=last + timedelta(days=1) if again else None,
    )


def _by_hour(rule: CareRule, moment: datetime, start: int, end: int) -> CareEntry:
    first, last = moment + timedelta(hours=start), moment + timedelta(hours=end)
    if rule.kind == "avoid":
        return CareEntry(rule=rule.id, start=first, allowed_from=last)
    return CareEntry(rule=rule.id, start=first, until=last)


def _by_rounded_day(rule: CareRule, day: date, start: int, end: int) -> CareEntry:
    """Return limits by the hour for a session at an unknown time: until the next morning."""
    first, morning = day + _round_up(start), day + _round_up(end)
    if rule.kind == "avoid":
        return CareEntry(rule=rule.id, start=first, allowed_from=morning)
    return CareEntry(rule=rule.id, start=first, last_day=morning - timedelta(days=1))


def _round_up(hours: int) -> timedelta:
    """Return the days to the morning after the hour limit; the start itself stays on its day."""
    return timedelta(days=hours // _HOURS_A_DAY + 1 if hours else 0)
