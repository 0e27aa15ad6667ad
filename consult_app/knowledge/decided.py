"""What a decision was made for, by which a recorded reason is known to hold or to hold no more.

A reason covers its rule and the facts that rule found, each by itself: the rule may come to find
fewer of them, as when enough days have passed since one, but whatever is new or another is to be
decided anew. How many days a medicine is taken is left out, because it grows by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from consult_app.domain import change
from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Facts, Medication
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.screening import Look, look_once
from consult_app.values import fields, replace

_MARK, _APART, _ANY = ":", ".", "*"
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
    parts = {_hash(told) for place in finding.because for told in _tell(facts, place)}
    if finding.severity is not Severity.RELATIVE or not finding.digest or not parts:
        return finding
    digest = f"{finding.digest}{_MARK}{_APART.join(sorted(parts))}"
    return replace(finding, digest=digest)


def is_covered(finding: Finding, written: Iterable[tuple[str, str]]) -> bool:
    """Return whether one of these ids and digests was written for the finding, or for more."""
    rule, _, found = finding.digest.partition(_MARK)
    return bool(rule) and any(
        name == finding.id and _covers(digest.partition(_MARK), rule, found)
        for name, digest in written
    )


def find_decided(visit: Consultation) -> tuple[Override, ...]:
    """Return what was set aside in a visit; what is signed was decided for what stands there."""
    if visit.state != "signed":
        return visit.overrides
    return tuple(replace(it, digest=_widen(it.digest)) for it in visit.overrides)


def name_facts(overrides: Iterable[Override], findings: Iterable[Finding]) -> tuple[Override, ...]:
    """Return what was set aside, with the facts where only the rule was written down.

    Args:
        overrides: Of a signed visit; records of older programs name the rule alone.
        findings: What that visit found, marked.
    """
    found = {(it.id, it.digest.partition(_MARK)[0]): it.digest for it in findings}
    return tuple(replace(it, digest=found.get((it.id, it.digest), it.digest)) for it in overrides)


def lacks_facts(override: Override) -> bool:
    """Return whether only the rule is written down, as older programs did."""
    return bool(override.digest) and _MARK not in override.digest


def _covers(written: tuple[str, str, str], rule: str, found: str) -> bool:
    parts = written[2].split(_APART)
    return written[0] == rule and (parts == [_ANY] or {*found.split(_APART)} <= {*parts, ""})


def _widen(digest: str) -> str:
    return f"{digest.partition(_MARK)[0]}{_MARK}{_ANY}" if digest else digest


def _tell(facts: Facts, place: str) -> Iterator[str]:
    """Yield in words that stay the same what stands at a place; numbers of the plan are left out.

    A decision for a depth or a skin type is asked for by the rules themselves.
    """
    entry = _ENTRY.fullmatch(place)
    if entry is not None:
        yield f"{entry[1]} {_spell(getattr(facts, entry[1])[int(entry[2])])}"
        return
    path = place.removeprefix("facts.")
    value = change.look(facts, path)
    for told in value if isinstance(value, tuple) else (value,):
        if isinstance(told, str | bool):
            yield f"{path} {told}"


def _spell(entry: Any) -> str:  # noqa: ANN401 - an entry of any list
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
