"""When care holds around a visit without a day: how long before it, and how long after."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.domain.plan import CareOffset, Plan
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.care import CareRule
from consult_app.wording import t, tn

_HOURS_A_DAY = 24


def list_spans(pack: Pack, plan: Plan) -> Mapping[str, str]:
    """Return when each rule holds around the first visit, by the rule; of one with days nothing."""
    offsets = {it.rule: it for it in plan.care_offsets.get("session_1", ())}
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    return {name: _write_span(rules[name], it, offsets) for name, it in offsets.items()}


def _write_span(rule: CareRule, span: CareOffset, offsets: Mapping[str, CareOffset]) -> str:
    if rule.phase == "before":
        return _write_before(rule, span)
    if span.unit == "d" and span.start == span.end:
        return tn("{n} day after the visit.", "{n} days after the visit.", span.start)
    end = _write_end(span)
    if rule.kind == "avoid":
        return t("Not for {end} after the visit.", end=end)
    first = offsets.get(rule.follows)
    begin = span.start * (_HOURS_A_DAY if span.unit == "d" else 1)
    begin = max(begin, first.end if first is not None and first.unit == "h" else 0)
    if not begin:
        return t("For {end} after the visit.", end=end)
    start = tn("{n} hour", "{n} hours", begin)
    return t("From {start} until {end} after the visit.", start=start, end=end)


def _write_before(rule: CareRule, span: CareOffset) -> str:
    if not span.start:
        return t("On the day of the visit.")
    before = tn("{n} day before the visit", "{n} days before the visit", -span.start)
    if rule.kind == "avoid":
        return t("Not from {before} on.", before=before)
    return f"{before}." if span.start == span.end else t("From {before} on.", before=before)


def _write_end(span: CareOffset) -> str:
    """Return how long it lasts; the day of the visit is none of the days."""
    if span.unit == "h":
        return tn("{n} hour", "{n} hours", span.end)
    return tn("{n} whole day", "{n} whole days", span.end)
