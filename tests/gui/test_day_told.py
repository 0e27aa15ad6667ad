"""A day still to come is said beneath the field of what has happened."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.entries import ListName
from consult_app.gui.day_told import TO_COME
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.date_field import DateField
from tests.gui.touring import workspace_of


def name(window: MainWindow, item: str, listed: ListName, code: str) -> DateField:
    """Answer *Yes* in the sample visit, name what it is, and return the field for its date."""
    window.show_visit(window.desk.sample_visit())
    workspace = workspace_of(window)
    with workspace.session.one_step():
        workspace.session.answer(item, "yes")
        workspace.session.add_entry(listed, code)
    window.run(f"item:{item}")
    QApplication.processEvents()
    (field,) = [it for it in workspace.panel.findChildren(DateField) if it.isVisible()]
    return field


def write(field: DateField, text: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, text)
    QApplication.processEvents()


@pytest.mark.parametrize("text", ["1/12/2026", "16/6/2026", "2027"])
def test_the_date_of_a_test_that_is_still_to_come_is_none(window: MainWindow, text: str) -> None:
    field = name(window, "diabetes", "conditions", "diabetes")
    session = workspace_of(window).session
    session.change_entry("conditions", "diabetes", hba1c_pct=7.0)
    write(field, text)

    assert field.error == TO_COME
    found = {it.id for it in session.judgement.decision.findings}
    assert "diabetes_unverified" in found
    assert "diabetes_controlled" not in found
    assert session.judgement.decision.blocks_treatment

    write(field, "1/6/2026")
    assert field.error == ""
    assert "diabetes_unverified" not in {it.id for it in session.judgement.decision.findings}


def test_it_stands_beneath_the_day_of_an_earlier_treatment_too(window: MainWindow) -> None:
    """The box could not check it, and nothing told which of the dates is the mistaken one."""
    field = name(window, "injectables", "procedures", "filler_ha")
    write(field, "16/6/2026")

    assert field.error == TO_COME
    assert workspace_of(window).session.judgement.screening is None


def test_a_medicine_may_be_stopped_on_a_day_to_come(window: MainWindow) -> None:
    field = name(window, "isotretinoin", "medications", "isotretinoin")
    write(field, "1/7/2026")

    assert field.error == ""


def test_no_fault_of_another_kind_is_taken_away(window: MainWindow) -> None:
    field = name(window, "diabetes", "conditions", "diabetes")
    write(field, "13/2026")
    field.line.editingFinished.emit()
    fault = field.error
    assert fault not in {"", TO_COME}

    workspace_of(window).session.change_entry("conditions", "diabetes", hba1c_pct=7.0)
    assert field.error == fault
