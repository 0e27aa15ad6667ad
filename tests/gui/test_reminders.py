"""What the start page says about the records: what happened, what is safe, what to do."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.custody import backups as backups_module
from consult_app.gui.custody.backups import Backups
from consult_app.gui.custody.outcomes import tell_drilled, tell_made
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.custody.reminders import find_reminders
from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.frame import Frame
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.scrolling import GUTTER
from consult_app.store.attachments import PLACE, list_files
from consult_app.store.log_end import LogEnd
from consult_app.store.replaced import Replaced, note_replaced
from consult_app.store.state import UNFINISHED_NAME
from consult_app.store.unlocking import SealedStore, open_with_key
from consult_app.store.watching import UNWATCHED
from tests.commands.conftest import break_page, damage
from tests.custody.clinic import fill
from tests.gui.conftest import Clock, room_of
from tests.gui.test_records_sheet import list_made
from tests.sealed import Sealed


@pytest.fixture
def backups(store: SealedStore, home: Path, clock: Clock) -> Backups:
    return Backups(store, home, "", clock)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every backup be away from this computer."""
    monkeypatch.setattr(backups_module, "is_apart", lambda *_: True)


def settle() -> None:
    for _ in range(9):  # a new height climbs one layout with every round
        QApplication.processEvents()


def said(store: SealedStore, backups: Backups, clock: Clock) -> str:
    return "\n".join(it.text for it in find_reminders(store, backups, clock.now.astimezone()))


@pytest.mark.usefixtures("apart")
def test_nothing_is_said_of_sound_records_with_a_fresh_backup(
    store: SealedStore, backups: Backups, clock: Clock
) -> None:
    assert said(store, backups, clock) == "", "nothing could be lost yet"
    fill(store, 1)
    backups.make()
    assert said(store, backups, clock) == ""


def test_backups_on_this_computer_alone_are_told(
    store: SealedStore, backups: Backups, clock: Clock
) -> None:
    fill(store, 1)
    backups.make()
    text = said(store, backups, clock)
    assert "No backup of these records is away from this computer" in text
    assert "Choose a folder for backups on a stick" in text


@pytest.mark.usefixtures("apart")
def test_a_backup_that_is_missing_or_a_week_old_is_told(
    store: SealedStore, backups: Backups, clock: Clock
) -> None:
    fill(store, 1)
    assert "There is no backup away from this computer yet" in said(store, backups, clock)
    backups.make()
    clock.now += timedelta(days=7, minutes=1)
    assert "is of 15 Jun 2026 10:00, more than a week ago" in said(store, backups, clock)


@pytest.mark.usefixtures("apart")
def test_a_file_that_cannot_be_read_to_its_end_is_told(
    home: Path, sealed: Sealed, clock: Clock
) -> None:
    with sealed.open(home) as store:
        fill(store, 6)
        path = store.folder / store.keys.file
    break_page(path)
    with open_with_key(home / "records", sealed.data_key) as store:
        text = said(store, Backups(store, home, "", clock), clock)
    assert "The records file is damaged." in text
    assert "restore the last backup" in text


def test_one_damaged_record_is_named_and_does_not_stop_the_others(
    store: SealedStore, backups: Backups, clock: Clock, home: Path
) -> None:
    people = fill(store, 2)
    damage(home / "records", store.keys.file)
    store.verify()
    backups.make()
    text = said(store, backups, clock)
    assert f"1 damaged: consultations {people[0].visits[0].id}" in text
    assert "The others can be read. Restore them from a backup." in text
    assert store.patients.get(people[0].patient.id)


