"""What has to be there before the records are changed as a whole: a fresh backup."""

from __future__ import annotations

from datetime import datetime, timedelta

from consult_app.errors import ConsultError
from consult_app.store.manifest import Backup
from consult_app.store.repositories import FileStore
from consult_app.store.unlocking import SealedStore
from consult_app.wording import t

FRESH = timedelta(hours=1)
"""How old a backup may be that is to catch a mistake; what was saved since would be lost."""


class StaleBackupError(ConsultError):
    """There is no fresh backup, so nothing is changed."""


def check_fresh(store: FileStore, backup: Backup | None, at: datetime) -> None:
    """Make sure that there is a way back before the records are changed as a whole.

    Args:
        store: The records.
        backup: A backup of them; None is enough where there is nothing yet.
        at: Now.

    Raises:
        StaleBackupError: It is too old, damaged, or of other records.
    """
    if backup is None:
        if _is_empty(store):
            return
    elif _is_of(store, backup) and timedelta() <= at - backup.at <= FRESH and backup.is_sound:
        return
    raise StaleBackupError(
        t("There is no fresh backup of these records, so nothing was changed."),
        t("Make a backup first, then try again within the hour."),
    )


def _is_empty(store: FileStore) -> bool:
    kinds = (store.patients, store.consultations, store.drafts, store.anonymous)
    return not any(records.list(1) for records in kinds)


def _is_of(store: FileStore, backup: Backup) -> bool:
    return isinstance(store, SealedStore) and backup.store == store.keys.store
