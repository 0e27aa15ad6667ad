"""Days that are refused now: no page counts from them what to do at home or when to look."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.gui.care_lines import list_care
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.visits.undated import find_told
from consult_app.values import replace
from tests.gui.test_plan_panel import open_plan
from tests.gui.touring import workspace_of

A_DAY = re.compile(r"\b20\d\d\b|[Tt]oday")


def plan_for(window: MainWindow, ahead: int) -> Consultation:
    """Return a consultation of one who may be pregnant, with a first visit so many days ahead."""
    visit = window.desk.sample_visit()
    today = visit.facts.consult_date or window.desk.clock().date()
    return replace(
        visit,
        visit_date=today,
        plan=replace(visit.plan, first_session=datetime.combine(today + timedelta(ahead), time(9))),
        facts=replace(visit.facts, pregnancy="possible"),
        answers={**visit.answers, "pregnancy": Answer(state="yes")},
    )


@pytest.mark.parametrize(("ahead", "dated"), [(0, False), (7, True)])
def test_care_does_not_count_from_a_day_that_is_refused(
    window: MainWindow, ahead: int, *, dated: bool
) -> None:
    """Plan said *Come with clean skin ... Today* of a day on which nobody is treated."""
    panel = open_plan(window, plan_for(window, ahead))
    home = [label.text() for label in panel.preparation.findChildren(Label)]
    window.run("panel:expectations")
    expectations = workspace_of(window).panel
    assert isinstance(expectations, ExpectationsPanel)
    care = [label.text() for label in expectations.care.findChildren(Label)]
    may = [label.text() for label in expectations.may.findChildren(Label)]

    for told in (home, care, may):
        assert any(map(A_DAY.search, told)) is dated
    assert ("On the day of the visit." in home) is not dated
    assert ("Not from 7 days before the visit on." in home) is not dated
    assert ("12 weeks after the last visit." in may) is not dated
    assert "First change" in may


def test_care_without_days_keeps_the_order_and_the_waits_of_the_dated(window: MainWindow) -> None:
    pack = window.desk.pack
    judged = window.desk.judge(plan_for(window, 0))
    assert judged.plan is not None
    told = find_told(pack, judged)
    assert told is not None
    dated, spans = (
        [list(list_care(pack, plan, phase)) for phase in ("before", "after")]
        for plan in (judged.plan, told)
    )

    left = [it.what for it in dated[0] if it.what != "Small test patch"]
    assert [it.what for it in spans[0]] == left
    assert [it.what for it in spans[1]] == [it.what for it in dated[1]]
    after = {it.what: it.when for it in spans[1]}
    spf = next(when for what, when in after.items() if what.startswith("Mineral sunscreen"))
    assert spf == "From 24 hours until 28 whole days after the visit."
    assert after["Washing the area"] == "Not for 6 hours after the visit."
    assert after["Lukewarm clean water only, pat dry"] == (
        "From 6 hours until 24 hours after the visit."
    )
    assert after["We call or message you"] == "3 days after the visit."
    assert after["Fake tan"] == "Not for 7 whole days after the visit."


def test_a_plan_that_a_supervisor_allowed_keeps_its_days(window: MainWindow) -> None:
    judged = window.desk.judge(plan_for(window, 0))
    assert judged.screening is not None
    allowed = [it.id for it in judged.screening.findings]

    assert find_told(window.desk.pack, judged, allowed) == judged.plan
    assert find_told(window.desk.pack, judged) != judged.plan
