"""Encrypted records, opened with a passphrase or the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

from consult_app.errors import InputError
from consult_app.store.attachments import SealedAttachments
from consult_app.store.engine import LOCK_NAME, open_engine
from consult_app.store.faults import Border, StoreError, report_damaged
from consult_app.store.files import DISK, Disk, remove_file, wipe_file
from consult_app.store.folder import (
    FILE_PARTS,
    PREVIOUS_NAME,
    clear_scratch,
    discard_file,
    finish_file,
    load_keys,
    save_keys,
)
from consult_app.store.ids import Clock
from consult_app.store.interface import Damage
from consult_app.store.key_faults import (
    report_damaged_keys,
    report_foreign_keys,
    report_not_sealed,
    report_wrong,
)
from consult_app.store.keys import Keys, KeysDamagedError, SlotKind
from consult_app.store.lock import hold
from consult_app.store.passphrase import Cost, calibrate, check_passphrase
from consult_app.store.recovery import make_code, read_code, write_code
from consult_app.store.replaced import UNDONE_NAME, drop_stale_note, read_undone
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer
from consult_app.store.state import State, find_state, read_unfinished
from consult_app.store.sweeping import sweep_files
from consult_app.store.tables import Documents
from consult_app.wording import t

UNDONE = "restore.undone"
"""What the audit calls it when somebody went back to records that a restore had replaced."""


class SealedStore(FileStore):
    """Encrypted records, unlocked. Made by `unlock_store`.

    Attributes:
        keys: What the file KEYS says.
        was_interrupted: Whether a restore or an encryption was cut off before it counted; see
            `deciding.describe_interruption`.
    """

    def __init__(self, documents: Documents, keys: Keys, disk: Disk) -> None:
        super().__init__(documents, disk)
        self.keys = keys
        self._folder = self.rows.engine.folder
        self._disk = disk
        self.was_interrupted = False

    @property
    def folder(self) -> Path:
        """Where the records lie."""
        return self._folder

    @property
    def is_code_confirmed(self) -> bool:
        """Whether the recovery code was typed back; until then it may never have been seen."""
        return self.keys.confirmed

    def confirm_code(self, code: str) -> bool:
        """Tell whether this is the recovery code, and remember it if so.

        Raises:
            InputError: It is no code at all, or was mistyped.
            StoreError: KEYS could not be written.
        """
        if self.keys.open(SlotKind.RECOVERY, read_code(code)) is None:
            return False
        if not self.keys.confirmed:
            self.replace_keys(replace(self.keys, confirmed=True))
        return True

    def change_passphrase(self, current: str, new: str, *, cost: Cost | None = None) -> None:
        """Have the records open with a new passphrase instead of the one before.

        Copies made earlier still open with the old passphrase. When somebody else knows it,
        `vault.renew_store` is what helps.

        Args:
            current: The passphrase, or the recovery code.
            new: The new passphrase.
            cost: Of a guess; None lets this computer find it.

        Raises:
            InputError: The new passphrase is too short.
            WrongSecretError: The current one is wrong; nothing was changed.
            StoreError: KEYS could not be written; the current one still opens the records.
        """
        check_passphrase(new)
        data_key = open_keys(self._folder, self.keys, current)
        chosen = cost or calibrate()
        self.replace_keys(self.keys.with_slot(SlotKind.PASSPHRASE, new, data_key, chosen))

    def renew_code(self, current: str) -> str:
        """Return a new recovery code, which takes the place of the one before.

        Raises:
            WrongSecretError: Neither passphrase nor recovery code; nothing was changed.
            StoreError: KEYS could not be written; the code before still opens the records.
        """
        data_key = open_keys(self._folder, self.keys, current)
        code = make_code()
        keys = self.keys.with_slot(SlotKind.RECOVERY, code, data_key)
        self.replace_keys(replace(keys, confirmed=False))
        return write_code(code)

    @property
    def is_in_keyring(self) -> bool:
        """Whether the keyring of a computer may open the records."""
        return self.keys.has_slot(SlotKind.KEYRING)

    def replace_keys(self, keys: Keys) -> None:
        """Have KEYS say this from now on.

        Raises:
            StoreError: It could not be written; what opened the records before still does.
        """
        with Border(self._folder):
            save_keys(self._folder, keys, self._disk)
        self.keys = keys

    def tidy(self) -> None:
        """Remove what a power cut left, and the file whose place this one took, if it is there.

        What cannot be removed is told by `damaged` and tried again at the next unlocking.
        """
        unfinished = read_unfinished(self._folder)
        self.was_interrupted = bool(unfinished) and unfinished != self.keys.file
        if self.was_interrupted:
            discard_file(self._folder, unfinished, self._disk)
        if unfinished:
            finish_file(self._folder, self._disk)
        self._wipe_replaced()
        self._tell_undone()
        if unfinished or self.rows.engine.was_unclean:
            clear_scratch(self._folder)
            sweep_files(cast("SealedAttachments", self.attachments))

    def give_up(self, name: str) -> None:
        """Have a file that this one took the place of wiped, now or at the next unlocking."""
        self.replace_keys(replace(self.keys, replaces=name))
        self._wipe_replaced()

    def _tell_undone(self) -> None:
        """Tell the audit that somebody went back to these records, as long as it was not told."""
        at = read_undone(self._folder)
        if at is not None:
            with suppress(StoreError):  # a full disk; the note waits for the next unlocking
                self.audit.record(UNDONE, (), at)
                remove_file(self._folder / UNDONE_NAME, self._disk)

    def _wipe_replaced(self) -> None:
        drop_stale_note(self._folder, self._disk)
        if not self.keys.replaces:
            return
        try:
            for part in FILE_PARTS:
                wipe_file(self._folder / f"{self.keys.replaces}{part}", self._disk)
        except OSError:
            reason = "could not be removed; close programs that have it open"
            self.rows.note(Damage(table="file", id=self.keys.replaces, reason=reason))
        else:
            self.replace_keys(replace(self.keys, replaces=""))


def unlock_store(
    folder: Path, secret: str, *, clock: Clock | None = None, disk: Disk = DISK
) -> SealedStore:
    """Open encrypted records and own them until closed.

    Args:
        folder: Where the records lie.
        secret: The passphrase or the recovery code.
        clock: Needed only if a document is ever inserted without an id.
        disk: The disk.

    Raises:
        NotSealedError: There are no encrypted records; `vault.create_store` makes them.
        WrongSecretError: The secret opens nothing; not a byte was changed.
        MissingKeysError: KEYS is not there; `folder.bring_back_keys` may help.
        DamagedKeysError: KEYS is damaged; `folder.bring_back_keys` may help.
        ForeignKeysError: KEYS belongs to other records.
        StoreError: The folder or a file in it cannot be used; nothing was changed.
    """
    return unlock_with(folder, lambda keys: open_keys(folder, keys, secret), clock=clock, disk=disk)


def open_with_key(
    folder: Path, data_key: bytes, *, clock: Clock | None = None, disk: Disk = DISK
) -> SealedStore:
    """Open encrypted records with the data key itself; else as `unlock_store` does."""
    return unlock_with(folder, lambda _: data_key, clock=clock, disk=disk)


def unlock_with(
    folder: Path,
    find_key: Callable[[Keys], bytes],
    *,
    clock: Clock | None = None,
    disk: Disk = DISK,
) -> SealedStore:
    """Open encrypted records with the data key that is found in KEYS; else as `unlock_store`."""
    with Border(folder), ExitStack() as held:
        keys = _hold_and_load(folder, held)
        return _open(folder, keys, find_key(keys), held, (clock, disk))


def open_keys(folder: Path, keys: Keys, secret: str) -> bytes:
    """Return the data key that a passphrase or recovery code opens.

    Raises:
        WrongSecretError: It opens nothing.
        DamagedKeysError: It fits, but what it opens is damaged.
    """
    try:
        data_key = _open_by_code(keys, secret) or keys.open(SlotKind.PASSPHRASE, secret)
    except KeysDamagedError:
        previous = (folder / PREVIOUS_NAME).exists()
        raise report_damaged_keys(folder, previous=previous) from None
    except MemoryError:
        raise StoreError(
            t("There is not enough memory to unlock the records."),
            t("Close other programs and try again. Nothing was changed."),
        ) from None
    if data_key is None:
        raise report_wrong()
    return data_key


def _open_by_code(keys: Keys, secret: str) -> bytes | None:
    try:
        code = read_code(secret)
    except InputError:
        return None  # no code, so it may be a passphrase
    return keys.open(SlotKind.RECOVERY, code)


def _hold_and_load(folder: Path, held: ExitStack) -> Keys:
    if find_state(folder) is not State.SEALED:
        raise report_not_sealed(folder)
    held.enter_context(hold(folder / LOCK_NAME))
    return load_keys(folder)


def _open(
    folder: Path,
    keys: Keys,
    data_key: bytes,
    held: ExitStack,
    tools: tuple[Clock | None, Disk],
) -> SealedStore:
    clock, disk = tools
    with ExitStack() as undo:
        engine = open_engine(folder, keys.file, held=held.pop_all())
        undo.callback(engine.close)
        if (engine.read_fact("store_id"), engine.read_fact("key")) != (keys.store, keys.key):
            raise report_foreign_keys(folder)
        if not engine.read_fact("sealing"):
            raise report_damaged(folder, ("it does not tell how it is sealed",))
        rows = Rows(engine, AesSealer(keys.store, data_key))
        store = SealedStore(Documents(rows, clock), keys, disk)
        store.tidy()
        undo.pop_all()
    return store
