"""Where the keyboard begins on a panel, it can be seen, and Tab goes on as people read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.widgets.fold import Fold
from tests.gui.touring import make_last, workspace_of


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def panel(window: MainWindow) -> ExpectationsPanel:
    visit = window.desk.sample_visit()
    told = replace(visit.discussion, risks_shown=False, discussed=False)
    window.show_visit(replace(visit, panel="goals", discussion=told))
    window.run("panel:expectations")
    QApplication.processEvents()
    found = workspace_of(window).panel
    assert isinstance(found, ExpectationsPanel)
    return found


def test_expectations_is_read_from_the_top_with_the_keyboard_in_sight(
    panel: ExpectationsPanel,
) -> None:
    """It stood on *Discussed*, far below: no ring, and Tab left the panel."""
    bar = panel.pane.verticalScrollBar()
    assert focused() is bar
    assert bar.value() == 0
    assert not bar.visibleRegion().isEmpty()

    folds = [it.button for it in panel.studies.findChildren(Fold)]
    fields = (panel.agreed, panel.questions, panel.must_avoid)
    for expected in (*folds, *(it.control for it in fields), panel.discussed):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert focused() is expected
    assert not panel.session.visit.discussion.discussed


def test_one_key_reads_on_to_discussed_and_ticks_it_where_it_is_seen(
    panel: ExpectationsPanel,
) -> None:
    presses = 0
    while focused() is panel.pane.verticalScrollBar():
        QTest.keyClick(focused(), Qt.Key.Key_Space)
        presses += 1
    assert focused() is panel.discussed
    assert not panel.discussed.visibleRegion().isEmpty()
    assert not panel.session.visit.discussion.discussed
    assert presses > 1

    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert panel.session.visit.discussion.discussed


def begin_again(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, person, last.id))
    QApplication.processEvents()


@pytest.mark.parametrize("step", ["goals", "skin", "plan"])
def test_a_return_visit_begins_at_what_still_holds(
    window: MainWindow, desk: Desk, step: str
) -> None:
    """One key re-confirms there; it took Shift+Tab to come to it."""
    begin_again(window, desk)
    window.run(f"panel:{step}")
    panel = workspace_of(window).panel
    card = panel.last
    assert card is not None
    assert card.isAncestorOf(focused())
    assert not focused().visibleRegion().isEmpty()
    before = [it.part.id for it in card._recall() if it.open]

    QTest.keyClick(focused(), Qt.Key.Key_Equal)

    assert [it.part.id for it in card._recall() if it.open] == before[1:]
    panel.take_same()
    assert not card.isAncestorOf(focused()), "the fields come next"
    window.run("panel:safety")
    window.run(f"panel:{step}")
    assert panel.last is not None
