"""Ctrl+J leads from one question still needed to the next, from where the keyboard is."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.question_place import find_question
from consult_app.gui.workspace.needed_walk import find_next
from consult_app.gui.workspace.workspace import Workspace

ITEMS = ("a", "b", "c", "d")
ADA = Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1))


@pytest.mark.parametrize(
    ("items", "here", "left", "found"),
    [
        (ITEMS, "b", (), "c"),
        (ITEMS, "d", (), "a"),
        (ITEMS, "", ("b", "c", "d", "a"), "c"),
        (ITEMS, "", (), ""),
        (("a", "c", "d"), "b", ("b", "c", "d", "a"), "c"),
        (("a", "c", "d"), "c", ("b", "c", "d", "a"), "c"),
        (("a", "c", "d"), "d", ("b", "c", "d", "a"), "a"),
        (("a",), "b", ("d", "a", "b", "c"), "a"),
        (("a",), "a", ("a",), "a"),
    ],
    ids=[
        "from the keyboard",
        "round the end",
        "from what was reached, in a field of no question",
        "nothing to go on from",
        "what was reached is answered",
        "the keyboard went on by itself, which skips nothing",
        "the keyboard was taken elsewhere since",
        "round the end after the last was answered",
        "only this one",
    ],
)
def test_it_goes_on_from_the_keyboard(
    items: tuple[str, ...], here: str, left: tuple[str, ...], found: str
) -> None:
    assert find_next(items, here, left) == found


def begin(window: MainWindow) -> Workspace:
    """Begin a visit in which nothing was asked yet, on Safety."""
    window.begin_visit(ADA)
    window.run("panel:safety")
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def list_needed(workspace: Workspace) -> list[str]:
    return [it.item for it in workspace.session.judgement.decision.needed]


def press(window: MainWindow) -> str:
    """Press the key, and return the question that the keyboard is in then."""
    window.run("next_needed")
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    return find_question(focused)


def test_pressed_again_it_leads_to_the_next_and_round_through_all(window: MainWindow) -> None:
    """It led to the first of them, however often it was pressed."""
    workspace = begin(window)
    items = list_needed(workspace)
    safety = [it.item for it in workspace.session.judgement.decision.needed if it.step == "safety"]
    focused = QApplication.focusWidget()
    assert focused is not None
    at = items.index(find_question(focused))

    seen = [press(window) for _ in items]

    round_again = [*items[at + 1 :], *items[: at + 1]]
    assert [it for it in seen if it in safety] == [it for it in round_again if it in safety]
    assert workspace.panel.step == "safety"


def test_an_answer_goes_on_and_nothing_is_skipped(window: MainWindow) -> None:
    workspace = begin(window)
    first = press(window)
    items = list_needed(workspace)
    after = items[items.index(first) + 1]

    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_N)
    QApplication.processEvents()

    assert press(window) == after
    assert press(window) == items[items.index(after) + 1]


def test_from_another_panel_it_begins_there(window: MainWindow) -> None:
    workspace = begin(window)
    first = press(window)
    window.run("panel:skin")
    window.run("next_needed")
    assert workspace.panel.step == "skin"

    assert press(window) != first
    needed = workspace.session.judgement.decision.needed
    assert press(window) == [it.item for it in needed if it.step == "safety"][1]


def test_what_is_reached_is_said(window: MainWindow, said: list[str]) -> None:
    workspace = begin(window)
    item = press(window)

    needed = workspace.session.judgement.decision.needed
    at = [it.item for it in needed].index(item)
    assert f"Still needed, {at + 1} of {len(needed)}: {needed[at].label}" in said
