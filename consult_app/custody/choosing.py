"""Which backup a restore takes when nobody named one: the newest that is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult_app.store.backup_faults import BackupError
from consult_app.store.faults import StoreError
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.kinds import pin
from consult_app.store.lineage import list_undone
from consult_app.store.manifest import Backup
from consult_app.store.repositories import FileStore
from consult_app.store.restoring import check_secret
from consult_app.store.unlocking import unlock_store
from consult_app.store.verifying import check_backup, count
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.wording import t

RESTORED = "store.restored"
"""What the audit calls a restore; the records it replaced were backed up at the same moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What somebody went away from on purpose.

    Attributes:
        restores: When a backup took the place of records; one of just that moment holds those.
        undone: From when until when there were restored records that were gone back from.
    """

    restores: frozenset[datetime] = frozenset()
    undone: tuple[tuple[datetime, datetime], ...] = ()

    def find(self, backup: Backup) -> str:
        """Return what a backup holds of it, in words; empty for nothing."""
        if backup.at in self.restores:
            return t("holds what a restore replaced")
        if any(since < backup.at <= until for since, until in self.undone):
            return t("holds restored records that were not kept")
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A newer backup that is not taken.

    Attributes:
        backup: The backup.
        why: Why not.
        replaced: It holds what somebody went away from on purpose.
    """

    backup: Backup
    why: str
    replaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The backup to take.

    Attributes:
        taken: The newest whole one; None where none is.
        passed: Those before it, newest first.
    """

    taken: Backup | None
    passed: tuple[PassedOver, ...]

    @property
    def part(self) -> Backup:
        """The one of which a part is taken where none is whole."""
        damaged = (it.backup for it in self.passed if not it.replaced)
        return next(damaged, self.passed[0].backup)


def choose_whole(
    folder: Path, backups: Sequence[Backup], secret: str, watch: Watch = UNWATCHED
) -> Choice:
    """Return the newest backup in which everything reads back, from before no restore.

    Args:
        folder: Where the records lie or are to lie; they must not be open.
        backups: The sound ones, newest first.
        secret: A passphrase or recovery code of the backups, or of the records now.
        watch: Told how far it is.

    Raises:
        WrongSecretError: The secret does not open the newest one.
        StoppedError: The watch said so.
    """
    if backups:
        check_secret(backups[0], folder, secret)
    left = read_left(folder, secret)
    passed: list[PassedOver] = []
    for number, backup in enumerate(backups):
        part = watch.part(number / len(backups), (number + 1) / len(backups))
        why = _find_fault(backup, folder, secret, left, part)
        if not why:
            return Choice(taken=backup, passed=tuple(passed))
        passed.append(PassedOver(backup=backup, why=why, replaced=bool(left.find(backup))))
    return Choice(taken=None, passed=tuple(passed))


def list_left(store: FileStore) -> Left:
    """Return what somebody went away from on purpose, as the audit tells it."""
    entries = store.audit.entries()
    restores = frozenset(pin(entry.at) for entry in entries if entry.action == RESTORED)
    return Left(restores=restores, undone=list_undone(entries))


def read_left(folder: Path, secret: str) -> Left:
    """Return the same of closed records; nothing where they cannot be opened."""
    try:
        with unlock_store(folder, secret) as store:
            return list_left(store)
    except StoreError:
        return Left()


def tell_fault(backup: Backup, left: Left) -> str:
    """Return why a backup is not the one to take, as far as can be known without reading it."""
    if gone := left.find(backup):
        return gone
    if backup.damaged:
        return t("{n} damaged in the records when it was made", n=backup.damaged)
    return ""


def _find_fault(backup: Backup, folder: Path, secret: str, left: Left, watch: Watch) -> str:
    if known := tell_fault(backup, left):
        return known
    try:
        sealer = check_secret(backup, folder, secret)
        _, damages = check_backup(backup.folder, (sealer,), watch)
    except WrongSecretError:
        return t("opens with another passphrase")
    except BackupError as error:
        return "; ".join(error.details) or error.title
    return t("{n} damaged since it was made", n=count(damages)) if damages else ""
