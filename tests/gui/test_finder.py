"""Finding a command, a question or a medicine by any of its names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer
from consult_app.domain.treatment import Consumable, Treatment
from consult_app.gui.finding.fields_offered import offer_all
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.sheets import Sheets
from consult_app.gui.theme import Theme
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources
from tests.gui.touring import make_last

NO = Answer(state="no")


def test_a_lot_number_leads_to_whom_it_was_used_for(window: MainWindow, qtbot: QtBot) -> None:
    """In the middle of a visit, too: the visit is kept and the start page lists the treatments."""
    visit = window.desk.sample_visit()
    treated = Treatment(cartridge=Consumable(lot="C-2207"))
    done = replace(visit, id="done", kind="treatment", treatment=treated, state="signed")
    window.desk.records.sign(replace(done, signed_at=window.desk.clock()), None, 0)
    window.show_visit(visit)
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, "c-22")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Down)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.start.lots.rows))

    assert window.workspace is None
    assert window.start.search.text() == "c-22"
    assert len(window.start.lots.rows) == 1
    assert [it.id for it in window.desk.patients.find_lots("c-22", 9)] == ["done"]
    QTest.keyClick(window.start.search.control, Qt.Key.Key_Return)
    opened = window.reception.visit
    assert opened is not None
    assert opened.session.visit.id == "done", "Enter opens what is listed, and begins nobody new"


def test_two_letters_offer_no_records(qtbot: QtBot) -> None:
    finder = Finder(Theme("light"), [("lock", "Lock", "")], window := QWidget())
    qtbot.addWidget(window)
    QTest.keyClicks(finder.search.control, "zz")
    assert finder.list.count() == 0
    QTest.keyClicks(finder.search.control, "z")
    assert finder.list.count() == 1


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("Roaccutane", "item:isotretinoin"),
        ("eliquis", "item:anticoagulants:medications:apixaban"),
        ("eliqius", "item:anticoagulants:medications:apixaban"),
        ("epipen", "item:other_allergy:allergies:anaphylaxis_unknown"),
        ("isotretinoin", "item:isotretinoin"),
        ("anticoagulant", "item:anticoagulants"),
        ("anticoagulent", "item:anticoagulants"),
        ("hydroq", "item:topical_actives"),
    ],
)
def test_a_brand_name_leads_to_the_question_about_the_medicine(
    qtbot: QtBot, typed: str, item: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pack = load_pack(find_resources() / "content" / "microneedling")
    went: list[str] = []
    Sheets(Theme("light"), pack, window).find(went.append, fields=iter(()))
    finder = next(child for child in window.findChildren(Finder))

    QTest.keyClicks(finder.search.control, typed)
    finder.list.activated.emit(finder.list.currentIndex())

    assert went == [item]


def test_without_a_visit_nothing_is_offered_that_needs_one(window: MainWindow) -> None:
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    offered = [finder.list.item(row).text() for row in range(finder.list.count())]
    assert any(text.startswith("Settings") for text in offered)
    assert not any(text.startswith(("Go to", "Pregnancy")) for text in offered)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("phone", "Settings"),
        ("interpreter", "Patient details: Interpreter"),
        ("case file", "Open case file"),
        ("recovery code", "Records, backup and passphrase"),
        ("signature", "Go to Agree (Ctrl+6)"),
        ("skin", "Go to Skin (Ctrl+2)"),
        ("lock", "Lock the screen now (Ctrl+L)"),
        ("sign", "Accept suggestions; on Finish sign and lock (Ctrl+Enter)"),
        ("next visit", "Treatment record after the last consultation (Ctrl+T)"),
        ("bigger", "Look and text size"),
        ("dark mode", "Look and text size"),
        ("aftercare", "Go to Expectations (Ctrl+5)"),
        ("calendar", "Save the handout as PDF"),
        ("calender", "Save the handout as PDF"),
    ],
)
def test_a_sheet_is_found_by_what_stands_on_it(window: MainWindow, typed: str, found: str) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))

    QTest.keyClicks(finder.search.control, typed)

    assert finder.list.item(0).text() == found
    finder.reject()


@pytest.mark.parametrize(
    ("typed", "step", "name"),
    [
        ("worth it", "goals", "What would make it worth it?"),
        ("first visit", "plan", "First visit"),
        ("teach-back", "agree", "Teach-back: Understood"),
    ],
)
def test_any_field_is_found_by_its_label_and_gets_the_keyboard(
    window: MainWindow, qtbot: QtBot, typed: str, step: str, name: str
) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))

    QTest.keyClicks(finder.search.control, typed)
    qtbot.waitUntil(lambda: finder.list.count() == 2, timeout=10_000)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert window.workspace is not None
    workspace = window.workspace
    assert workspace.panel.step == step
    qtbot.waitUntil(lambda: workspace.focusWidget().accessibleName() == name)


def test_what_is_read_comes_before_what_is_only_behind_it(qtbot: QtBot) -> None:
    choices = [("behind", "Warts", "on the area"), ("read", "Plan: Area", "")]
    finder = Finder(Theme("light"), choices, window := QWidget())
    qtbot.addWidget(window)
    QTest.keyClicks(finder.search.control, "area")

    assert [finder.list.item(row).text() for row in range(2)] == ["Plan: Area", "Warts"]


def test_what_comes_later_leaves_the_choice_where_it_was(qtbot: QtBot) -> None:
    choices = [("a", "One area", ""), ("b", "Two", "area")]
    finder = Finder(Theme("light"), choices, window := QWidget())
    qtbot.addWidget(window)
    finder.show()
    finder.search.set_text("area")
    finder.search.edited.emit("area")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Down)

    finder.take_more(iter([[("c", "Three area", "")]]))

    qtbot.waitUntil(lambda: finder.list.item(1).text() == "Three area")
    assert finder.list.currentItem().text() == "Two"


def test_what_does_not_apply_is_not_offered(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    assert window.workspace is not None

    told = {text for part in offer_all(window.workspace) for _, text, _ in part}

    assert {"Skin: Angles taken", "Agree: Decision"} <= told, "closed parts are offered"
    assert "Agree: Signed on paper" not in told, "it is greyed as long as nothing was decided"
    assert not any("Allergies, as they stand" in text for text in told), "no allergies were named"
    assert not any(text.endswith(": No") for text in told), "questions have their own words"


def test_one_enter_chooses_the_way_out_of_a_visit_and_another_goes(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))

    QTest.keyClicks(finder.search.control, "nobody of that name")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert finder.isVisible(), "one Enter alone never leaves a visit"
    assert finder.search.help().endswith("Press Enter again to go there.")
    assert finder.list.currentItem().text() == (
        "Look among patients and lots instead; this visit is kept"
    )
    assert window.workspace is not None
    QTest.keyClicks(finder.search.control, "s")
    assert finder.search.help() == (
        "No command, question or field of that name. Press Enter to choose the line below."
    )
    assert finder.list.currentRow() == -1
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert window.reception.visit is None
    assert window.start.search.text() == "nobody of that names"


def test_without_a_visit_enter_looks_among_the_records(window: MainWindow) -> None:
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, "osei")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    assert window.start.search.text() == "osei"


def test_what_reads_as_it_was_typed_comes_first(qtbot: QtBot) -> None:
    choices = [
        ("b", "Internal cancer, past (and its treatment)", ""),
        ("c", "Nothing", "past its"),
        ("a", "Reason for using what is past its date", ""),
    ]
    finder = Finder(Theme("light"), choices, window := QWidget())
    qtbot.addWidget(window)
    QTest.keyClicks(finder.search.control, "past its")
    assert [finder.list.item(row).text()[:6] for row in range(3)] == ["Reason", "Intern", "Nothin"]


def test_the_allergies_are_found_wherever_one_is(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None
    workspace.show_panel("goals")
    workspace.session.set("allergy_state", None)
    offered = {text: command for part in offer_all(workspace) for command, text, _ in part}

    window.run(offered["Safety: Allergies"])

    assert workspace.panel.step == "safety"
    assert workspace.panel.focusWidget().accessibleName() == "Allergies: None known"


def test_what_begins_as_it_was_typed_comes_before_what_only_has_it(
    qtbot: QtBot, look: Theme
) -> None:
    """Who looked for photographs was led to medicines that photosensitise."""
    choices = [
        ("item:photosensitiser", "Medicines that photosensitise", ""),
        ("item:laser", "Photodynamic therapy (Peel, laser)", ""),
        ("item:resurfacing", "Telephoto", ""),
        ("panel:skin:photographs", "Skin: Photographs", ""),
    ]
    finder = Finder(look, choices, window := QWidget())
    qtbot.addWidget(window)

    QTest.keyClicks(finder.search.control, "photo")

    assert [finder.list.item(row).text() for row in range(4)] == [
        "Skin: Photographs",
        "Medicines that photosensitise",
        "Photodynamic therapy (Peel, laser)",
        "Telephoto",
    ]


def test_a_whole_word_comes_before_a_longer_one_that_begins_with_it(
    qtbot: QtBot, look: Theme
) -> None:
    """Who looked for how to sign was led to *Signed on paper*."""
    choices = [
        ("behind", "Go to Agree", "signature sign"),
        ("designs", "Designs", ""),
        ("panel:agree:paper", "Agree: Signed on paper", ""),
        ("accept", "On Finish sign and lock", ""),
        ("item:sign", "Warning sign (Signs)", ""),
        ("panel:agree:sign", "Agree: Sign here", ""),
    ]
    finder = Finder(look, choices, window := QWidget())
    qtbot.addWidget(window)

    QTest.keyClicks(finder.search.control, "sign")

    assert [finder.list.item(row).text() for row in range(6)] == [
        "Agree: Sign here",
        "On Finish sign and lock",
        "Warning sign (Signs)",
        "Agree: Signed on paper",
        "Go to Agree",
        "Designs",
    ]


@pytest.mark.parametrize("typed", ["allergy", "allergies", "allergie", "Allergi"])
def test_one_and_several_are_the_same(qtbot: QtBot, look: Theme, typed: str) -> None:
    choices = [
        ("item:metal", "Metal allergy", ""),
        ("panel:safety:state", "Safety: Allergies", ""),
    ]
    finder = Finder(look, choices, window := QWidget())
    qtbot.addWidget(window)
    QTest.keyClicks(finder.search.control, typed)
    assert finder.list.item(0).text() == "Safety: Allergies"


def test_a_case_file_is_opened_from_the_finder(window: MainWindow) -> None:
    asked: list[bool] = []
    window.reception.start.file_wanted.disconnect()
    window.reception.start.file_wanted.connect(lambda: asked.append(True))

    window.run("file")

    assert asked == [True]


def test_what_can_be_chosen_finds_its_field(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None
    offered = [it for part in offer_all(workspace) for it in part]
    (found,) = [text for _, text, also in offered if "Go ahead" in also]
    assert found.startswith("Agree: ")


def test_the_question_for_new_medicines_is_found_in_a_treatment(window: MainWindow) -> None:
    last = make_last(window.desk)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    workspace = window.workspace
    assert workspace is not None
    offered = [it for part in offer_all(workspace) for it in part]
    (command,) = [command for command, text, _ in offered if "new medicine" in text]
    window.run(command)
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    assert panel._rows["medicines"].isAncestorOf(panel.focusWidget())
    screened = window.desk.pack.question_by_id["pregnancy"].text
    assert not [text for _, text, _ in offered if screened in text], "found by its own words"


def test_a_medicine_that_was_looked_for_is_offered_and_a_yes_records_it(
    window: MainWindow,
) -> None:
    """Its question alone says No, and nobody knows what a Yes would be to."""
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, answers={**visit.answers, "anticoagulants": NO}))
    window.run("item:anticoagulants:medications:apixaban")
    workspace = window.workspace
    assert workspace is not None
    told = [it for it in workspace.panel.findChildren(QLabel) if it.text().startswith("Apixaban")]
    assert [it.text() for it in told] == ["Apixaban: Yes (Y) records it."]
    assert told[0].isVisible()

    QTest.keyClick(workspace.focusWidget(), Qt.Key.Key_Y)

    after = workspace.session.visit
    assert after.answers["anticoagulants"].state == "yes"
    assert "apixaban" in {it.code for it in after.facts.medications}
    workspace.session.undo()
    undone = workspace.session.visit
    assert undone.answers["anticoagulants"].state == "no"
    assert undone.facts == visit.facts


def test_what_was_offered_is_not_recorded_by_a_later_yes(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("item:anticoagulants:medications:apixaban")
    workspace = window.workspace
    assert workspace is not None
    workspace.panel.show_group("medicines")  # type: ignore[attr-defined] # it is Safety

    workspace.panel._answer("anticoagulants", "no")  # type: ignore[attr-defined] # it is Safety
    workspace.panel._answer("anticoagulants", "yes")  # type: ignore[attr-defined] # it is Safety

    assert "apixaban" not in {it.code for it in workspace.session.visit.facts.medications}


def test_what_is_only_close_comes_after_the_records_where_nothing_is_left_by_it(
    qtbot: QtBot,
) -> None:
    """A patient may be called so; in a visit the records are never taken by Enter alone."""
    choices = [("lock", "Lock the screen", "")]
    window = QWidget()
    qtbot.addWidget(window)
    outside = Finder(Theme("light"), choices, window)
    QTest.keyClicks(outside.search.control, "scren")
    inside = Finder(Theme("light"), choices, window, leaves=True)
    QTest.keyClicks(inside.search.control, "scren")

    assert outside.list.currentItem().text() == "Look for scren among patients and lots"
    assert outside.list.item(1).text() == "Lock the screen"
    assert inside.list.currentItem().text() == "Lock the screen"
    assert inside.search.help() == "Nothing of that name here; this comes close."
