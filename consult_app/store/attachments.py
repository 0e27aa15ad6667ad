"""Files kept with records, in the same file as the records and the same transaction."""

from __future__ import annotations

from typing import cast

from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import SealBrokenError

_PLACE = "attachments"
_VERSION = 1  # The bytes behind a key never change.


class StoredAttachments:
    """Attachments as sealed rows named by their content."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def key_of(self, data: bytes) -> str:
        """Return the key these bytes have or would have."""
        return self._rows.sealer.key_of(data)

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their key; durable on return. Twice does no harm."""
        key = self.key_of(data)
        body = self._rows.sealer.seal(_PLACE, key, _VERSION, data)
        with self._rows.engine.transaction():
            # Written over whatever is there: it is the same, or damaged and now mended.
            self._rows.engine.run("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (key, body))
        return key

    def get(self, key: str) -> bytes:
        """Return the bytes, after making sure they are the ones that were kept.

        Raises:
            UnknownRecordError: There are none.
            DamagedRecordError: They were changed.
        """
        sql = "SELECT coalesce(CAST(body AS BLOB), x'') FROM attachment WHERE key = ?"
        found = self._rows.engine.fetch(sql, (key,))
        if not found:
            raise UnknownRecordError(_PLACE, key)
        try:
            return self._rows.sealer.open(_PLACE, key, _VERSION, cast("bytes", found[0][0]))
        except SealBrokenError:
            reason = "not what was written"
            self._rows.note(Damage(table=_PLACE, id=key, reason=reason))
            raise DamagedRecordError(_PLACE, key, reason) from None

    def verify(self) -> None:
        """Read every attachment; damaged ones are noted."""
        for (key,) in self._rows.engine.fetch("SELECT key FROM attachment ORDER BY rowid"):
            try:
                self.get(str(key))
            except DamagedRecordError:
                continue  # noted
