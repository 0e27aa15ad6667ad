"""A first visit that is planned for before what is going on now can be over."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_weekday
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.waiting import find_soonest_visit
from consult_app.wording import t


def tell_too_early(desk: Desk, judged: Judgement) -> Iterator[str]:
    """Yield when the first visit can be at the earliest, where its day is surely too early."""
    if judged.plan is None or judged.facts is None or judged.screening is None:
        return
    today = judged.facts.consult_date or desk.clock().date()
    findings = judged.screening.findings
    soonest = find_soonest_visit(desk.pack, judged.facts, findings, judged.plan, today)
    if soonest:
        day = write_weekday(soonest)
        yield t(
            "Visit 1 cannot be before {day}, even if all is over today; the handout names no dates",
            day=day,
        )
