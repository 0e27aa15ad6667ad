"""The output of `screen` as scripts read it (interfaces 3)."""

from __future__ import annotations

from typing import Any

from consult_app.domain.finding import Finding, Screening


def screening_json(screening: Screening) -> dict[str, Any]:
    """Return the screening in the format `consult-screening/1`."""
    return {
        "format": "consult-screening/1",
        "content": {"id": screening.content_id, "version": screening.content_version},
        "outcome": str(screening.outcome) if screening.outcome else None,
        "complete": screening.complete,
        "unanswered": list(screening.unanswered),
        "defer_until": _day(screening.defer_until),
        "not_before": _day(screening.not_before),
        "open_events": list(screening.open_events),
        "findings": [_finding_json(finding) for finding in screening.findings],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "item": finding.item,
        "severity": str(finding.severity),
        "until": _day(finding.until),
        "resolves_by": finding.resolves_by,
        "because": list(finding.because),
        "action": finding.action,
        "why": finding.why,
        "sources": list(finding.sources),
    }


def _day(value: object) -> str | None:
    return str(value) if value is not None else None
