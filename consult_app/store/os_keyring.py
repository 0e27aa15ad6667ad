"""The keyring of the operating system, which may hold a token that opens the records.

It is off unless somebody switches it on, and everything that goes wrong with it is one kind of
error: whoever asks for the token then asks for the passphrase instead. The library is an optional
extra of the program and is loaded only when it is used.

This is one of the four places that may catch every exception: keyrings come from anywhere and raise
anything, and none of it may keep the passphrase from opening the records.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from consult_app.store.derivation import KEY_BYTES
from consult_app.store.faults import StoreError
from consult_app.wording import t

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "consult-app"
"""What the entry is called in the keyring; the id of the store tells one from the other."""

PATIENCE_SECONDS = 60.0
"""How long a keyring may take: it may ask for a password of its own, and some never answer."""

_TRUSTED_FROM = 1
"""Priority from which the library recommends a keyring; those below keep secrets readable."""


class KeyringError(StoreError):
    """The keyring of this computer did not do what was asked of it."""


def is_installed() -> bool:
    """Tell whether the library is there; whether a keyring answers is not known by that."""
    return find_spec("keyring") is not None


def make_token() -> bytes:
    """Return a new token of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def keep_token(store: str, token: bytes) -> None:
    """Put a token into the keyring, in place of the one for this store, and read it back.

    Raises:
        KeyringError: The keyring does not keep it.
    """

    def keep(keyring: KeyringBackend) -> None:
        keyring.set_password(SERVICE, store, token.hex())

    _ask(keep)
    if find_token(store) != token:
        raise _report("it does not keep what it is given")


def find_token(store: str) -> bytes:
    """Return the token that the keyring holds for a store.

    Raises:
        KeyringError: There is none, or the keyring does not give it.
    """
    text = _ask(lambda keyring: keyring.get_password(SERVICE, store))
    with suppress(TypeError, ValueError):
        token = bytes.fromhex(text or "")
        if len(token) == KEY_BYTES:
            return token
    raise _report("it holds nothing for these records")


def forget_token(store: str) -> bool:
    """Take the token of a store out of the keyring, and tell whether it is gone."""
    try:
        if _ask(lambda keyring: keyring.get_password(SERVICE, store)) is not None:
            _ask(lambda keyring: keyring.delete_password(SERVICE, store))
    except KeyringError:
        return False
    return True


def report_no_entry() -> KeyringError:
    """Return the error for a token that opens nothing, as after a restore."""
    return _report("what it holds does not open these records")


def _ask(ask: Callable[[KeyringBackend], T]) -> T:
    """Return what a keyring answers, unless it fails or takes too long.

    Raises:
        KeyringError: It did.
    """
    answers: SimpleQueue[tuple[T] | KeyringError] = SimpleQueue()

    def work() -> None:
        try:
            answers.put((ask(_find_keyring()),))
        except KeyringError as error:
            answers.put(error)
        except Exception as error:  # noqa: BLE001 - see above
            # Its words are left out: they may quote what was to be kept.
            answers.put(_report(f"it failed ({type(error).__name__})"))

    # A thread of its own that nobody waits for: a keyring that hangs must not keep the program.
    Thread(target=work, name="keyring", daemon=True).start()
    try:
        answer = answers.get(timeout=PATIENCE_SECONDS)
    except Empty:
        raise _report("it does not answer") from None
    if isinstance(answer, KeyringError):
        raise answer
    return answer[0]


def _find_keyring() -> KeyringBackend:
    try:
        from keyring import get_keyring  # noqa: PLC0415 - optional, and slow to load
    except ImportError:
        raise _report("the package keyring is not installed") from None
    keyring = get_keyring()
    if keyring.priority < _TRUSTED_FROM:
        raise _report("there is none that keeps secrets safe")
    return keyring


def _report(reason: str) -> KeyringError:
    return KeyringError(
        t("The keyring of this computer cannot be used: {reason}.", reason=reason),
        t("The passphrase opens the records as always. Nothing is lost."),
    )
