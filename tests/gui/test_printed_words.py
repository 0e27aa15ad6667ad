"""Who writes what the sheet prints is told at once what is too hard, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import TeachBack
from consult_app.domain.plan import Target
from consult_app.gui.handout.printed_words import PRINTED, list_left_out, tell_unprinted
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.patient_view.choice import OwnAgreePanel
from consult_app.handout.readability import find_hard
from tests.gui.touring import workspace_of

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
    assert tell_unprinted(desk.pack, told, desk.make_sheet(told)) == ""
    assert tell_unprinted(desk.pack, bare, desk.make_sheet(bare)) == ""

    window.handout.desk = replace(desk, make_sheet=lambda _: desk.make_sheet(bare))
    window.show_visit(replace(told, panel="finish"))
    window.run("handout")
    qtbot.waitUntil(window.preview.unprinted.isVisible)
    assert window.preview.unprinted.text() == (
        "Not on this handout: what the patient said back, what you agreed to expect, "
        "what the patient wants to avoid. The record keeps it."
    )


SAID = "Guaranteed soft by spring, with no downtime."


@pytest.fixture
def agree(window: MainWindow) -> AgreePanel:
    window.show_visit(replace(window.desk.sample_visit(), panel="agree"))
    return window.findChildren(AgreePanel)[0]


def test_what_keeps_said_back_words_off_is_told_where_they_are_typed(agree: AgreePanel) -> None:
    """All of it at once, with what to do; how hard they are to read is nobody's to judge."""
    field = agree.words["tonight"]
    field.edited.emit(SAID)
    assert field.error == (
        "Not printed, because of \u201cguaranteed\u201d, \u201cno downtime\u201d. "
        "Write it in other words, or leave it: the record keeps it."
    )
    assert agree.session.visit.agreement.teach_back.words["tonight"] == SAID

    field.edited.emit(LONG)
    assert field.error == ""
    assert "Hard to read" not in field.help()


def test_it_stands_there_again_when_the_panel_is_opened(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    back = TeachBack(words={"call": "Lidocaine 10 mg, I call."})
    agreement = replace(visit.agreement, teach_back=back)
    window.show_visit(replace(visit, agreement=agreement, panel="agree"))

    assert "\u201c10 mg\u201d" in window.findChildren(AgreePanel)[0].words["call"].error


def test_the_patients_own_view_says_nothing_of_it(window: MainWindow, qtbot: QtBot) -> None:
    """They may say what they like; what is printed is for the practitioner to see to."""
    visit = window.desk.sample_visit()
    back = TeachBack(words={"tonight": SAID}, outcome="understood")
    window.show_visit(replace(visit, agreement=replace(visit.agreement, teach_back=back)))
    window.run("panel:agree")
    agree = workspace_of(window).panel
    assert isinstance(agree, AgreePanel)
    assert agree.words["tonight"].error
    own = OwnAgreePanel(agree.theme, agree.session, agree.desk)
    qtbot.addWidget(own)
    own.refresh()

    assert own.words["tonight"].error == ""


def test_finish_says_what_will_not_be_printed_and_leads_there(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    visit = window.desk.sample_visit()
    back = TeachBack(words={"tonight": "Only the gel.", "call": SAID}, outcome="understood")
    told = replace(
        visit,
        agreement=replace(visit.agreement, teach_back=back),
        discussion=replace(visit.discussion, must_avoid="Any risk; I want no risk."),
        panel="finish",
    )
    assert dict(list_left_out(window.desk.pack, told)) == {
        "panel:agree:call": "Not printed: what the patient said back, because of "
        "\u201cguaranteed\u201d, \u201cno downtime\u201d. Write it in other words, or leave "
        "it: the record keeps it.",
        "panel:expectations:must_avoid": "Not printed: what the patient wants to avoid, "
        "because of \u201cno risk\u201d. Write it in other words, or leave it: the record "
        "keeps it.",
    }
    window.show_visit(told)
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any("\u201cno risk\u201d" in text for text in shown)

    for place, field in (("agree:call", "call"), ("expectations:must_avoid", "must_avoid")):
        window.run(f"panel:{place}")
        QApplication.processEvents()
        assert workspace_of(window).panel.places()[field].hasFocus()
    assert "no risk" not in caplog.text


def test_words_that_were_not_understood_are_not_meant_for_the_sheet(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    back = TeachBack(words={"call": SAID}, outcome="explained_again")
    told = replace(visit, agreement=replace(visit.agreement, teach_back=back))
    assert list(list_left_out(window.desk.pack, told)) == []


def test_the_preview_says_why_words_are_not_on_it(window: MainWindow) -> None:
    desk, bare = window.desk, window.desk.sample_visit()
    told = replace(bare, discussion=replace(bare.discussion, agreed_range=SAID))
    assert tell_unprinted(desk.pack, told, desk.make_sheet(told)) == (
        "Not on this handout: what you agreed to expect (because of \u201cguaranteed\u201d, "
        "\u201cno downtime\u201d). The record keeps it."
    )


def test_the_preview_names_a_concern_of_which_the_sheet_does_not_tell(window: MainWindow) -> None:
    """Else nobody knows that the patient takes home less than was shown."""
    desk, bare = window.desk, window.desk.sample_visit()
    more = tuple(Target(area="nose", concern=name) for name in ("pores", "fine_lines"))
    told = replace(bare, plan=replace(bare.plan, targets=(*bare.plan.targets, *more)))

    assert tell_unprinted(desk.pack, bare, desk.make_sheet(bare)) == ""
    assert tell_unprinted(desk.pack, told, desk.make_sheet(told)) == (
        "What it may do, and not do, is told of the first concerns only, so not of: Enlarged "
        "pores. The patient view tells of all."
    )
