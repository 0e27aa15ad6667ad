"""A later visit that goes deeper, and needs something first that visit 1 does not."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.gui.desk import Desk
from consult_app.gui.severity import find_sign
from consult_app.knowledge.deeper_later import find_later
from consult_app.knowledge.judgement import Judgement
from consult_app.wording import t

NEEDS = t("Visit {number} goes to {depth} mm, which needs first: {about} ({sign})")


def tell_deeper(desk: Desk, judged: Judgement) -> Iterator[str]:
    """Yield what a later visit will be refused for, as the plan stands."""
    facts = judged.facts
    today = (facts.consult_date if facts is not None else None) or desk.clock().date()
    for it in find_later(desk.pack, judged, today):
        yield NEEDS.format(
            number=it.session,
            depth=f"{it.depth_mm:g}",
            sign=find_sign(it.finding, {}).words,
            about=desk.pack.name_finding(it.finding),
        )