@pytest.mark.usefixtures("apart")
def test_a_restore_that_was_cut_off_is_told_with_what_is_safe(
    home: Path, sealed: Sealed, clock: Clock
) -> None:
    folder = sealed.put(home)
    (folder / UNFINISHED_NAME).write_bytes(b"records-2.sqlite")
    (folder / "records-2.sqlite").write_bytes(b"half of something")
    with sealed.open_again(home) as store:
        text = said(store, Backups(store, home, "", clock), clock)
    assert "A restore or a change of keys was interrupted." in text
    assert "The records are those of before, complete and unchanged" in text
    assert "Start it again when you are ready" in text


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    ("end", "words"),
    [
        (
            LogEnd.UNFINISHED,
            ("in the middle of a save", "that is there is whole", "enter it again"),
        ),
        (LogEnd.DAMAGED, ("damaged on the disk", "that is there is whole", "newest backup")),
        (LogEnd.GONE, ("was taken away", "that is there is whole", "restore that if it has more")),
    ],
)
def test_saves_that_a_crash_took_along_are_told(
    store: SealedStore, backups: Backups, clock: Clock, end: LogEnd, words: tuple[str, ...]
) -> None:
    store.rows.engine.log_end = end
    text = said(store, backups, clock)
    assert [each for each in words if each not in text] == []


@pytest.mark.usefixtures("apart")
def test_an_older_copy_of_the_records_is_told_and_costs_no_backup(
    home: Path, sealed: Sealed, clock: Clock
) -> None:
    older = sealed.put(home)
    shutil.copytree(older, home / "older")
    with sealed.open_again(home) as store:
        fill(store, 1)
        ahead = Backups(store, home, "", clock).make()
    shutil.rmtree(older)
    (home / "older").rename(older)
    clock.move(3600)
    with sealed.open_again(home) as store:
        backups = Backups(store, home, "", clock)
        told = find_reminders(store, backups, clock.now.astimezone())[0]
        assert told.tone == "stop"
        assert "There is a backup with work that these records do not have." in told.text
        assert "It was made 15 Jun 2026 10:00" in told.text
        assert "no backup is removed meanwhile" in told.text
        assert "restore that backup" in told.text
        backups.make()
        assert ahead.folder.is_dir(), "the last of a day would else be the only one of it"
        assert told.text in said(store, backups, clock)


@pytest.mark.usefixtures("apart")
def test_a_restore_that_waits_and_copies_of_a_synced_folder_are_told(
    store: SealedStore, backups: Backups, clock: Clock, home: Path
) -> None:
    note_replaced(home / "records", Replaced(file="records-9.sqlite", keys=b""))
    name = "records-1 (conflicted copy 2026-11-27).sqlite"
    (home / "records" / name).write_bytes(b"another state")
    text = said(store, backups, clock)
    assert "Those they replaced are still there" in text
    assert "There are conflict copies beside the records." in text
    assert "keep the copies until you know which is complete" in text


@pytest.mark.usefixtures("apart")
def test_damage_in_the_last_backup_is_told_until_there_is_another(
    store: SealedStore, backups: Backups, clock: Clock
) -> None:
    fill(store, 1)
    made = backups.make()
    trial = {"at": clock.now.astimezone().isoformat(), "backup": made.folder.name, "damaged": 2}
    store.settings.set(backups_module.TRIAL, trial)
    text = said(store, backups, clock)
    assert "2 of the records in it are damaged" in text
    assert "The records themselves are as they were" in text
    clock.move(60)
    backups.make()
    assert said(store, backups, clock) == ""


def test_the_start_page_says_it_until_it_is_dismissed_and_leads_to_what_helps(
    frame: Frame, store: SealedStore, qtbot: QtBot
) -> None:
    fill(store, 1)
    room, listed = room_of(frame), room_of(frame).start.reminders
    frame.upkeep.remind()
    room.tasks.wait()
    qtbot.waitUntil(listed.isVisible)
    (notice,) = listed.notices
    assert "away from this computer" in notice.text()
    notice.acted.emit()
    (sheet,) = frame.findChildren(RecordsSheet)
    assert sheet.isVisible()
    notice.dismissed.emit()
    sheet.accept()
    room.tasks.wait()
    qtbot.waitUntil(lambda: not listed.isVisible())


