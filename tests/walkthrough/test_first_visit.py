"""A whole first visit by keyboard alone, from an empty window to a locked record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.app import Program
from consult_app.domain.consultation import Consultation
from consult_app.domain.steps import STEPS, Progress
from consult_app.gui.building import build_desk
from consult_app.gui.desk import Desk
from consult_app.gui.fonts import load_fonts
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.pack.pack import Pack
from consult_app.settings import Settings
from tests.sealed import Sealed
from tests.walkthrough.keyboard import Keyboard, check_told

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TODAY = datetime.fromisoformat("2026-06-15T10:00:00")


@pytest.fixture
def keyboard() -> Keyboard:
    """A keyboard."""
    return Keyboard()


@pytest.fixture
def desk(home: Path, sealed: Sealed) -> Iterator[Desk]:
    """A new home: no visits in its encrypted records, no settings."""
    store = sealed.open(home)
    desk, visits = build_desk(Program(clock=lambda: TODAY), home, Settings(), store)
    yield desk
    visits.close()


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Callable[[], MainWindow]:
    """Open the window as somebody would find it."""

    def show() -> MainWindow:
        load_fonts(qapp)
        theme = Theme("light")
        theme.apply(qapp)
        window = MainWindow(theme, desk)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


def set_up_the_practice(keyboard: Keyboard) -> None:
    """Say who works here, which a record cannot be locked without."""
    keyboard.tab_to("Settings")
    keyboard.press(Qt.Key.Key_Space)
    for name, text in (
        ("Clinic", "Lumen Skin Clinic"),
        ("Phone", "020 7946 0123"),
        ("Out of hours", "111"),
        ("Practitioner", "Dr Lena Hart"),
        ("Role", "Doctor"),
        ("Registration", "GMC 0000000"),
    ):
        keyboard.tab_to(name)
        keyboard.write(text)
    keyboard.tab_to("Keep these settings")
    keyboard.press(Qt.Key.Key_Return)


def begin_the_visit(keyboard: Keyboard) -> None:
    """Name and birth date are enough."""
    keyboard.tab_to("Patient")
    keyboard.write("Ada Berg 30 4 1992")
    keyboard.chord(Qt.Key.Key_N)


def ask_for_goals(keyboard: Keyboard) -> None:
    """Own words, a concern with its place and how much it bothers, and whose wish it is."""
    keyboard.write("The dents on my cheeks")
    keyboard.tab_to("Acne scars - rolling")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.tab_to("Where")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.pick("Face", "Cheeks")
    keyboard.tab_to("Bother")
    keyboard.write("7")
    keyboard.tab_to("Whose wish is it?")
    keyboard.press(Qt.Key.Key_Space)


def look_at_the_skin(keyboard: Keyboard) -> None:
    """Skin type II, no dark marks, a grade on the map."""
    keyboard.chord(Qt.Key.Key_2)
    keyboard.press(Qt.Key.Key_Space)
    keyboard.press(Qt.Key.Key_Right)
    keyboard.back_to("Right cheek")
    keyboard.press(Qt.Key.Key_3)
    keyboard.tab_to("Do spots or bites leave dark marks")
    keyboard.press(Qt.Key.Key_Space)


def answer_every_question(keyboard: Keyboard, workspace: Workspace, pack: Pack, yes: str) -> None:
    """No to everything but one question, whose details are filled in."""
    keyboard.chord(Qt.Key.Key_3)
    asked = {q.asked_as or q.text: q.id for q in pack.questions}
    questions = [q for q in pack.questions if q.step == "safety" and not q.only_with]
    for _ in range(len(questions) + 1):
        row = find_row(keyboard.focus)
        if row is None:
            assert keyboard.focus.accessibleName().startswith("Allergies: None known")
            keyboard.press(Qt.Key.Key_Space)
            keyboard.press(Qt.Key.Key_Tab)
            row = find_row(keyboard.focus)
            assert row is not None
        if asked[row.accessibleName()] == yes:
            keyboard.press(Qt.Key.Key_Y)
            fill_in_acne(keyboard)
        else:
            keyboard.press(Qt.Key.Key_N)
        if all(question.id in workspace.session.visit.answers for question in questions):
            return
    missing = [q.id for q in questions if q.id not in workspace.session.visit.answers]
    raise AssertionError(f"never asked: {missing}")


def fill_in_acne(keyboard: Keyboard) -> None:
    """The keyboard is on the first detail; Tab leads on to the next question."""
    keyboard.tab_to("Where")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.pick("Face", "Chin and jaw", "Whole: Chin and jaw")
    keyboard.tab_to("Acne grade")
    keyboard.write("1")
    while find_row(keyboard.focus) is None or not keyboard.focus.accessibleName().endswith(": No"):
        keyboard.press(Qt.Key.Key_Tab)


def find_row(widget: QWidget | None) -> AnswerRow | None:
    """Return the answer row whose answers have the keyboard."""
    while widget is not None and not isinstance(widget, AnswerRow):
        widget = widget.parentWidget()
    return widget if widget is not None and widget.has_focus() else None


def make_the_plan(keyboard: Keyboard) -> None:
    """Take over what was wished, give the first date, read the device, accept."""
    keyboard.chord(Qt.Key.Key_4)
    keyboard.chord(Qt.Key.Key_Return)
    keyboard.tab_to("First visit")
    keyboard.write("6.7.2026")
    keyboard.tab_to("Deepest setting on its label")
    keyboard.write("2")
    keyboard.chord(Qt.Key.Key_Return)


def talk_about_expectations(keyboard: Keyboard, session: Session) -> None:
    """Read from the top to the end, and discussed."""
    keyboard.chord(Qt.Key.Key_5)
    while not session.visit.discussion.discussed:
        keyboard.press(Qt.Key.Key_Space)  # reads on to it
    assert session.visit.discussion.risks_shown


def agree(keyboard: Keyboard) -> None:
    """Teach-back in the patient's words, go ahead, signed on paper."""
    keyboard.chord(Qt.Key.Key_6)
    keyboard.write("Water and the cream you gave me")
    keyboard.tab_to("Teach-back")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.tab_to("Decision: Go ahead")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.tab_to("Signed on paper")
    keyboard.press(Qt.Key.Key_Space)


