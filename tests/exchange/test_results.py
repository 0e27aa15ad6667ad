"""The output of the commands keeps the shape that scripts rely on."""

from __future__ import annotations

import json
from datetime import date

from consult_app.domain.finding import Finding, Gap, Screening, Severity
from consult_app.exchange.results import screening_json
from consult_app.exchange.sources import sources_json
from consult_app.knowledge.pack.pack import Pack

FINDING = Finding(
    id="isotretinoin_recent",
    item="isotretinoin",
    severity=Severity.DEFER,
    until=date(2026, 2, 28),
    resolves_by="time",
    open=False,
    because=("facts.medications[0]",),
    action="Wait.",
    why="Scars.",
    sources=("S07", "S18"),
    disagreement="Some say less.",
    notes="Any depth.",
    digest="abc",
)


def describe(outcome: Severity | None, *findings: Finding, gaps: tuple[Gap, ...] = ()) -> Screening:
    """Return a screening."""
    return Screening(
        content_id="microneedling",
        content_version="1.0",
        outcome=outcome,
        complete=not gaps,
        unanswered=tuple(gap.item for gap in gaps),
        defer_until=date(2026, 2, 28) if findings else None,
        not_before=date(2026, 2, 28) if findings else None,
        open_events=("hsv_active",) if findings else (),
        findings=findings,
        gaps=gaps,
    )


def test_a_screening_is_written_as_documented() -> None:
    """The example of the documented format, field by field and in its order."""
    written = screening_json(describe(Severity.DEFER, FINDING))
    assert json.dumps(written) == json.dumps(
        {
            "format": "consult-screening/1",
            "content": {"id": "microneedling", "version": "1.0"},
            "outcome": "defer",
            "complete": True,
            "unanswered": [],
            "defer_until": "2026-02-28",
            "not_before": "2026-02-28",
            "open_events": ["hsv_active"],
            "findings": [
                {
                    "id": "isotretinoin_recent",
                    "item": "isotretinoin",
                    "severity": "defer",
                    "until": "2026-02-28",
                    "resolves_by": "time",
                    "because": ["facts.medications[0]"],
                    "action": "Wait.",
                    "why": "Scars.",
                    "sources": ["S07", "S18"],
                }
            ],
        }
    )


def test_what_is_not_known_is_null_and_never_clear() -> None:
    written = screening_json(describe(None, gaps=(Gap(item="pregnancy"),)))
    assert written["outcome"] is None
    assert written["complete"] is False
    assert written["unanswered"] == ["pregnancy"]
    assert written["defer_until"] is written["not_before"] is None


def test_every_source_is_written_with_all_that_is_known_of_it(pack: Pack) -> None:
    written = sources_json(pack)
    assert written["format"] == "consult-sources/1"
    assert written["content"] == {"id": pack.id, "version": pack.version}
    assert [source["id"] for source in written["sources"]] == list(pack.source_by_id)
    assert set(written["sources"][0]) >= {"id", "mark", "title", "read", "address"}
