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
class PassedOver:
    """A newer backup that is not taken.

    Attributes:
        backup: The backup.
        why: Why not.
        replaced: It holds what a restore took the place of.
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
    restores = read_restores(folder, secret)
    passed: list[PassedOver] = []
    for number, backup in enumerate(backups):
        part = watch.part(number / len(backups), (number + 1) / len(backups))
        why = _find_fault(backup, folder, secret, restores, part)
        if not why:
            return Choice(taken=backup, passed=tuple(passed))
        passed.append(PassedOver(backup=backup, why=why, replaced=backup.at in restores))
    return Choice(taken=None, passed=tuple(passed))


def list_restores(store: FileStore) -> frozenset[datetime]:
    """Return when a backup took the place of records, as their audit tells it.

    A backup of just that moment holds what somebody restored away from.
    """
    entries = store.audit.entries()
    return frozenset(pin(entry.at) for entry in entries if entry.action == RESTORED)


def read_restores(folder: Path, secret: str) -> frozenset[datetime]:
    """Return the same of closed records; nothing where they cannot be opened."""
    try:
        with unlock_store(folder, secret) as store:
            return list_restores(store)
    except StoreError:
        return frozenset()


def tell_fault(backup: Backup, restores: frozenset[datetime]) -> str:
    """Return why a backup is not the one to take, as far as can be known without reading it."""
    if backup.at in restores:
        return t("holds what a restore replaced")
    if backup.damaged:
        return t("{n} damaged in the records when it was made", n=backup.damaged)
    return ""


def _find_fault(
    backup: Backup, folder: Path, secret: str, restores: frozenset[datetime], watch: Watch
) -> str:
    if known := tell_fault(backup, restores):
        return known
    try:
        sealer = check_secret(backup, folder, secret)
        _, damages = check_backup(backup.folder, (sealer,), watch)
    except WrongSecretError:
        return t("opens with another passphrase")
    except BackupError as error:
        return "; ".join(error.details) or error.title
    return t("{n} damaged since it was made", n=count(damages)) if damages else ""
