"""Who writes what the sheet prints is told at once what is too hard, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import TeachBack
from consult_app.gui.handout.printed_words import PRINTED, tell_unprinted
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.handout.readability import find_hard

LONG = "This is a very long sentence that goes on and on " + "and on " * 12 + "to the end."


@pytest.fixture
def panel(window: MainWindow) -> ExpectationsPanel:
    window.show_visit(replace(window.desk.sample_visit(), panel="expectations"))
    return window.findChildren(ExpectationsPanel)[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LONG, "words; at most 20"),
        ("It improves neocollagenesis and elasticity.", "long words"),
        ("Percutaneous treatment stimulates fibroblast activity across dermal strata.", "grade"),
    ],
)
def test_a_hard_sentence_is_named_with_its_reason(text: str, why: str) -> None:
    (hard,) = find_hard(f"Your skin may look softer. {text}")

    assert hard.sentence == text
    assert why in hard.why


@pytest.mark.parametrize("text", ["", "Softer lines by spring.", "Not sure yet. We look again."])
def test_easy_words_are_left_alone(text: str) -> None:
    assert find_hard(text) == ()


def test_a_hard_sentence_is_told_while_it_is_typed(panel: ExpectationsPanel) -> None:
    panel.agreed.edited.emit(f"Softer lines. {LONG}")
    assert "Hard to read" in panel.agreed.help()
    assert "This is a very long" in panel.agreed.help()

    panel.agreed.edited.emit("Softer lines.")
    assert panel.agreed.help() == PRINTED
    assert panel.agreed.error == ""


def test_a_promise_is_refused_in_place(panel: ExpectationsPanel) -> None:
    panel.must_avoid.edited.emit("It is guaranteed.")

    assert "guaranteed" in panel.must_avoid.error
    panel.must_avoid.edited.emit("Redness.")
    assert panel.must_avoid.error == ""


def test_words_meant_for_the_sheet_that_found_no_room_on_it_are_told(
    window: MainWindow, qtbot: QtBot
) -> None:
    """The field says that they are printed; the patient was handed a sheet without them."""
    desk, bare = window.desk, window.desk.sample_visit()
    talk = replace(
        bare.discussion, agreed_range="Softer edges by\nspring.", must_avoid="Dark marks."
    )
    words = {"call": "If it gets **worse** I call, or if I am in doubt, at any hour."}
    back = replace(bare.agreement, teach_back=TeachBack(words=words, outcome="understood"))
    told = replace(bare, discussion=talk, agreement=back)
    assert tell_unprinted(told, desk.make_sheet(told).pdf) == ""
    assert tell_unprinted(bare, desk.make_sheet(bare).pdf) == ""

    window.handout.desk = replace(desk, make_sheet=lambda _: desk.make_sheet(bare))
    window.show_visit(replace(told, panel="finish"))
    window.run("handout")
    qtbot.waitUntil(window.preview.unprinted.isVisible)
    assert window.preview.unprinted.text() == (
        "Not on this handout: what the patient said back, what you agreed to expect, "
        "what the patient wants to avoid. The record keeps it."
    )
