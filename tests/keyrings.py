"""Keyrings for tests: one that works, and every way in which one may fail."""

from __future__ import annotations

from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

LOUD = "what a keyring says may quote the token"


class Working(KeyringBackend):
    """Keeps what it is given, in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Let go of it."""
        del self.held[service, username]


class Locked(Working):
    """Is locked, and nobody unlocks it."""

    def get_password(self, *_: str) -> str | None:
        """Refuse."""
        raise KeyringLocked(LOUD)

    def set_password(self, *_: str) -> None:
        """Refuse."""
        raise KeyringLocked(LOUD)


class Absent(Working):
    """Is what the library gives where there is no keyring."""

    def get_password(self, *_: str) -> str | None:
        """Refuse."""
        raise NoKeyringError(LOUD)

    def set_password(self, *_: str) -> None:
        """Refuse."""
        raise NoKeyringError(LOUD)


class Broken(Working):
    """Raises what no library says it raises."""

    def get_password(self, *_: str) -> str | None:
        """Fall over."""
        raise ZeroDivisionError(LOUD)


class Forgetful(Working):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Do nothing."""


class Readable(Working):
    """Keeps secrets in a file that anybody can read, as the library tells by its priority."""

    priority = 0.5  # type: ignore[assignment] # the library's own are no whole numbers either


class Clinging(Working):
    """Keeps what it has, whatever it is told."""

    def delete_password(self, *_: str) -> None:
        """Refuse."""
        raise PasswordDeleteError(LOUD)


class Hanging(Working):
    """Answers only once it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = Event()

    def get_password(self, service: str, username: str) -> str | None:
        """Wait, then answer."""
        self.let_go.wait()
        return super().get_password(service, username)


FAILING = (Locked, Absent, Broken, Forgetful, Readable)


def use(monkeypatch: pytest.MonkeyPatch, backend: Working) -> None:
    """Have this be the keyring of the computer."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
