"""What the gate offers, beside its words, when records do not open."""

# ruff: noqa: PLC0415 - cryptography comes with the store and is loaded by the time anything fails

from __future__ import annotations

from consult_app.settings import SettingsError
from consult_app.wording import t

RESTORE = t("Restore a backup")
ANYWHERE = t("Make them here all the same")
BRING_BACK = t("Bring the last KEYS back")
GO_ON = t("Put the file aside and go on")


def find_way_out(error: Exception, *, has_previous_keys: bool) -> str:
    """Return what to offer for an error; empty where there is nothing but trying again."""
    from consult_app.store.faults import DamagedStoreError
    from consult_app.store.key_faults import DamagedKeysError, ForeignKeysError, MissingKeysError
    from consult_app.store.whereabouts import PlaceError

    lost = isinstance(error, (DamagedKeysError, MissingKeysError))
    if lost and has_previous_keys:
        return BRING_BACK
    if lost or isinstance(error, (DamagedStoreError, ForeignKeysError)):
        return RESTORE
    if isinstance(error, PlaceError):
        return ANYWHERE
    return GO_ON if isinstance(error, SettingsError) else ""
