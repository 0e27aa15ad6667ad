"""Lists by date, or by how long: what is due at the same time stands on the same few lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult_app.handout.compose_case import Case
from consult_app.handout.document import DatedItem, DatedList
from consult_app.handout.layout_section import BlockSpec
from consult_app.knowledge.protocol.care import CareRule

_TOLD_ELSEWHERE = frozenset({"b_test_patch"})
"""Rules that stand among the visits."""


def find_rules(case: Case) -> Mapping[str, CareRule]:
    """Return the care rules by their ids."""
    return {rule.id: rule for rule in case.pack.protocol.care.rule}


def is_listed(rules: Mapping[str, CareRule], spec: BlockSpec, rule: str) -> bool:
    """Return whether a care rule belongs into a list."""
    if rule not in rules or rule in _TOLD_ELSEWHERE or rule in spec.skip:
        return False
    return rules[rule].phase == spec.phase and rules[rule].kind == spec.list


def make_list(case: Case, spec: BlockSpec, told: Iterable[tuple[str, str]]) -> DatedList | None:
    """Return a list of care rules, each told as when and which rule, in order; None when empty."""
    groups: dict[str, list[str]] = {}
    for when, rule in told:
        groups.setdefault(when, []).append(say_named(case, spec, rule, f"care.{rule}"))
    items = tuple(
        DatedItem(text=text, when=when)
        for when, things in groups.items()
        for text in _join(case, things)
    )
    return DatedList(kind=spec.list, items=items) if items else None


def say_named(case: Case, spec: BlockSpec, rule: str, usual: str) -> str:
    """Return the words that a block has of its own for something, or the usual ones."""
    for name in spec.names:
        if name.rule == rule and name.holds(case.tags, case.cut):
            return case.say(name.text)
    return case.say(usual)


def _join(case: Case, things: Iterable[str]) -> Iterator[str]:
    """Yield the things in a few lines, none longer than the layout allows."""
    line = ""
    for thing in things:
        longer = case.say("item_join", first=line, second=thing) if line else thing
        if line and len(longer.split()) > case.layout.budget.item:
            yield line
            line = thing
        else:
            line = longer
    if line:
        yield line
