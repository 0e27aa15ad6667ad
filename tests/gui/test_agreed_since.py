"""The day that a review agreed is held against that of the next visit on a kept sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.handout import overtaken
from consult_app.gui.handout.overtaken import AGREED, NEWER, PATCH, tell_overtaken
from consult_app.gui.main_window import MainWindow
from consult_app.gui.phrases import write_day
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over, show
from tests.gui.test_return_faults import begin

DAY = 24 * 3600


@pytest.fixture
def signed(desk: Desk) -> Consultation:
    """A consultation that was signed with its sheet."""
    return hand_over(desk, 0)


@pytest.mark.parametrize("planned", [True, False])
def test_another_day_that_a_review_agreed_is_told(
    window: MainWindow,
    qtbot: QtBot,
    desk: Desk,
    clock: Clock,
    signed: Consultation,
    *,
    planned: bool,
) -> None:
    """The sheet named the planned visit, Follow-ups due the day that was agreed since."""
    plan = desk.judge(signed).plan
    assert plan is not None
    second = plan.session_dates[1].date()
    agreed = second if planned else second + timedelta(days=40)
    clock.move(7 * DAY)
    seen = Review(decision="continue", next_date=agreed, next_visit="treatment")
    review = replace(begin(desk, "review", signed), review=seen, state="signed")
    desk.records.sign(review, None, 0)
    window.open_visit(signed.id)

    show(window, qtbot)

    told = AGREED.format(day=write_day(review.visit_date), agreed=write_day(agreed))
    assert window.preview.moved.text() == ("" if planned else told)


def do_visit(desk: Desk, last: Consultation, name: str, *, own: bool = True) -> Consultation:
    """Sign a treatment of today, done by a plan; with a sheet of its own or none."""
    begun = begin(desk, "treatment", last)
    needled = replace(begun.treatment or Treatment(), treated=True)
    done = replace(begun, treatment=needled, id=name, state="signed", signed_at=desk.clock())
    sheet = desk.records.read_handout(last) if own else None
    return desk.records.sign(done, sheet, 2 if sheet else 0)


def agree(
    desk: Desk,
    last: Consultation,
    day: date,
    name: str = "seen",
    what: Literal["treatment", "review", "test_patch"] = "treatment",
) -> Consultation:
    """Sign a review of today that has the next visit on a day."""
    seen = Review(decision="continue", next_date=day, next_visit=what)
    review = replace(begin(desk, "review", last), id=name, review=seen, state="signed")
    return desk.records.sign(replace(review, signed_at=desk.clock()), None, 0)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("visits_on", [1, 2])
def test_the_day_agreed_is_held_against_that_of_the_next_visit(
    window: MainWindow,
    desk: Desk,
    clock: Clock,
    signed: Consultation,
    visits_on: int,
    *,
    own: bool,
) -> None:
    """Put off by just one interval it stood on the sheet, as the day of the visit after that."""
    plan = desk.judge(signed).plan
    assert plan is not None
    agreed = plan.session_dates[visits_on].date()
    clock.move(60)
    first = do_visit(desk, signed, "first treatment", own=own)
    clock.move(14 * DAY)
    day = agree(desk, signed, agreed).visit_date

    kept = first if own else signed
    told = AGREED.format(day=write_day(day), agreed=write_day(agreed))
    assert tell_overtaken(window.desk, kept, kept) == ("" if visits_on == 1 else told)


def test_a_check_up_that_was_agreed_since_leaves_the_day_of_the_treatment(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """Nor does a date of the old year, which nobody agreed to, stand in its place."""
    clock.move(7 * DAY)
    agreed = desk.clock().date() + timedelta(days=60)
    day = agree(desk, signed, agreed).visit_date
    clock.move(7 * DAY)
    agree(desk, signed, desk.clock().date() + timedelta(days=7), "check-up", "review")
    clock.move(DAY)
    agree(desk, signed, desk.clock().date() - timedelta(days=350), "old year")

    told = AGREED.format(day=write_day(day), agreed=write_day(agreed))
    assert tell_overtaken(window.desk, signed, signed) == told


@pytest.mark.parametrize("known", [True, False])
def test_a_test_patch_that_was_agreed_is_told_as_one(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation, *, known: bool
) -> None:
    """It was told as the day of the next visit, also where the sheet has that very patch."""
    clock.move(DAY)
    agreed = desk.clock().date() + timedelta(days=6)
    review = agree(desk, signed, agreed, what="test_patch")
    plan = desk.judge(signed).plan
    assert plan is not None
    held = replace(plan, test_patch_date=agreed if known else None)

    with pytest.MonkeyPatch.context() as swapped:
        swapped.setattr(overtaken, "read_kept", lambda *_: held)
        told = tell_overtaken(window.desk, signed, signed)

    new = PATCH.format(day=write_day(review.visit_date), agreed=write_day(agreed))
    assert told == ("" if known else new)


@pytest.mark.parametrize("since", ["own sheet", "by the plan", "did not come"])
def test_a_treatment_since_takes_the_place_of_the_day_agreed(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation, since: str
) -> None:
    """A day gone by was told for the next visit, and the sheet to hand over was not named."""
    plan = desk.judge(signed).plan
    assert plan is not None
    clock.move(60)
    do_visit(desk, signed, "first treatment", own=False)
    clock.move(14 * DAY)
    agreed = plan.session_dates[1].date() + timedelta(days=5)
    told = AGREED.format(
        day=write_day(agree(desk, signed, agreed).visit_date), agreed=write_day(agreed)
    )
    absent = since == "did not come"
    clock.move(((agreed - desk.clock().date()).days - (2 if absent else 0)) * DAY)
    if absent:
        begun = replace(begin(desk, "treatment", signed), id="away", state="signed")
        away = replace(begun, treatment=Treatment(treated=False, absent=True))
        desk.records.sign(replace(away, signed_at=desk.clock()), None, 0)
    else:
        do_visit(desk, signed, "second treatment", own=since == "own sheet")

    newer = NEWER.format(day=write_day(agreed))
    wanted = {"own sheet": newer, "by the plan": "", "did not come": told}
    assert tell_overtaken(window.desk, signed, signed) == wanted[since]


def test_after_the_last_visit_its_own_sheet_has_none_that_was_agreed_since(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """It was read as if it had as many visits from its day on as the whole plan."""
    plan = desk.judge(signed).plan
    assert plan is not None
    gap = plan.session_dates[1] - plan.session_dates[0]
    for number in range(len(plan.session_dates)):
        last = do_visit(desk, signed, f"treatment {number}")
        clock.move(gap.days * DAY)
    clock.move(-7 * DAY)
    agreed = last.visit_date + gap
    day = agree(desk, signed, agreed).visit_date

    told = AGREED.format(day=write_day(day), agreed=write_day(agreed))
    assert tell_overtaken(window.desk, last, last) == told
