"""Plan and the frame around it say a thing once, with its weekday, and only what is still so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.gui.care_lines import PRESCRIBED, list_care
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.workspace.addenda import Addenda
from tests.gui.test_sheet_of_the_decision import with_cold_sores
from tests.gui.touring import make_last, workspace_of


def plan_of(window: MainWindow) -> PlanPanel:
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    return panel


def test_the_first_visit_is_told_with_its_weekday(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    first = datetime(2026, 8, 30, 9, 15)  # noqa: DTZ001 - wall clock
    window.show_visit(replace(visit, plan=replace(visit.plan, first_session=first)))
    assert plan_of(window).first.day.help() == "Sun 30 Aug 2026"


def test_tablets_have_no_days_in_what_is_done_at_home(desk: Desk) -> None:
    """They read as if begun a week before, which no prescriber said."""
    plan = desk.judge(with_cold_sores(desk)).plan
    assert plan is not None
    told = {it.what: it.when for it in list_care(desk.pack, plan, "before")}
    (when,) = (when for what, when in told.items() if "tablets" in what)
    assert when == PRESCRIBED
    without = {it.when for it in list_care(desk.pack, plan, "before", tablets=False)}
    assert PRESCRIBED not in without


def test_what_to_tell_and_what_to_take_are_two_lines_of_one_rule(desk: Desk) -> None:
    """They were two sentences in one line."""
    plan = desk.judge(with_cold_sores(desk)).plan
    assert plan is not None
    lines = [it.what for it in list_care(desk.pack, plan, "before")]
    rule = next(it for it in desk.pack.protocol.care.rule if it.tablets)
    at = lines.index(rule.without_tablets)
    assert lines[at + 1] == rule.tablets
    alone = [it.what for it in list_care(desk.pack, plan, "before", tablets=False)]
    assert rule.without_tablets in alone
    assert rule.tablets not in alone
    both = f"{rule.without_tablets}; {rule.tablets[0].lower()}{rule.tablets[1:]}"
    assert both == rule.what, "as the reference has it"


def test_a_low_first_depth_is_not_advised_where_no_line_goes_deeper(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    advice = plan_of(window).pigment
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None
    deepest = max(it.session1_max_mm for it in plan.lines)
    advice._show_offer(deepest - 0.25)
    assert not advice.offer.isHidden()
    advice._show_offer(deepest)
    assert advice.offer.isHidden()


def test_the_last_button_says_that_a_visit_is_being_locked(window: MainWindow) -> None:
    """Under load nothing told for half a minute that it was."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:finish")
    workspace = workspace_of(window)
    assert workspace.footer.onward.words == "Sign and lock"
    workspace.session.hold(on=True)
    assert workspace.footer.onward.words == "Being locked"
    workspace.session.hold(on=False)
    assert workspace.footer.onward.words == "Sign and lock"


def test_what_the_finder_looks_for_is_written_on_at_its_end(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.reception.look_for("lx 2093")
    line = window.reception.start.search.line
    QTest.keyClicks(line, "7")
    assert line.text() == "lx 20937"


def test_one_addendum_takes_the_room_of_its_words(window: MainWindow) -> None:
    """There were 90 pixels of nothing above the title of every panel."""
    last = make_last(window.desk)
    add(window.desk, last, "Call rearranged.")
    window.show_visit(window.desk.records.open_visit(last.id))
    QApplication.processEvents()
    (pane,) = workspace_of(window).findChildren(Addenda)
    inside = pane.widget()
    assert inside is not None
    assert pane.height() == inside.height(), "nothing beneath, nothing cut"
    assert inside.height() <= pane.body.sizeHint().height() + 4


def add(desk: Desk, last: Consultation, words: str) -> Consultation:
    """Keep a signed addendum of a visit, and return it."""
    patient = desk.patients.open(last.patient_id)
    addendum = desk.begin_after("addendum", desk.settings, patient, last, 0)
    return desk.records.sign(replace(addendum, addendum=words), None, 0)
