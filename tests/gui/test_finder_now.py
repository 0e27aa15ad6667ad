"""The finder speaks of the visit as it stands, also of panels that nobody looked at since."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import ConcernWish
from consult_app.gui.commands import COMMANDS
from consult_app.gui.finding.asked_offered import offer_asked
from consult_app.gui.finding.fields_offered import offer_all
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import MenuButton
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import make_last, workspace_of

UNDUE = {
    "Plan: Reason to go deeper than the soft cap",
    "Plan: Amount (g)",
    "Treatment: Reason for using what is past its date",
    "After: What happened, and what was done",
}


def list_offered(workspace: Workspace) -> list[tuple[str, str, str]]:
    return [it for part in offer_all(workspace) for it in part]


def list_found(typed: str, offered: list[tuple[str, str, str]], window: MainWindow) -> list[str]:
    """Return what the finder lists of these for what is typed, nothing that only comes close."""
    finder = Finder(Theme("light"), offered, window)
    QTest.keyClicks(finder.search.control, typed)
    return [shown for _, _, shown in finder._find(typed.casefold())]


@pytest.fixture
def sample(window: MainWindow) -> Workspace:
    """The sample visit at its first panel, with the others made as they are in a pause."""
    window.show_visit(window.desk.sample_visit())
    workspace = workspace_of(window)
    workspace.show_panel("goals")
    while workspace.ahead.go_on():
        pass
    return workspace


@pytest.fixture
def treatment(window: MainWindow) -> Workspace:
    """A treatment record that was just begun; of it one panel was seen."""
    window.reception.show_patient(make_last(window.desk).patient_id)
    window.run("treatment")
    return workspace_of(window)


def test_what_a_change_brings_is_found_and_what_it_takes_is_not(
    window: MainWindow, sample: Workspace
) -> None:
    before = list_offered(sample)
    assert not list_found("mmasi", before, window)
    assert list_found("goodman", before, window)

    sample.session.set("goals.concerns", (ConcernWish(concern="melasma"),))
    sample.session.set("goals.first", "melasma")

    after = list_offered(sample)
    assert list_found("mmasi", after, window)
    assert not list_found("goodman", after, window)
    assert sample.panel.step == "goals"


@pytest.mark.parametrize("typed", ["passes", "end point", "depth"])
def test_what_is_asked_of_a_treatment_is_found_before_it_is_looked_at(
    window: MainWindow, treatment: Workspace, typed: str
) -> None:
    found = list_found(typed, list_offered(treatment), window)
    assert [it for it in found if it.startswith("Treatment: ")]


def test_what_does_not_apply_is_not_offered(window: MainWindow, sample: Workspace) -> None:
    assert not UNDUE & {text for _, text, _ in list_offered(sample)}
    window.reception.show_patient(make_last(window.desk).patient_id)
    window.run("treatment")
    assert not UNDUE & {text for _, text, _ in list_offered(workspace_of(window))}


@pytest.mark.parametrize("typed", ["free decision", "signed on paper", "another concern"])
def test_words_on_screen_are_found_in_a_consultation(
    window: MainWindow, sample: Workspace, typed: str
) -> None:
    commands = [(it.id, it.text, it.also) for it in COMMANDS]
    offered = [*commands, *offer_asked(window.desk.pack), *list_offered(sample)]
    assert list_found(typed, offered, window)


def test_a_button_among_chips_is_led_to_itself(window: MainWindow, sample: Workspace) -> None:
    """*Another concern* led to the panel's first field."""
    commands = [(it.id, it.text, it.also) for it in COMMANDS]
    found = list_found("another concern", [*commands, *list_offered(sample)], window)
    assert "Skin: Another concern" in found
    name = next(it for it, text, _ in list_offered(sample) if text == "Skin: Another concern")
    window.run(name)
    assert isinstance(QApplication.focusWidget(), MenuButton)


def test_of_two_of_one_name_that_of_the_open_panel_comes_first(
    window: MainWindow, sample: Workspace
) -> None:
    """*Melasma*, typed on Goals, led to the question of Safety."""
    for panel, wanted in (("goals", "Goals: Melasma"), ("safety", "Melasma")):
        sample.show_panel(panel)
        window.run("finder")
        (finder,) = (it for it in window.findChildren(Finder) if it.isVisible())
        QTest.keyClicks(finder.search.control, "melasma")
        while finder._take_part():
            pass
        assert finder.list.item(0).text() == wanted
        finder.close()


@pytest.mark.parametrize("typed", ["expiry", "done as planned"])
def test_words_on_screen_are_found_in_a_treatment(
    window: MainWindow, treatment: Workspace, typed: str
) -> None:
    assert list_found(typed, list_offered(treatment), window)


@pytest.mark.parametrize("typed", ["gais", "adverse"])
def test_words_on_screen_are_found_in_a_review(window: MainWindow, typed: str) -> None:
    window.reception.show_patient(make_last(window.desk).patient_id)
    window.run("review")
    workspace = workspace_of(window)
    offered = list_offered(workspace)
    assert "Go to Review" in list_found(typed, offered, window)
    workspace.show_panel("review")
    window.run("panel:review")
    assert workspace.panel.step == "review"
