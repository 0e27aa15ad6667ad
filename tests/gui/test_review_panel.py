"""Review: each choice says beside itself what is chosen, to the eye and to a screen reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Goals
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.review import ReviewPanel
from tests.gui.touring import make_last, workspace_of


def settle() -> None:
    """Let a change of height climb from each layout to the one around it."""
    for _ in range(9):
        QApplication.processEvents()


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


def test_what_is_to_be_pressed_next_stays_as_less_stands_beneath(
    window: MainWindow, desk: Desk
) -> None:
    """*None* took a line off the end of the page, and *Continue* slid from under the mouse."""
    last = make_last(desk)
    patient = desk.patients.open(last.patient_id)
    window.resize(1100, 640)
    window.show_visit(desk.begin_after("review", desk.settings, patient, last, 0))
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    bar = panel.pane.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())
    assert bar.value()
    before = panel.decision.mapTo(window, QPoint()).y()
    lines = len(panel.missing.points())
    QTest.mouseClick(panel.adverse.cell("none"), Qt.MouseButton.LeftButton)
    settle()
    assert len(panel.missing.points()) < lines
    assert panel.decision.mapTo(window, QPoint()).y() == before

    window.resize(1200, 640)
    settle()
    assert panel.missing.minimumHeight() == 0


def test_a_score_that_the_return_visit_left_out_is_told_with_its_day(
    window: MainWindow, desk: Desk
) -> None:
    """It was scored again with nothing beside it to compare with."""
    wishes = desk.sample_visit().goals.concerns
    assert len(wishes) > 1

    def score(*bother: int | None) -> Goals:
        scored = zip(wishes, bother, strict=False)
        return Goals(concerns=tuple(replace(it, bother=points) for it, points in scored))

    day, of = date(2026, 1, 5), "one patient"
    make_last(desk, id="first", patient_id=of, visit_date=day, goals=score(8, 6))
    last = make_last(desk, id="second", patient_id=of, follows="first", goals=score(None, 5))
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("review", desk.settings, patient, last, 0))
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)

    fields = [panel._bother[it.concern] for it in wishes[:2]]
    said = [{label.text() for label in it.findChildren(QLabel)} for it in fields]

    assert "Was 8 of 10 on 5 Jan 2026" in said[0]
    assert "Was 5 of 10" in said[1]
