"""A treatment record that is begun on the day of the test patch says which day was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.start.due import FOR
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of

FIRST = datetime.fromisoformat("2026-07-20T10:00")
DAY = 24 * 3600
TODAY = "By the plan today is the test patch. The first treatment is on Mon 20 Jul 2026."
PLANNED = (
    "By the plan the test patch is on Mon 22 Jun 2026, and the first treatment on Mon 20 Jul 2026."
)


@pytest.fixture
def last(desk: Desk) -> Consultation:
    """A consultation of today of somebody for whom a test patch is advised, and planned."""
    visit = replace(desk.sample_visit(), sample=False, state="signed")
    skin = replace(visit.skin, phototype_seen=4)
    facts = replace(visit.facts, phototype=4)
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    plan = replace(visit.plan, first_session=FIRST)
    signed = replace(visit, skin=skin, facts=facts, agreement=agreed, plan=plan)
    planned = desk.judge_then(signed).plan
    assert planned is not None
    assert planned.coming_patch == FIRST.date() - timedelta(days=28)
    return desk.records.sign(signed, None, 0)


def open_recheck(window: MainWindow, visit: Consultation) -> RecheckPanel:
    window.show_visit(visit)
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    return panel


@pytest.mark.parametrize(
    ("days", "told"), [(3, PLANNED), (7, TODAY), (34, PLANNED), (35, ""), (40, "")]
)
def test_it_is_told_until_the_planned_day(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation, days: int, told: str
) -> None:
    """On the day of the patch the whole cheeks were needled as visit 1, without a word."""
    clock.move(days * DAY)

    panel = open_recheck(window, begin(desk, "treatment", last))

    assert panel.patch.text() == told
    assert panel.patch.isVisible() is bool(told)


def test_it_stops_nothing_and_goes_where_nobody_is_treated(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation
) -> None:
    clock.move(7 * DAY)
    panel = open_recheck(window, begin(desk, "treatment", last))
    for item in desk.pack.recheck.items:
        panel._answer(item, "no")
    panel._medicines("no")
    assert not panel.session.judgement.decision.blocks_treatment
    assert panel.patch.text() == TODAY

    panel.session.set("treatment.treated", value=False)

    assert panel.patch.text() == ""


def test_who_was_needled_by_the_plan_is_past_it(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation
) -> None:
    clock.move(7 * DAY)
    first = begin(desk, "treatment", last)
    done = replace(first.treatment or Treatment(), treated=True)
    desk.records.sign(replace(first, state="signed", treatment=done), None, 0)
    clock.move(7 * DAY)

    assert open_recheck(window, begin(desk, "treatment", last)).patch.text() == ""


def test_an_hour_after_midnight_it_is_told_by_its_day(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation
) -> None:
    clock.move(7 * DAY)
    panel = open_recheck(window, begin(desk, "treatment", last))
    clock.move(DAY)

    panel.session.answer("pregnancy", "no")

    assert panel.patch.text() == PLANNED


def test_a_review_before_the_first_treatment_leaves_both_days_standing(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation
) -> None:
    """It took the day of the test patch for that of the treatment, which no list had any more."""
    patch = FIRST.date() - timedelta(days=28)
    known = replace(last, id="patched", patient_id="p2", state="draft")
    signed = sign_off(known, desk.judge_then(known), desk.pack, at=clock())
    base = desk.records.sign(signed, None, 0)
    both = [(patch, FOR["test_patch"]), (FIRST.date(), "First treatment")]
    assert list_due(desk, base) == both

    clock.move((patch - clock().date()).days * DAY)
    review = replace(begin(desk, "review", base), review=Review(decision="continue"))
    window.show_visit(review)
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    assert "planned for Mon 20 Jul 2026" in panel.by_plan.text()
    looked = sign_off(review, desk.judge(review), desk.pack, at=clock(), earlier=[base])
    desk.records.sign(looked, None, 0)

    assert looked.expected_on == patch
    assert list_due(desk, base) == both


def list_due(desk: Desk, base: Consultation) -> list[tuple[date, str]]:
    listed = desk.patients.list_due_of(base.patient_id, desk.clock().date())
    return [(it.due, it.what) for it in listed]
