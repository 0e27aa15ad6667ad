"""Between a document and the bytes of its row.

A seal is bound to its place: a row that was changed, moved to another id or table, or brought
in from another store does not open. Which sealer a store uses is written in the file, and
nothing above this module knows which one it is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consult_app.store.derivation import KEY_BYTES, SCHEMA, KeyRing

NONCE_BYTES = 12

CHUNK_BYTES = 2**20
"""How much of an attachment is encrypted in one piece."""

_CHUNKS = "attachments.files"
_LENGTH = struct.Struct(">I").pack
_OVERHEAD = NONCE_BYTES + 16
_MARK_BYTES = 32


class SealBrokenError(Exception):
    """The bytes are not what was sealed for this place. Never leaves the room."""


Row = tuple[int, bytes, bytes, int, bytes]
"""A row as it lies in the file: its number there, table and id in UTF-8, version and bytes."""

Shares = dict[bytes, list[int]]
"""By table, how many rows and the sum of their shares; a table comes to be when asked for."""


class Sealer(Protocol):
    """Turns documents into row bytes and back."""

    @property
    def name(self) -> str:
        """The kind of sealing, kept in the file so that no other kind is tried on it."""

    def seal(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        """Return the row bytes for a document at this place and version."""

    def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
        """Return the document that was sealed for this place and version.

        Raises:
            SealBrokenError: These bytes were not sealed for it, or were changed since.
        """

    def name_of(self, key: str) -> str:
        """Return the name of the attachment with this key."""

    def mark(self, table: str, row_id: str, version: int) -> int:
        """Return the share of a row in the tally of its table, a number below 2**256."""

    def examine(self, rows: Iterable[Row], shares: Shares) -> list[Row]:
        """Add up the shares of rows in the tally, and return those that do not open."""

    def digest(self, data: bytes) -> str:
        """Return what the audit keeps of a document instead of its words, in hexadecimal."""


_DIGEST = 16


class PlainSealer:
    """Keeps documents readable, with a digest that notices damage and misplacement.

    It protects against accidents, not against people: anyone who can read the file can read
    the records.

    Args:
        store_id: The id of the store, so that its rows open in no other.
    """

    name = "plain"

    def __init__(self, store_id: str) -> None:
        self._store_id = store_id

    def seal(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        """Return the digest followed by the document as it is."""
        return self._digest(table, row_id, version, document) + document

    def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
        """Return the document after comparing its digest.

        Raises:
            SealBrokenError: The digest differs.
        """
        digest, document = sealed[:_DIGEST], sealed[_DIGEST:]
        if not hmac.compare_digest(digest, self._digest(table, row_id, version, document)):
            raise SealBrokenError("the digest differs")
        return document

    def name_of(self, key: str) -> str:
        """Return the key itself."""
        return key

    def mark(self, table: str, row_id: str, version: int) -> int:
        """Return the digest of the place as a number."""
        place = _spell(self._store_id, table, row_id, str(version))
        return int.from_bytes(hashlib.blake2b(place, digest_size=_MARK_BYTES).digest())

    def examine(self, rows: Iterable[Row], shares: Shares) -> list[Row]:
        """Add up the numbers of the places, and return the rows whose digest differs."""
        broken = []
        for row in rows:
            _, table, name, version, sealed = row
            place = table.decode(errors="replace"), name.decode(errors="replace"), version
            share = shares[table]
            share[0] += 1
            share[1] += self.mark(*place)
            try:
                self.open(*place, sealed)
            except SealBrokenError:
                broken.append(row)
        return broken

    def digest(self, data: bytes) -> str:
        """Return the SHA-256 of the bytes: nothing is hidden in a plain store."""
        return hashlib.sha256(data).hexdigest()

    def _digest(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        digest = hashlib.blake2b(digest_size=_DIGEST)
        digest.update(_spell(self._store_id, table, row_id, str(version)))
        digest.update(document)
        return digest.digest()


class AesSealer:
    """Encrypts every row and attachment with AES-256-GCM under a nonce of its own.

    A row is its nonce and the ciphertext; store, table, id, version and schema are bound in as
    associated data. An attachment is encrypted under a key that follows from the key in the
    document that refers to it: with that document gone, nothing opens the attachment.

    Nonces are random, 96 bits: far below 2**32 rows under one data key, a repeat is not
    expected in the life of a clinic.

    Args:
        store_id: The id of the store.
        data_key: 32 bytes, known to nobody who has not unlocked the store.
    """

    name = "aes-256-gcm"

    def __init__(self, store_id: str, data_key: bytes) -> None:
        if len(data_key) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._keys = KeyRing.derive(data_key, store_id)
        self._rows = AESGCM(self._keys.row)
        self._tally = hashlib.blake2b(key=self._keys.tally, digest_size=_MARK_BYTES)
        self._store = _spell(store_id)
        # A row is sealed and counted one after the other, both by its place.
        self._place = lru_cache(maxsize=2)(_spell_place)

    def seal(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        """Return nonce and ciphertext."""
        return _encrypt(self._rows, document, self._bind(table, row_id, version))

    def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
        """Return the document.

        Raises:
            SealBrokenError: It was not sealed for this place with this key, or was changed.
        """
        return _decrypt(self._rows, sealed, self._bind(table, row_id, version))

    def name_of(self, key: str) -> str:
        """Return a keyed hash of the key of an attachment, in hexadecimal: it tells nothing."""
        return _hash(self._keys.name, _spell(key)).hex()

    def seal_chunks(self, key: str, data: bytes) -> Iterator[bytes]:
        """Yield an attachment in encrypted pieces, each bound to its place and to being the last.

        Args:
            key: Its key; with the key gone nobody can open it.
            data: The attachment.
        """
        cipher, name = self._lock(key), self.name_of(key)
        last = max(0, (len(data) - 1) // CHUNK_BYTES)
        for number in range(last + 1):
            chunk = data[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
            yield _encrypt(cipher, chunk, self._bind_chunk(name, number, number == last))

    def open_chunks(self, key: str, sealed: bytes) -> bytes:
        """Return the attachment.

        Raises:
            SealBrokenError: It was not sealed under this key, or was changed.
        """
        cipher, name = self._lock(key), self.name_of(key)
        step = CHUNK_BYTES + _OVERHEAD
        last = max(0, (len(sealed) - 1) // step)
        return b"".join(
            _decrypt(
                cipher,
                sealed[number * step : (number + 1) * step],
                self._bind_chunk(name, number, number == last),
            )
            for number in range(last + 1)
        )

    def mark(self, table: str, row_id: str, version: int) -> int:
        """Return a keyed hash of the place as a number."""
        digest = self._tally.copy()
        digest.update(self._place(table, row_id, version))
        return int.from_bytes(digest.digest())

    def examine(self, rows: Iterable[Row], shares: Shares) -> list[Row]:
        """Add up the keyed hashes of the places, and return the rows that do not open."""
        # Written out, for backups wait for it: both need the place, which is spelled once.
        decrypt, start, read, length = self._rows.decrypt, self._tally.copy, int.from_bytes, _LENGTH
        store, broken = self._store, []
        for row in rows:
            _, table, name, version, sealed = row
            number = b"%d" % version
            place = b"".join(
                (length(len(table)), table, length(len(name)), name, length(len(number)), number)
            )
            digest = start()
            digest.update(place)
            share = shares[table]
            share[0] += 1
            share[1] += read(digest.digest())
            try:
                decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], store + place + _SCHEMA_SPELLED)
            except _BROKEN:
                broken.append(row)
        return broken

    def digest(self, data: bytes) -> str:
        """Return a keyed hash of the bytes, in hexadecimal."""
        return _hash(self._keys.audit, data).hex()

    def _lock(self, key: str) -> AESGCM:
        return AESGCM(_hash(self._keys.attachment, b"blob", _spell(key)))

    def _bind(self, table: str, row_id: str, version: int) -> bytes:
        return self._store + self._place(table, row_id, version) + _SCHEMA_SPELLED

    def _bind_chunk(self, name: str, number: int, last: bool) -> bytes:  # noqa: FBT001  # part of a place
        return self._bind(_CHUNKS, name, number) + (b"last" if last else b"more")


_BROKEN = (InvalidTag, ValueError)
"""What decrypting raises; a nonce cut short is a ValueError."""


def _encrypt(cipher: AESGCM, data: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, data, bound)


def _decrypt(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    nonce, encrypted = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return cipher.decrypt(nonce, encrypted, bound)
    except _BROKEN:
        raise SealBrokenError("the seal is broken") from None


def _hash(key: bytes, *parts: bytes) -> bytes:
    digest = hashlib.blake2b(key=key, digest_size=_MARK_BYTES)
    for part in parts:
        digest.update(part)
    return digest.digest()


def _spell(*parts: str) -> bytes:
    """Return the parts as bytes, each behind its length: ("ab", "c") is not ("a", "bc")."""
    spelled = b""
    for part in parts:  # the fastest of many ways, and every row is spelled twice
        encoded = part.encode("utf-8", "surrogatepass")
        spelled += _LENGTH(len(encoded)) + encoded
    return spelled


def _spell_place(table: str, row_id: str, version: int) -> bytes:
    return _spell(table, row_id, str(version))


_SCHEMA_SPELLED = _spell(str(SCHEMA))
