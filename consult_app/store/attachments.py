"""Files kept with records, in the same file as the records and the same transaction.

What is kept is named by a hash of its key; the key itself stands only in the document that refers
to it. In a sealed store nobody can open an attachment whose document is gone.
"""

from __future__ import annotations

from typing import cast

from consult_app.errors import Fault
from consult_app.store.faults import DamagedRecordError, UnkeepableError, UnknownRecordError
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import SealBrokenError, Sealer
from consult_app.store.watching import UNWATCHED, Watch

PLACE = "attachments"
_VERSION = 1  # The bytes behind a key never change.
_REASON = "not what was written"


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
        self._keep(key, data)
        return key

    def put_as(self, key: str, data: bytes) -> None:
        """Keep the bytes under the key that a document from elsewhere has for them.

        Raises:
            UnkeepableError: Other bytes are kept under this key.
        """
        try:
            other = self.get(key) != data
        except (UnknownRecordError, DamagedRecordError):
            other = False
        if other:
            fault = Fault(f"{PLACE} {self._rows.sealer.name_of(key)}", "another file is kept there")
            raise UnkeepableError("This file cannot be kept.", (fault,), "Nothing was changed.")
        self._keep(key, data)

    def discard(self, key: str) -> bool:
        """Remove what is kept under a key, and tell whether there was anything."""
        names = [sealer.name_of(key) for sealer in self._rows.sealers()]
        found = [name for name in names if self._fetch(name) is not None]
        with self._rows.engine.transaction():
            for name in found:
                self._rows.tally.drop(PLACE, name, _VERSION)
                self._rows.engine.run("DELETE FROM attachment WHERE key = ?", (name,))
        return bool(found)

    def get(self, key: str) -> bytes:
        """Return the bytes, after making sure they are the ones that were kept.

        Raises:
            UnknownRecordError: There are none.
            DamagedRecordError: They were changed.
        """
        for sealer in self._rows.sealers():
            name = sealer.name_of(key)
            body = self._fetch(name)
            if body is not None:
                return self._open(sealer, key, name, body)
        # The key stays out of messages: who has it and the data key can open what it stands for.
        raise UnknownRecordError(PLACE, self._rows.sealer.name_of(key))

    def verify(self, watch: Watch = UNWATCHED) -> None:
        """Check every attachment; damaged ones are noted."""
        names = self._rows.engine.fetch("SELECT key FROM attachment ORDER BY rowid")
        for done, name in enumerate(str(row[0]) for row in names):
            watch.tell(done, len(names))
            try:
                self._rows.sealer.check_blob(name, self._fetch(name) or b"")
            except SealBrokenError:
                self._rows.note(Damage(table=PLACE, id=name, reason=_REASON))

    def _keep(self, key: str, data: bytes) -> None:
        name = self._rows.sealer.name_of(key)
        body = self._rows.sealer.seal_blob(key, data)
        with self._rows.engine.transaction():
            if self._fetch(name) is None:
                self._rows.tally.add(PLACE, name, _VERSION)
            # Written over whatever is there: it is the same, or damaged and now mended.
            self._rows.engine.run("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (name, body))

    def _open(self, sealer: Sealer, key: str, name: str, body: bytes) -> bytes:
        try:
            return sealer.open_blob(key, body)
        except SealBrokenError:
            self._rows.note(Damage(table=PLACE, id=name, reason=_REASON))
            raise DamagedRecordError(PLACE, name, _REASON) from None

    def _fetch(self, name: str) -> bytes | None:
        sql = "SELECT coalesce(CAST(body AS BLOB), x'') FROM attachment WHERE key = ?"
        found = self._rows.engine.fetch(sql, (name,))
        return cast("bytes", found[0][0]) if found else None
