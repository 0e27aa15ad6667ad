"""Looking at and changing a number of the content at its place.

The content is a tree of frozen values; a change is the next tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from consult_app.knowledge.condition.nodes import Any as AnyOf
from consult_app.knowledge.dates import Span
from consult_app.knowledge.pack.clinic_limits import Limit, Place
from consult_app.knowledge.pack.pack import Pack, Rule
from consult_app.knowledge.protocol.care import CareRule
from consult_app.knowledge.protocol.concern import Concern, Counts
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.values import dataclass, fields, is_dataclass, replace

_SPAN_UNITS = frozenset({"days", "weeks", "months"})
_A_DAY = Span(days=1)


@dataclass(frozen=True, slots=True)
class _Way:
    """How one kind of place is looked at and changed."""

    look: Callable[[Pack, Limit, Place], list[float]]
    put: Callable[[Pack, Limit, Place, float], Pack]


def look(pack: Pack, limit: Limit) -> list[float]:
    """Return the numbers that stand at the places of a limit; empty where there is none."""
    found = []
    for place in limit.at:
        found += _way(place).look(pack, limit, place)
    return found


def put(pack: Pack, limit: Limit, number: float) -> Pack:
    """Return the content with another number at the places of a limit, and words that say so."""
    note = f"({limit.label}; clinic setting: {limit.say(number)}; reference: {_reference(limit)}.)"
    for place in limit.at:
        pack = _way(place).put(pack, limit, place, number)
        pack = _note_rule(pack, place.rule, note)
        pack = _note_care(pack, place.care, note)
    return _note_sentences(pack, limit, note)


def _reference(limit: Limit) -> str:
    return limit.say(limit.default) if limit.default or limit.adds is None else "none"


def _way(place: Place) -> _Way:
    named = {
        "rule": place.rule,
        "care": place.care,
        "plan": place.plan,
        "ceiling": place.ceiling,
        "intervals": place.intervals,
    }
    return _WAYS[next(kind for kind, name in named.items() if name)]


# Rules: waits in their conditions.


def _look_rule(pack: Pack, limit: Limit, place: Place) -> list[float]:
    rule = pack.rule_by_id.get(place.rule)
    if rule is None:
        return []
    if limit.adds is not None:
        return [limit.default]
    return [
        limit.default for span in _spans(rule.when) if span == Span(**_length(limit, limit.default))
    ]


def _put_rule(pack: Pack, limit: Limit, place: Place, number: float) -> Pack:
    def change(rule: Rule) -> Rule:
        wait = ClinicSpan(**_length(limit, number))
        if limit.adds is None:
            when = _swap(rule.when, Span(**_length(limit, limit.default)), wait)
        elif number:
            when = AnyOf((rule.when, _swap(limit.adds, _A_DAY, wait)))
        else:
            when = rule.when
        return replace(rule, when=when)

    return _change_rule(pack, place.rule, change)


def _change_rule(pack: Pack, name: str, change: Callable[[Rule], Rule]) -> Pack:
    rules = tuple(change(rule) if rule.id == name else rule for rule in pack.rules)
    return replace(pack, rules=rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicSpan(Span):
    """A wait that a clinic set; no other change of the same rule takes it for the reference's."""


def _length(limit: Limit, number: float) -> dict[str, int]:
    return {limit.unit: int(number)} if limit.unit in _SPAN_UNITS else {}


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    for part in _parts(value):
        yield from _spans(part)


