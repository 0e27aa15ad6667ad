"""The file KEYS: the data key of a store, wrapped once for every secret that opens it.

A slot holds the data key encrypted under a key that follows from one secret: a passphrase, by
Argon2id, or the recovery code, or a token in the computer's keyring, which are long enough to need
no stretching. Changing a secret rewrites its slot; the records stay as they are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consult_app.store.derivation import KEY_BYTES, derive_key
from consult_app.store.passphrase import SALT_BYTES, Cost, stretch
from consult_app.store.sealing import NONCE_BYTES

FORMAT, KEYRING_FORMAT = 1, 2
"""Of a file without and with a slot for the keyring, which the first programs do not know: they
say that a newer one is needed, as the file is whole."""

_BOUND = 1  # the form of a slot, the same in both
_CHECK_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + 16
_FILE = re.compile(r"records-[1-9]\d{0,8}\.sqlite", re.ASCII)
_REPLACED = re.compile(r"(records(-[1-9]\d{0,8})?\.sqlite)?", re.ASCII)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class KeysDamagedError(Exception):
    """The bytes are not a whole KEYS file. Never leaves the room."""


class KeysNewerError(Exception):
    """A newer version of the program wrote the file. Never leaves the room."""


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105  # the kind of secret, not one
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key, wrapped under one secret.

    Attributes:
        kind: What opens it.
        cost: What a guess costs; None for what is too long to guess.
        salt: Random, so that equal secrets make unlike keys.
        nonce: Of the encryption.
        check: Tells a wrong secret from a damaged slot.
        wrapped: The encrypted data key.
    """

    kind: SlotKind
    cost: Cost | None
    salt: bytes
    nonce: bytes
    check: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the file KEYS says.

    Attributes:
        store: Id of the store.
        key: Id of the data key; it tells nothing about it.
        file: Name of the file with the records.
        slots: One for each secret.
        confirmed: Whether the recovery code was typed back after it was shown.
        replaces: Name of a file whose place `file` took and that is still to be wiped, or empty.
    """

    store: str
    key: str
    file: str
    slots: tuple[Slot, ...]
    confirmed: bool = False
    replaces: str = ""

    @property
    def asks_keyring(self) -> bool:
        """Whether a keyring is to be asked for its token.

        It is not while nobody has typed the recovery code back: another is made then, and that
        needs the passphrase.
        """
        return self.confirmed and self.has_slot(SlotKind.KEYRING)

    def open(self, kind: SlotKind, secret: bytes | str) -> bytes | None:
        """Return the data key, or None when no slot of this kind opens with the secret.

        Raises:
            KeysDamagedError: A slot was made with this secret but does not open any more.
        """
        for slot in self.slots:
            if slot.kind is kind:
                data_key = _unwrap(self, slot, _stretch(secret, slot.salt, slot.cost))
                if data_key is not None:
                    return data_key
        return None

    def with_slot(
        self, kind: SlotKind, secret: bytes | str, data_key: bytes, cost: Cost | None = None
    ) -> Self:
        """Return the same with a new slot in place of the one of its kind."""
        salt = secrets.token_bytes(SALT_BYTES)
        slot = _wrap(self, kind, cost, salt, _stretch(secret, salt, cost), data_key)
        return replace(self, slots=(*self.without_slot(kind).slots, slot))

    def without_slot(self, kind: SlotKind) -> Self:
        """Return the same without the slots of a kind."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind is not kind))

    def has_slot(self, kind: SlotKind) -> bool:
        """Tell whether a secret of this kind may open it."""
        return any(slot.kind is kind for slot in self.slots)


def make_id() -> str:
    """Return a new id for a store or a data key."""
    return secrets.token_hex(16)


def make_data_key() -> bytes:
    """Return a new data key."""
    return secrets.token_bytes(KEY_BYTES)


def write_keys(keys: Keys) -> bytes:
    """Return the file's content: JSON, closed by a checksum against accidents."""
    content: dict[str, Any] = {
        "format": KEYRING_FORMAT if keys.has_slot(SlotKind.KEYRING) else FORMAT,
        "store": keys.store,
        "key": keys.key,
        "file": keys.file,
        "confirmed": keys.confirmed,
        "replaces": keys.replaces,
        "slots": [_write_slot(slot) for slot in keys.slots],
    }
    return _spell(content, _sum(content))


