"""The journal: every change durable soon, said only when it is, and a failure never hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.session import Session
from consult_app.gui.workspace import journal as module
from consult_app.gui.workspace.journal import LONGEST_MS, PAUSE_MS, Journal
from consult_app.knowledge.judgement import checking

AT = datetime.fromisoformat("2026-06-15T10:00")
VISIT = Consultation(id="v1", patient_id="p1", visit_date=date(2026, 6, 15), started_at=AT)
QUICK_PAUSE, QUICK_LONGEST = 5, 60

Done = Callable[[datetime], None]
Failed = Callable[[Exception], None]


class Disk:
    """Takes drafts and says how they fared when the test lets it."""

    def __init__(self) -> None:
        self.taken: list[Consultation] = []
        self.waiting: list[tuple[Done, Failed]] = []

    def keep_draft(self, visit: Consultation, done: Done, failed: Failed) -> None:
        """Take a draft."""
        self.taken.append(visit)
        self.waiting.append((done, failed))

    def succeed(self) -> None:
        """Say that the oldest draft waiting is durable."""
        self.waiting.pop(0)[0](AT)

    def fail(self, error: Exception) -> None:
        """Say that the oldest draft waiting could not be saved."""
        self.waiting.pop(0)[1](error)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def session(qapp: object) -> Session:
    del qapp
    return Session(VISIT, lambda _: checking(), lambda: AT)


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch, session: Session, disk: Disk) -> Journal:
    monkeypatch.setattr(module, "PAUSE_MS", QUICK_PAUSE)
    monkeypatch.setattr(module, "LONGEST_MS", QUICK_LONGEST)
    return Journal(session, disk)  # type: ignore[arg-type] # keeps drafts, which is all that is asked


def test_a_change_waits_short_enough_to_be_durable_within_two_seconds() -> None:
    assert PAUSE_MS <= LONGEST_MS <= 1500


def test_a_change_is_handed_over_after_a_moment_of_quiet(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    with qtbot.waitSignal(journal.saving):
        session.set("goals.own_words", "Scars")
    assert disk.taken == [], "not with every key"

    qtbot.waitUntil(lambda: len(disk.taken) == 1)
    assert disk.taken[0].goals.own_words == "Scars"


def test_somebody_who_never_stops_typing_is_saved_all_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, session: Session, disk: Disk
) -> None:
    monkeypatch.setattr(module, "PAUSE_MS", 60_000)
    monkeypatch.setattr(module, "LONGEST_MS", 20)
    journal = Journal(session, disk)  # type: ignore[arg-type] # as above

    session.set("goals.own_words", "S")
    session.set("goals.own_words", "Sc")

    qtbot.waitUntil(lambda: len(disk.taken) == 1)
    assert disk.taken[0].goals.own_words == "Sc"
    assert journal is not None


def test_saved_is_said_only_when_it_is_durable(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    said: list[datetime] = []
    journal.saved.connect(said.append)
    session.set("goals.own_words", "Scars")
    journal.save_now()
    assert said == []

    disk.succeed()

    qtbot.waitUntil(lambda: said == [AT])


def test_saved_is_not_said_while_a_later_change_waits(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    said: list[datetime] = []
    journal.saved.connect(said.append)
    session.set("goals.own_words", "Scars")
    journal.save_now()
    session.set("goals.own_words", "Scars and lines")

    disk.succeed()
    qtbot.waitUntil(lambda: len(disk.taken) == 2)
    assert said == [], "the first save does not hold the second change"

    disk.succeed()
    qtbot.waitUntil(lambda: said == [AT])


def test_a_failure_is_told_and_the_next_change_tries_again(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    said: list[datetime] = []
    journal.saved.connect(said.append)
    session.set("goals.own_words", "Scars")
    journal.save_now()
    error = ConsultError("The disk is full", "Free some space.")
    with qtbot.waitSignal(journal.failed) as told:
        disk.fail(error)
    assert told.args == [error]
    assert session.visit.goals.own_words == "Scars"

    session.set("goals.own_words", "Scars and lines")
    qtbot.waitUntil(lambda: len(disk.taken) == 2)
    disk.succeed()

    qtbot.waitUntil(lambda: said == [AT])


def test_an_answer_after_closing_is_not_heard(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    """It comes on the records' own thread, where the window's parts may be gone already."""
    session.set("goals.own_words", "Scars")
    journal.save_now()
    journal.close()

    with qtbot.assertNotEmitted(journal.saved), qtbot.assertNotEmitted(journal.failed):
        disk.succeed()
        QApplication.processEvents()


def test_a_signed_record_is_never_saved_as_a_draft(
    session: Session, journal: Journal, disk: Disk
) -> None:
    session.lock(replace(VISIT, state="signed"))
    journal.save_now()

    assert disk.taken == []


def test_a_record_that_was_signed_is_said_to_be_saved(
    journal: Journal, session: Session, disk: Disk, qtbot: QtBot
) -> None:
    """Its last draft had failed, and the footer of the locked record went on saying so."""
    told: list[object] = []
    journal.saved.connect(told.append)
    journal.failed.connect(told.append)
    session.set("goals.own_words", "Scars")
    journal.save_now()
    disk.fail(OSError("full"))
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[-1], OSError)

    session.lock(replace(session.visit, state="signed", signed_at=AT))
    assert told[-1] == AT


def test_a_change_waiting_when_the_record_is_signed_is_not_saved_afterwards(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    session.set("goals.own_words", "Scars")
    session.lock(replace(session.visit, state="signed"))
    timers = journal.findChildren(QTimer)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

    assert timers
    assert disk.taken == []


@pytest.mark.usefixtures("journal")
def test_what_is_no_value_yet_is_saved_without_a_word_wherever_it_was_typed(
    qtbot: QtBot, session: Session, disk: Disk
) -> None:
    """Half a birth date in the patient's details was kept with the next change only."""
    session.stay(unread={"details:Date of birth": "12.3"})

    qtbot.waitUntil(lambda: len(disk.taken) == 1)
    assert disk.taken[0].unread == {"details:Date of birth": "12.3"}


def test_what_is_noted_while_a_draft_is_handed_over_goes_along(
    qtbot: QtBot, session: Session, journal: Journal, disk: Disk
) -> None:
    journal.handing_over.connect(lambda: session.stay(unread={"goals:Event": "1.1"}))
    session.set("goals.own_words", "Scars")
    qtbot.waitUntil(lambda: len(disk.taken) == 1)
    assert disk.taken[0].unread == {"goals:Event": "1.1"}

    qtbot.wait(4 * QUICK_PAUSE)
    assert len(disk.taken) == 1, "not once more"
