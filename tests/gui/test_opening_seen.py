"""What a press by mouse opens comes into sight, and what was pressed stays there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.people import Patient
from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.scrolling import ScrollPane
from tests.gui.touring import workspace_of


def put_at_foot(pane: ScrollPane, part: QWidget) -> None:
    """Scroll until a part stands at the lower edge, as it happens to."""
    seen, bar = pane.viewport(), pane.verticalScrollBar()
    bar.setValue(bar.value() + part.mapTo(seen, QPoint(0, part.height())).y() - seen.height())
    QApplication.processEvents()
    assert is_whole(part)


def press(part: QWidget) -> None:
    """Press a part by the mouse."""
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def is_whole(part: QWidget) -> bool:
    """Return whether a part is seen from its top to its foot."""
    return part.visibleRegion().boundingRect().height() == part.height()


@pytest.fixture
def begun(window: MainWindow) -> MainWindow:
    window.resize(1366, 728)
    window.begin_visit(Patient(name="Ada Berg"))
    QApplication.processEvents()
    return window


def open_medicines(window: MainWindow) -> tuple[SafetyPanel, EntryFields]:
    """Say Yes to blood thinners; return the panel and the fields of that question."""
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("medicines")
    panel._answer("antiplatelets", "yes")
    QApplication.processEvents()
    details = panel._rows["antiplatelets"].details
    assert details is not None
    return panel, details


def find_chips(details: EntryFields) -> ChipGroup:
    """Return the chips by which medicines are chosen."""
    assert details._which is not None
    return details._which


def test_the_fields_of_a_medicine_are_seen(begun: MainWindow) -> None:
    panel, details = open_medicines(begun)
    chip = find_chips(details).chip("medications:aspirin")
    put_at_foot(panel.pane, chip)

    press(chip)

    assert is_whole(details._details["medications:aspirin"])
    assert is_whole(chip)


def test_what_is_seen_already_moves_nothing(begun: MainWindow) -> None:
    panel, details = open_medicines(begun)
    chip, bar = find_chips(details).chip("medications:aspirin"), panel.pane.verticalScrollBar()
    bar.setValue(bar.value() + chip.mapTo(panel.pane.viewport(), QPoint()).y() - 60)
    QApplication.processEvents()
    before = bar.value()

    press(chip)

    assert is_whole(details._details["medications:aspirin"])
    assert bar.value() == before


def test_nothing_moves_while_the_keyboard_is_elsewhere(begun: MainWindow) -> None:
    panel, details = open_medicines(begun)
    chip, bar = find_chips(details).chip("medications:aspirin"), panel.pane.verticalScrollBar()
    put_at_foot(panel.pane, chip)
    workspace_of(begun).rail.steps["safety"].setFocus()
    before = bar.value()

    find_chips(details).edited.emit(("medications:aspirin",))
    QApplication.processEvents()

    assert bar.value() == before


def test_the_row_of_a_concern_is_seen(begun: MainWindow) -> None:
    panel = workspace_of(begun).panel
    assert isinstance(panel, GoalsPanel)
    chip = panel.concerns.chip("laxity")
    put_at_foot(panel.pane, chip)

    press(chip)

    assert is_whole(panel._rows["laxity"])
    assert is_whole(chip)


def test_a_fold_that_is_opened_is_seen(begun: MainWindow) -> None:
    begun.run("panel:skin")
    QApplication.processEvents()
    panel = workspace_of(begun).panel
    assert isinstance(panel, SkinPanel)
    fold = panel.photos.fold
    put_at_foot(panel.pane, fold.button)

    press(fold.button)

    assert is_whole(fold.inside) or fold.button.mapTo(panel.pane.viewport(), QPoint()).y() < 20
    assert is_whole(fold.button)
