"""Screening: which rules fire for the facts of a consultation (screening reference 0.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from consult_app.domain.finding import Finding, Gap, Screening, Severity
from consult_app.domain.history import Facts
from consult_app.errors import Fault, InputError
from consult_app.knowledge.condition import Match, Situation, Truth
from consult_app.knowledge.pack.pack import Pack, Rule
from consult_app.values import dataclass, replace

TITLE = "These facts cannot be screened"
ADVICE = "Nothing was judged. Correct the places named and try again."

Look = Callable[[Facts, date, Mapping[str, float]], Screening]
"""Screens facts on a day, with the planned depths."""

_NOT_ANSWERED = "facts.unanswered"


def screen(
    pack: Pack, facts: Facts, *, today: date, depths: Mapping[str, float] | None = None
) -> Screening:
    """Return what the rules find.

    Rules test the treatment date, else the consult date, else `today`. A rule whose answer is
    unknown does not fire; the item that asks for what is missing counts as unanswered.

    Args:
        pack: The content.
        facts: What is known of the patient and the plan.
        today: The day of judging.
        depths: Planned depth in mm by treated area. Without it `facts.depth_mm` is held against
            the depth guide of every treated area.

    Raises:
        InputError: A date cannot be true; every fault is named.
    """
    situation = _prepare(pack, facts, today, depths or {})
    _check_dates(situation)
    answers = [(rule, rule.when.match(situation)) for rule in pack.rules]
    fired = [_fire(pack, rule, match, situation) for rule, match in answers if _holds(match)]
    fired.sort(key=lambda firing: (firing.finding.severity.rank, firing.finding.id))
    gaps = _find_gaps(pack, situation, answers)
    unanswered = tuple(dict.fromkeys(gap.item for gap in gaps))
    findings = tuple(firing.finding for firing in fired)
    not_before = max((firing.not_before for firing in fired if firing.not_before), default=None)
    outcome = _headline(findings, complete=not gaps)
    waiting = any(found.open and found.severity is Severity.DEFER for found in findings)
    return Screening(
        content_id=pack.id,
        content_version=pack.version,
        outcome=outcome,
        complete=not gaps,
        unanswered=unanswered,
        defer_until=not_before if outcome is Severity.DEFER and not waiting else None,
        not_before=not_before,
        open_events=tuple(sorted(found.id for found in findings if found.open)),
        findings=findings,
        gaps=gaps,
    )


def fires(pack: Pack, rule_id: str, facts: Facts, *, day: date) -> bool:
    """Return whether one rule holds on a day, for what is not about the day of the treatment."""
    rule = next(rule for rule in pack.rules if rule.id == rule_id)
    on_day = replace(facts, treatment_date=day)
    return _holds(rule.when.match(_prepare(pack, on_day, day, {})))


def look_once(pack: Pack) -> Look:
    """Return what screens by that content, and the same facts only once."""
    seen: list[tuple[tuple[Facts, date, Mapping[str, float]], Screening]] = []

    def look(facts: Facts, today: date, depths: Mapping[str, float]) -> Screening:
        asked = (facts, today, depths)
        found = next((found for before, found in seen if before == asked), None)
        if found is None:
            found = screen(pack, facts, today=today, depths=depths)
            seen.append((asked, found))
        return found

    return look


@dataclass(frozen=True, slots=True)
class _Firing:
    """A finding with the day it contributes to `not_before`, which an open one has too."""

    finding: Finding
    not_before: date | None


def _prepare(pack: Pack, facts: Facts, today: date, depths: Mapping[str, float]) -> Situation:
    areas = pack.protocol.areas
    return Situation(
        facts=facts,
        today=today,
        areas=areas,
        vocabulary=pack.vocabulary,
        asked_by=pack.asked_by,
        depths={areas.normalise(area): depth for area, depth in depths.items()},
    )


def _check_dates(situation: Situation) -> None:
    faults = tuple(
        Fault(f"facts.procedures[{position}].date", "later than the consultation")
        for position, procedure in enumerate(situation.facts.procedures)
        if procedure.date is not None and procedure.date.first_day() > situation.consulted
    )
    if faults:
        raise InputError(TITLE, faults, ADVICE)


def _holds(match: Match) -> bool:
    return match.truth is Truth.YES


def _fire(pack: Pack, rule: Rule, match: Match, situation: Situation) -> _Firing:
    question = pack.question_by_id[rule.item]
    severity = _judge_severity(rule, situation)
    deferred = severity is Severity.DEFER
    by_event = rule.resolves_by == "event"
    day = match.until if deferred and not by_event else None
    is_open = by_event or match.open or (deferred and day is None)
    finding = Finding(
        id=rule.id,
        item=rule.item,
        severity=severity,
        until=None if is_open else day,
        resolves_by=rule.resolves_by,
        open=is_open,
        because=match.because,
        action=rule.action,
        why=question.why,
        sources=rule.sources,
        disagreement=question.disagreement,
        notes=question.depth_or_phototype,
        digest=rule.digest,
    )
    return _Firing(finding, day)


def _judge_severity(rule: Rule, situation: Situation) -> Severity:
    """Return the severity here; what cannot be told is taken as its most severe possibility.

    But nobody is refused for good for what was not said of an entry: its question is open instead.
    """
    possible = [*_vary(rule, situation)]
    overlay = rule.overlay.get(situation.facts.device_profile)
    return _strongest([*possible, *([overlay] if overlay else [])])


def _vary(rule: Rule, situation: Situation) -> Iterable[Severity]:
    """Yield the severities that may hold: up to the first whose condition is sure."""
    for case in rule.severity_when:
        match = case.when.match(situation)
        unsaid = match.truth is Truth.UNKNOWN and any(map(_is_of_entry, match.gaps))
        if match.truth is not Truth.NO and not (unsaid and case.severity is Severity.ABSOLUTE):
            yield case.severity
        if match.truth is Truth.YES:
            return
    yield rule.severity


def _strongest(severities: Iterable[Severity]) -> Severity:
    return min(severities, key=lambda severity: severity.rank)


def _find_gaps(
    pack: Pack, situation: Situation, answers: Iterable[tuple[Rule, Match]]
) -> tuple[Gap, ...]:
    """Return what is open, in the order of the questions."""
    gaps = {Gap(item=item) for item in situation.facts.unanswered}
    for rule, match in answers:
        for place in (match.gaps | _doubt_severity(rule, match, situation)) - {_NOT_ANSWERED}:
            asking = situation.asks(place.removeprefix("facts."))
            gaps |= {Gap(item=item, place=place) for item in asking or (rule.item,)}
    order = {question.id: position for position, question in enumerate(pack.questions)}
    last = len(order)
    return tuple(sorted(gaps, key=lambda gap: (order.get(gap.item, last), gap.item, gap.place)))


def _doubt_severity(rule: Rule, match: Match, situation: Situation) -> frozenset[str]:
    """Return what an entry leaves unsaid by which the severity of a finding goes."""
    cases = rule.severity_when if _holds(match) else ()
    gaps = (gap for case in cases for gap in case.when.match(situation).gaps)
    return frozenset(filter(_is_of_entry, gaps))


def _is_of_entry(gap: str) -> bool:
    return "[" in gap


def _headline(findings: tuple[Finding, ...], *, complete: bool) -> Severity | None:
    if findings:
        return findings[0].severity
    return Severity.CLEAR if complete else None
