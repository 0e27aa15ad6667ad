"""What is asked of everybody is asked of a man too, and says that it is no mistake."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.beneath import OF_ALL
from consult_app.gui.panels.safety.panel import SafetyPanel
from tests.gui.touring import workspace_of


@pytest.mark.parametrize(("sex", "count"), [("M", 2), ("F", 0), (None, 0)])
def test_that_everybody_is_asked_stands_beneath_where_a_man_is(
    sex: str | None, count: int, window: MainWindow
) -> None:
    """He read it as a mistake of the clinic; the question stays the first stop question."""
    window.begin_visit(Patient(name="Ron Berg"))
    session = workspace_of(window).session
    session.set("patient.sex", sex)
    window.run("panel:safety")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)

    def list_said() -> list[str]:
        return [it.text() for it in panel.findChildren(QLabel) if it.isVisible()]

    assert list_said().count(OF_ALL) == count
    assert panel._questions("today")[0].id == "pregnancy"
    for item in ("pregnancy", "breastfeeding"):
        session.answer(item, "no")
    assert OF_ALL not in list_said(), "once it is answered nobody wonders"
