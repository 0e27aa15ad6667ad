"""What a decision was made for, by which a recorded reason is known to hold or to hold no more.

A reason covers its rule and the facts that rule found, each by itself: the rule may come to find
fewer of them, as when enough days have passed since one, but whatever is new or another is to be
decided anew. How many days a medicine is taken is left out, because it grows by itself. Nor does it
cover a plan that goes further than the one for which it was written.
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
from consult_app.knowledge.decided_plan import MARK, stays_within
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.screening import Look, look_once
from consult_app.values import fields, replace

_APART, _ANY = ".", "*"
_ENTRY = re.compile(r"facts\.([a-z]+)\[([0-9]+)\]", re.ASCII)
_GROWS = "days"
_SIZE = 6


def look_to_decide(pack: Pack) -> Look:
    """Return what screens by that content, its findings with what a decision would be for."""
    look = look_once(pack)

    def look_and_mark(facts: Facts, today: date, depths: Mapping[str, float]) -> Screening:
        return _mark(look(facts, today, depths), facts)

    return look_and_mark


def _mark(screening: Screening, facts: Facts) -> Screening:
    if all(it.severity is not Severity.RELATIVE for it in screening.findings):
        return screening
    findings = tuple(mark_finding(it, facts) for it in screening.findings)
    return replace(screening, findings=findings)


def mark_finding(finding: Finding, facts: Facts) -> Finding:
    """Return a finding with the facts that made it true in its digest, where it can be decided."""
    return mark_told(finding, (it for place in finding.because for it in _tell(facts, place)))


def mark_told(finding: Finding, told: Iterable[str]) -> Finding:
    """Return a finding with what was told, each by itself, in its digest."""
    parts = {_hash(it) for it in told}
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
    """Return what was set aside, with the facts where only the rule was written down.

    Args:
        overrides: Of a signed visit; records of older programs name the rule alone.
        findings: What that visit found, marked.
    """
    found = {(it.id, it.digest.partition(MARK)[0]): it.digest for it in findings}
    return tuple(replace(it, digest=found.get((it.id, it.digest), it.digest)) for it in overrides)


def lacks_facts(override: Override) -> bool:
    """Return whether only the rule is written down, as older programs did."""
    return bool(override.digest) and MARK not in override.digest


def _divide(digest: str) -> tuple[str, str, str]:
    """Return rule, facts and plan of a digest."""
    rule, _, rest = digest.partition(MARK)
    told, _, plan = rest.partition(MARK)
    return rule, told, plan


def _covers(written: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    parts = written[1].split(_APART)
    told = parts == [_ANY] or {*found[1].split(_APART)} <= {*parts, ""}
    return written[0] == found[0] and told and stays_within(found[2], written[2])


def _widen(digest: str) -> str:
    return f"{digest.partition(MARK)[0]}{MARK}{_ANY}" if digest else digest


def _tell(facts: Facts, place: str) -> Iterator[str]:
    """Yield in words that stay the same what stands at a place; the plan is marked by itself."""
    entry = _ENTRY.fullmatch(place)
    if entry is not None:
        yield f"{entry[1]} {spell_entry(getattr(facts, entry[1])[int(entry[2])])}"
        return
    path = place.removeprefix("facts.")
    value = change.look(facts, path)
    for told in value if isinstance(value, tuple) else (value,):
        if isinstance(told, str | bool):
            yield f"{path} {told}"


def spell_entry(entry: Any) -> str:  # noqa: ANN401 - an entry of any list
    """Return an entry in words that stay the same as long as it says the same."""
    if isinstance(entry, str):
        return entry
    told = {it.name: getattr(entry, it.name) for it in fields(entry) if it.name != _GROWS}
    if isinstance(entry, Medication) and entry.status is None:
        told["status"] = "stopped" if entry.last_dose else "current"
    named = ((name, value) for name, value in told.items() if value)
    return "; ".join(f"{name} {_write(value)}" for name, value in named)


def _write(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, tuple) else str(value)


def _hash(told: str) -> str:
    return hashlib.blake2b(told.encode(), digest_size=_SIZE).hexdigest()
