"""Opening the records: where they lie, and what opens them."""

from __future__ import annotations

import getpass
import os
import warnings
from pathlib import Path

from consult_app.commands.speech import complain
from consult_app.custody.actors import find_actor
from consult_app.errors import ConsultError, FileError
from consult_app.files import read_text
from consult_app.paths import find_home, find_records
from consult_app.settings import read_settings
from consult_app.store.deciding import describe_interruption
from consult_app.store.entry import Actor
from consult_app.store.faults import Border
from consult_app.store.log_end import describe_log_end
from consult_app.store.passphrase import check_passphrase
from consult_app.store.repositories import FileStore, open_store
from consult_app.store.state import State, find_state
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.whereabouts import describe_conflicts, list_names

PASSPHRASE_FILE = "CONSULT_APP_PASSPHRASE_FILE"  # noqa: S105 - where it is, not what it is


def open_records() -> FileStore:
    """Open the records on this computer and own them until closed.

    Raises:
        ConsultError: There are none, they are open elsewhere, or the passphrase is wrong.
    """
    folder, state = _look()
    store = _unlock(folder) if state is State.SEALED else open_store(folder)
    store.audit.act_as(find_own_actor())
    return store


def open_sealed_records(task: str) -> SealedStore:
    """Open the records for what is not done without a passphrase.

    Args:
        task: What is to be done, as the refusal names it.

    Raises:
        ConsultError: As above, or the records have no passphrase.
    """
    folder, state = _look()
    if state is State.PLAIN:
        raise ConsultError(
            f"These records have no passphrase yet, and without one there is no {task}.",
            f"Open the program and set one for {folder}, then try again. Nothing was changed.",
        )
    store = _unlock(folder)
    store.audit.act_as(find_own_actor())
    return store


def find_own_actor() -> Actor:
    """Return who acts, as far as the settings tell; faulty ones keep nobody from the records."""
    try:
        return find_actor(read_settings(find_home()).practice)
    except ConsultError as error:
        complain(error)
        return Actor()


def _unlock(folder: Path) -> SealedStore:
    """Unlock the records, and say what somebody should know who works on them."""
    store = unlock_store(folder, ask_passphrase())
    with Border(folder):
        names = list_names(folder)
    log_end = describe_log_end(store.rows.engine.log_end)
    for news in (log_end, describe_interruption(store), describe_conflicts(names)):
        if news is not None:
            complain(news)
    return store


def _look() -> tuple[Path, State]:
    folder = find_records()
    with Border(folder):
        state = find_state(folder)
    if state is State.EMPTY:
        raise report_none(folder)
    return folder, state


def is_empty(folder: Path) -> bool:
    """Tell whether there are no records in a folder."""
    with Border(folder):
        return find_state(folder) is State.EMPTY


def report_none(folder: Path) -> ConsultError:
    """Return the error for a folder without records."""
    return ConsultError(
        f"There are no records in {folder}.",
        "Open the program once to begin, restore a backup, or set CONSULT_APP_HOME.",
    )


def ask_new_passphrase() -> str:
    """Return the passphrase that new records are to have; typed, it is asked for twice.

    Raises:
        ConsultError: As `ask_passphrase`, or the two differ.
    """
    first = ask_passphrase("A passphrase for the new records: ")
    check_passphrase(first)
    if not os.environ.get(PASSPHRASE_FILE) and ask_passphrase("The same again: ") != first:
        raise ConsultError("The two passphrases differ.", "Nothing was changed. Try again.")
    return first


def ask_passphrase(prompt: str = "Passphrase or recovery code: ") -> str:
    """Return the passphrase: from the file that is named for it, else from whoever sits there.

    Raises:
        FileError: The file cannot be read, or is empty.
        ConsultError: There is no terminal to ask on, or nothing was given.
    """
    named = os.environ.get(PASSPHRASE_FILE)
    given = _read_passphrase(named) if named else _ask(prompt)
    if not given:
        where = f"{PASSPHRASE_FILE}: the file is empty" if named else "No passphrase was given"
        raise ConsultError(where, "Nothing was opened.")
    return given


def _read_passphrase(name: str) -> str:
    if name == "-":
        raise FileError(f"{PASSPHRASE_FILE}: not a file", "Name a file that holds the passphrase.")
    try:
        text = read_text(name)
    except FileError as error:
        raise FileError(f"{PASSPHRASE_FILE}: {error.title}", error.advice) from None
    return text.split("\n")[0].removesuffix("\r")


def _ask(prompt: str) -> str:
    with warnings.catch_warnings():
        # Asking where everybody could read the answer is worse than not asking.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, OSError):
            raise ConsultError(
                "There is no terminal to ask for the passphrase on.",
                f"Name a file that holds it in {PASSPHRASE_FILE}.",
            ) from None
        except EOFError:
            return ""
