"""A clock that stands before a signed visit is told of; a visit that is planned ahead is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.patient_words import CLOCK
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of


def test_a_signed_visit_after_today_says_that_the_clock_may_be_wrong(
    window: MainWindow, clock: Clock
) -> None:
    last = make_last(window.desk)
    window.reception.show_patient(last.patient_id)
    assert window.reception.person.notice.isHidden()

    clock.move(-200 * 86_400)
    window.reception.show_patient(last.patient_id)

    assert window.reception.person.notice.isVisible()
    assert window.reception.person.notice.text() == CLOCK


def test_an_unfinished_visit_of_a_day_to_come_is_no_sign_of_it(window: MainWindow) -> None:
    last = make_last(window.desk)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    session.take(replace(session.visit, visit_date=date(2026, 7, 1)), "visit_date")
    window.reception.show_patient(last.patient_id)
    assert window.reception.person.notice.isHidden()
