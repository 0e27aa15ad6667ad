"""A treatment goes as deep as a clean review allows, and is refused at a depth to be decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.domain.plan import MISSED_PATCH, Target
from consult_app.domain.treatment import TreatedArea
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.plan_summary import sum_up_plan
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.visits.stepping import HELD
from consult_app.knowledge.visits.treating import answer_again, answer_medicines
from tests.gui.conftest import Clock
from tests.gui.test_needled_before import WEEK, treat
from tests.gui.touring import make_last, workspace_of

CHEEKS = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.0)


def make_dark(desk: Desk, sessions: int | None = None) -> Consultation:
    """Keep a signed consultation of skin type V with dark marks, whose plan goes by steps."""
    visit = desk.sample_visit()
    plan = replace(
        visit.plan,
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        primary_concern="acne_rolling",
        depth_mm=None,
        event_date=None,
        sessions=sessions,
    )
    asked = [it.id for it in desk.pack.questions if it.step in {"safety", "skin"}]
    answers = {**dict.fromkeys(asked, Answer(state="no")), "pih": Answer(state="yes")}
    marks = (Condition(code="pih_history"),)
    facts = replace(visit.facts, phototype=5, conditions=marks, medications=(), procedures=())
    skin = replace(visit.skin, phototype_seen=5)
    return make_last(desk, plan=plan, facts=facts, skin=skin, answers=answers)


def tell(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in widget.findChildren(Label) if it.isVisible())


def test_a_deeper_treatment_is_refused_until_it_is_shallower(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = make_dark(desk)
    treat(desk, last, CHEEKS)
    clock.move(8 * WEEK)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    session = workspace_of(window).session
    for item in desk.pack.recheck.items:
        session.take(answer_again(desk.pack, session.visit, None, item, "no"), "")
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "")
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    assert not session.judgement.decision.blocks_treatment
    assert [it.depth_mm for it in session.visit.treatment.areas] == [1.0]  # type: ignore[union-attr] # it is a treatment
    assert HELD in tell(panel)
    needled = panel._areas[0].needled

    needled.edited.emit(1.25)

    assert session.judgement.steps == 0
    assert "Deeper than 1 mm: a step deeper is 0.25 mm, after a clean review only" in tell(panel)
    assert session.judgement.decision.state is DecisionState.RELATIVE
    assert "Record it in the decision box." in tell(panel)
    assert not panel.confirm.isEnabled()
    assert not panel.serial.isEnabled()
    assert needled.isEnabled()  # else there would be no way back

    needled.edited.emit(1.0)

    assert not session.judgement.decision.blocks_treatment
    assert panel.serial.isEnabled()
    assert "Deeper than" not in tell(panel)


def test_the_plan_says_which_visit_will_need_the_decision(window: MainWindow, desk: Desk) -> None:
    visit = replace(make_dark(desk), id="v9", state="draft")
    window.show_visit(visit)
    window.run("panel:plan")

    told = tell(workspace_of(window).panel)

    assert (
        "Visit 2 goes to 1.25 mm. At that depth the decision box will say of "
        "\u201cDark marks after injury\u201d: Decide or clear" in told
    )


def test_a_plan_after_a_treatment_says_that_it_counts_anew_and_when_it_can_begin(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Four weeks later the plan could go ahead, against what the sheet of the last visit said."""
    last = make_dark(desk)
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    plan = replace(last.plan, first_session=desk.clock().replace(microsecond=0))
    facts = replace(session.visit.facts, phototype=5)
    skin = replace(session.visit.skin, phototype_seen=5)
    session.take(replace(session.visit, plan=plan, facts=facts, skin=skin), "plan")
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    told = tell(panel)

    assert "First visit not before Mon 27 Jul 2026" in told
    assert "The plan can go ahead as asked" not in told
    assert "Treated here before, last on 15 Jun 2026. This plan counts anew from visit 1" in told
    assert "A test patch is asked for again" in told
    assert MISSED_PATCH in {it.id for it in session.judgement.decision.findings}
    assert panel.refusal.refuse()
    (waits,) = [it for it in session.judgement.decision.findings if it.item == "needling_recent"]
    assert waits.until == date(2026, 7, 27)


def test_a_new_plan_says_how_far_the_one_before_was_gone(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """It begins with visit 1 in the middle of a course, and the patient is at the third."""
    last = make_dark(desk, sessions=4)
    for _ in range(2):
        treat(desk, last, CHEEKS)
        clock.move(6 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    again = replace(last.plan, first_session=desk.clock().replace(microsecond=0))
    session.take(replace(session.visit, plan=again, facts=last.facts, skin=last.skin), "plan")
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    done = "This plan counts anew from visit 1. 2 of 4 visits done: 2 left"
    assert done in tell(panel)


def test_what_numbers_the_visits_of_a_new_plan_says_that_they_count_anew(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The sheet began with visit 1 for a patient who was treated, as the list of who is due."""
    last = make_dark(desk, sessions=4)
    assert "counts from visit" not in desk.make_sheet(last).text
    treat(desk, last, CHEEKS)
    clock.move(6 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    again = replace(last.plan, first_session=desk.clock().replace(microsecond=0))
    session.take(replace(session.visit, plan=again, facts=last.facts, skin=last.skin), "plan")
    visit, plan = session.visit, session.judgement.plan
    assert plan is not None

    sheet = desk.make_sheet(visit).text.replace("\u00a0", " ")

    assert "This plan counts from visit 1 again." in sheet
    summed = list(sum_up_plan(desk.pack, visit, plan))
    anew = summed.index(
        "Treated here before, last on 15 Jun 2026. This plan counts anew from visit 1."
    )
    assert summed[anew + 1].startswith("Visit 1: ")
