"""The slot of KEYS that the keyring of a computer opens: switched on, switched off, and used.

A random token in the keyring wraps the same data key as the passphrase does. Changing the
passphrase leaves the slot as it is; encrypting everything anew leaves it out.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from consult_app.store.keys import Keys, SlotKind
from consult_app.store.os_keyring import forget_token, keep_token, make_token, report_no_entry
from consult_app.store.unlocking import SealedStore, open_keys, unlock_with


def let_keyring_open(store: SealedStore, current: str, *, at: datetime) -> None:
    """Have the keyring of this computer open the records, too.

    Args:
        store: The records, unlocked.
        current: The passphrase, or the recovery code.
        at: Now, for the audit.

    Raises:
        WrongSecretError: Neither; nothing was changed.
        KeyringError: The keyring does not keep the token; nothing was changed.
        StoreError: KEYS could not be written; what opened the records before still does.
    """
    data_key = open_keys(store.folder, store.keys, current)
    token = make_token()
    keep_token(store.keys.store, token)
    store.replace_keys(store.keys.with_slot(SlotKind.KEYRING, token, data_key))
    store.audit.record("keyring.begun", (), at)


def end_keyring(store: SealedStore, *, at: datetime) -> bool:
    """Have the keyring open the records no more, and tell whether it let go of the token.

    Where it did not, copies of KEYS made before, as in backups, still open with it.

    Raises:
        StoreError: KEYS could not be written.
    """
    keys = store.keys.without_slot(SlotKind.KEYRING)
    store.replace_keys(keys)
    store.replace_keys(keys)  # so that the previous one has no such slot either
    store.audit.record("keyring.ended", (), at)
    return forget_token(keys.store)


def unlock_by_keyring(folder: Path, token: bytes) -> SealedStore:
    """Open encrypted records with the token of the keyring; else as `unlocking.unlock_store` does.

    Raises:
        KeyringError: The token opens nothing.
    """

    def find_key(keys: Keys) -> bytes:
        data_key = keys.open(SlotKind.KEYRING, token)
        if data_key is None:
            raise report_no_entry()
        return data_key

    return unlock_with(folder, find_key)
