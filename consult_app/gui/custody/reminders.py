"""What the start page says about the records: work that was cut off, damage, missing backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from consult_app.custody.choosing import RESTORED
from consult_app.errors import ConsultError
from consult_app.gui.custody.backups import Backups, write_moment
from consult_app.gui.custody.outcomes import tell_damages, tell_tried
from consult_app.gui.gate.page import describe
from consult_app.settings import Practice, read_settings
from consult_app.store.deciding import describe_interruption
from consult_app.store.interface import Damage
from consult_app.store.lineage import report_ahead
from consult_app.store.log_end import LogEnd, describe_log_end
from consult_app.store.manifest import Backup
from consult_app.store.replaced import find_replaced
from consult_app.store.schedule import REMIND_AFTER, is_due
from consult_app.store.unlocking import SealedStore
from consult_app.store.whereabouts import describe_conflicts, list_names
from consult_app.wording import t

WAITS = t(
    "These records were restored from a backup. Those they replaced are still there: look at the "
    "restored ones, then say under Records and backup which to keep."
)
UNSET = t(
    "These records came out of a backup, which holds no settings. Set up the practice again, with "
    "its device and its own numbers; until then the numbers of the reference judge."
)
ALONE = t(
    "No backup of these records is away from this computer. If it breaks or is stolen, they are "
    "gone with it. Choose a folder for backups on a stick, a share or another disk."
)
NEVER = t("There is no backup away from this computer yet. Make one now; it is read back at once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to be said.

    Attributes:
        text: What happened, what is safe and what to do.
        tone: "info", "warn" or "stop".
        task: What it leads to at once, `restore` or `settings`; empty for backup and keys as a
            whole.
    """

    text: str
    tone: str = "warn"
    task: str = ""


def find_reminders(store: SealedStore, backups: Backups, now: datetime) -> tuple[Reminder, ...]:
    """Return what is to be said about open records now, most urgent first. Slow.

    Raises:
        ConsultError: The records cannot be read.
    """
    return (
        *_remind_of_records(store),
        *_remind_of_settings(store, backups),
        *_remind_of_backups(store, backups, now),
    )


def _remind_of_records(store: SealedStore) -> Iterator[Reminder]:
    missed: tuple[Damage, ...] = ()
    try:
        missed = tuple(store.rows.tally.compare())
    except ConsultError as error:
        # The file itself is damaged: nothing else would say so before somebody meets the place.
        yield Reminder(text=describe(error), tone="stop")
    damages = tuple(dict.fromkeys((*store.damaged(), *missed)))
    if damages:
        yield Reminder(text=tell_damages(damages), tone="stop")
    end = store.rows.engine.log_end
    if (lost := describe_log_end(end)) is not None:
        tone, task = ("stop", "restore") if end is LogEnd.GONE else ("warn", "")
        yield Reminder(text=describe(lost), tone=tone, task=task)
    for news in (
        describe_interruption(store),
        describe_conflicts(list_names(store.folder)),
    ):
        if news is not None:
            yield Reminder(text=describe(news))
    if find_replaced(store.folder) is not None:
        yield Reminder(text=WAITS, tone="info")


def _remind_of_settings(store: SealedStore, backups: Backups) -> Iterator[Reminder]:
    """Yield that a restore brought no settings, as long as there are none.

    A file of settings that is broken is told where it is read.
    """
    try:
        settings = read_settings(backups.home)
    except ConsultError:
        return
    unset = settings.practice == Practice() and not settings.changes
    if unset and any(it.action == RESTORED for it in store.audit.entries()):
        yield Reminder(text=UNSET, task="settings")


def _remind_of_backups(store: SealedStore, backups: Backups, now: datetime) -> Iterator[Reminder]:
    # Nothing could be lost yet of empty records, unless they are an older copy.
    empty = not any(store.rows.count(table) for table in ("patients", "consultations", "drafts"))
    try:
        last, ahead = backups.find_last(), backups.find_ahead()
    except ConsultError as error:
        if not empty:
            yield Reminder(text=describe(error))
        return
    if ahead is not None:
        yield Reminder(text=describe(report_ahead(ahead, write_moment(ahead.at))), tone="stop")
    if empty:
        return
    yield from _remind_of_last(last, backups, now)
    tried = backups.find_trial()
    if (
        tried is not None
        and tried.damaged
        and last is not None
        and tried.backup == last.folder.name
    ):
        yield Reminder(
            text=tell_tried(tried.damaged, last),
            tone="stop",
        )


def _remind_of_last(last: Backup | None, backups: Backups, now: datetime) -> Iterator[Reminder]:
    if not backups.is_apart():
        yield Reminder(text=ALONE)
    elif last is None:
        yield Reminder(text=NEVER)
    elif is_due(last.at, now, REMIND_AFTER):
        yield Reminder(
            text=t(
                "The last backup away from this computer is of {when}, more than a week ago. Make "
                "one now.",
                when=write_moment(last.at),
            )
        )
