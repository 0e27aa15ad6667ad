"""Opening the records with a secret, and closing them: only in between are their keys in memory."""

# ruff: noqa: PLC0415 - cryptography is loaded by the work that needs it, beside the window

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from consult_app.errors import InputError
from consult_app.settings import read_settings
from consult_app.store.faults import Border
from consult_app.store.state import State, find_state

if TYPE_CHECKING:
    from consult_app.gui.custody.restore_sheet import Place, Wish
    from consult_app.gui.desk import Desk
    from consult_app.gui.start.visits import Visits
    from consult_app.store.interface import Store
    from consult_app.store.passphrase import Cost
    from consult_app.store.unlocking import SealedStore
    from consult_app.store.watching import Watch

RECORDS, SAMPLE = "records", "sample"
TOLD = 50
"""Wrong passphrases that the audit tells one by one; more would be somebody filling it."""

MakeDesk = Callable[["Store", bool], "tuple[Desk, Visits]"]
"""Takes open records, and whether they are for sample patients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Records that are open.

    Attributes:
        desk: What the window works with.
        visits: The consultations of the desk, to be closed at the end.
        keys: The encrypted records, for what concerns their keys; None for sample patients.
        by_code: Whether it was the recovery code that opened them.
    """

    desk: Desk
    visits: Visits = field(repr=False)
    keys: SealedStore | None = field(repr=False)
    by_code: bool = False

    @property
    def sample(self) -> bool:
        """Whether these are sample patients, of whom nothing is kept."""
        return self.keys is None

    def close(self) -> None:
        """Write what is left, close the records and let go of their keys.

        Raises:
            BaseException: What kept the last changes from being saved.
        """
        self.visits.close()


