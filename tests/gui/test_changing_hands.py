"""Several practitioners share one computer; a visit is begun by the one who is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient, Practitioner
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.practice.sheet import NEW, NOW, PracticeSheet
from consult_app.gui.start.of_practice import name_practice
from consult_app.gui.widgets.labels import Label
from consult_app.settings import (
    Colleague,
    Practice,
    Settings,
    change_hands,
    practitioner_of,
    read_settings,
)
from tests.gui.touring import workspace_of

HART = Colleague(name="Dr Lena Hart", role="Doctor", registration="7000001")
ASH = Colleague(name="Robin Ashdown", role="Nurse", registration="N-12")
BELL = Colleague(name="Ines Bell", role="Nurse")
HERE = Settings(
    practice=Practice(
        clinic_name="Harbour",
        clinic_phone="020 7946 0101",
        clinic_out_of_hours="111",
        practitioner_name=HART.name,
        practitioner_role=HART.role,
        practitioner_registration=HART.registration,
    ),
    colleagues=(ASH, BELL),
)


@given(turns=st.lists(st.sampled_from([HART, ASH, BELL])))
def test_nobody_is_lost_or_doubled_however_often_hands_change(turns: list[Colleague]) -> None:
    settings = HERE
    for to in turns:
        settings = change_hands(settings, to)
        assert practitioner_of(settings) == to
        everybody = [practitioner_of(settings), *settings.colleagues]
        assert sorted(it.name for it in everybody) == sorted(it.name for it in (HART, ASH, BELL))
    assert settings.practice.clinic_name == "Harbour"


def test_who_has_no_name_any_more_leaves_the_list() -> None:
    gone = replace(HERE, practice=replace(HERE.practice, practitioner_name=" "))
    assert change_hands(gone, ASH).colleagues == (BELL,)


@pytest.fixture
def sheet(window: MainWindow) -> PracticeSheet:
    """The settings of a window where Dr Hart works, and two nurses too."""
    window._keep_settings(HERE)
    window.start.settings_wanted.emit()
    return [each for each in window.findChildren(PracticeSheet) if each.isVisible()][-1]


def _offered(sheet: PracticeSheet) -> list[str]:
    combo = sheet.hands.combo
    return [combo.itemText(number) for number in range(combo.count())]


def test_the_settings_change_hands_and_keep_what_was_typed(
    window: MainWindow, sheet: PracticeSheet
) -> None:
    assert _offered(sheet) == [HART.name, ASH.name, BELL.name, "Somebody else"]
    sheet._texts["practitioner_role"].set_text("Consultant")
    sheet.hands.edited.emit("1")
    assert sheet.hands.value() == NOW
    assert practitioner_of(sheet.settings) == BELL
    sheet.hands.edited.emit(NEW)
    assert practitioner_of(sheet.settings) == Colleague()
    assert sheet.focusWidget() is sheet._texts["practitioner_name"].control, "to be named next"
    sheet._texts["practitioner_name"].set_text("Sam Cole")
    sheet._keep()

    kept = read_settings(window.desk.home)
    assert practitioner_of(kept) == Colleague(name="Sam Cole")
    assert set(kept.colleagues) == {replace(HART, role="Consultant"), ASH, BELL}


def test_the_finder_changes_hands_and_whoever_is_there_signs(window: MainWindow) -> None:
    """A nurse signed in the doctor's name what the doctor had begun."""
    window._keep_settings(HERE)
    window.begin_visit(Patient(name="Ada North"))
    session = workspace_of(window).session
    session.set("goals.own_words", "Lines")
    window.run("hands:0")
    assert (session.visit.practitioner.name, session.visit.planned_by.name) == (ASH.name, HART.name)
    session.undo()
    assert session.visit.practitioner.name == ASH.name, "who is there is nothing to take back"
    assert HART in read_settings(window.desk.home).colleagues

    window.run("hands:1")
    assert session.visit.practitioner.name == HART.name
    assert session.visit.planned_by == Practitioner(), "who planned it is there again"
    window.show_start()
    window.begin_visit(Patient(name="Ben South"))
    assert workspace_of(window).session.visit.planned_by == Practitioner()


def test_a_case_file_is_signed_by_who_is_here_and_says_who_planned_it(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    """It was signed in the name of a practitioner who sat somewhere else."""
    window._keep_settings(HERE)
    read = desk.read_case(desk.resources / "examples" / "first-visit.json")
    planner = read.practitioner
    ready = replace(
        read,
        visit_date=desk.clock().date(),
        panel="finish",
        agreement=replace(read.agreement, decision="think"),
    )
    window.show_visit(ready)
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    line = f"Planned by {planner.name}. {HART.name} signs."
    assert line in [label.text() for label in panel.summary.findChildren(Label)]
    session = workspace_of(window).session
    assert session.visit.clinic.name == "Harbour", "the sheet says whom to call here"

    window.sign()
    qtbot.waitUntil(lambda: session.locked)
    kept = desk.records.open_visit(session.visit.id)
    assert (kept.practitioner.name, kept.planned_by) == (HART.name, planner)
    window.run("hands:0")
    assert session.visit == kept, "what is signed stays as it was signed"


def test_where_nobody_is_named_here_a_case_file_keeps_its_practitioner(desk: Desk) -> None:
    read = desk.read_case(desk.resources / "examples" / "first-visit.json")
    assert name_practice(read, Settings()) == read
    same = Practice(practitioner_name=read.practitioner.name.upper(), practitioner_role="Nurse")
    named = name_practice(read, Settings(practice=same))
    assert (named.practitioner.role, named.planned_by) == ("Nurse", Practitioner())
