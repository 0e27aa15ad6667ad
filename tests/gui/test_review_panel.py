"""Review: each choice says beside itself what is chosen, to the eye and to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.review import ReviewPanel
from tests.gui.touring import make_last, workspace_of


def test_each_choice_has_its_label_above_it(window: MainWindow, desk: Desk) -> None:
    """Continue, change and stop stood beneath the answers about side effects, as part of them."""
    last = make_last(desk)
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("review", desk.settings, patient, last, 0))
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)

    for choice in (panel.adverse, panel.decision):
        card = choice.parentWidget()
        assert card is not None
        top = choice.mapTo(card, QPoint()).y()
        above = [it for it in card.findChildren(QLabel) if it.mapTo(card, QPoint()).y() < top]
        nearest = max(above, key=lambda it: it.mapTo(card, QPoint()).y())
        assert nearest.text() == choice.accessibleName()
        assert nearest.isVisible()
    assert panel.decision.accessibleName() == "The treatment from here on"
