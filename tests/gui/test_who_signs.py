"""Where several practitioners share a computer it stands on the screen who signs, and who did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.domain.people import Patient, Practitioner
from consult_app.gui.desk import Desk
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panel import Panel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.signs_here import SignsHere
from consult_app.gui.widgets.labels import Label
from consult_app.settings import Colleague
from tests.gui.test_changing_hands import ASH, HART, HERE
from tests.gui.touring import make_last, workspace_of


def _told(panel: Panel) -> str:
    """Return who is told to sign; empty where nothing is to be seen of that."""
    assert panel.signer is not None
    return panel.signer.text() if panel.signer.isVisible() else ""


@pytest.mark.parametrize("kind", ["consultation", "treatment", "review", "addendum"])
def test_it_stands_there_before_signing_and_another_takes_over_there(
    window: MainWindow, desk: Desk, kind: str
) -> None:
    """A nurse signed in the doctor's name, who had left the room, and saw it afterwards."""
    window._keep_settings(HERE)
    last = make_last(desk)
    if kind == "consultation":
        window.begin_visit(Patient(name="Ada North"))
    else:
        window.reception.show_visit(desk.records.open_visit(last.id))
        window.run(kind)
    workspace = workspace_of(window)
    workspace.show_panel(workspace.steps[-1].id)
    assert workspace.panel.signs
    assert _told(workspace.panel) == f"{HART.name} signs."

    signer = workspace.panel.signer
    assert signer is not None
    assert signer.take_focus(), "by keyboard as well"
    QTest.keyClick(signer._action, Qt.Key.Key_Space)
    finder = window.findChildren(Finder)[-1]
    first = finder.list.item(0)
    assert first is not None
    assert first.text() == f"Change hands: {ASH.name} works here now"
    finder.list.setCurrentRow(0)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert _told(workspace_of(window).panel) == f"{ASH.name} signs."


def test_nothing_stands_there_where_one_alone_works(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada North"))
    workspace_of(window).show_panel("finish")
    assert _told(workspace_of(window).panel) == ""
    window._keep_settings(replace(HERE, colleagues=()))
    assert _told(workspace_of(window).panel) == ""

    window._keep_settings(HERE)
    assert _told(workspace_of(window).panel) == f"{HART.name} signs.", "now there are others"
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    assert len(workspace_of(window).findChildren(SignsHere)) == 1


def test_a_signed_record_says_who_signed_and_nothing_of_who_is_here(
    window: MainWindow, desk: Desk
) -> None:
    window._keep_settings(HERE)
    window.reception.show_visit(desk.records.open_visit(make_last(desk).id))
    workspace_of(window).show_panel("finish")
    assert _told(workspace_of(window).panel) == ""


def _list_rows(window: MainWindow) -> list[str]:
    return [
        " | ".join(label.text() for label in row.findChildren(Label))
        for row in window.reception.person.visits.rows
    ]


def test_a_patients_page_says_by_whom_each_visit_was_made(window: MainWindow, desk: Desk) -> None:
    by = Practitioner(name=ASH.name, role=ASH.role)
    last = make_last(desk, practitioner=by)
    window.reception.show_patient(last.patient_id)
    assert ASH.name in _list_rows(window)[0], "whoever is here alone was not always"

    window._keep_settings(replace(HERE, colleagues=()))
    window.reception.show_patient(make_last(desk, practitioner=_named(HART)).patient_id)
    assert HART.name not in _list_rows(window)[0], "nobody else ever worked here"

    window._keep_settings(HERE)
    window.reception.show_patient(last.patient_id)
    described = window.reception.person.visits.rows[0].button.accessibleDescription()
    assert ASH.name in described, "also for a screen reader"


def _named(who: Colleague) -> Practitioner:
    return Practitioner(name=who.name, role=who.role, registration=who.registration)
