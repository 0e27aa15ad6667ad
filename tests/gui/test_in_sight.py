"""What an answer opens comes into sight, and the keyboard stays where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.widgets.segmented import Segmented
from tests.gui.touring import make_last, workspace_of


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def click(choice: Segmented, option: str) -> None:
    """Press a cell by the mouse."""
    QTest.mouseClick(choice.cell(option), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def show_after_last(window: MainWindow, desk: Desk, kind: str) -> QWidget:
    """Begin what follows a signed consultation and return its panel."""
    last = make_last(desk)
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after(kind, desk.settings, patient, last, 0))
    QApplication.processEvents()
    return workspace_of(window).panel


def test_what_a_yes_by_mouse_opens_at_the_lower_edge_is_seen(window: MainWindow) -> None:
    """Its fields opened beneath the fold, and nothing showed that there are any."""
    window.begin_visit(Patient(name="Ada Berg"))
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("medicines")
    QApplication.processEvents()
    bar, seen = panel.pane.verticalScrollBar(), panel.pane.viewport()
    bar.setValue(0)
    rows = [panel._rows[it.id].row for it in panel._questions("medicines")]
    lowest = [it for it in rows if it.visibleRegion().boundingRect() == it.rect()][-1]
    below = lowest.mapTo(seen, lowest.rect().bottomLeft()).y()
    assert seen.height() - below < lowest.height(), "the next one is not seen whole"
    assert bar.maximum() > 0

    click(lowest._cells, "yes")

    assert bar.value() > 0
    assert lowest.visibleRegion().boundingRect().bottom() > lowest._beneath.y()
    assert not lowest._beneath.visibleRegion().isEmpty()
    assert lowest._cells.visibleRegion().boundingRect() == lowest._cells.rect()


def test_a_side_effect_pressed_by_mouse_is_named_at_once(window: MainWindow, desk: Desk) -> None:
    """What was typed next went nowhere."""
    panel = show_after_last(window, desk, "review")
    assert isinstance(panel, ReviewPanel)

    click(panel.adverse, "new")
    QTest.keyClicks(focused(), "Rash")

    assert panel._review.adverse_event == "Rash"
    click(panel.adverse, "none")
    assert panel.adverse.isAncestorOf(focused())


def test_an_arrow_key_goes_on_from_one_cell_to_the_next(window: MainWindow, desk: Desk) -> None:
    panel = show_after_last(window, desk, "review")
    assert isinstance(panel, ReviewPanel)
    panel.adverse.take_focus()
    for _ in range(2):
        QTest.keyClick(focused(), Qt.Key.Key_Right)

    assert panel.adverse.isAncestorOf(focused())


def test_an_adverse_event_pressed_by_mouse_is_described_at_once(
    window: MainWindow, desk: Desk
) -> None:
    show_after_last(window, desk, "treatment")
    window.run("panel:after")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    panel.pane.show_widget(panel.adverse)

    click(panel.adverse, "described")

    assert focused() is panel.happened.line


def show_recheck(window: MainWindow, desk: Desk) -> RecheckPanel:
    """Begin a treatment in which all but the last question are answered."""
    panel = show_after_last(window, desk, "treatment")
    assert isinstance(panel, RecheckPanel)
    for item in panel.desk.pack.recheck.items:
        panel.session.answer(item, "no")
    return panel


def test_a_new_medicine_leads_to_its_button_and_stays_in_sight(
    window: MainWindow, desk: Desk
) -> None:
    """The panel was thrown back to its top, with the row of the keyboard out of sight."""
    panel = show_recheck(window, desk)
    panel._rows["medicines"].take_focus()

    QTest.keyClick(focused(), Qt.Key.Key_Y)

    assert panel.by_name.isAncestorOf(focused())
    assert not focused().visibleRegion().isEmpty()


def test_where_it_is_said_why_the_keyboard_is_on_no_row_out_of_sight(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_recheck(window, desk)
    panel._answer("pregnancy", "yes")
    panel.session.set("facts.pregnancy", "yes")
    panel._rows["medicines"].take_focus()

    QTest.keyClick(focused(), Qt.Key.Key_N)

    assert not panel.refusal.visibleRegion().isEmpty()
    assert not any(row.isAncestorOf(focused()) for row in panel._rows.values())
