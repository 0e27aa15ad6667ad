"""The settings of the practice keep what was written, or say why they cannot."""

from __future__ import annotations

import pytest

from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.settings import Practice
from tests.gui.test_other_device import choose


@pytest.fixture
def sheet(window: MainWindow) -> PracticeSheet:
    """The settings."""
    window.start.settings_wanted.emit()
    return [it for it in window.findChildren(PracticeSheet) if it.isVisible()][-1]


@pytest.mark.parametrize("text", ["9", "deep", "0.1"])
def test_a_depth_that_no_label_names_is_never_replaced_by_another(
    window: MainWindow, sheet: PracticeSheet, text: str
) -> None:
    """It became 2.5 mm without a word, and plans went as deep."""
    held = window.desk.settings
    sheet.device.label_max.line.setText(text)
    sheet.show_page("sheet")

    sheet._keep()

    assert sheet.isVisible()
    assert "from 0.25 to 2.5 mm" in sheet.notice.text()
    assert sheet.device.label_max.line.hasFocus(), "its page is shown, and it waits to be corrected"
    assert window.desk.settings == held

    sheet.device.label_max.line.setText("0.5")
    sheet._keep()
    assert window.desk.settings.practice.device_label_max_mm == pytest.approx(0.5)


def test_what_the_label_says_is_known_once_it_was_written(
    window: MainWindow, sheet: PracticeSheet
) -> None:
    """2.5 mm stood there from the start, as if somebody had read it on the device."""
    assert Practice().device_label_max_mm is None
    sheet.device.label_max.line.clear()
    sheet._keep()

    assert window.desk.settings.practice.device_label_max_mm is None
    begun = window.desk.begin_visit(window.desk.settings, Patient(name="Ada Berg"))
    assert begun.plan.device_label_max_mm is None


def test_the_kind_of_device_is_chosen_and_what_is_not_offered_stays(
    window: MainWindow, sheet: PracticeSheet
) -> None:
    """Whatever was kept, the label of a device that the file names was dropped without a word."""
    sheet.device.kind.set_value("dermaroller")
    sheet._keep()
    assert window.desk.settings.practice.device_kind == "dermaroller"
    begun = window.desk.begin_visit(window.desk.settings, Patient(name="Ada Berg"))
    assert begun.plan.device_kind == "dermaroller"

    strange = {"country": "FR", "device_kind": "other", "device_profile": "abdominal_scar_device"}
    choose(window, **strange)
    window.start.settings_wanted.emit()
    again = [it for it in window.findChildren(PracticeSheet) if it.isVisible()][-1]
    again._keep()
    kept = window.desk.settings.practice
    assert {name: getattr(kept, name) for name in strange} == strange


def test_a_country_brings_its_language_and_its_paper(sheet: PracticeSheet) -> None:
    for country, language, paper in (
        ("US", "en-US", "Letter"),
        ("AU", "en-AU", "A4"),
        ("DE", "en-GB", "A4"),
    ):
        sheet.country.set_value(country)
        sheet.country.edited.emit(country)
        assert (sheet.language.value(), sheet.paper.value()) == (language, paper)