def test_a_reminder_that_comes_late_moves_nothing_and_is_seen(
    frame: Frame, store: SealedStore, qtbot: QtBot
) -> None:
    fill(store, 16)
    room, start = room_of(frame), room_of(frame).start
    room.show_visit(room.desk.sample_visit())
    room.tasks.wait()
    start.reminders.show_all(())
    room.show_start()
    qtbot.waitUntil(lambda: start.unfinished.isVisible() and start.found.isVisible())
    settle()
    buttons = [
        it
        for it in start.findChildren(Button)
        if not it.visibleRegion().isEmpty() and not start.reminders.isAncestorOf(it)
    ]
    before = [it.mapTo(frame, it.rect().center()) for it in buttons]
    resume = next(it for it in buttons if it.words == "Resume")
    frame.upkeep.remind()
    room.tasks.wait()
    qtbot.waitUntil(start.reminders.isVisible)
    settle()

    after = [it.mapTo(frame, it.rect().center()) for it in buttons]
    assert [it.y() for it in after] == [it.y() for it in before]
    aside = {abs(now.x() - then.x()) for now, then in zip(after, before, strict=True)}
    assert max(aside) <= GUTTER, "no more than a scroll bar takes"
    assert frame.childAt(before[buttons.index(resume)]) is resume
    assert start.reminders.visibleRegion().boundingRect() == start.reminders.rect()
    assert find_end(start.reminders) == find_end(start.search.parentWidget()), "as wide as cards"


def find_end(part: QWidget | None) -> int:
    assert part is not None
    return part.mapTo(part.window(), part.rect().topRight()).x()


@pytest.mark.usefixtures("apart")
def test_a_log_that_was_taken_away_leads_to_restoring_a_backup(
    frame: Frame, store: SealedStore, backups: Backups, qtbot: QtBot
) -> None:
    fill(store, 1)
    backups.make()
    store.rows.engine.log_end = LogEnd.GONE
    room, listed = room_of(frame), room_of(frame).start.reminders
    frame.upkeep.remind()
    room.tasks.wait()
    qtbot.waitUntil(listed.isVisible)
    (notice,) = listed.notices
    assert notice.findChildren(Button)[0].words == "Restore a backup"

    notice.acted.emit()

    qtbot.waitUntil(lambda: bool(frame.findChildren(RestoreSheet)))


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("earlier", [True, False])
def test_what_was_damaged_already_when_a_backup_was_made_asks_for_an_older_one(
    home: Path, sealed: Sealed, clock: Clock, *, earlier: bool
) -> None:
    with sealed.open(home) as store:
        fill(store, 3)
        if earlier:
            damage(home / "records", store.keys.file)
        backups = Backups(store, home, "", clock)
        made = backups.make()
        if not earlier:
            # An attachment is no part of the file that a restore refuses when it is not whole.
            path = next(list_files(made.folder.parent / PLACE))
            path.write_bytes(b"spoilt")
        damages = backups.drill(made, UNWATCHED)
        text, tone = tell_drilled(damages, made)
        reminder = said(store, backups, clock)
    assert tone == "stop"
    assert f"{damages[0].table} {damages[0].id}" in text
    for told in (text, reminder):
        assert ("An older backup may have" in told) is earlier
        assert ("then make a new backup" in told) is not earlier


def test_a_backup_of_a_file_that_cannot_be_read_through_says_what_to_do_first(
    home: Path, sealed: Sealed, clock: Clock
) -> None:
    with sealed.open(home) as store:
        fill(store, 6)
        path = store.folder / store.keys.file
    break_page(path)
    with sealed.open_again(home) as store:
        made = Backups(store, home, "", clock).make()
        text, tone = tell_made(made, store.damaged())
    assert tone == "stop"
    assert "restore it before anything else is saved" in text
    assert "not what was written" in text


def test_a_restore_is_tried_out_by_itself_every_week(
    frame: Frame, store: SealedStore, qtbot: QtBot, clock: Clock, backups: Backups, home: Path
) -> None:
    frame.absence.end()  # a clock that leaps looks like a computer that slept
    fill(store, 1)

    def look() -> int:
        frame.upkeep.look()
        room_of(frame).tasks.wait()
        qtbot.wait(0)
        return sum(it.action == "restore.tried" for it in store.audit.entries())

    assert look() == 1
    clock.move(5 * 3600)
    assert look() == 1
    clock.now += timedelta(days=7)
    assert look() == 2
    trial = backups.find_trial()
    assert trial is not None
    assert (trial.at.date(), trial.damaged) == (clock.now.date(), 0)
    assert list_made(home)
    room_of(frame).run("records")
    (sheet,) = frame.findChildren(RecordsSheet)
    assert "A restore was tried out 22 Jun 2026 15:00: whole." in sheet.last.text()
