"""Who writes what the sheet prints is told at once what is too hard, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
    assert panel.agreed.help() == "Stands on the handout."
    assert panel.agreed.error == ""


def test_a_promise_is_refused_in_place(panel: ExpectationsPanel) -> None:
    panel.must_avoid.edited.emit("It is guaranteed.")

    assert "guaranteed" in panel.must_avoid.error
    panel.must_avoid.edited.emit("Redness.")
    assert panel.must_avoid.error == ""
