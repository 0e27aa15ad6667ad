"""A clinic's numbers are set in Settings, kept as a log, and count wherever the window judges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.app import Program
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.errors import InputError
from consult_app.exchange.casefile import Case
from consult_app.gui.building import build_desk
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.limits import describe_limit, describe_range, group_of
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.theme import TARGET
from consult_app.gui.widgets.buttons import Button
from consult_app.settings import LimitChange, Practice, Settings, read_settings, save_settings
from consult_app.store.unlocking import SealedStore

LATER = LimitChange(
    limit="hsv_recent", who="Dr Hart", on=date(2026, 6, 1), before=14, after=21, reason="Careful"
)
COLD_SORE = Condition(
    code="herpes_simplex",
    status="healed",
    zones=("upper_lip",),
    date_healed=PartialDate.parse("2026-06-01"),
)


@pytest.fixture
def sheet(window: MainWindow) -> PracticeSheet:
    """The settings, on the page of the numbers, with the waits open."""
    return open_sheet(window)


def open_sheet(window: MainWindow) -> PracticeSheet:
    window.start.settings_wanted.emit()
    found = [each for each in window.findChildren(PracticeSheet) if each.isVisible()][-1]
    found.show_page("limits")
    found.limits.folds["Waits"].button.click()
    QApplication.processEvents()
    return found


def write(sheet: PracticeSheet, limit: str, text: str) -> None:
    line = sheet.limits.rows[limit].field.line
    line.selectAll()
    QTest.keyClicks(line, text)


def test_every_number_is_listed_once_with_its_reference(sheet: PracticeSheet, desk: Desk) -> None:
    for name in sheet.limits.folds:
        sheet.limits.folds[name].button.click()

    assert list(sheet.limits.folds) == list(dict.fromkeys(map(group_of, desk.pack.limits)))
    assert set(sheet.limits.rows) == {limit.id for limit in desk.pack.limits}
    for limit in desk.pack.limits:
        row = sheet.limits.rows[limit.id]
        assert row.field.value() == limit.default
        assert limit.say(limit.default) in describe_limit(limit)
        assert limit.say(limit.lowest) in describe_range(limit)
        assert limit.label in row.field.control.accessibleName()
        told = "".join(it.text() for it in row.findChildren(QLabel)).replace("\u200b", "")
        for code in limit.sources:
            assert code not in describe_limit(limit), "a code alone tells nobody anything"
            assert f"{code} {desk.pack.source_by_id[code].title}" in told


def test_controls_are_large_enough(sheet: PracticeSheet) -> None:
    row = sheet.limits.rows["hsv_recent"]
    buttons = [button for button in sheet.findChildren(Button) if button.isVisible()]
    assert row.field.line.height() >= TARGET
    assert all(min(button.width(), button.height()) >= TARGET for button in buttons)


def test_a_number_is_kept_with_who_when_and_why(
    sheet: PracticeSheet, window: MainWindow, home: Path
) -> None:
    write(sheet, "hsv_recent", "21")
    QTest.keyClicks(sheet.limits.reason.line, "Our dermatologist asks for it")
    sheet._keep()

    (kept,) = read_settings(home).changes
    assert kept.limit == "hsv_recent"
    assert (kept.who, kept.on) == ("Dr Lena Hart", date(2026, 6, 15))
    assert (kept.before, kept.after) == (14, 21)
    assert kept.reason == "Our dermatologist asks for it"
    assert window.desk.pack.changes
    again = open_sheet(window)
    assert again.limits.rows["hsv_recent"].field.value() == 21
    assert "1 changed" in again.limits.folds["Waits"].summary


def test_the_log_grows_and_a_number_goes_back_by_one_press(
    sheet: PracticeSheet, window: MainWindow, home: Path
) -> None:
    write(sheet, "hsv_recent", "21")
    sheet._keep()
    again = open_sheet(window)
    again.limits.rows["hsv_recent"].back.click()
    again._keep()

    assert [(made.before, made.after) for made in read_settings(home).changes] == [
        (14, 21),
        (21, 14),
    ]
    assert "clinic" not in window.desk.pack.version


def test_where_sources_disagree_on_care_is_told_beside_the_numbers(
    sheet: PracticeSheet, desk: Desk
) -> None:
    """Planning reference 3.3: visible to whoever may change them."""
    told = [it.text() for it in sheet.limits.notes.inside.findChildren(QLabel)]

    assert len(told) == len(desk.pack.protocol.care.remark)
    assert told[2].startswith("Exercise: 24-48 h; pen clinics 72 h. Here 24/48/72 by band. [P64 ")
    assert told[2].endswith("; introductory article]")


@pytest.mark.parametrize("text", ["7", "", "1.2.3"])
def test_a_number_outside_its_limits_is_refused_and_stays_to_be_corrected(
    sheet: PracticeSheet, home: Path, text: str
) -> None:
    line = sheet.limits.rows["hsv_recent"].field.line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, text)
    sheet._keep()

    assert sheet.isVisible()
    assert "Wait after a cold sore has healed" in sheet.notice.text()
    assert line.text() == text
    assert read_settings(home) == Settings()


def test_somebody_has_to_be_named(sheet: PracticeSheet) -> None:
    write(sheet, "hsv_recent", "21")
    sheet.limits.who.set_text(" ")
    with pytest.raises(InputError):
        sheet.limits.take_changes()
    assert sheet.limits.who.error


def test_nothing_touched_is_no_change(sheet: PracticeSheet) -> None:
    assert sheet.limits.take_changes() == ()


def test_the_open_consultation_is_judged_by_it_at_once(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    facts = replace(visit.facts, conditions=(COLD_SORE,))
    plan = replace(visit.plan, first_session=visit.started_at.replace(day=17, month=6, year=2026))
    answers = {**visit.answers, "herpes_simplex": replace(visit.answers["keloid"], state="yes")}
    window.show_visit(replace(visit, facts=facts, answers=answers, plan=plan))
    workspace = window.workspace
    assert workspace is not None
    assert "hsv_recent" not in {it.id for it in workspace.session.judgement.decision.findings}

    sheet = open_sheet(window)
    write(sheet, "hsv_recent", "21")
    sheet._keep()

    found = {it.id: it for it in workspace.session.judgement.decision.findings}
    assert found["hsv_recent"].until == date(2026, 6, 22)
    assert "clinic setting: 21 days; reference: 14 days" in found["hsv_recent"].action
    assert window.handout.desk.pack.version == window.desk.pack.version
    assert "+clinic." in window.desk.pack.version


def test_a_kept_log_counts_from_the_start_and_not_in_the_commands(
    program: Program, home: Path, store: SealedStore
) -> None:
    save_settings(home, Settings(changes=(LATER,)))
    desk, visits = build_desk(program, home, read_settings(home), store)
    try:
        assert "+clinic." in desk.pack.version
        assert "+clinic." not in program.pack.version
        assert (
            program.screen(Case(format="consult-case/1"))["content"]["version"]
            == program.pack.version
        )
    finally:
        visits.close()


def test_a_log_that_does_not_fit_is_never_passed_over(
    program: Program, home: Path, store: SealedStore
) -> None:
    wrong = replace(LATER, after=1.0)
    with pytest.raises(InputError) as caught:
        build_desk(program, home, Settings(changes=(wrong,)), store)
    assert "hsv_recent" in str(caught.value.details)


def test_settings_that_cannot_be_used_change_nothing(
    program: Program, home: Path, desk: Desk
) -> None:
    del program
    with pytest.raises(InputError):
        desk.save_settings(Settings(changes=(replace(LATER, limit="none_such"),)))
    assert read_settings(home) == Settings()


def test_the_two_pages_keep_what_was_typed(sheet: PracticeSheet) -> None:
    write(sheet, "hsv_recent", "21")
    sheet.show_page("practice")
    sheet.show_page("limits")
    assert sheet.limits.rows["hsv_recent"].field.value() == 21


def test_settings_with_changes_are_read_back(tmp_path: Path) -> None:
    chosen = Settings(practice=Practice(clinic_name="Harbour"), changes=(LATER, LATER))
    save_settings(tmp_path, chosen)
    assert read_settings(tmp_path) == chosen


def test_the_page_is_reached_by_keyboard(
    qtbot: QtBot, open_window: Callable[..., MainWindow], desk: Desk
) -> None:
    window = open_window(at=desk)
    window.start.settings_wanted.emit()
    sheet = window.findChildren(PracticeSheet)[-1]
    QTest.keyClick(sheet.pages.cell("practice"), Qt.Key.Key_Right)
    assert sheet.pages.value() == "limits"
    fold = sheet.limits.folds["Waits"]
    fold.take_focus()
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    qtbot.waitUntil(sheet.limits.rows["hsv_recent"].isVisible)
