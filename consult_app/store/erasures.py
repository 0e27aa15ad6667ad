"""The ledger of erasures: that somebody was erased, when, why and by whom, but not who it was.

An entry knows the person by a keyed hash of an id that nobody has any more. So a backup from
before, which still has that id, can be made to forget it again when it is restored.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from consult_app.errors import Fault, InputError
from consult_app.store.codec import encode
from consult_app.store.rows import Rows
from consult_app.wording import t

TABLE = "erasures"
_SCHEMA = 1
_KEY_BYTES = 32

How = Literal["erased", "anonymised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One entry.

    Attributes:
        hash: Keyed hash of the patient's id, in hexadecimal.
        key: The key of the hash, in hexadecimal; entries share one as far as they can.
        at: When, in UTC.
        who: Code of the practitioner.
        reason: Why, as it was written down.
        how: Whether the visits are gone, or stay without anybody they belong to.
    """

    hash: str
    key: str = field(repr=False)
    at: datetime
    who: str = ""
    reason: str = field(default="", repr=False)
    how: How = "erased"


class Ledger:
    """The entries of one file of records."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def entries(self) -> tuple[Erasure, ...]:
        """Return what can be read, oldest first."""
        return tuple(read_erasure(row.document) for row in self._rows.scan(TABLE))

    def add(self, patient_id: str, *, at: datetime, who: str, reason: str, how: How) -> Erasure:
        """Enter an erasure, inside the transaction that erases."""
        known = self.entries()
        key = known[-1].key if known else secrets.token_hex(_KEY_BYTES)
        hashed = _hash(key, patient_id)
        entry = Erasure(
            hash=hashed, key=key, at=at.astimezone(UTC), who=who, reason=reason, how=how
        )
        self.merge((entry,))
        return entry

    def merge(self, entries: Iterable[Erasure]) -> None:
        """Take in entries of another ledger; those that are here stay."""
        with self._rows.engine.transaction():
            self._rows.add_table(TABLE)
            for entry in entries:
                if not self._rows.has(TABLE, entry.hash):
                    self._rows.write(TABLE, entry.hash, encode(write_erasure(entry)))


def find_erased(patient_ids: Iterable[str], entries: Iterable[Erasure]) -> dict[str, Erasure]:
    """Return those of the patients that were erased, with their entries."""
    by_hash = {entry.hash: entry for entry in entries}
    keys = {entry.key for entry in by_hash.values()}
    hashed = ((patient_id, _hash(key, patient_id)) for patient_id in patient_ids for key in keys)
    return {patient_id: by_hash[one] for patient_id, one in hashed if one in by_hash}


def write_erasure(entry: Erasure) -> dict[str, object]:
    """Return an entry as plain JSON values."""
    return {
        "schema": _SCHEMA,
        "hash": entry.hash,
        "key": entry.key,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "reason": entry.reason,
        "how": entry.how,
    }


def read_erasure(content: Mapping[str, Any]) -> Erasure:
    """Return the entry that `write_erasure` wrote.

    Raises:
        InputError: It is none.
    """
    try:
        at = datetime.fromisoformat(content["at"])
        fields = {name: str(content[name]) for name in ("hash", "key", "who", "reason")}
        for name in ("hash", "key"):
            bytes.fromhex(fields[name])
        how: How = "anonymised" if content["how"] == "anonymised" else "erased"
    except (KeyError, TypeError, ValueError):
        fault = Fault(TABLE, "not an entry of the ledger")
        raise InputError(
            t("This ledger cannot be read"), (fault,), t("Nothing was changed.")
        ) from None
    return Erasure(at=at, how=how, **fields)


def _hash(key: str, patient_id: str) -> str:
    spelled = patient_id.encode("utf-8", "surrogatepass")
    return hmac.digest(bytes.fromhex(key), spelled, "sha256").hex()
