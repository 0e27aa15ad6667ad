"""Every screening rule against cases that fire and cases that do not.

The cases are data: `tests/cases/<rule id>.toml` for one rule each, `tests/cases/consultations`
for whole results. A rule without cases of both kinds fails, so a new rule brings its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.unsaid import say_denied
from consult_app.record import read

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
TODAY = date(2026, 6, 15)

# Asked everything, denied everything; cheeks at a usual depth.
HEALTHY: dict[str, Any] = {
    "consult_date": "2026-06-15",
    "date_of_birth": "1990-05-01",
    "jurisdiction": "UK",
    "phototype": 2,
    "zones": ["cheeks"],
    "depth_mm": 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCase:
    """What one rule does for some facts.

    Attributes:
        name: What is true, after the rule's id.
        fires: Whether the rule fires.
        facts: Laid over the healthy patient.
        without: Facts of the healthy patient that are not said.
        severity: Severity of the finding, when other than the rule's generic one.
        until: First eligible day of the finding.
        undated: The finding has no such day.
        open: Whether the finding waits for an event or an unknown date.
        complete: Whether the result is complete.
        outcome, defer_until, not_before, open_events: Of the result, where given.
        only: All findings of the result, where given.
    """

    name: str
    fires: bool
    facts: Mapping[str, object] | None = None
    without: tuple[str, ...] = ()
    severity: Severity | None = None
    until: date | None = None
    undated: bool = False
    open: bool | None = None
    complete: bool = True
    outcome: Severity | None = None
    defer_until: date | None = None
    not_before: date | None = None
    open_events: tuple[str, ...] | None = None
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCase:
    """A whole screening result; the fields are those of `Screening`."""

    name: str
    facts: Mapping[str, object] | None = None
    without: tuple[str, ...] = ()
    findings: tuple[str, ...]
    outcome: Severity | None = None
    complete: bool = True
    unanswered: tuple[str, ...] = ()
    defer_until: date | None = None
    not_before: date | None = None
    open_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCases:
    """The file of one rule."""

    case: tuple[RuleCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCases:
    """A file of whole results."""

    case: tuple[WholeCase, ...]


def _read_rule_cases() -> dict[str, tuple[RuleCase, ...]]:
    return {
        file.stem: read(RuleCases, tomllib.loads(file.read_text("utf-8")), place=file.name).case
        for file in sorted(CASES.glob("*.toml"))
    }


def _read_whole_cases() -> dict[str, tuple[WholeCase, ...]]:
    return {
        file.stem: read(WholeCases, tomllib.loads(file.read_text("utf-8")), place=file.name).case
        for file in sorted((CASES / "consultations").glob("*.toml"))
    }


RULE_CASES = _read_rule_cases()
WHOLE_CASES = _read_whole_cases()


def read_facts(facts: Mapping[str, object] | None, without: tuple[str, ...]) -> Facts:
    """Return the healthy patient with these facts, and without some of theirs."""
    said = {key: value for key, value in HEALTHY.items() if key not in without}
    return read(Facts, {**said, **(facts or {})}, place="facts")


def look(pack: Pack, case: RuleCase | WholeCase) -> Screening:
    """Return what is found for a case: as in a case file, what it leaves out was denied."""
    facts = say_denied(pack, read_facts(case.facts, case.without))
    return screen(pack, facts, today=TODAY)


def _find(result: Screening, rule: str) -> Finding | None:
    return next((found for found in result.findings if found.id == rule), None)


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        pytest.param(rule, case, id=f"{rule} {case.name}")
        for rule, cases in RULE_CASES.items()
        for case in cases
    ],
)
def test_a_rule_does_what_its_case_says(pack: Pack, rule: str, case: RuleCase) -> None:
    result = look(pack, case)
    found = _find(result, rule)
    assert (found is not None) == case.fires
    assert result.complete == case.complete, result.unanswered
    if found is not None:
        _check_finding(found, case)
        assert found.severity == (case.severity or pack.rule_by_id[rule].severity)
    _check_result(result, case)


def _check_finding(found: Finding, case: RuleCase) -> None:
    dated = found.severity is Severity.DEFER and not found.open
    assert dated == (found.until is not None)
    assert case.until in (None, found.until)
    assert case.open in (None, found.open)
    assert not (case.undated and found.until)
    assert found.because
    assert found.action
    assert found.why
    assert found.sources


def _check_result(result: Screening, case: RuleCase) -> None:
    assert case.outcome in (None, result.outcome)
    assert case.defer_until in (None, result.defer_until)
    assert case.not_before in (None, result.not_before)
    assert case.open_events in (None, result.open_events)
    assert case.only in (None, tuple(found.id for found in result.findings))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{topic} {case.name}")
        for topic, cases in WHOLE_CASES.items()
        for case in cases
    ],
)
def test_a_whole_result_is_what_its_case_says(pack: Pack, case: WholeCase) -> None:
    result = look(pack, case)
    assert tuple(found.id for found in result.findings) == case.findings
    assert result.outcome == case.outcome
    assert result.complete == case.complete
    assert sorted(result.unanswered) == sorted(case.unanswered)
    assert result.defer_until == case.defer_until
    assert result.not_before == case.not_before
    assert result.open_events == case.open_events


def test_every_rule_has_cases_that_fire_and_cases_that_do_not(pack: Pack) -> None:
    kinds = {rule: {case.fires for case in cases} for rule, cases in RULE_CASES.items()}
    assert {rule.id for rule in pack.rules} == set(kinds)
    assert [rule for rule, kind in kinds.items() if kind != {True, False}] == []


def test_every_severity_a_rule_can_have_is_shown_by_a_case(pack: Pack) -> None:
    for rule in pack.rules:
        possible = {rule.severity, *(case.severity for case in rule.severity_when)}
        possible |= set(rule.overlay.values())
        shown = {case.severity or rule.severity for case in RULE_CASES[rule.id] if case.fires}
        assert possible <= shown, rule.id


def test_a_waiting_rule_has_cases_on_the_day_before_the_day_and_the_day_after(pack: Pack) -> None:
    waiting = [rule for rule in pack.rules if rule.resolves_by in ("time", "event_or_time")]
    for rule in waiting:
        dated = [(_day(case), case.fires) for case in RULE_CASES[rule.id] if _day(case)]
        over = {day for day, fires in dated if not fires}
        assert any({day + 1, day + 2} <= over for day, fires in dated if fires), rule.id


def _day(case: RuleCase) -> int:
    day = (case.facts or {}).get("treatment_date")
    return date.fromisoformat(day).toordinal() if isinstance(day, str) else 0


def test_the_pack_holds_the_whole_catalogue(pack: Pack) -> None:
    assert len(pack.questions) == 63
    assert len(pack.rules) == 118
    assert len({question.label for question in pack.questions}) == 63


def test_an_open_question_is_never_clear(pack: Pack) -> None:
    for question in pack.questions:
        result = screen(pack, read_facts({"unanswered": [question.id]}, ()), today=TODAY)
        assert not result.complete
        assert result.outcome is None
        assert question.id in result.unanswered
