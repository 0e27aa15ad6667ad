"""Several practitioners share one computer; a visit is begun by the one who is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice import NEW, NOW, PracticeSheet
from consult_app.settings import (
    Colleague,
    Practice,
    Settings,
    change_hands,
    practitioner_of,
    read_settings,
)

HART = Colleague(name="Dr Lena Hart", role="Doctor", registration="7000001")
ASH = Colleague(name="Robin Ashdown", role="Nurse", registration="N-12")
BELL = Colleague(name="Ines Bell", role="Nurse")
HERE = Settings(
    practice=Practice(
        clinic_name="Harbour",
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


def test_the_finder_changes_hands_and_the_next_visit_is_theirs(window: MainWindow) -> None:
    window._keep_settings(HERE)
    window.begin_visit(Patient(name="Ada North"))
    assert window.workspace is not None
    first = window.workspace.session.visit
    window.run("hands:0")
    assert window.workspace.session.visit.practitioner == first.practitioner
    window.show_start()
    window.begin_visit(Patient(name="Ben South"))
    assert window.workspace.session.visit.practitioner.name == ASH.name
    assert first.practitioner.name == HART.name
    assert HART in read_settings(window.desk.home).colleagues
