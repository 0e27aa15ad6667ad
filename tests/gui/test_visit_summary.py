"""The summary beneath the decision tells skin and plan as they are now, and no more than that."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QFontMetrics

from consult_app.domain.consultation import Consultation, MapFinding
from consult_app.domain.plan import PlanOutcome
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Meter
from consult_app.gui.workspace.visit_summary import MOST, Summary, sum_up
from consult_app.knowledge.judgement import could_not_judge


def _sum_up(desk: Desk, visit: Consultation) -> Summary:
    return sum_up(desk.pack, visit, desk.judge(visit))


def test_skin_and_plan_are_summed_up(desk: Desk) -> None:
    summary = _sum_up(desk, desk.sample_visit())

    assert summary.skin_type == "III"
    assert summary.areas == "5 areas with findings"
    assert summary.findings == (("Acne scars - rolling", 2), ("Fine lines", 1))
    assert summary.course == ("First visit up to 1.5 mm", "4 visits, 4 weeks apart")


def test_nothing_told_is_no_summary(desk: Desk, window: MainWindow) -> None:
    window.start.begin.click()

    assert window.workspace is not None
    assert _sum_up(desk, window.workspace.session.visit) == Summary()
    assert window.workspace.box.summary.isHidden()


def test_the_most_marked_comes_first_and_the_rest_is_counted(desk: Desk) -> None:
    visit = desk.sample_visit()
    concerns = [it.id for it in desk.pack.protocol.concerns][: MOST + 2]
    seen = [MapFinding(area="forehead", concern=it, grade=1) for it in concerns[:-1]]
    seen.append(MapFinding(area="chin_jaw", concern=concerns[-1], grade=4))
    last = desk.pack.protocol.concern_by_id[concerns[-1]].label
    summary = _sum_up(desk, replace(visit, skin=replace(visit.skin, findings=tuple(seen))))

    assert summary.findings[0] == (last, 4)
    assert len(summary.findings) == MOST
    assert summary.more == 2
    assert summary.areas == "2 areas with findings"


def test_a_note_alone_is_no_finding(desk: Desk) -> None:
    visit = desk.sample_visit()
    noted = (MapFinding(area="forehead", note="a mole, looked at"),)

    summary = _sum_up(desk, replace(visit, skin=replace(visit.skin, findings=noted)))

    assert (summary.areas, summary.findings) == ("", ())


def test_a_plan_that_must_not_be_carried_out_is_no_course(desk: Desk) -> None:
    visit = desk.sample_visit()
    judged = desk.judge(visit)
    assert judged.plan is not None
    refused = replace(judged, plan=replace(judged.plan, outcome=PlanOutcome.DO_NOT_TREAT))

    assert sum_up(desk.pack, visit, refused).course == ()


def test_what_could_not_be_checked_tells_no_plan_and_no_type(desk: Desk) -> None:
    summary = sum_up(desk.pack, desk.sample_visit(), could_not_judge(LookupError()))

    assert (summary.skin_type, summary.course) == ("", ())


def test_a_treatment_has_no_summary(desk: Desk) -> None:
    visit = replace(desk.sample_visit(), kind="treatment")

    assert _sum_up(desk, visit) == Summary()


def test_it_follows_every_change(window: MainWindow, desk: Desk) -> None:
    window.show_visit(desk.sample_visit())
    assert window.workspace is not None
    box, session = window.workspace.box, window.workspace.session
    before = [it.accessibleName() for it in box.summary.findChildren(Meter) if it.isVisible()]
    assert before == ["Acne scars - rolling: Moderate, 2 of 4", "Fine lines: Mild, 1 of 4"]

    seen = tuple(replace(it, grade=4) for it in session.visit.skin.findings)
    session.set("skin.findings", seen)

    after = [it.accessibleName() for it in box.summary.findChildren(Meter) if it.isVisible()]
    assert after == ["Acne scars - rolling: Severe, 4 of 4", "Fine lines: Severe, 4 of 4"]


def test_a_long_name_takes_more_lines_beside_its_grade(look: Theme, desk: Desk) -> None:
    name = max((it.label for it in desk.pack.protocol.concerns), key=len)
    meter = Meter(look)
    meter.show_grade("Pores", 3)
    short = meter.heightForWidth(240)
    meter.show_grade(name, 3)

    assert meter.heightForWidth(240) > short
    wide = QFontMetrics(look.font("body")).horizontalAdvance(name)
    assert meter.heightForWidth(2 * wide) == short
