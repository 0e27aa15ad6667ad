"""What a decision was made for, by which a recorded reason is known to hold or to hold no more.

A reason covers its rule and the facts that rule found, each by itself: the rule may come to find
fewer of them, as when enough days have passed since one, but whatever is new or another is to be
decided anew. So is more of it: a higher dose, score or grade than the one that was written down,
while as much and less are covered. How many days a medicine is taken is left out, because it grows
by itself. Nor does it cover a plan that goes further than the one for which it was written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from consult_app.domain import change
from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.decision import Decision
from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Facts, Medication
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import Look, look_once
from consult_app.knowledge.told.decided_plan import MARK, stays_within
from consult_app.knowledge.told.graded import Grade, list_amounts
from consult_app.values import fields, replace

_APART, _ANY, _AMOUNT = ".", "*", "@"
_ENTRY = re.compile(r"facts\.([a-z]+)\[([0-9]+)\]", re.ASCII)
_GROWS = "days"
_CREAM = "anaesthetic."
_SIZE = 6
Told = str | tuple[str, float]
"""What was told: in words that stay the same, or by its name, and how much of it."""


def look_to_decide(pack: Pack, grades: tuple[Grade, ...] = ()) -> Look:
    """Return what screens by that content, its findings with what a decision would be for.

    Args:
        pack: The content.
        grades: How much there is of what it asks about.
    """
    look = look_once(pack)

    def look_and_mark(facts: Facts, today: date, depths: Mapping[str, float]) -> Screening:
        return _mark(look(facts, today, depths), facts, grades)

    return look_and_mark


def _mark(screening: Screening, facts: Facts, grades: tuple[Grade, ...]) -> Screening:
    if all(it.severity is not Severity.RELATIVE for it in screening.findings):
        return screening
    findings = tuple(mark_finding(it, facts, grades) for it in screening.findings)
    return replace(screening, findings=findings)


def mark_finding(finding: Finding, facts: Facts, grades: tuple[Grade, ...] = ()) -> Finding:
    """Return a finding with the facts that made it true in its digest, where it can be decided."""
    told = (it for place in finding.because for it in _tell(facts, place))
    return mark_told(finding, (*told, *list_amounts(grades, finding.item)))


def mark_told(finding: Finding, told: Iterable[Told]) -> Finding:
    """Return a finding with what was told, each by itself, in its digest."""
    parts = {_spell(it) for it in told}
    if finding.severity is not Severity.RELATIVE or not finding.digest or not parts:
        return finding
    return replace(finding, digest=f"{finding.digest}{MARK}{_APART.join(sorted(parts))}")


def is_covered(finding: Finding, written: Iterable[tuple[str, str]]) -> bool:
    """Return whether one of these ids and digests was written for the finding, or for more."""
    found = _divide(finding.digest)
    return bool(found[0]) and any(
        name == finding.id and _covers(_divide(digest), found) for name, digest in written
    )


def find_decided(visit: Consultation) -> tuple[Override, ...]:
    """Return what was set aside in a visit; what is signed was decided for what stands there."""
    if visit.state != "signed":
        return visit.overrides
    return tuple(replace(it, digest=_widen(it.digest)) for it in visit.overrides)


def let_lapse(visit: Consultation, decision: Decision) -> tuple[Override, ...]:
    """Return what was set aside in a visit that is being signed; what held no more is for nothing.

    In a signed visit it would count for whatever stands there. Its words stay.
    """
    lapsed = {it.id for it in decision.findings} - {*decision.recorded}
    return tuple(replace(it, digest="") if it.id in lapsed else it for it in visit.overrides)


def name_facts(overrides: Iterable[Override], findings: Iterable[Finding]) -> tuple[Override, ...]:
    """Return what was set aside, with what records of older programs did not write down of it.

    The first of them name the rule alone, later ones not how much there was of what was told.

    Args:
        overrides: Of a signed visit.
        findings: What that visit found, marked.
    """
    told = tuple(findings)
    found = {(it.id, leave_out_amounts(it.digest)): it.digest for it in told}
    found |= {(it.id, it.digest.partition(MARK)[0]): it.digest for it in told}
    return tuple(replace(it, digest=found.get((it.id, it.digest), it.digest)) for it in overrides)


def lacks_facts(override: Override) -> bool:
    """Return whether only the rule is written down, as older programs did."""
    return bool(override.digest) and MARK not in override.digest


def leave_out_amounts(digest: str) -> str:
    """Return a digest as older programs wrote it, without how much there was of what was told."""
    rule, told, plan = _divide(digest)
    named = (it for it in told.split(_APART) if _AMOUNT not in it)
    parts = (rule, _APART.join(named), plan)
    return MARK.join(parts[: digest.count(MARK) + 1])


def _divide(digest: str) -> tuple[str, str, str]:
    """Return rule, facts and plan of a digest."""
    rule, _, rest = digest.partition(MARK)
    told, _, plan = rest.partition(MARK)
    return rule, told, plan


def _covers(written: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    parts = written[1].split(_APART)
    most = dict(map(_read, parts))
    told = parts == [_ANY] or all(
        name in most and amount <= most[name]
        for name, amount in map(_read, filter(None, found[1].split(_APART)))
    )
    return written[0] == found[0] and told and stays_within(found[2], written[2])


def _read(part: str) -> tuple[str, int]:
    """Return what was told and how much of it: 0 where that is all there is to it."""
    name, _, amount = part.partition(_AMOUNT)
    return name, int(amount) if amount.isdecimal() else 0


def _widen(digest: str) -> str:
    return f"{digest.partition(MARK)[0]}{MARK}{_ANY}" if digest else digest


def _tell(facts: Facts, place: str) -> Iterator[Told]:
    """Yield what stands at a place; the plan is marked by itself."""
    entry = _ENTRY.fullmatch(place)
    if entry is not None:
        yield from tell_entry(entry[1], getattr(facts, entry[1])[int(entry[2])])
        return
    path = place.removeprefix("facts.")
    value = change.look(facts, path)
    for told in value if isinstance(value, tuple) else (value,):
        if isinstance(told, str | bool):
            yield f"{path} {told}"
    if path.startswith(_CREAM):
        yield from ((_CREAM + name, amount) for name, amount in _list_numbers(facts.anaesthetic))


def tell_entry(named: str, entry: Any) -> Iterator[Told]:  # noqa: ANN401 - an entry of any list
    """Yield an entry in words that stay the same as long as it says the same, then its numbers."""
    words = f"{named} {spell_entry(entry)}"
    yield words
    yield from ((f"{words} {name}", amount) for name, amount in _list_numbers(entry))


def spell_entry(entry: Any) -> str:  # noqa: ANN401 - an entry of any list
    """Return an entry without its numbers in words that stay the same while it says the same."""
    if isinstance(entry, str):
        return entry
    numbers = {_GROWS, *dict(_list_numbers(entry))}
    told = {it.name: getattr(entry, it.name) for it in fields(entry) if it.name not in numbers}
    if isinstance(entry, Medication) and entry.status is None:
        told["status"] = "stopped" if entry.last_dose else "current"
    named = ((name, value) for name, value in told.items() if value)
    return "; ".join(f"{name} {_write(value)}" for name, value in named)


def _list_numbers(entry: Any) -> Iterator[tuple[str, float]]:  # noqa: ANN401 - of any list
    """Yield the numbers of an entry, such as a dose; how many days is none of them."""
    for it in () if entry is None or isinstance(entry, str) else fields(entry):
        value = getattr(entry, it.name)
        if it.name != _GROWS and isinstance(value, int | float) and not isinstance(value, bool):
            yield it.name, value


def _write(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, tuple) else str(value)


def _spell(told: Told) -> str:
    if isinstance(told, str):
        return _hash(told)
    name, amount = told
    return f"{_hash(name)}{_AMOUNT}{round(amount * 100)}"


def _hash(told: str) -> str:
    return hashlib.blake2b(told.encode(), digest_size=_SIZE).hexdigest()
