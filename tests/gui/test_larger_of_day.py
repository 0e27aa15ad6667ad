"""The sheet of a treatment's own day is handed again in large print, as any other is."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from consult_app.gui.desk import Desk
from consult_app.gui.handout.larger import find_again
from consult_app.gui.handout.of_day import recall_anew
from consult_app.gui.main_window import MainWindow
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import treat
from tests.gui.test_larger import DAY, Seen, seen
from tests.gui.test_return_faults import begin

__all__ = ["seen"]


def test_the_sheet_of_a_treatments_own_day_has_it_too(
    window: MainWindow, seen: Seen, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    """Only that of a consultation had."""
    session = treat(window, desk)
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)
    kept = desk.records.read_handout(session.visit)
    clock.move(3 * DAY)
    assert seen.show(session.visit).pdf == kept
    assert window.preview.larger.isVisible()

    large = seen.toggle()

    assert large.large
    ordinary = recall_anew(desk, session.visit)
    assert ordinary is not None
    assert large.dates == desk.make_sheet(ordinary).dates
    assert "10 am on Monday 15 June 2026" in large.text.replace("\xa0", " ")
    assert seen.toggle().pdf == kept
    clock.move(4 * 7 * DAY)
    assert seen.show(begin(desk, "treatment", session.last or session.visit)).pdf == kept
    assert seen.toggle().text == large.text, "days later, and beside another treatment"


def test_a_treatments_sheet_that_would_say_another_thing_is_not_made_anew(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    session = treat(window, desk)
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)
    kept = desk.records.read_handout(session.visit)
    assert find_again(desk, session.visit, kept) is not None
    clinic = replace(session.visit.clinic, phone="01632 960001")

    assert find_again(desk, replace(session.visit, clinic=clinic), kept) is None
    assert find_again(desk, replace(session.visit, follows="gone"), kept) is None
