"""A return visit by keyboard alone: what still holds takes one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from consult_app.app import Program
from consult_app.domain.consultation import (
    Agreement,
    Answer,
    ConcernWish,
    Consultation,
    Goals,
    SkinAssessment,
)
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import Target
from consult_app.gui.building import build_desk
from consult_app.gui.desk import Desk
from consult_app.gui.fonts import load_fonts
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace import Workspace
from consult_app.knowledge.locking import find_obstacles
from consult_app.settings import Practice, Settings
from tests.sealed import Sealed
from tests.walkthrough.keyboard import Keyboard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

FIRST, TODAY = (datetime.fromisoformat(it) for it in ("2026-03-12T10:00", "2026-06-15T10:00"))
FOUR_MINUTES = 240
"""Keys in four minutes at one a second."""


@pytest.fixture
def now() -> list[datetime]:
    """What the clock shows."""
    return [FIRST]


@pytest.fixture
def desk(home: Path, now: list[datetime], sealed: Sealed) -> Iterator[Desk]:
    """A clinic that is set up."""
    practice = Practice(clinic_name="Lumen", clinic_phone="1", practitioner_name="Dr Lena Hart")
    store = sealed.open(home)
    program = Program(clock=lambda: now[0])
    desk, visits = build_desk(program, home, Settings(practice=practice), store)
    yield desk
    visits.close()


@pytest.fixture
def first(desk: Desk, now: list[datetime]) -> Consultation:
    """The signed first visit of a patient with cold sores, in March."""
    patient = Patient(name="Ada Berg", date_of_birth=date(1992, 4, 30))
    visit = desk.begin_visit(desk.settings, patient)
    asked = [it.id for it in desk.pack.questions if it.step in {"safety", "skin"}]
    answers = {**dict.fromkeys(asked, Answer(state="no")), "herpes_simplex": Answer(state="yes")}
    sore = Condition(
        code="herpes_simplex", status="healed", zones=("perioral",), date_healed=PartialDate(2024)
    )
    visit = replace(
        visit,
        goals=Goals(
            own_words="The dents on my cheeks",
            concerns=(ConcernWish(concern="acne_rolling", areas=("cheeks",), bother=7),),
            first="acne_rolling",
            whose_wish="own",
        ),
        skin=SkinAssessment(phototype_seen=2, skin_type="oily"),
        allergy_state="none_known",
        answers=answers,
        facts=replace(visit.facts, phototype=2, conditions=(sore,)),
        plan=replace(
            visit.plan,
            primary_concern="acne_rolling",
            targets=(Target(area="cheeks", concern="acne_rolling"),),
            first_session=datetime.fromisoformat("2026-04-06T09:00"),
        ),
        agreement=Agreement(decision="go_ahead"),
        state="signed",
        signed_at=FIRST,
    )
    signed = desk.records.sign(visit, b"%PDF-", 2)
    now[0] = TODAY
    return signed


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, desk: Desk, first: Consultation) -> MainWindow:
    """The window on its start page, three months later."""
    assert first.state == "signed"
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


def begin(keyboard: Keyboard, window: MainWindow, qtbot: QtBot) -> Workspace:
    """Find the patient and begin the return visit."""
    keyboard.write("ada")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Space)
    assert window.workspace is not None
    workspace = window.workspace
    qtbot.waitUntil(lambda: any(it.hasFocus() for it in workspace.findChildren(QWidget)))
    return workspace


def ask_again(keyboard: Keyboard, workspace: Workspace) -> None:
    """Hold = until everything that was asked last time is re-confirmed."""
    keyboard.chord(Qt.Key.Key_3)
    questions = [q.id for q in workspace.panel.desk.pack.questions if q.step == "safety"]
    for _ in range(len(questions) + 1):
        keyboard.press(Qt.Key.Key_Equal)
    said = workspace.session.visit.answers
    assert [item for item in questions if item not in said] == []


def test_a_return_visit_takes_four_minutes_and_no_mouse(
    window: MainWindow, desk: Desk, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    workspace = begin(keyboard, window, qtbot)
    session = workspace.session
    assert session.visit.answers == {}
    assert session.visit.allergy_state is None
    assert session.judgement.decision.blocks_treatment, "nothing of last time counts by itself"

    keyboard.chord(Qt.Key.Key_Equal)  # goals as last visit
    keyboard.tab_to("Bother")
    keyboard.write("4")
    keyboard.chord(Qt.Key.Key_2)
    keyboard.chord(Qt.Key.Key_Equal)
    ask_again(keyboard, workspace)
    keyboard.chord(Qt.Key.Key_4)
    keyboard.chord(Qt.Key.Key_Equal)
    keyboard.tab_to("First visit")
    keyboard.write("6.7.2026")
    keyboard.chord(Qt.Key.Key_Return)
    keyboard.chord(Qt.Key.Key_5)
    keyboard.tab_to("Discussed with the patient")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.chord(Qt.Key.Key_6)
    keyboard.tab_to("Decision: Go ahead")
    keyboard.press(Qt.Key.Key_Space)
    assert find_obstacles(session.visit, session.judgement, desk.pack) == ()
    keyboard.chord(Qt.Key.Key_7)
    keyboard.chord(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.locked, timeout=20_000)

    kept = desk.records.open_visit(session.visit.id)
    assert kept.follows == first.id
    assert kept.goals.concerns[0].bother == 4
    assert kept.answers["herpes_simplex"] == Answer(state="yes", reconfirmed=True)
    assert kept.answers["breastfeeding"] == Answer(state="no", reconfirmed=True)
    assert kept.facts.conditions == first.facts.conditions
    assert kept.allergy_state == "none_known"
    assert keyboard.pressed < FOUR_MINUTES


def test_a_group_is_re_confirmed_at_once_but_for_its_stop_questions(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    session = begin(keyboard, window, qtbot).session
    keyboard.chord(Qt.Key.Key_3)

    keyboard.chord(Qt.Key.Key_Equal)

    said = session.visit.answers
    assert said["breastfeeding"] == Answer(state="no", bulk=True, reconfirmed=True)
    assert not set(said) & desk.pack.stop_items, "each of them is asked for itself"
    session.undo()
    assert session.visit.answers == {}


def test_what_changed_is_shown_beside_the_last_visit(
    window: MainWindow, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    session = begin(keyboard, window, qtbot).session
    keyboard.chord(Qt.Key.Key_Equal)
    session.answer("pregnancy", "yes")
    wish = replace(first.goals.concerns[0], bother=4)
    session.set("goals.concerns", (wish,))

    keyboard.chord(Qt.Key.Key_D)

    (sheet,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    words = [it.text() for it in sheet.findChildren(Label)]
    for expected in ("12 Mar 2026", "15 Jun 2026", "7 of 10", "4 of 10", "Pregnancy", "No", "Yes"):
        assert expected in words
    sheet.close()