def sign(keyboard: Keyboard, window: MainWindow, qtbot: QtBot) -> None:
    """See the handout, then sign and lock from there."""
    assert window.workspace is not None
    session = window.workspace.session
    keyboard.chord(Qt.Key.Key_7)
    keyboard.press(Qt.Key.Key_F9)
    qtbot.waitUntil(window.preview.isVisible, timeout=20_000)
    keyboard.chord(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.locked, timeout=20_000)


def read_pages(pdf: bytes) -> str:
    """Return the words of a PDF, with one space between them wherever lines break."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return " ".join(words.split())
    finally:
        document.close()


@pytest.fixture
def signed(
    keyboard: Keyboard, open_window: Callable[[], MainWindow], qtbot: QtBot
) -> tuple[MainWindow, Consultation]:
    """The window after the visit, and what was signed."""
    window = open_window()
    assert window.start.sample.isVisible(), "nothing was kept before"
    set_up_the_practice(keyboard)
    with qtbot.waitActive(window):
        window.activateWindow()  # a desktop does this when a dialog closes
    check_told("set up the practice", keyboard.pressed)
    keyboard.pressed = 0
    begin_the_visit(keyboard)
    assert window.workspace is not None
    workspace = window.workspace
    ask_for_goals(keyboard)
    look_at_the_skin(keyboard)
    answer_every_question(keyboard, workspace, window.desk.pack, yes="acne")
    make_the_plan(keyboard)
    talk_about_expectations(keyboard, workspace.session)
    agree(keyboard)
    sign(keyboard, window, qtbot)
    return window, workspace.session.visit


def test_a_first_visit_needs_no_mouse(
    signed: tuple[MainWindow, Consultation], desk: Desk, keyboard: Keyboard
) -> None:
    window, visit = signed

    kept = desk.records.open_visit(visit.id)
    assert kept == visit
    assert (kept.state, kept.signed_at) == ("signed", TODAY)
    assert kept.patient.name == "Ada Berg"
    assert kept.patient.date_of_birth == date(1992, 4, 30)
    assert kept.practitioner.name == "Dr Lena Hart"
    assert kept.goals.own_words == "The dents on my cheeks"
    assert [(it.concern, it.areas, it.bother) for it in kept.goals.concerns] == [
        ("acne_rolling", ("cheeks",), 7)
    ]
    assert kept.facts.phototype == 2
    assert [(it.area, it.side, it.grade) for it in kept.skin.findings] == [("cheeks", "right", 3)]
    assert kept.answers["acne"].state == "yes"
    assert [(it.code, it.zones, it.iga) for it in kept.facts.conditions] == [
        ("acne", ("chin_jaw",), 1)
    ]
    assert kept.allergy_state == "none_known"
    assert kept.plan_accepted
    assert kept.plan.first_session == datetime.fromisoformat("2026-07-06T09:00")
    assert kept.agreement.decision == "go_ahead"
    assert kept.agreement.signed_on_paper
    check_told("first visit", keyboard.pressed)
    undone = [step.id for step in STEPS if step.progress(kept) is not Progress.DONE]
    assert undone == []
    assert window.workspace is not None


def test_the_exact_handout_is_kept_with_the_record(
    signed: tuple[MainWindow, Consultation], desk: Desk
) -> None:
    _, visit = signed

    assert visit.handout is not None
    pdf = desk.records.read_handout(visit)
    assert sha256(pdf).hexdigest() == visit.handout.sha256
    words = read_pages(pdf)
    assert "Ada Berg" in words
    assert "Lumen Skin Clinic" in words
    plan = desk.judge(visit).plan
    assert plan is not None
    for moment in plan.session_dates:
        assert f"{moment.day} {moment:%B}" in words or f"{moment.day} {moment:%b}" in words


def test_a_signed_record_opens_locked(
    signed: tuple[MainWindow, Consultation], keyboard: Keyboard
) -> None:
    window, visit = signed
    keyboard.chord(Qt.Key.Key_W)
    assert window.start.isVisible()

    keyboard.write("ada")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.tab_to("Open ")
    keyboard.press(Qt.Key.Key_Space)

    assert window.workspace is not None
    workspace = window.workspace
    assert workspace.session.locked
    for number, step in enumerate(STEPS):
        keyboard.chord(Qt.Key(Qt.Key.Key_1 + number))
        assert workspace.panel.step == step.id
        for key in (Qt.Key.Key_Space, Qt.Key.Key_N, Qt.Key.Key_Y):
            focused = QApplication.focusWidget()
            if focused is not None and workspace.panel.isAncestorOf(focused):
                QTest.keyClick(focused, key)
    keyboard.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert workspace.session.visit == visit
