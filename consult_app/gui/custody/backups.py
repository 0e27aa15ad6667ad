"""Backups of the open records, as the window makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult_app.gui.phrases import write_day, write_time
from consult_app.store.backup import list_backups, make_backup, prune_backups, verify_backup
from consult_app.store.faults import Border
from consult_app.store.files import make_folder
from consult_app.store.interface import PUT_AWAY, Damage
from consult_app.store.lineage import find_ahead
from consult_app.store.manifest import Backup
from consult_app.store.restoring import drill_restore
from consult_app.store.schedule import DRILL_EVERY, is_due
from consult_app.store.surroundings import look_around
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.store.whereabouts import is_apart
from consult_app.wording import t

FOLDER = "backups"
TRIAL = "restore.tried"
"""Where the records keep how the last trial of a restore went."""

KINDS = {
    "patients": t("patients"),
    "consultations": t("signed visits"),
    "drafts": t("unfinished"),
    PUT_AWAY: t("put away"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A restore that was tried out beside the records.

    Attributes:
        at: When.
        backup: Name of the backup's folder.
        damaged: How much of it could not be restored.
    """

    at: datetime
    backup: str
    damaged: int


class Backups:
    """Knows where they go and which is the last.

    Args:
        store: The records, unlocked.
        home: Where the program keeps what it keeps.
        chosen: The folder the practice chose; empty for one in the home.
        clock: Local wall-clock time.

    Attributes:
        home: Where the program keeps what it keeps.
        target: Where they go.
        inside: Whether that is on this computer's own disk, as far as is known.
    """

    def __init__(
        self, store: SealedStore, home: Path, chosen: str, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._clock, self.home = store, clock, home
        self.inside = not chosen
        self.target = Path(chosen) if chosen else home / FOLDER

    def at(self, folder: Path) -> Backups:
        """Return the same, going to another folder."""
        return Backups(self._store, folder, str(folder), self._clock)

    def find_last(self) -> Backup | None:
        """Return the newest one without a fault; None when there is none.

        Raises:
            BackupError: The folder is not there or cannot be read.
        """
        if self.inside and not self.target.is_dir():
            return None
        found = list_backups(self.target, self._store.keys.store)
        return next((backup for backup in found if backup.is_sound), None)

    def find_ahead(self) -> Backup | None:
        """Return a backup with work that the records do not have; None when there is none.

        Raises:
            BackupError: The folder is not there or cannot be read.
        """
        if self.inside and not self.target.is_dir():
            return None
        found = list_backups(self.target, self._store.keys.store)
        return find_ahead(self._store, found, self._now())

    def is_due(self) -> bool:
        """Tell whether it is time for the next one."""
        last = self.find_last()
        return is_due(last.at if last is not None else None, self._now())

    def make(self, watch: Watch = UNWATCHED) -> Backup:
        """Make one, read it back, and remove those that need not be kept any longer. Slow.

        None is removed while there is one with work that the records do not have.

        Raises:
            BackupError: It could not be made; earlier ones are as they were.
            StoppedError: The watch said so.
        """
        made = self.make_before(watch)
        zone = self._now().tzinfo
        if zone is not None and self.find_ahead() is None:
            prune_backups(self.target, self._store.keys.store, zone)
        return made

    def make_before(self, watch: Watch = UNWATCHED) -> Backup:
        """Make one before the records are changed as a whole; those there are all stay. Slow.

        Raises:
            BackupError: It could not be made; earlier ones are as they were.
            StoppedError: The watch said so.
        """
        if self.inside:
            with Border(self.target):
                make_folder(self.target)
        return make_backup(self._store, self.target, at=self._now(), watch=watch)

    def check(self, backup: Backup, watch: Watch) -> Sequence[Damage]:
        """Read everything in a backup and return what is damaged. Slow."""
        return verify_backup(backup, self._store, watch)

    def drill(self, backup: Backup, watch: Watch) -> Sequence[Damage]:
        """Try a restore out beside the records and return what is damaged. Slow."""
        damages = drill_restore(backup, self._store, at=self._now(), watch=watch)
        trial = {"at": self._now().isoformat(), "backup": backup.folder.name}
        self._store.settings.set(TRIAL, {**trial, "damaged": len(damages)})
        return damages

    def find_trial(self) -> Trial | None:
        """Return how the last restore that was tried out went; None when none ever was."""
        kept = self._store.settings.get(TRIAL)
        if not isinstance(kept, dict):
            return None
        at = datetime.fromisoformat(kept["at"])
        return Trial(at=at, backup=kept["backup"], damaged=kept["damaged"])

    def is_trial_due(self) -> bool:
        """Tell whether a restore is to be tried out again, as every week."""
        trial = self.find_trial()
        return is_due(trial.at if trial is not None else None, self._now(), DRILL_EVERY)

    def is_apart(self) -> bool:
        """Tell whether backups survive what destroys the records. Slow."""
        return is_apart(look_around(self._store.folder), look_around(self.target))

    def _now(self) -> datetime:
        return self._clock().astimezone()


def write_moment(at: datetime) -> str:
    """Return when something was, such as `15 Jun 2026 10:00`."""
    local = at.astimezone().replace(tzinfo=None)
    return f"{write_day(local.date())} {write_time(local)}"


def count(backup: Backup) -> str:
    """Return how much a backup holds, such as `patients: 3, signed visits: 4`."""
    counts = (
        f"{KINDS[table]}: {number}"
        for table, number in backup.counts.items()
        if table in KINDS and (number or table != PUT_AWAY)
    )
    return ", ".join(counts) or t("empty")
