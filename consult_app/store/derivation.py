"""The keys of a store, each for one purpose, all from one secret (HKDF, RFC 5869)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SCHEMA = 1
"""Version of the sealed form of a row, bound into every key and seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """The keys a data key stands for."""

    row: bytes = field(repr=False)
    name: bytes = field(repr=False)
    tally: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    attachment: bytes = field(repr=False)

    @classmethod
    def derive(cls, data_key: bytes, store_id: str) -> Self:
        """Return the keys that follow from a data key of 32 bytes."""
        return cls(
            **{
                purpose: derive_key(data_key, store_id, purpose)
                for purpose in ("row", "name", "tally", "audit", "attachment")
            }
        )


def derive_key(secret: bytes, store_id: str, purpose: str) -> bytes:
    """Return a key of 32 bytes for one purpose in one store (RFC 5869)."""
    info = f"consult-app/{SCHEMA}/{purpose}".encode()
    return HKDF(hashes.SHA256(), KEY_BYTES, store_id.encode(), info).derive(secret)