def _parts(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    if is_dataclass(value):
        return tuple(getattr(value, field.name) for field in fields(value))
    return ()


def _swap(value: Any, old: Span, new: Span) -> Any:  # noqa: ANN401 - the nodes of a condition differ
    """Return a condition with one span in place of another."""
    if isinstance(value, Span):
        return new if value == old else value
    if isinstance(value, tuple):
        return tuple(_swap(item, old, new) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {field.name: _swap(getattr(value, field.name), old, new) for field in fields(value)}
    return replace(value, **changed)


# Care: starts and ends.


def _look_care(pack: Pack, limit: Limit, place: Place) -> list[float]:  # noqa: ARG001 - one shape
    rule = next((rule for rule in pack.protocol.care.rule if rule.id == place.care), None)
    if rule is None:
        return []
    starts = [rule.start] * place.start + [rule.start_dark] * place.start_dark
    ends = [rule.end_dark] * place.end_dark + [rule.end.get(band) for band in place.ends]
    return [float(-each) for each in starts if each is not None] + [
        float(each) for each in ends if each is not None
    ]


def _put_care(pack: Pack, limit: Limit, place: Place, number: float) -> Pack:  # noqa: ARG001 - one shape
    whole = int(number)

    def change(rule: CareRule) -> CareRule:
        return replace(
            rule,
            start=-whole if place.start else rule.start,
            start_dark=-whole if place.start_dark else rule.start_dark,
            end_dark=whole if place.end_dark else rule.end_dark,
            end={**rule.end, **dict.fromkeys(place.ends, whole)},
        )

    return _change_care(pack, place.care, change)


def _change_care(pack: Pack, name: str, change: Callable[[CareRule], CareRule]) -> Pack:
    care = pack.protocol.care
    rules = tuple(change(rule) if rule.id == name else rule for rule in care.rule)
    return _with_protocol(pack, care=replace(care, rule=rules))


# The plan: a path of names, ending in a field or in a table.


def _look_plan(pack: Pack, limit: Limit, place: Place) -> list[float]:  # noqa: ARG001 - one shape
    value: Any = pack.protocol.plan
    for name in place.plan.split("."):
        value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    return [float(value)] if isinstance(value, int | float) else []


def _put_plan(pack: Pack, limit: Limit, place: Place, number: float) -> Pack:  # noqa: ARG001 - one shape
    return _with_protocol(pack, plan=_put(pack.protocol.plan, place.plan.split("."), number))


def _put(value: Any, path: list[str], number: float) -> Any:  # noqa: ANN401 - values of the plan differ
    name, *rest = path
    if isinstance(value, Mapping):
        return {**value, name: _put(value[name], rest, number) if rest else int(number)}
    held = getattr(value, name)
    new = _put(held, rest, number) if rest else type(held)(number)
    return replace(value, **{name: new})


def _look_ceiling(pack: Pack, limit: Limit, place: Place) -> list[float]:  # noqa: ARG001 - one shape
    return [
        ceiling.by_phototype_mm[phototype - 1]
        for ceiling in pack.protocol.plan.ceiling
        if ceiling.group == place.ceiling
        for phototype in place.phototypes
    ]


def _put_ceiling(pack: Pack, limit: Limit, place: Place, number: float) -> Pack:  # noqa: ARG001 - one shape
    plan = pack.protocol.plan
    ceilings = tuple(
        replace(
            ceiling,
            by_phototype_mm=tuple(
                number if phototype in place.phototypes else depth
                for phototype, depth in enumerate(ceiling.by_phototype_mm, 1)
            ),
        )
        if ceiling.group == place.ceiling
        else ceiling
        for ceiling in plan.ceiling
    )
    return _with_protocol(pack, plan=replace(plan, ceiling=ceilings))


def _look_intervals(pack: Pack, limit: Limit, place: Place) -> list[float]:  # noqa: ARG001 - one shape
    shortest = min((item.interval_weeks.min for item in pack.protocol.concerns), default=None)
    return [] if shortest is None else [float(shortest)]


def _put_intervals(pack: Pack, limit: Limit, place: Place, number: float) -> Pack:  # noqa: ARG001 - one shape
    concerns = tuple(_lengthen(concern, int(number)) for concern in pack.protocol.concerns)
    return _with_protocol(pack, concerns=concerns)


def _lengthen(concern: Concern, weeks: int) -> Concern:
    held = concern.interval_weeks
    longer = Counts(
        min=max(held.min, weeks), typical=max(held.typical, weeks), max=max(held.max, weeks)
    )
    return replace(concern, interval_weeks=longer)


_WAYS = {
    "rule": _Way(_look_rule, _put_rule),
    "care": _Way(_look_care, _put_care),
    "plan": _Way(_look_plan, _put_plan),
    "ceiling": _Way(_look_ceiling, _put_ceiling),
    "intervals": _Way(_look_intervals, _put_intervals),
}


# Words.


def _note_rule(pack: Pack, name: str, note: str) -> Pack:
    return _change_rule(pack, name, lambda rule: replace(rule, action=f"{rule.action} {note}"))


def _note_care(pack: Pack, name: str, note: str) -> Pack:
    def change(rule: CareRule) -> CareRule:
        return replace(rule, note=f"{rule.note} {note}".strip())

    return _change_care(pack, name, change)


def _note_sentences(pack: Pack, limit: Limit, note: str) -> Pack:
    plan = pack.protocol.plan
    for said in limit.says:
        table, name = said.split(".")
        sentences = {**getattr(plan, table)}
        sentences[name] = f"{sentences[name]} {note}"
        changed: dict[str, Any] = {table: sentences}
        plan = replace(plan, **changed)
    return _with_protocol(pack, plan=plan)


def _with_protocol(pack: Pack, **changed: Any) -> Pack:  # noqa: ANN401 - parts of the protocol differ
    protocol: Protocol = replace(pack.protocol, **changed)
    return replace(pack, protocol=protocol)
