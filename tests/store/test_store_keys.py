"""The file KEYS: its slots open with their secret alone, and damage to it is always noticed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from consult_app.store import keys as module
from consult_app.store.keys import (
    Keys,
    KeysDamagedError,
    KeysNewerError,
    SlotKind,
    make_data_key,
    make_id,
    read_keys,
    write_keys,
)
from consult_app.store.os_keyring import make_token
from consult_app.store.passphrase import FLOOR, Cost
from consult_app.store.recovery import make_code

PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but this test
DATA_KEY = make_data_key()
CODE = make_code()
EMPTY = Keys(store=make_id(), key=make_id(), file="records-1.sqlite", slots=())


@pytest.fixture(scope="module")
def keys() -> Keys:
    with_passphrase = EMPTY.with_slot(SlotKind.PASSPHRASE, PASSPHRASE, DATA_KEY, FLOOR)
    return with_passphrase.with_slot(SlotKind.RECOVERY, CODE, DATA_KEY)


def test_every_secret_opens_its_own_slot_and_no_other(keys: Keys) -> None:
    assert keys.open(SlotKind.PASSPHRASE, PASSPHRASE) == DATA_KEY
    assert keys.open(SlotKind.RECOVERY, CODE) == DATA_KEY
    assert keys.open(SlotKind.PASSPHRASE, PASSPHRASE.upper()) is None
    assert keys.open(SlotKind.RECOVERY, make_code()) is None
    assert EMPTY.open(SlotKind.PASSPHRASE, PASSPHRASE) is None


def test_changing_one_secret_leaves_the_other_slot_as_it_is(keys: Keys) -> None:
    changed = keys.with_slot(SlotKind.PASSPHRASE, "another one", DATA_KEY, FLOOR)
    assert changed.open(SlotKind.PASSPHRASE, PASSPHRASE) is None
    assert changed.open(SlotKind.PASSPHRASE, "another one") == DATA_KEY
    assert len(changed.slots) == 2
    assert {slot for slot in changed.slots if slot.kind is SlotKind.RECOVERY} <= set(keys.slots)


def test_the_same_secret_never_makes_the_same_slot(keys: Keys) -> None:
    again = keys.with_slot(SlotKind.PASSPHRASE, PASSPHRASE, DATA_KEY, FLOOR)
    old = next(slot for slot in keys.slots if slot.kind is SlotKind.PASSPHRASE)
    new = next(slot for slot in again.slots if slot.kind is SlotKind.PASSPHRASE)
    assert not {old.salt, old.nonce, old.check, old.wrapped} & {
        new.salt,
        new.nonce,
        new.check,
        new.wrapped,
    }


def test_what_is_written_is_read_back_and_holds_no_secret(keys: Keys) -> None:
    full = replace(keys, confirmed=True, replaces="records.sqlite", file="records-12.sqlite")
    data = write_keys(full)
    assert read_keys(data) == full
    assert read_keys(write_keys(keys)) == keys
    assert DATA_KEY not in data
    assert DATA_KEY.hex().encode() not in data
    assert CODE.hex().encode() not in data
    assert PASSPHRASE.encode() not in data


def test_a_slot_moved_to_another_store_or_data_key_does_not_open(keys: Keys) -> None:
    with pytest.raises(KeysDamagedError):
        replace(keys, key=make_id()).open(SlotKind.PASSPHRASE, PASSPHRASE)
    assert replace(keys, store=make_id()).open(SlotKind.RECOVERY, CODE) is None


def test_a_slot_made_cheaper_does_not_open(keys: Keys) -> None:
    dear = Cost(memory=FLOOR.memory, passes=3, lanes=1)
    made = keys.with_slot(SlotKind.PASSPHRASE, PASSPHRASE, DATA_KEY, dear)
    cheap = tuple(
        replace(slot, cost=FLOOR) if slot.kind is SlotKind.PASSPHRASE else slot
        for slot in made.slots
    )
    assert replace(made, slots=cheap).open(SlotKind.PASSPHRASE, PASSPHRASE) is None


def test_every_flipped_bit_of_the_file_is_noticed(keys: Keys) -> None:
    data = write_keys(keys)
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            with pytest.raises(KeysDamagedError):
                read_keys(bytes(flipped))


def test_a_file_cut_short_anywhere_is_noticed(keys: Keys) -> None:
    data = write_keys(keys)
    for length in range(len(data)):
        with pytest.raises(KeysDamagedError):
            read_keys(data[:length])


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe", b"7", b"[" * 100_000])
def test_what_is_no_keys_file_is_noticed(data: bytes) -> None:
    with pytest.raises(KeysDamagedError):
        read_keys(data)


def _forge(keys: Keys, **changes: object) -> bytes:
    """Write a file with a right checksum and wrong content, as a person could."""
    content = json.loads(write_keys(keys))
    checksum = content.pop("checksum")
    assert checksum
    content.update(changes)
    return module._spell(content, module._sum(content))


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../elsewhere.sqlite"},
        {"file": "records-1.sqlite/../x"},
        {"replaces": "../../letter.txt"},
        {"replaces": "records-1.sqlite"},
        {"store": "x"},
        {"key": 7},
        {"slots": [{"kind": "fingerprint"}]},
        {"slots": None},
    ],
)
def test_a_file_that_names_what_it_must_not_is_refused(
    keys: Keys, changes: dict[str, object]
) -> None:
    assert read_keys(_forge(keys)) == keys
    with pytest.raises(KeysDamagedError):
        read_keys(_forge(keys, **changes))


@pytest.mark.parametrize("cost", [[1024, 2, 1], [19 * 1024, 1, 1], [2**22, 2, 1], [19456, 2], "x"])
def test_a_cost_out_of_bounds_is_refused(keys: Keys, cost: object) -> None:
    content = json.loads(write_keys(keys))
    slots = [{**slot, "cost": cost} for slot in content["slots"]]
    with pytest.raises(KeysDamagedError):
        read_keys(_forge(keys, slots=slots))


def test_a_newer_format_is_told_apart_from_damage(keys: Keys) -> None:
    with pytest.raises(KeysNewerError, match="3"):
        read_keys(_forge(keys, format=3))


def test_a_slot_for_the_keyring_opens_with_its_token_and_leaves_the_others(keys: Keys) -> None:
    token = make_token()
    with_keyring = keys.with_slot(SlotKind.KEYRING, token, DATA_KEY)
    again = read_keys(write_keys(with_keyring))
    assert again == with_keyring
    assert again.open(SlotKind.KEYRING, token) == DATA_KEY
    assert again.open(SlotKind.KEYRING, make_token()) is None
    assert again.open(SlotKind.RECOVERY, token) is None
    assert again.open(SlotKind.PASSPHRASE, PASSPHRASE) == DATA_KEY
    assert again.without_slot(SlotKind.KEYRING) == keys
    assert token.hex().encode() not in write_keys(with_keyring)


def test_programs_that_do_not_know_the_keyring_find_a_newer_format(keys: Keys) -> None:
    """The first ones read format 1 only and take a kind of slot they do not know for damage."""
    assert json.loads(write_keys(keys))["format"] == 1
    with_keyring = keys.with_slot(SlotKind.KEYRING, make_token(), DATA_KEY)
    assert json.loads(write_keys(with_keyring))["format"] == 2
    assert json.loads(write_keys(with_keyring.without_slot(SlotKind.KEYRING)))["format"] == 1


def test_the_keyring_is_asked_only_once_the_code_was_typed_back(keys: Keys) -> None:
    with_keyring = keys.with_slot(SlotKind.KEYRING, make_token(), DATA_KEY)
    assert replace(with_keyring, confirmed=True).asks_keyring
    assert not replace(with_keyring, confirmed=False).asks_keyring
    assert not replace(keys, confirmed=True).asks_keyring
