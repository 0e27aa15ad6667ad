"""The keyring may open the records where that was switched on, and can never keep anybody out."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import pytest

from consult_app.store import os_keyring
from consult_app.store.folder import PREVIOUS_NAME, load_keys
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.keyring_slot import end_keyring, let_keyring_open, unlock_by_keyring
from consult_app.store.keys import SlotKind, read_keys
from consult_app.store.os_keyring import (
    SERVICE,
    KeyringError,
    find_token,
    forget_token,
    keep_token,
    make_token,
)
from consult_app.store.state import KEYS_NAME
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import renew_store
from tests.keyrings import FAILING, LOUD, Absent, Clinging, Forgetful, Hanging, Locked, Working, use
from tests.sealed import CHEAP, MADE_AT, PASSPHRASE, Sealed

NEW = "a fresh set of words"


@pytest.fixture
def folder(sealed: Sealed, tmp_path: Path) -> Path:
    """Encrypted records that nobody has open."""
    return sealed.put(tmp_path)


def switch_on(folder: Path, secret: str = PASSPHRASE) -> bytes:
    """Let the keyring open records, and return its token."""
    with unlock_store(folder, PASSPHRASE) as store:
        let_keyring_open(store, secret, at=MADE_AT)
        return find_token(store.keys.store)


def test_the_token_opens_the_records_and_stands_nowhere_but_in_the_keyring(
    folder: Path, keyring: Working, caplog: pytest.LogCaptureFixture
) -> None:
    token = switch_on(folder)
    store = load_keys(folder).store
    assert keyring.held == {(SERVICE, store): token.hex()}
    with unlock_by_keyring(folder, token) as opened:
        assert "keyring.begun" in [entry.action for entry in opened.audit.entries()]
    with unlock_store(folder, PASSPHRASE):
        pass
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert written
    assert token not in written
    assert token.hex().encode() not in written
    assert token.hex() not in caplog.text


def test_it_takes_a_secret_to_switch_it_on(folder: Path, keyring: Working) -> None:
    before = (folder / KEYS_NAME).read_bytes()
    with unlock_store(folder, PASSPHRASE) as store, pytest.raises(WrongSecretError):
        let_keyring_open(store, "not the passphrase", at=MADE_AT)
    assert keyring.held == {}
    assert (folder / KEYS_NAME).read_bytes() == before


def test_another_token_opens_nothing(folder: Path, keyring: Working) -> None:
    switch_on(folder)
    with pytest.raises(KeyringError, match="cannot be used"):
        unlock_by_keyring(folder, make_token())
    keyring.held.clear()
    with pytest.raises(KeyringError):
        find_token(load_keys(folder).store)


def test_switched_off_neither_keys_nor_keyring_know_of_it(folder: Path, keyring: Working) -> None:
    token = switch_on(folder)
    with unlock_store(folder, PASSPHRASE) as store:
        assert end_keyring(store, at=MADE_AT)
    assert keyring.held == {}
    for name in (KEYS_NAME, PREVIOUS_NAME):
        assert not read_keys((folder / name).read_bytes()).has_slot(SlotKind.KEYRING)
    with pytest.raises(KeyringError):
        unlock_by_keyring(folder, token)


def test_a_keyring_that_does_not_let_go_opens_nothing_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Clinging())
    token = switch_on(folder)
    with unlock_store(folder, PASSPHRASE) as store:
        assert not end_keyring(store, at=MADE_AT)
    assert find_token(load_keys(folder).store) == token
    with pytest.raises(KeyringError):
        unlock_by_keyring(folder, token)


def test_another_passphrase_leaves_it_and_new_keys_end_it(folder: Path, keyring: Working) -> None:
    token = switch_on(folder)
    with unlock_store(folder, PASSPHRASE) as store:
        store.change_passphrase(PASSPHRASE, NEW, cost=CHEAP)
    with unlock_by_keyring(folder, token):
        pass
    renew_store(folder, NEW, PASSPHRASE, at=MADE_AT, cost=CHEAP)
    assert keyring.held == {}, "what leaked is taken out of the keyring"
    with pytest.raises(KeyringError):
        unlock_by_keyring(folder, token)
    with unlock_store(folder, PASSPHRASE) as store:
        assert not store.is_in_keyring


def test_new_keys_come_into_being_also_where_the_keyring_fails(
    folder: Path, keyring: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = switch_on(folder)
    use(monkeypatch, Locked())
    renew_store(folder, PASSPHRASE, NEW, at=MADE_AT, cost=CHEAP)
    use(monkeypatch, keyring)
    with pytest.raises(KeyringError):
        unlock_by_keyring(folder, token)
    with unlock_store(folder, NEW):
        pass


def test_keys_of_another_time_with_a_stale_token_do_no_harm(
    folder: Path, keyring: Working, tmp_path: Path
) -> None:
    switch_on(folder)
    before = Path(shutil.copytree(folder, tmp_path / "before"))
    token = switch_on(folder)
    assert len(keyring.held) == 1, "one entry for each store, however often it is switched on"
    with pytest.raises(KeyringError):
        unlock_by_keyring(before, token)
    with unlock_store(before, PASSPHRASE):
        pass
    with unlock_by_keyring(folder, token):
        pass


@pytest.mark.parametrize("kind", FAILING)
def test_a_keyring_that_fails_is_not_switched_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Working]
) -> None:
    use(monkeypatch, kind())
    before = (folder / KEYS_NAME).read_bytes()
    with unlock_store(folder, PASSPHRASE) as store:
        with pytest.raises(KeyringError) as caught:
            let_keyring_open(store, PASSPHRASE, at=MADE_AT)
        assert not store.is_in_keyring
    assert (folder / KEYS_NAME).read_bytes() == before
    assert LOUD not in " ".join((caught.value.title, caught.value.advice, *caught.value.details))


@pytest.mark.parametrize("kind", FAILING)
def test_a_keyring_that_fails_later_is_one_kind_of_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Working], keyring: Working
) -> None:
    switch_on(folder)
    assert find_token(load_keys(folder).store), "the control: the same with one that works"
    failing = kind()
    if kind is not Forgetful:
        failing.held = keyring.held
    use(monkeypatch, failing)
    with pytest.raises(KeyringError):
        find_token(load_keys(folder).store)


def test_where_the_library_is_missing_nothing_else_is(
    folder: Path, keyring: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_on(folder)
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(KeyringError) as caught:
        find_token(load_keys(folder).store)
    assert "not installed" in caught.value.title
    with unlock_store(folder, PASSPHRASE):
        pass
    assert not forget_token(load_keys(folder).store)
    assert keyring.held


def test_a_keyring_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = Hanging()
    use(monkeypatch, hanging)
    monkeypatch.setattr(os_keyring, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(KeyringError, match="cannot be used") as caught:
        find_token("s")
    assert "does not answer" in caught.value.title
    monkeypatch.setattr(os_keyring, "PATIENCE_SECONDS", 30)
    hanging.let_go.set()
    token = make_token()
    keep_token("s", token)
    assert find_token("s") == token


def test_what_a_keyring_holds_but_never_was_a_token_is_none(keyring: Working) -> None:
    for text in ("", "not hexadecimal", "abcd", "ü"):
        keyring.held[SERVICE, "s"] = text
        with pytest.raises(KeyringError):
            find_token("s")


def test_nothing_of_it_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    use(monkeypatch, Absent())
    with pytest.raises(KeyringError):
        find_token("s")
    assert LOUD not in caplog.text
