"""Encrypted records: made with a passphrase, and given new keys when a secret leaked.

Everything is sealed into a new file, which is compared with what it is made from before it
counts. Replacing KEYS is the moment it counts: a power cut leaves the records as they were
before, or as they were to be. The file before is overwritten and removed at the first unlocking,
which proves that the passphrase opens the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from consult_app.store.audit import Act
from consult_app.store.codec import encode
from consult_app.store.copying import copy_rows, is_lost
from consult_app.store.engine import LOCK_NAME, open_engine
from consult_app.store.faults import Border, StoreError
from consult_app.store.files import DISK, Disk, make_folder
from consult_app.store.folder import begin_file, save_keys
from consult_app.store.interface import Damage
from consult_app.store.key_faults import report_already_sealed
from consult_app.store.keys import Keys, SlotKind, make_data_key, make_id
from consult_app.store.lock import hold
from consult_app.store.os_keyring import forget_token
from consult_app.store.passphrase import Cost, calibrate, check_passphrase
from consult_app.store.recovery import make_code, write_code
from consult_app.store.repositories import FileStore
from consult_app.store.rows import FORMER_KEYS, Rows
from consult_app.store.sealing import AesSealer, PlainSealer
from consult_app.store.state import FILE_NAME, State, find_state
from consult_app.store.surroundings import look_around
from consult_app.store.tables import Documents
from consult_app.store.unlocking import open_keys, unlock_store
from consult_app.store.whereabouts import check_place
from consult_app.wording import t


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """New keys, before they count."""

    keys: Keys
    data_key: bytes = field(repr=False)
    code: str = field(repr=False)


def create_store(
    folder: Path,
    passphrase: str,
    *,
    at: datetime,
    cost: Cost | None = None,
    disk: Disk = DISK,
    anywhere: bool = False,
) -> str:
    """Make encrypted records in a folder, or encrypt the plain ones there.

    Plain records must not be open. They are overwritten and removed at the first unlocking.

    Args:
        folder: Where the records lie or are to lie.
        passphrase: What will open them.
        at: Now, for the audit.
        cost: Of a guess; None lets this computer find it.
        disk: The disk.
        anywhere: Whether an expert wants new records here even if the folder is synced, on the
            network or on a drive that can be pulled out.

    Returns:
        The recovery code, to be printed and typed back (`SealedStore.confirm_code`).

    Raises:
        InputError: The passphrase is too short.
        PlaceError: Something else may change the folder, or take it away.
        AlreadySealedError: The records have a passphrase already.
        StoreError: Nothing was changed.
    """
    check_passphrase(passphrase)
    with Border(folder), ExitStack() as held:
        if not anywhere and find_state(folder) is State.EMPTY:
            check_place(look_around(folder))
        make_folder(folder, disk)
        held.enter_context(hold(folder / LOCK_NAME))
        state = find_state(folder)
        if state is State.SEALED:
            raise report_already_sealed(folder)
        if state is State.EMPTY:
            made = _make_keys(make_id(), begin_file(folder, disk), passphrase, cost)
            _open_new(folder, made, disk).close()
        else:
            made = _encrypt(folder, passphrase, at, cost, disk)
        _put_in_place(folder, made.keys, disk)
    return made.code


def renew_store(
    folder: Path,
    secret: str,
    passphrase: str,
    *,
    at: datetime,
    cost: Cost | None = None,
    disk: Disk = DISK,
) -> str:
    """Encrypt everything anew, under a data key that nobody has seen, for when a secret leaked.

    What was copied before still opens with the old passphrase; what is written from now on does
    not. The file before is overwritten and removed at the next unlocking. The keyring opens it no
    more.

    Args:
        folder: Where the records lie; they must not be open.
        secret: The passphrase until now, or the recovery code.
        passphrase: The new one.
        at: Now, for the audit.
        cost: Of a guess; None lets this computer find it.
        disk: The disk.

    Returns:
        The new recovery code; the one before opens nothing any more.

    Raises:
        InputError: The new passphrase is too short.
        WrongSecretError: The old one is wrong; nothing was changed.
        StoreError: Nothing was changed.
    """
    check_passphrase(passphrase)
    with unlock_store(folder, secret, disk=disk) as store, Border(folder):
        name = begin_file(folder, disk)
        made = _make_keys(store.keys.store, name, passphrase, cost)
        keys = replace(made.keys, replaces=store.keys.file)
        former = open_keys(folder, store.keys, secret)
        act = Act(action="store.renewed", ids=(), at=at)
        _seal_anew(store, replace(made, keys=keys), act, disk, former)
        _put_in_place(folder, keys, disk)
        if store.is_in_keyring:
            forget_token(keys.store)
    return made.code


def _encrypt(folder: Path, passphrase: str, at: datetime, cost: Cost | None, disk: Disk) -> _Made:
    """Seal plain records into a new file, and close them again."""
    # The lock is held by the caller.
    with closing(open_engine(folder, held=ExitStack())) as engine:
        store_id = engine.read_fact("store_id")
        plain = FileStore(Documents(Rows(engine, PlainSealer(store_id))))
        made = _make_keys(store_id, begin_file(folder, disk), passphrase, cost)
        made = replace(made, keys=replace(made.keys, replaces=FILE_NAME))
        _seal_anew(plain, made, Act(action="store.encrypted", ids=(), at=at), disk)
    return made


def _make_keys(store_id: str, name: str, passphrase: str, cost: Cost | None) -> _Made:
    data_key, code = make_data_key(), make_code()
    keys = Keys(store=store_id, key=make_id(), file=name, slots=())
    keys = keys.with_slot(SlotKind.PASSPHRASE, passphrase, data_key, cost or calibrate())
    keys = keys.with_slot(SlotKind.RECOVERY, code, data_key)
    return _Made(keys=keys, data_key=data_key, code=write_code(code))


def _seal_anew(
    store: FileStore, made: _Made, act: Act, disk: Disk, former: bytes | None = None
) -> None:
    """Seal everything a store holds into a new file, compare it, and tell the audit.

    What is found damaged or missing is told there too: afterwards the tally speaks of what is left.
    """
    folder = store.rows.engine.folder
    act = replace(act, reason=_sum_up(store.verify()))
    with closing(_open_new(folder, made, disk)) as target:
        copy_rows(store.rows, target)
    with closing(_open_new(folder, made, disk)) as target:
        faults = [*target.rows.tally.compare(), *target.rows.engine.check()]
        if faults or is_lost(store.rows, target):
            raise StoreError(
                t("The encrypted copy differs from the records, so it was not used."),
                t(
                    "Check the disk that holds {folder}, then try again. Nothing was changed.",
                    folder=folder,
                ),
            )
        with target.rows.engine.transaction():
            if former is not None:
                _remember(target.rows, former)
            target.audit.add(act)


def _remember(rows: Rows, former: bytes) -> None:
    """Keep a data key that is no longer used: attachments of its time open with it."""
    known = rows.read(*FORMER_KEYS).document["keys"] if rows.has(*FORMER_KEYS) else []
    keys = [former.hex(), *cast("list[str]", known)]
    rows.write(*FORMER_KEYS, encode({"keys": keys}))


def _open_new(folder: Path, made: _Made, disk: Disk) -> FileStore:
    """Open the file that is to hold the records."""
    engine = open_engine(folder, made.keys.file, held=ExitStack())
    with engine.transaction():
        engine.write_fact("store_id", made.keys.store)
        engine.write_fact("key", made.keys.key)
    return FileStore(Documents(Rows(engine, AesSealer(made.keys.store, made.data_key))), disk)


def _put_in_place(folder: Path, keys: Keys, disk: Disk) -> None:
    """Have KEYS speak of the new file."""
    disk.sync(folder / keys.file)
    disk.sync_folder(folder)
    save_keys(folder, keys, disk)


def _sum_up(damages: Sequence[Damage]) -> str:
    counted = Counter(f"{damage.table}: {damage.reason}" for damage in damages)
    return "; ".join(f"{number} x {what}" for what, number in sorted(counted.items()))
