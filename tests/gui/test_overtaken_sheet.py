"""A sheet that was kept says what was signed since that it did not know, before it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.treatment import Review, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_newer
from consult_app.gui.handout.overtaken import (
    AGAINST,
    NEWER,
    NOT_DONE,
    REPLACED,
    UNREAD,
    tell_overtaken,
)
from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.waiting import OVERTAKEN
from consult_app.gui.phrases import write_day
from consult_app.gui.workspace.overtaking import find_overtaking
from consult_app.handout.sheet import Sheet
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over, show
from tests.gui.test_patient_view import words_in
from tests.gui.test_return_faults import begin

DAY = 24 * 3600
SINCE: dict[str, dict[str, Any]] = {
    REPLACED: {"kind": "consultation"},
    AGAINST: {"kind": "review", "review": Review(decision="stop")},
    NOT_DONE: {"kind": "treatment", "treatment": Treatment(treated=False)},
    NEWER: {"kind": "treatment", "treatment": Treatment(treated=True)},
    "": {"kind": "review", "review": Review(decision="continue")},
}


def sign_later(desk: Desk, clock: Clock, last: Consultation, told: str) -> None:
    """Sign what says so a week after a consultation."""
    clock.move(7 * DAY)
    said = {**SINCE[told]}
    kind = said.pop("kind")
    if kind == "consultation":
        patient = desk.patients.open(last.patient_id)
        later = desk.begin_again(desk.settings, patient, last.id)
    else:
        later = begin(desk, kind, last)
    later = replace(later, **said, id="later", state="signed", signed_at=desk.clock())
    sheet = desk.records.read_handout(last) if told == NEWER else None
    desk.records.sign(later, sheet, 2 if sheet else 0)


@pytest.fixture
def signed(desk: Desk) -> Consultation:
    """A consultation that was signed with its sheet, which took a second to be made."""
    given = hand_over(desk, 0)
    sheet = desk.records.read_handout(given)
    pressed = desk.clock() - timedelta(seconds=1)
    return desk.records.sign(replace(given, id="first", signed_at=pressed), sheet, 2)


def test_of_a_record_that_was_just_signed_it_says_nothing(
    window: MainWindow, qtbot: QtBot, signed: Consultation
) -> None:
    """Its own signature came after the moment at which signing was pressed."""
    window.open_visit(signed.id)

    show(window, qtbot)

    assert window.preview.moved.text() == ""
    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)
    assert OVERTAKEN not in words_in(view)


@pytest.mark.parametrize("before", ["", AGAINST, NEWER])
def test_one_that_cannot_be_read_is_told_after_what_the_others_say(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation, before: str
) -> None:
    """It was told in the place of a review that says to stop, and of a newer sheet."""
    sign_later(desk, clock, signed, before)
    said = before.format(day=write_day(desk.clock().date()))
    clock.move(7 * DAY)
    lost = replace(begin(desk, "review", signed), id="lost", review=Review(decision="continue"))
    desk.records.sign(replace(lost, state="signed", signed_at=desk.clock()), None, 0)
    read = desk.records.open_visit

    def fail(name: str) -> Consultation:
        if name == "lost":
            raise ConsultError("It is damaged", "Restore a backup.")
        return read(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window.desk.records, "open_visit", fail)
        told = tell_overtaken(window.desk, signed, signed)

    unread = UNREAD.format(day=write_day(desk.clock().date()))
    assert told == " ".join(filter(None, (said, unread)))


@pytest.mark.parametrize("told", list(SINCE))
def test_it_stands_above_the_pages_before_they_are_printed(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, signed: Consultation, told: str
) -> None:
    """A keloid found since, a review to stop: every date was printed anew with no word."""
    sign_later(desk, clock, signed, told)
    day = write_day(desk.clock().date())
    window.open_visit(signed.id)

    given = list[Sheet]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window.handout, "_choose_printer", given.append)
        show(window, qtbot, "print" if told else "show")

    assert given == [], "it is seen before it is printed"
    assert window.preview.moved.text() == told.format(day=day)


@pytest.mark.parametrize("told", list(SINCE))
def test_the_patient_is_not_shown_it_as_what_holds(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, signed: Consultation, told: str
) -> None:
    sign_later(desk, clock, signed, told)
    window.open_visit(signed.id)

    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)

    assert (OVERTAKEN in words_in(view)) == bool(told)


def test_what_was_known_before_it_says_nothing(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    before = begin(desk, "review", signed)
    stop = replace(before, review=Review(decision="stop"), state="signed")
    desk.records.sign(stop, None, 0)
    clock.move(DAY)
    sheet = desk.records.read_handout(signed)
    signed = desk.records.sign(replace(signed, id="after"), sheet, 2)
    window.open_visit(signed.id)

    show(window, qtbot)

    assert window.preview.moved.text() == ""


def treat_with_sheet(desk: Desk, last: Consultation) -> Consultation:
    """Keep a treatment of today with a sheet of its own."""
    begun = replace(begin(desk, "treatment", last), treatment=Treatment(treated=True))
    return desk.records.sign(replace(begun, state="signed"), desk.records.read_handout(last), 2)


def test_a_clock_that_was_set_back_hides_nothing(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """A review was begun from the consultation that it follows."""
    clock.move(-2 * DAY)
    stop = replace(begin(desk, "review", signed), review=Review(decision="stop"), state="signed")
    desk.records.sign(stop, None, 0)
    window.open_visit(signed.id)

    show(window, qtbot)

    assert window.preview.moved.text() == AGAINST.format(day=write_day(stop.visit_date))


def test_what_follows_it_came_after_it_also_by_the_clock_of_another_place(
    desk: Desk, clock: Clock, store: SealedStore, signed: Consultation
) -> None:
    stop = replace(begin(desk, "review", signed), review=Review(decision="stop"), state="signed")
    at = (clock() - timedelta(days=2)).astimezone()
    document = record.write(replace(stop, signed_at=at.replace(tzinfo=None)), full=True)
    store.consultations.take_in(stop.id, document, at, clock().astimezone(), came=True)

    assert tell_overtaken(desk, signed, signed) == AGAINST.format(day=write_day(stop.visit_date))


def test_an_older_one_that_is_written_here_later_is_none(
    window: MainWindow,
    qtbot: QtBot,
    desk: Desk,
    clock: Clock,
    store: SealedStore,
    signed: Consultation,
) -> None:
    """Records of another computer come in any order; the sheet at hand is the newest still."""
    told = treat_with_sheet(desk, signed)
    older = replace(told, id="older", visit_date=told.visit_date - timedelta(days=7))
    at = (clock() - timedelta(days=7)).astimezone()
    document = record.write(replace(older, signed_at=at.replace(tzinfo=None)), full=True)
    store.consultations.take_in("older", document, at, clock().astimezone(), came=True)
    window.open_visit(told.id)

    show(window, qtbot)

    assert window.preview.moved.text() == ""


def test_a_review_of_an_earlier_day_that_was_signed_since_may_say_to_stop(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """The box refused a treatment by it, and the sheet was shown as what holds."""
    clock.move(14 * DAY)
    seen = replace(begin(desk, "review", signed), id="seen", state="signed")
    seen = replace(seen, review=Review(decision="continue"), signed_at=desk.clock())
    desk.records.sign(seen, None, 0)
    clock.move(60)
    day = seen.visit_date - timedelta(days=5)
    late = replace(seen, id="late", visit_date=day, review=Review(decision="stop"))
    desk.records.sign(replace(late, signed_at=desk.clock()), None, 0)

    told = tell_overtaken(window.desk, signed, signed)

    assert told == AGAINST.format(day=write_day(day))


def test_one_of_before_that_was_signed_before_says_nothing_beside_the_last_one(
    window: MainWindow, desk: Desk, clock: Clock, signed: Consultation
) -> None:
    sign_later(desk, clock, signed, AGAINST)
    clock.move(7 * DAY)
    seen = replace(begin(desk, "review", signed), id="seen", state="signed")
    seen = replace(seen, review=Review(decision="continue"), signed_at=desk.clock())
    desk.records.sign(seen, None, 0)

    assert tell_overtaken(window.desk, signed, signed) == ""


SINCE_TREATED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("treatment", {"treatment": Treatment(treated=False, absent=True)}),
    ("review", {"review": Review(decision="stop")}),
    ("review", {"review": Review(decision="continue")}),
)


@pytest.mark.parametrize("since", SINCE_TREATED)
def test_beside_a_treatment_the_patient_is_not_shown_what_does_not_hold(
    window: MainWindow,
    qtbot: QtBot,
    desk: Desk,
    clock: Clock,
    signed: Consultation,
    since: tuple[str, dict[str, Any]],
) -> None:
    """Its sheet told it, and its patient view had every old visit as it stood."""
    begun = begin(desk, "treatment", signed)
    first = replace(begun, treatment=Treatment(treated=True), state="signed")
    first = desk.records.sign(first, None, 0)
    clock.move(28 * DAY)
    kind, said = since
    later = replace(begin(desk, kind, signed), **said, id="later", state="signed")
    desk.records.sign(later, None, 0)
    window.open_visit(first.id)

    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)

    goes_on = said.get("review") == Review(decision="continue")
    assert (OVERTAKEN in words_in(view)) != goes_on


def test_a_sheet_of_an_earlier_treatment_is_none_to_hand_over_instead(
    desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """A treatment that was signed late had the older sheet called the newer one."""
    told = treat_with_sheet(desk, signed)
    clock.move(86400)
    older = replace(told, id="late", visit_date=told.visit_date - timedelta(days=2))
    desk.records.sign(older, None, 0)
    assert tell_overtaken(desk, told, told) == ""


def test_an_older_treatment_is_not_held_against_the_sheet_of_a_later_one(
    desk: Desk, signed: Consultation
) -> None:
    """Its record called the dates of the sheet at home wrong, which holds."""
    told = treat_with_sheet(desk, signed)
    first = replace(told, id="first", handout=None, visit_date=told.visit_date - timedelta(days=28))
    assert find_newer(desk, first) is None
    after = replace(first, visit_date=told.visit_date + timedelta(days=28), state="draft")
    newer = find_newer(desk, after)
    assert newer is not None
    assert newer.id == told.id


def test_one_that_was_entered_late_is_replaced_by_the_later_one_all_the_same(
    desk: Desk, clock: Clock, signed: Consultation
) -> None:
    """Every treatment by it was refused, and its sheet was shown without a word."""
    clock.move(DAY)
    day = signed.visit_date - timedelta(days=9)
    late = replace(signed, id="late", visit_date=day, signed_at=desk.clock(), handout=None)
    late = desk.records.sign(late, None, 0)
    assert tell_overtaken(desk, late, late) == REPLACED.format(day=write_day(signed.visit_date))
    assert tell_overtaken(desk, signed, signed) == ""


def test_none_is_replaced_by_one_of_before_that_it_is_dated_back_to(
    desk: Desk, signed: Consultation
) -> None:
    """A treatment dated before its consultation was told that an older one is later."""
    before = replace(signed, id="before", visit_date=signed.visit_date - timedelta(days=90))
    desk.records.sign(replace(before, handout=None), None, 0)
    listed = desk.patients.list_visits(signed.patient_id)
    assert find_overtaking(desk, signed, listed, signed.visit_date - timedelta(days=5)) is None


@pytest.mark.parametrize(("told", "found"), [("isotretinoin", True), ("", False)])
def test_it_says_that_a_consultation_signed_late_rules_out_a_day_on_it(
    desk: Desk, clock: Clock, signed: Consultation, told: str, *, found: bool
) -> None:
    """The list said so of the first visit, and the sheet went on to promise it."""
    clock.move(DAY)
    day = signed.visit_date - timedelta(days=7)
    taken = Medication(code="isotretinoin", status="current")
    facts = replace(signed.facts, medications=(taken,) if told else ())
    answers = {**signed.answers, "isotretinoin": Answer(state="yes" if told else "no")}
    late = replace(signed, id="late", visit_date=day, facts=facts, answers=answers)
    desk.records.sign(replace(late, handout=None, signed_at=desk.clock()), None, 0)

    words = tell_overtaken(desk, signed, signed)

    assert ("which is on this sheet" in words) is found
    assert (write_day(day) in words) is found
