"""Plan says what to do at home before the first visit, on days that the patient still has."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from consult_app.domain import change
from consult_app.gui.care_lines import list_care
from consult_app.gui.desk import Desk


def test_home_preparation_has_the_days_of_the_first_visit(desk: Desk) -> None:
    plan = desk.judge(desk.sample_visit()).plan
    assert plan is not None

    lines = {line.what: line.when for line in list_care(desk.pack, plan, "before")}

    assert lines["Fake tan on the area"] == "Not from Mon 29 Jun 2026 on."
    assert not any(when.startswith("Not before") for when in lines.values())


@pytest.mark.parametrize("days", [0, 2])
def test_home_preparation_asks_for_nothing_on_days_gone_by(desk: Desk, days: int) -> None:
    """A first visit today has every day to prepare behind it."""
    visit = desk.sample_visit()
    today = visit.visit_date
    at = datetime.combine(today + timedelta(days=days), time(14))
    visit = change.put(visit, "patient.sex", None)
    plan = desk.judge(change.put(visit, "plan.first_session", at)).plan
    assert plan is not None

    told = list(list_care(desk.pack, plan, "before", today=today))

    lines = {line.what: line.when for line in told}
    assert lines["Fake tan on the area"] == "Not from today on."
    assert any(what.startswith("Shave") for what in lines) == (days > 0)