def read_keys(data: bytes) -> Keys:
    """Return what a KEYS file says.

    Raises:
        KeysDamagedError: It is not whole.
        KeysNewerError: Its format is newer than this program.
    """
    try:
        content = json.loads(data.decode("ascii"))
        checksum = content.pop("checksum")
        # Exactly as it was written, so that no flipped bit passes because it changes nothing.
        if checksum != _sum(content) or _spell(content, checksum) != data:
            raise KeysDamagedError("checksum")
        if content["format"] not in (FORMAT, KEYRING_FORMAT):
            raise KeysNewerError(str(content["format"]))
        return _read(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # The cause is left out: it quotes what it stumbled over.
        raise KeysDamagedError("not a KEYS file") from None


def _spell(content: dict[str, Any], checksum: str) -> bytes:
    return (json.dumps({**content, "checksum": checksum}, indent=1) + "\n").encode("ascii")


def _sum(content: dict[str, Any]) -> str:
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode("ascii")).hexdigest()


def _read(content: dict[str, Any]) -> Keys:
    keys = Keys(
        store=content["store"],
        key=content["key"],
        file=content["file"],
        confirmed=content["confirmed"] is True,
        replaces=content["replaces"],
        slots=tuple(_read_slot(slot) for slot in content["slots"]),
    )
    ids = _ID.fullmatch(keys.store) and _ID.fullmatch(keys.key)
    names = _FILE.fullmatch(keys.file) and _REPLACED.fullmatch(keys.replaces)
    if not (ids and names) or keys.replaces == keys.file:
        raise KeysDamagedError("names")
    return keys


def _write_slot(slot: Slot) -> dict[str, Any]:
    cost = slot.cost
    return {
        "kind": slot.kind.value,
        "cost": [cost.memory, cost.passes, cost.lanes] if cost else None,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "check": slot.check.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _read_slot(content: dict[str, Any]) -> Slot:
    kind = SlotKind(content["kind"])
    cost = None
    if kind is SlotKind.PASSPHRASE:
        memory, passes, lanes = (int(number) for number in content["cost"])
        cost = Cost(memory=memory, passes=passes, lanes=lanes)
        if not cost.is_sensible():
            raise KeysDamagedError("cost")
    return Slot(
        kind=kind,
        cost=cost,
        salt=_read_bytes(content["salt"], SALT_BYTES),
        nonce=_read_bytes(content["nonce"], NONCE_BYTES),
        check=_read_bytes(content["check"], _CHECK_BYTES),
        wrapped=_read_bytes(content["wrapped"], _WRAPPED_BYTES),
    )


def _read_bytes(text: str, length: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != length:
        raise KeysDamagedError("length")
    return data


def _stretch(secret: bytes | str, salt: bytes, cost: Cost | None) -> bytes:
    if isinstance(secret, str):
        if cost is None:
            raise ValueError("a passphrase needs a cost")
        return stretch(secret, salt, cost)
    return hmac.digest(salt, secret, "sha256")


def _wrap(
    keys: Keys, kind: SlotKind, cost: Cost | None, salt: bytes, stretched: bytes, data_key: bytes
) -> Slot:
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapping = AESGCM(derive_key(stretched, keys.store, "wrap"))
    wrapped = wrapping.encrypt(nonce, data_key, _bind(keys, kind, cost, salt))
    check = derive_key(stretched, keys.store, "check")[:_CHECK_BYTES]
    return Slot(kind=kind, cost=cost, salt=salt, nonce=nonce, check=check, wrapped=wrapped)


def _unwrap(keys: Keys, slot: Slot, stretched: bytes) -> bytes | None:
    check = derive_key(stretched, keys.store, "check")[:_CHECK_BYTES]
    if not hmac.compare_digest(check, slot.check):
        return None
    wrapping = AESGCM(derive_key(stretched, keys.store, "wrap"))
    bound = _bind(keys, slot.kind, slot.cost, slot.salt)
    try:
        return wrapping.decrypt(slot.nonce, slot.wrapped, bound)
    except InvalidTag:
        raise KeysDamagedError("slot") from None


def _bind(keys: Keys, kind: SlotKind, cost: Cost | None, salt: bytes) -> bytes:
    """Return what a slot is bound to: moved to another store or weakened, it does not open."""
    price = (cost.memory, cost.passes, cost.lanes) if cost else ()
    return json.dumps([_BOUND, keys.store, keys.key, kind.value, *price, salt.hex()]).encode()
