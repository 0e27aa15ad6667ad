"""The safety panel: what its keys answer, what a bulk No leaves alone, what a No keeps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, ConcernWish
from consult_app.domain.people import Patient
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.session import Session
from consult_app.gui.widgets.buttons import Button


@pytest.fixture
def panel(window: MainWindow) -> SafetyPanel:
    """The safety panel of an empty visit."""
    window.begin_visit(Patient(name="Ada Berg"))
    window.run("panel:safety")
    assert window.workspace is not None
    QApplication.processEvents()
    shown = window.workspace.panel
    assert isinstance(shown, SafetyPanel)
    return shown


@pytest.fixture
def session(panel: SafetyPanel) -> Session:
    return panel.session


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def find_line(panel: SafetyPanel, name: str) -> QLineEdit:
    lines = [it for it in panel.findChildren(QLineEdit) if it.accessibleName().startswith(name)]
    return next(line for line in lines if line.isVisible())


def focused_within(panel: SafetyPanel, item: str) -> bool:
    focused: QWidget | None = QApplication.focusWidget()
    return focused is not None and panel._rows[item].row.isAncestorOf(focused)


def test_every_question_of_the_content_is_asked(panel: SafetyPanel) -> None:
    for group, _ in GROUPS:
        panel.show_group(group)

    asked = {q.id for q in panel.desk.pack.questions if q.step == "safety"}
    assert set(panel._rows) == asked


def test_what_belongs_to_plasma_is_asked_once_plasma_is_planned(
    panel: SafetyPanel, session: Session
) -> None:
    panel.show_group("plan")
    rows = {item: panel._rows[item].row for item in ("prp", "rf", "bdd")}
    assert [item for item, row in rows.items() if row.isVisible()] == ["bdd"]
    needed = {it.item for it in session.judgement.decision.needed}
    assert not needed & {"prp", "rf"}
    assert panel.focus_item("prp")
    assert not focused_within(panel, "prp")

    session.set("plan.addons", ("prp",))
    assert rows["prp"].isVisible()
    assert rows["rf"].isHidden()
    assert "prp" in {it.item for it in session.judgement.decision.needed}
    assert panel.focus_item("prp")
    assert focused_within(panel, "prp")
    session.answer("prp", "no")
    session.set("plan.addons", ())
    assert rows["prp"].isVisible(), "an answer is never put out of sight"


def test_rest_of_the_group_never_answers_a_stop_question(
    panel: SafetyPanel, session: Session
) -> None:
    for group, _ in GROUPS:
        panel.show_group(group)
        panel.answer_rest()

    stops = panel.desk.pack.stop_items
    assert session.visit.answers
    assert set(session.visit.answers) & stops == set()
    assert all(it.state == "no" and it.bulk for it in session.visit.answers.values())


def test_medicines_offer_the_search_by_name_or_brand(
    panel: SafetyPanel, window: MainWindow, qtbot: QtBot
) -> None:
    panel.show_group("medicines")
    search = "Find a medicine by name or brand"
    (button,) = [it for it in panel.findChildren(Button) if it.words == search and it.isVisible()]

    button.click()

    (finder,) = [it for it in window.findChildren(Finder) if it.isVisible()]
    assert finder.list.item(0).text().startswith("Isotretinoin"), "medicines first, not the panels"
    QTest.keyClicks(finder.search.control, "Roaccutane")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused_within(panel, "isotretinoin"))


def test_keys_answer_and_move_on(panel: SafetyPanel, session: Session) -> None:
    ids = [question.id for question in panel._questions("today")]

    press(Qt.Key.Key_N)
    press(Qt.Key.Key_U)

    assert session.visit.answers[ids[0]].state == "no"
    assert session.visit.answers[ids[1]].state == "unsure"
    assert focused_within(panel, ids[2])


def test_the_next_no_passes_by_what_was_told_already(panel: SafetyPanel, session: Session) -> None:
    """Answering No all the way down took back the dark marks that were told on Skin."""
    ids = [question.id for question in panel._questions("body")]
    at = ids.index("pih")
    session.answer("pih", "yes")
    panel.focus_item(ids[at - 1])

    press(Qt.Key.Key_N)
    press(Qt.Key.Key_N)

    assert session.visit.answers["pih"].state == "yes"
    assert session.visit.answers[ids[at + 1]].state == "no"
    session.answer(ids[-1], "unsure")
    panel.focus_item(ids[-2])
    press(Qt.Key.Key_N)
    assert panel.groups.value() == "medicines"


def test_a_question_asked_after_all_no_longer_counts_as_answered_in_bulk(
    panel: SafetyPanel, session: Session
) -> None:
    panel.answer_rest()
    item = next(it for it, answer in session.visit.answers.items() if answer.bulk)
    row = panel._rows[item].row
    panel.focus_item(item)
    assert row._caption.text() == "Answered for the group"

    press(Qt.Key.Key_N)

    assert session.visit.answers[item] == Answer(state="no", bulk=False)
    assert row._caption.isHidden()


def test_what_a_yes_still_lacks_is_led_to_and_not_its_answer(
    panel: SafetyPanel, session: Session
) -> None:
    """The list says that the details are needed, and Space there gave the answer once more."""
    panel.focus_item("pregnancy")
    press(Qt.Key.Key_Y)
    details = panel._rows["pregnancy"].details
    assert details is not None
    panel.focus_first()
    assert not details.isAncestorOf(focused())

    panel.focus_item("pregnancy")
    assert details.isAncestorOf(focused())

    session.set("facts.pregnancy", "yes")
    panel.focus_item("pregnancy")
    assert not details.isAncestorOf(focused()), "nothing is lacking any more"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_backspace_takes_an_answer_back(panel: SafetyPanel, session: Session) -> None:
    first = panel._questions("today")[0].id
    press(Qt.Key.Key_N)
    panel.focus_item(first)

    press(Qt.Key.Key_Backspace)

    assert first not in session.visit.answers


def test_a_yes_leads_into_what_it_opens(panel: SafetyPanel) -> None:
    panel.focus_item("acne")

    press(Qt.Key.Key_Y)

    assert focused_within(panel, "acne")
    assert not panel._rows["acne"].row.has_focus(), "on a detail, not on the answer"


def test_the_last_answer_of_a_group_leads_to_the_next(panel: SafetyPanel) -> None:
    last = panel._questions("today")[-1].id
    panel.focus_item(last)

    press(Qt.Key.Key_N)

    assert panel.groups.value() == "body"
    assert focused_within(panel, panel._questions("body")[0].id)


def test_a_no_hides_the_details_and_a_yes_brings_them_back(
    panel: SafetyPanel, session: Session
) -> None:
    panel.focus_item("acne")
    press(Qt.Key.Key_Y)
    grade = find_line(panel, "Acne grade")
    QTest.keyClicks(grade, "0")
    assert [it.iga for it in session.visit.facts.conditions] == [0], "a nought is an answer"
    session.change_entry("conditions", "acne", nodules=False)

    panel.focus_item("acne")
    press(Qt.Key.Key_N)
    assert not grade.isVisible()
    assert [it.iga for it in session.visit.facts.conditions] == [0], "kept"

    panel.focus_item("acne")
    press(Qt.Key.Key_Y)
    assert grade.isVisible()
    assert grade.text() == "0"


def test_details_made_before_they_are_asked_for_show_what_was_recorded_since(
    panel: SafetyPanel, session: Session
) -> None:
    while panel._ahead.isActive():
        panel._make_ahead()
    details = {it.id: panel._rows[it.id].details for it in panel._questions("medicines")}
    assert all(details.values())
    assert not any(it.isVisible() for it in details.values() if it is not None)
    session.add_entry("conditions", "acne")
    session.change_entry("conditions", "acne", iga=3)

    panel.focus_item("acne")
    press(Qt.Key.Key_Y)
    assert find_line(panel, "Acne grade").text() == "3"


def test_a_yes_is_laid_out_by_the_time_it_leads_on(panel: SafetyPanel) -> None:
    panel.focus_item("acne")
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Y)

    row = panel._rows["acne"].row
    at_once = [(it, it.geometry()) for it in row.findChildren(QWidget) if it.isVisible()]
    QApplication.processEvents()
    assert [it.geometry() for it, _ in at_once] == [place for _, place in at_once]
    assert row.height() >= row.sizeHint().height()


def test_a_yes_alone_stays_among_what_is_still_needed(panel: SafetyPanel, session: Session) -> None:
    panel.focus_item("pregnancy")
    press(Qt.Key.Key_Y)

    assert "pregnancy" in {item.item for item in session.judgement.decision.needed}


def test_what_a_yes_lacks_is_said_beneath_its_fields(panel: SafetyPanel, session: Session) -> None:
    """Of an infection without its place nothing said there why it was still needed."""
    session.set("goals.concerns", (ConcernWish(concern="acne_rolling", areas=("cheeks",)),))

    def told(item: str) -> list[str]:
        row = panel._rows[item].row
        labels = [it for it in row.findChildren(QLabel) if it.isVisible()]
        return [it.text() for it in labels if it.text().startswith("Still needed")]

    panel._answer("skin_infection", "yes")
    assert told("skin_infection") == ["Still needed: State, Where"]
    session.change_entry("conditions", "skin_infection", status="active")
    assert told("skin_infection") == ["Still needed: Where"]
    session.change_entry("conditions", "skin_infection", zones=("cheeks",))
    assert told("skin_infection") == []

    panel.show_group("body")
    panel._answer("blood_borne_virus", "yes")
    assert told("blood_borne_virus") == ["Still needed: which of these"]
    session.add_entry("conditions", "hiv")
    assert told("blood_borne_virus") == ["Still needed: Under control or not"]
    session.change_entry("conditions", "hiv", uncontrolled=False)
    assert told("blood_borne_virus") == []

    panel.show_group("medicines")
    panel._answer("cancer_treatment", "yes")
    assert told("cancer_treatment") == ["Still needed: which of these"]
    session.add_entry("medications", "chemotherapy")
    session.change_entry("medications", "chemotherapy", status="stopped")
    (for_what,) = [it for it in told("cancer_treatment") if "given for" in it]
    assert for_what.endswith("(Internal cancer, past or on hormone tablets only; Skin cancer)")
    session.add_entry("conditions", "internal_cancer")
    assert not [it for it in told("cancer_treatment") if "given for" in it]


def test_no_question_that_is_answered_by_yes_or_no_asks_when(panel: SafetyPanel) -> None:
    for group, _ in GROUPS:
        panel.show_group(group)
    asked = [it.question.asked_as or it.question.text for it in panel._rows.values()]
    assert not [text for text in asked if text.startswith(("When", "Which", "What", "How"))]


def test_an_allergy_is_kept_and_shown_once(
    window: MainWindow, panel: SafetyPanel, session: Session
) -> None:
    panel.show_group("allergies")
    session.set("allergy_state", "known")
    line = find_line(panel, "Allergies, as they stand")
    line.setFocus()
    QTest.keyClicks(line, "latex, Latex")
    press(Qt.Key.Key_Tab)
    assert session.visit.allergies == "latex"

    session.set("facts.allergies", ("latex", "nickel"))

    assert window.workspace is not None
    words = [it.text() for it in window.workspace.banner.findChildren(QLabel)]
    assert "latex, Nickel" in words


def test_none_known_does_not_hide_an_allergy_that_was_answered(
    window: MainWindow, panel: SafetyPanel, session: Session
) -> None:
    panel.show_group("allergies")
    session.set("allergy_state", "none_known")
    assert not panel._allergies.against.isVisible()

    session.set("facts.allergies", ("latex",))

    assert panel._allergies.against.text() == "The answers below tell of one: Latex."
    assert window.workspace is not None
    words = [it.text() for it in window.workspace.banner.findChildren(QLabel)]
    assert "Latex" in words
    assert "None known" not in words


def test_the_mouse_goes_from_the_end_of_a_group_to_the_next(panel: SafetyPanel) -> None:
    bar = panel.pane.verticalScrollBar()
    for group, following in pairwise(key for key, _ in GROUPS):
        bar.setValue(bar.maximum())
        QApplication.processEvents()
        assert panel.groups.value() == group
        assert not panel.onward.visibleRegion().isEmpty(), "beneath the last question"

        QTest.mouseClick(panel.onward, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

        assert panel.groups.value() == following
        assert not panel.groups.visibleRegion().isEmpty(), "it begins at its beginning"

    assert panel.onward.isHidden(), "after the last group the footer leads on"


def test_the_rest_of_a_group_answered_by_mouse_leaves_in_sight_what_is_open(
    panel: SafetyPanel, session: Session
) -> None:
    """The button serves no more then; the keyboard went to the far end of the page from there."""
    first = next(it for it in panel._questions("today") if it.id in panel.desk.pack.stop_items)

    QTest.mouseClick(panel.rest, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert not panel.rest.isEnabled()
    assert panel.pane.verticalScrollBar().value() == 0
    assert first.id not in session.visit.answers
    assert focused_within(panel, first.id)


def test_has_allergies_leads_to_where_they_are_written(
    panel: SafetyPanel, session: Session
) -> None:
    """What was typed next went nowhere."""
    panel.show_group("allergies")
    QTest.mouseClick(panel._allergies._state.cell("yes"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(), "Penicillin")
    assert session.visit.allergies == "Penicillin"