class Access:
    """The records of one home, as long as they are closed. What is slow says so.

    Args:
        home: Where they are kept.
        make_desk: Puts the desk together around open records.
        clock: Local wall-clock time.
        cost: Of a guess at the passphrase; None lets this computer find it.

    Attributes:
        home: Where they are kept.
        folder: Where the records lie.
        clock: Local wall-clock time.
    """

    def __init__(
        self,
        home: Path,
        make_desk: MakeDesk,
        clock: Callable[[], datetime],
        *,
        cost: Cost | None = None,
    ) -> None:
        self.home = home
        self.folder = home / RECORDS
        self._sample = home / SAMPLE
        self._make_desk = make_desk
        self.clock = clock
        self._cost = cost
        self._failed: list[datetime] = []

    def look(self) -> State:
        """Tell whether there are records, and whether they are encrypted.

        Raises:
            StoreError: The folder cannot be read.
        """
        with Border(self.folder):
            return find_state(self.folder)

    def create(self, passphrase: str, *, anywhere: bool = False) -> tuple[Opened, str]:
        """Make encrypted records, or encrypt the readable ones, and open them. Slow.

        Args:
            passphrase: What will open them.
            anywhere: Whether an expert wants them here although something else may change the
                folder.

        Returns:
            The open records, and the recovery code to be printed and typed back.

        Raises:
            ConsultError: They could not be made; nothing was changed.
        """
        from consult_app.store.vault import create_store

        at = self._now()
        code = create_store(self.folder, passphrase, at=at, cost=self._cost, anywhere=anywhere)
        return self.unlock(passphrase), code

    def unlock(self, secret: str | bytes) -> Opened:
        """Open the records with passphrase, recovery code or the keyring's token (bytes). Slow.

        Raises:
            WrongSecretError: It opens nothing; the audit tells of it once something does.
            KeyringError: The token opens nothing.
            ConsultError: They cannot be opened; nothing was changed.
        """
        from consult_app.store.key_faults import WrongSecretError
        from consult_app.store.keyring_slot import unlock_by_keyring
        from consult_app.store.unlocking import unlock_store

        reason = ""
        try:
            if isinstance(secret, bytes):
                store, reason = unlock_by_keyring(self.folder, secret), "keyring"
            else:
                store = unlock_store(self.folder, secret)
        except WrongSecretError:
            self._failed.append(self._now())
            raise
        with ExitStack() as undo:
            undo.callback(store.close)
            # Nobody knows who that was; from the desk on, the practitioner of this computer acts.
            self._tell_failed(store)
            opened = self._open(store, store, by_code=_is_code(secret))
            undo.callback(opened.visits.close)
            store.audit.record("store.unlocked", (), self._now(), reason=reason)
            undo.pop_all()
        return opened

    def open_sample(self) -> Opened:
        """Open a throw-away store with sample patients.

        Raises:
            ConsultError: It cannot be made.
        """
        from consult_app.store.sample import open_sample_store

        return self._open(open_sample_store(self._sample), None)

    def renew(self, secret: str, passphrase: str) -> str:
        """Encrypt everything anew because a secret leaked, and return the new code. Slow.

        Raises:
            ConsultError: The secret is wrong or it could not be done; nothing was changed.
        """
        from consult_app.store.vault import renew_store

        return renew_store(self.folder, secret, passphrase, at=self._now(), cost=self._cost)

    def check(self, keys: SealedStore, secret: str) -> None:
        """Make sure that this secret opens records that are open already. Slow.

        Raises:
            WrongSecretError: It opens nothing.
        """
        from consult_app.store.unlocking import open_keys

        open_keys(self.folder, keys.keys, secret)

    def change_passphrase(self, keys: SealedStore, current: str, new: str) -> None:
        """Have open records open with another passphrase from now on. Slow.

        Raises:
            ConsultError: The current one is wrong, or it could not be done; nothing was changed.
        """
        keys.change_passphrase(current, new, cost=self._cost)
        if _is_code(current):
            keys.confirm_code(current)

    def find_place(self) -> Place:
        """Return where a backup would be restored, while no records are open.

        Raises:
            ConsultError: The settings cannot be read.
        """
        from consult_app.custody.actors import find_actor
        from consult_app.custody.restoring import read_store_id
        from consult_app.gui.custody.backups import FOLDER
        from consult_app.gui.custody.restore_sheet import Place

        settings = read_settings(self.home)
        chosen = settings.keeping.backup_folder
        return Place(
            folder=self.folder,
            target=Path(chosen) if chosen else self.home / FOLDER,
            store=read_store_id(self.folder),
            actor=find_actor(settings.practice),
        )

    def restore(self, wish: Wish, watch: Watch) -> Opened | None:
        """Put a backup in the place of closed records and open them. Slow.

        Returns:
            The open records; None when the passphrase of today is another than the one given.

        Raises:
            StoppedError: The watch said so; nothing was changed.
            ConsultError: It could not be done; nothing was changed.
        """
        from consult_app.custody.restoring import replace_records
        from consult_app.store.key_faults import WrongSecretError
        from consult_app.store.restoring import Telling

        reason = f"backup of {wish.backup.at.isoformat()}"
        telling = Telling(
            at=self._now(), actor=wish.actor, reason=reason, accepts_damage=wish.partly
        )
        done = replace_records(
            self.folder, wish.backup, wish.secret, telling, target=wish.target, watch=watch
        ).restored
        try:
            opened = self.unlock(wish.secret)
        except WrongSecretError:
            return None
        if opened.keys is not None:  # so that the window names them
            list(map(opened.keys.rows.note, done.damages))
        return opened

    def go_back(self) -> None:
        """Bring back the records that a restore replaced. Slow.

        Raises:
            ConsultError: There are none, or the folder cannot be written.
        """
        from consult_app.store.deciding import undo_restore

        undo_restore(self.folder, at=self._now())

    @property
    def has_previous_keys(self) -> bool:
        """Whether the state of KEYS before the last change can be brought back."""
        from consult_app.store.folder import PREVIOUS_NAME

        return (self.folder / PREVIOUS_NAME).exists()

    def bring_back_keys(self) -> None:
        """Put the previous KEYS in the place of one that is missing or damaged.

        Raises:
            ConsultError: There is no sound one; nothing was changed.
        """
        from consult_app.store.folder import bring_back_keys

        bring_back_keys(self.folder)

    def _open(self, store: Store, keys: SealedStore | None, *, by_code: bool = False) -> Opened:
        try:
            desk, visits = self._make_desk(store, keys is None)
        except BaseException:
            store.close()
            raise
        return Opened(desk=desk, visits=visits, keys=keys, by_code=by_code)

    def _tell_failed(self, store: Store) -> None:
        for at in self._failed[-TOLD:]:
            store.audit.record("unlock.failed", (), at)
        self._failed = []

    def _now(self) -> datetime:
        return self.clock().astimezone()


def _is_code(secret: str | bytes) -> bool:
    from consult_app.store.recovery import read_code

    try:
        return isinstance(secret, str) and bool(read_code(secret))
    except InputError:
        return False
