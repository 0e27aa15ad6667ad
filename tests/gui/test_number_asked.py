"""A number beside an answer says its unit, also where one in another unit was refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.number_field import NumberField
from tests.gui.touring import workspace_of


def test_hba1c_in_the_other_unit_is_refused_with_what_both_say(window: MainWindow) -> None:
    """British laboratories write 55; *Between 3.0 and 20.0* left open of what."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:safety")
    workspace = workspace_of(window)
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    workspace.session.answer("diabetes", "yes")
    workspace.session.add_entry("conditions", "diabetes")
    workspace.go_to("diabetes")
    named = "HbA1c (%)"
    (field,) = [it for it in panel.findChildren(NumberField) if it.label == named]
    beneath = "In %. 8.5 % is 69 mmol/mol."
    assert field.help() == beneath

    field.control.setFocus()
    QTest.keyClicks(field.control, "55")
    QTest.keyClick(field.control, Qt.Key.Key_Tab)

    assert field.error == f"Between 3.0 and 20.0. {beneath}"
    (told,) = [it for it in workspace.session.visit.facts.conditions if it.code == "diabetes"]
    assert told.hba1c_pct is None, "no unit is worked out from another"
