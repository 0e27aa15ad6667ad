"""What was needled here counts by its day, in whatever order it was entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.conftest import Clock
from tests.gui.test_needled_before import CHEEKS, WEEK, find_waits, treat
from tests.gui.touring import make_last, workspace_of


def test_what_was_not_signed_yet_hides_no_later_treatment(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Unfinished records stand first in the list, so the older one passed for the last."""
    last = make_last(desk)
    old = replace(
        desk.begin_after("treatment", desk.settings, desk.patients.open(last.patient_id), last, 0),
        treatment=Treatment(treated=True, areas=(CHEEKS,)),
    )
    desk.records.keep_draft(old, lambda _: None, lambda error: pytest.fail(str(error)))
    desk.records.finish_writing()
    clock.move(6 * WEEK)
    treat(desk, last, CHEEKS)
    clock.move(WEEK)
    window.open_visit(last.id)

    window.run("treatment")

    (known,) = workspace_of(window).session.visit.needled
    assert known.date == PartialDate(2026, 7, 27)
    assert find_waits(window) == [date(2026, 8, 24)]


def test_a_return_visit_that_is_dated_back_has_done_nothing_after_its_day(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """What it had taken from the records stayed, and it could not be checked any more."""
    last = make_last(desk)
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    assert session.visit.facts.procedures

    session.set("visit_date", date(2026, 6, 1))

    assert session.visit.facts.procedures == ()
    assert session.judgement.screening is not None
