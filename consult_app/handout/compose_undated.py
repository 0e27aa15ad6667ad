"""What to do or to leave around visits without days yet: how long before, and how long after."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.plan import CareOffset
from consult_app.handout.compose_case import Case, find_longer_offsets, say_gap
from consult_app.handout.compose_lists import find_rules, is_listed, make_list
from consult_app.handout.document import DatedList
from consult_app.handout.layout_section import BlockSpec

_HOURS_A_DAY = 24
_LONG_WAIT = 7
"""From so many days on, hours are told as days."""


def build_undated(case: Case, spec: BlockSpec) -> DatedList | None:
    """Return what to do or to leave around each visit; None when empty."""
    rules = find_rules(case)
    offsets = case.course.plan.care_offsets.get("session_1", ())
    chosen = [one for one in offsets if is_listed(rules, spec, one.rule)]
    if spec.phase == "before":
        before = sorted(chosen, key=lambda one: one.start)
        return make_list(case, spec, ((_say_before(case, one), one.rule) for one in before))
    return make_list(case, spec, _tell_after(case, chosen))


def build_undated_later(case: Case, spec: BlockSpec) -> DatedList | None:
    """Return the waits that are longer after a deeper visit; None when none is."""
    if spec.phase == "before":
        return None
    return make_list(case, spec, _tell_after(case, find_longer_offsets(case.course.plan)))


def _tell_after(case: Case, offsets: list[CareOffset]) -> Iterator[tuple[str, str]]:
    for one in sorted(offsets, key=_count_hours):
        yield _say_after(case, one), one.rule


def _count_hours(one: CareOffset) -> int:
    """Return after how many hours it ends, to put things in order; a day ends at midnight."""
    return one.end if one.unit == "h" else (one.end + 1) * _HOURS_A_DAY


def _say_before(case: Case, one: CareOffset) -> str:
    return case.say("when.gap_before", gap=say_gap(case.words, -one.start))


def _say_after(case: Case, one: CareOffset) -> str:
    if one.unit == "h":
        end = _say_hours(case, one.end)
        if one.start:
            return case.say("when.gaps_after", start=_say_hours(case, one.start), end=end)
        return case.say("when.gap_after", gap=end)
    if one.start:
        days = case.words.count("gap.days", one.end)
        return case.say("when.gap_from", start=_say_hours(case, _find_begin(case, one)), gap=days)
    # The day of the visit is none of them.
    return case.say("when.gap_after", gap=case.words.count("gap.whole_days", one.end))


def _find_begin(case: Case, one: CareOffset) -> int:
    """Return after how many hours a rule by the day begins: not before the one it follows ends."""
    follows = find_rules(case)[one.rule].follows
    offsets = case.course.plan.care_offsets.get("session_1", ())
    return max([one.start * _HOURS_A_DAY, *(it.end for it in offsets if it.rule == follows)])


def _say_hours(case: Case, hours: int) -> str:
    days, rest = divmod(hours, _HOURS_A_DAY)
    if rest or days < _LONG_WAIT:
        return case.words.count("gap.hours", hours)
    return case.words.count("gap.days", days)
