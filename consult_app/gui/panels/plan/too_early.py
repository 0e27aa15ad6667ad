"""A first visit that is planned for before what is going on now can be over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.gui.phrases import write_weekday
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.waiting import find_soonest_visit
from consult_app.wording import t


def tell_too_early(pack: Pack, judged: Judgement, today: date) -> Iterator[str]:
    """Yield when the first visit can be at the earliest, where its day is surely too early."""
    if judged.plan is None or judged.facts is None or judged.screening is None:
        return
    from_day = judged.facts.consult_date or today
    findings = judged.screening.findings
    soonest = find_soonest_visit(pack, judged.facts, findings, judged.plan, from_day)
    if soonest:
        day = write_weekday(soonest)
        yield t("Visit 1 cannot be before {day}, even if all is over today", day=day)
