"""What a panel lacks for its tick is named where it is looked for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import TeachBack
from consult_app.domain.steps import steps_of
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import make_last, workspace_of

LACKS = "For its tick: the patient's own words, whose wish it is"


def test_rail_and_heading_name_what_a_half_done_panel_lacks(window: MainWindow, desk: Desk) -> None:
    """With words, concern, place and score given *Goals* stayed half, and nothing said why."""
    window.show_visit(replace(desk.sample_visit(), panel="goals"))
    workspace = workspace_of(window)
    goals = workspace.rail.steps["goals"]
    assert goals.state == "half"
    assert workspace.panel.head.lacking == LACKS
    assert goals.accessibleDescription() == LACKS
    assert goals.toolTip() == f"Goals (Ctrl+1)\n{LACKS}"

    workspace.session.set("goals.own_words", "Scars")
    assert workspace.panel.head.lacking == "For its tick: whose wish it is"
    high = workspace.panel.lead.y()
    workspace.session.set("goals.whose_wish", "own")
    QApplication.processEvents()
    assert goals.state == "done"
    assert workspace.panel.head.lacking == ""
    assert goals.accessibleDescription() == ""
    assert goals.toolTip() == "Goals (Ctrl+1)"
    assert workspace.panel.lead.y() == high, "nothing moves"


def test_an_open_question_is_named_too(window: MainWindow, desk: Desk) -> None:
    window.show_visit(replace(desk.sample_visit(), panel="safety"))
    workspace = workspace_of(window)
    workspace.session.answer("keloid", None)
    assert workspace.panel.head.lacking == "For its tick: what is still needed"


def test_what_was_said_back_begins_agree(window: MainWindow, desk: Desk) -> None:
    """With three answers and *Understood* its circle stayed empty."""
    window.show_visit(replace(desk.sample_visit(), panel="agree"))
    workspace = workspace_of(window)
    agree = workspace.rail.steps["agree"]
    assert agree.state == "empty"
    assert workspace.panel.head.lacking == "", "what was not begun lacks nothing"
    workspace.session.set("agreement.teach_back", TeachBack(words={"care": "No cream"}))
    assert agree.state == "half"
    assert workspace.panel.head.lacking == "For its tick: a decision, a signature"


def test_a_signed_record_lacks_nothing(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    window.show_visit(replace(last, panel="goals"))
    workspace = workspace_of(window)
    assert workspace.rail.steps["goals"].state == "half"
    assert workspace.panel.head.lacking == ""
    assert workspace.rail.steps["goals"].accessibleDescription() == ""


def test_each_part_of_a_panel_has_its_name(desk: Desk) -> None:
    last = make_last(desk)
    patient = desk.patients.open(last.patient_id)
    visits = [desk.sample_visit(), last] + [
        desk.begin_after(kind, desk.settings, patient, last, 0)
        for kind in ("treatment", "review", "addendum")
    ]
    for visit in visits:
        for step in steps_of(visit):
            there = step.parts(visit)
            assert len(there) == len(step.called), step.id
            assert len(step.missing(visit)) == there.count(False), step.id


def test_what_is_unwritten_is_looked_for_where_it_is_named(desk: Desk) -> None:
    """*What is still to be written or has expired* named nothing, and nothing had expired."""
    last = make_last(desk)
    patient = desk.patients.open(last.patient_id)
    treated = desk.begin_after("treatment", desk.settings, patient, last, 0)
    step = next(it for it in steps_of(treated) if it.id == "treated")
    assert "what After lists before locking" in step.missing(treated)
