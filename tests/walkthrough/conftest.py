"""A clinic with one signed first visit in March, seen again in June."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
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
from consult_app.settings import Practice, Settings
from tests.sealed import Sealed

FIRST, TODAY = (datetime.fromisoformat(it) for it in ("2026-03-12T10:00", "2026-06-15T10:00"))


@pytest.fixture
def now() -> list[datetime]:
    """What the clock shows."""
    return [FIRST]


@pytest.fixture
def desk(home: Path, now: list[datetime], sealed: Sealed) -> Iterator[Desk]:
    """A clinic that is set up."""
    practice = Practice(
        clinic_name="Lumen",
        clinic_phone="1",
        practitioner_name="Dr Lena Hart",
        device_serial="SN-4411",
        device_label_max_mm=2.0,
    )
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
