"""Behind a Yes stands what other questions were told, and the way to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.people import Patient
from consult_app.gui.counted_too import CountedToo
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.session import Session
from consult_app.gui.widgets.buttons import Button


@pytest.fixture
def panel(window: MainWindow) -> SafetyPanel:
    """Safety where plasma is planned and its question has the keyboard."""
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    window.workspace.session.set("plan.addons", ("prp",))
    window.run("item:prp")
    QApplication.processEvents()
    shown = window.workspace.panel
    assert isinstance(shown, SafetyPanel)
    return shown


def ask(session: Session) -> set[str]:
    return {it.item for it in session.judgement.decision.needed}


def test_a_smoker_says_yes_and_is_led_to_where_it_is_told(panel: SafetyPanel) -> None:
    session = panel.session
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Y)
    assert "prp" in ask(session)
    (counted,) = panel.findChildren(CountedToo)
    assert counted.told.isHidden()
    ways = {it.text(): it for it in counted.findChildren(Button)}
    assert {"Bleeding disorder", "Ibuprofen or supplements", "Steroids"} <= set(ways)
    way = ways["Smoking, alcohol, events"]
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Return)
    assert panel._rows["lifestyle"].row.has_focus()

    session.set("facts.lifestyle.smoker", value=True)
    session.answer("lifestyle", "yes")
    panel.focus_item("prp")

    assert "prp" not in ask(session)
    assert counted.told.isVisible()
    assert counted.told.text().endswith("counted here: Smokes or vapes.")


def test_what_is_told_elsewhere_stands_beneath_a_no(panel: SafetyPanel) -> None:
    session = panel.session
    session.set("facts.lifestyle.smoker", value=True)
    session.answer("lifestyle", "yes")
    row = panel._rows["prp"].row

    def tell() -> list[str]:
        panel.refresh()
        return [it.text() for it in row.findChildren(QLabel) if "another" in it.text()]

    assert "Told at another question: Smokes or vapes." in tell()
    session.answer("prp", "no")
    denied = "Answered No. Told at another question: Smokes or vapes. What is told there counts."
    assert denied in tell()
