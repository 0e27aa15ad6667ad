"""Two cells say that something is so or not so; with neither chosen the question stays open."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.either import NOT_SO, SO, Either

ASKED_BEFORE: dict[str, dict[str, Any]] = {
    "acne": {"zones": ("cheeks",)},
    "eczema": {"status": "history"},
}
"""What fills the two fields that come before the choice."""


def open_safety(window: MainWindow, group: str) -> SafetyPanel:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:safety")
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group(group)
    return panel


def find_choice(panel: SafetyPanel, item: str) -> Either:
    QApplication.processEvents()
    return next(it for it in panel._rows[item].row.findChildren(Either) if it.isVisibleTo(panel))


def list_told(panel: SafetyPanel, item: str) -> list[str]:
    labels = panel._rows[item].row.findChildren(QLabel)
    return [it.text() for it in labels if "needed" in it.text() and not it.isHidden()]


def list_needed(panel: SafetyPanel) -> set[str]:
    return {it.item for it in panel.session.judgement.decision.needed}


@pytest.mark.parametrize(
    ("item", "group", "listed", "code", "asked"),
    [
        ("blood_borne_virus", "body", "conditions", "hiv", "Under control or not"),
        ("neuro", "body", "conditions", "epilepsy", "Under control or not"),
        ("sarcoid", "body", "conditions", "sarcoidosis", "After needling or not"),
        ("acne", "today", "conditions", "acne", "Nodules or not"),
        ("eczema", "body", "conditions", "eczema", "Atopic or not"),
        ("sunburn", "today", "exposures", "sunburn", "Still red or not"),
    ],
)
def test_it_is_needed_until_one_of_the_two_is_chosen(
    window: MainWindow, item: str, group: str, listed: str, code: str, asked: str
) -> None:
    """One chip that was not on counted as *No*, and the rule that goes by it was calm."""
    panel = open_safety(window, group)
    session = panel.session
    for taken in session.visit.facts.conditions:
        session.remove_entry("conditions", taken.code)
    panel._answer(item, "yes")
    session.add_entry(listed, code)  # type: ignore[arg-type] # one of the lists
    session.change_entry(listed, code, **ASKED_BEFORE.get(code, {}))  # type: ignore[arg-type] # one of the lists
    choice = find_choice(panel, item)
    assert choice.value() == ""
    assert item in list_needed(panel)
    assert asked in " ".join(list_told(panel, item))

    choice.cell(NOT_SO).click()
    QApplication.processEvents()

    assert choice.value() == NOT_SO
    assert asked not in " ".join(list_told(panel, item))


def test_a_virus_is_judged_by_what_is_chosen_and_open_again_once_it_is_taken_back(
    window: MainWindow,
) -> None:
    panel = open_safety(window, "body")
    session = panel.session
    panel._answer("blood_borne_virus", "yes")
    session.add_entry("conditions", "hiv")
    choice = find_choice(panel, "blood_borne_virus")

    def press(option: str) -> tuple[object, str, bool]:
        QTest.mouseClick(choice.cell(option), Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        hiv = next(it for it in session.visit.facts.conditions if it.code == "hiv")
        return hiv.uncontrolled, choice.value(), "blood_borne_virus" in list_needed(panel)

    assert press(NOT_SO) == (False, NOT_SO, False)
    assert press(SO) == (True, SO, False)
    assert press(SO) == (None, "", True)


def test_a_signed_record_shows_what_was_said_and_takes_nothing(window: MainWindow) -> None:
    panel = open_safety(window, "body")
    panel._answer("blood_borne_virus", "yes")
    panel.session.add_entry("conditions", "hiv")
    panel.session.change_entry("conditions", "hiv", uncontrolled=False)
    choice = find_choice(panel, "blood_borne_virus")

    assert choice.value() == NOT_SO
    panel._rows["blood_borne_virus"].row.setEnabled(False)
    assert not choice.cell(SO).isEnabled()


@pytest.mark.parametrize(
    ("item", "listed", "code", "told"),
    [
        (
            "sunburn",
            "exposures",
            "sunburn",
            {"date": PartialDate(2026, 6, 1), "zones": ("cheeks",)},
        ),
        ("acne", "conditions", "acne", {"zones": ("cheeks",), "iga": 1}),
    ],
)
def test_what_is_still_needed_leads_to_the_choice_itself(
    window: MainWindow, item: str, listed: str, code: str, told: dict[str, object]
) -> None:
    """It led to the first field of the entry, in which nothing was lacking."""
    panel = open_safety(window, "today")
    session = panel.session
    for taken in session.visit.facts.conditions:
        session.remove_entry("conditions", taken.code)
    panel._answer(item, "yes")
    session.add_entry(listed, code)  # type: ignore[arg-type] # one of the lists
    session.change_entry(listed, code, **told)  # type: ignore[arg-type] # one of the lists
    choice = find_choice(panel, item)

    panel.focus_item(item)

    focused = QApplication.focusWidget()
    assert focused is not None
    assert choice.isAncestorOf(focused)
