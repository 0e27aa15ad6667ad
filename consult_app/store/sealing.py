"""Between a document and the bytes of its row.

A seal is bound to its place: a row that was changed, moved to another id or table, or brought
in from another store does not open. Which sealer a store uses is written in the file, and
nothing above this module knows which one it is.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol


class SealBrokenError(Exception):
    """The bytes are not what was sealed for this place. Never leaves the room."""


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

    def key_of(self, data: bytes) -> str:
        """Return the name of an attachment: the same bytes always have the same name."""


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

    def key_of(self, data: bytes) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(data).hexdigest()

    def _digest(self, table: str, row_id: str, version: int, document: bytes) -> bytes:
        digest = hashlib.blake2b(digest_size=_DIGEST)
        for part in (self._store_id, table, row_id, str(version)):
            # The length in front keeps ("ab", "c") apart from ("a", "bc").
            encoded = part.encode("utf-8", "surrogatepass")
            digest.update(len(encoded).to_bytes(4, "big") + encoded)
        digest.update(document)
        return digest.digest()
