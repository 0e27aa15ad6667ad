"""A treatment is refused while another unfinished visit of the patient found a stop."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.session import Session
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.gui.workspace.obstacles import list_obstacles
from tests.gui.conftest import Clock
from tests.gui.test_last_answers import tell
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of

DAY = 86400


@pytest.fixture
def unfinished(window: MainWindow) -> str:
    """A return visit that is not finished and says *Do not treat*; the treatment is open."""
    first = make_last(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    session = workspace_of(window).session
    with session.one_step():
        session.answer("bleeding_disorder", "yes")
        session.add_entry("conditions", "bleeding_disorder")
    assert session.judgement.decision.state is DecisionState.ABSOLUTE
    begun: str = session.visit.id
    window.reception.show_patient(first.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    return begun


def test_it_is_refused_in_words_that_name_the_visit(window: MainWindow, unfinished: str) -> None:
    workspace = workspace_of(window)
    decision = workspace.session.judgement.decision
    assert decision.visit == unfinished
    assert decision.headline == "Do not treat (return visit of 15 June 2026, not finished)"
    assert workspace.panel.step == "recheck"
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    assert "Bleeding disorder" in panel.refusal.text()
    assert panel.refusal._action.isVisible()

    panel.refusal._action.click()
    QApplication.processEvents()

    assert workspace_of(window).session.visit.id == unfinished


def test_treated_today_is_refused(window: MainWindow, unfinished: str) -> None:
    assert unfinished
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    panel._set_treated("yes")
    assert panel.session.visit.treatment is not None
    assert panel.session.visit.treatment.treated is None
    assert "return visit of 15 June 2026" in panel.refusal.text()


def test_what_was_marked_before_cannot_be_locked_and_the_way_leads_to_the_visit(
    window: MainWindow, unfinished: str
) -> None:
    session = workspace_of(window).session
    session.set("treatment.treated", True)
    found = list_obstacles(session.visit, session.judgement, window.desk)
    assert f"visit:{unfinished}" in [it.place for it in found]
    window.run("sign")
    (sheet,) = (it for it in window.findChildren(ObstacleSheet) if it.isVisible())
    assert not session.locked
    sheet._go(f"visit:{unfinished}")
    assert workspace_of(window).session.visit.id == unfinished


def test_a_treatment_that_is_not_done_can_be_signed(window: MainWindow, unfinished: str) -> None:
    session = workspace_of(window).session
    session.set("treatment.treated", False)
    places = [it.place for it in list_obstacles(session.visit, session.judgement, window.desk)]
    assert f"visit:{unfinished}" not in places


def test_it_may_begin_once_the_other_visit_was_put_away(
    window: MainWindow, unfinished: str
) -> None:
    treatment: Consultation = workspace_of(window).session.visit
    window.open_visit(unfinished)
    window.reception.file_away("mistake")
    window.open_visit(treatment.id)
    assert not workspace_of(window).session.judgement.decision.visit
    assert not workspace_of(window).session.judgement.decision.blocks_treatment


def begin_beside(window: MainWindow, patient_id: str) -> list[str]:
    """Begin another return visit, and return what *Goals* and *Safety* tell of the last ones."""
    person = window.desk.patients.open(patient_id)
    last = window.reception.person.last
    assert last is not None
    window.show_visit(window.desk.begin_again(window.desk.settings, person, last.id))
    told = []
    for step in ("goals", "safety"):
        window.run(f"panel:{step}")
        card = workspace_of(window).panel.last
        assert card is not None
        told.append(tell(card))
    return told


def test_another_return_visit_is_told_it_where_it_starts_and_asks(
    window: MainWindow, unfinished: str
) -> None:
    patient = window.desk.records.open_visit(unfinished).patient_id
    line = "Return visit of 15 Jun 2026, not finished: Bleeding disorder"
    assert all(line in it for it in begin_beside(window, patient))
    assert workspace_of(window).session.visit.id != unfinished


def test_one_that_was_put_away_is_told_of_no_more(window: MainWindow, unfinished: str) -> None:
    patient = window.desk.records.open_visit(unfinished).patient_id
    window.open_visit(unfinished)
    window.reception.file_away("mistake")
    assert not any("not finished" in it for it in begin_beside(window, patient))


def test_an_acne_score_is_told_likewise_before_anything_is_planned(window: MainWindow) -> None:
    first = make_last(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    workspace_of(window).session.set("skin.scores", {"iga": {"grade": 4.0}})
    line = "Return visit of 15 Jun 2026, not finished: Active acne today"
    assert all(line in it for it in begin_beside(window, first.patient_id))


@pytest.mark.expects_log("RuntimeError")
def test_one_that_cannot_be_judged_is_told_of_too(
    window: MainWindow, unfinished: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = window.desk.records.open_visit(unfinished).patient_id

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("consult_app.gui.workspace.unfinished.place_scored", fail)
    line = "Return visit of 15 Jun 2026, not finished: Could not be checked"
    assert all(line in it for it in begin_beside(window, patient))


@pytest.mark.parametrize(
    ("decided", "headline", "said"),
    [
        ("not_suitable", "Do not treat", "the patient is not suitable"),
        ("no", "Do not treat", "the patient says no"),
        ("think", "Not known yet whether it can be treated", "the patient thinks about it"),
        ("go_ahead", "", ""),
    ],
)
def test_nobody_is_treated_by_a_plan_that_a_return_visit_takes_back(
    window: MainWindow, decided: str, headline: str, said: str
) -> None:
    """Once signed that refused a treatment; as long as it was not, nothing told of it."""
    first = make_last(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    workspace_of(window).session.set("agreement.decision", decided)
    window.reception.show_patient(first.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)

    decision = panel.session.judgement.decision

    assert decision.blocks_treatment is bool(headline)
    assert decision.headline.startswith(headline)
    assert said in decision.advice


def test_one_in_which_needling_is_written_and_not_marked_refuses_the_next(
    window: MainWindow, clock: Clock
) -> None:
    """The areas were confirmed and the pain was asked; the day after, a second one was calm."""
    first = make_last(window.desk)

    def treat() -> Session:
        window.reception.show_patient(first.patient_id)
        window.run("treatment")
        panel = workspace_of(window).panel
        assert isinstance(panel, RecheckPanel)
        answer_all(panel)
        return panel.session

    left = treat()
    clock.move(DAY)
    assert not treat().judgement.decision.blocks_treatment, "nothing was written of needling there"
    window.open_visit(left.visit.id)
    session = workspace_of(window).session
    session.set("treatment.pain", 4)
    clock.move(DAY)

    decision = treat().judgement.decision

    assert decision.blocks_treatment
    assert decision.visit == left.visit.id
    assert "nobody said whether the patient was treated" in decision.advice
    window.open_visit(left.visit.id)
    workspace_of(window).session.set("treatment.treated", False)
    assert not treat().judgement.decision.visit


def test_a_no_of_the_recheck_from_before_an_unfinished_visit_said_yes_is_asked_again(
    window: MainWindow, clock: Clock
) -> None:
    """The visit was of the day before, so that the re-check counted over what was said after it."""
    first = make_last(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    other = workspace_of(window).session
    other.set("goals.own_words", "softer lines")
    window.show_start()
    clock.move(DAY)
    window.reception.show_patient(first.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    treatment = panel.session.visit
    assert not panel.session.judgement.decision.blocks_treatment
    window.show_start()
    clock.move(60)
    window.open_visit(other.visit.id)
    session = workspace_of(window).session
    with session.one_step():
        session.answer("pregnancy", "yes")
        session.set("facts.pregnancy", "yes")
    window.show_start()
    clock.move(60)

    window.open_visit(treatment.id)

    session = workspace_of(window).session
    assert session.judgement.decision.blocks_treatment
    assert "pregnancy" in {it.item for it in session.judgement.decision.needed}
    window.run("panel:recheck")
    assert "Return visit of 15 Jun 2026, not finished: Pregnancy" in tell(
        workspace_of(window).panel
    )

    session.answer("pregnancy", "no")
    clock.move(60)
    window.show_start()
    window.open_visit(treatment.id)

    assert not workspace_of(window).session.judgement.decision.blocks_treatment, "it was said since"
