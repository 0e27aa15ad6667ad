"""Files kept with plain records, in the same file as the records.

Plain records are those of the first version, until they get a passphrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from consult_app.store.attachments import PLACE, make_key, report_taken
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import SealBrokenError
from consult_app.store.watching import UNWATCHED, Watch

_VERSION = 1  # The bytes behind a key never change.
_REASON = "not what was written"


class PlainAttachments:
    """Attachments as rows named by their key."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def make_key(self) -> str:
        """Return a key that nothing has."""
        return make_key()

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; durable on return. The same bytes again do no harm.

        Raises:
            UnkeepableError: Other bytes are kept under this key.
        """
        with self._rows.engine.transaction():
            if not self._has(key):
                self._rows.tally.add(PLACE, key, _VERSION)
            elif self._read_if_sound(key) not in {None, data}:
                raise report_taken(key)
            body = self._rows.sealer.seal(PLACE, key, _VERSION, data)
            # Written over whatever is there: it is the same, or damaged and now mended.
            self._rows.engine.run("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (key, body))

    @contextmanager
    def keeping(self, attachments: Mapping[str, bytes]) -> Iterator[None]:
        """Open a transaction in which these come into being, with whatever is saved in it."""
        with self._rows.engine.transaction():
            for key, data in attachments.items():
                self.put(key, data)
            yield

    def get(self, key: str) -> bytes:
        """Return the bytes, after making sure they are the ones that were kept.

        Raises:
            UnknownRecordError: There are none.
            DamagedRecordError: They were changed.
        """
        body = self._fetch(key)
        if body is None:
            raise UnknownRecordError(PLACE, key)
        try:
            return self._rows.sealer.open(PLACE, key, _VERSION, body)
        except SealBrokenError:
            self._rows.note(Damage(table=PLACE, id=key, reason=_REASON))
            raise DamagedRecordError(PLACE, key, _REASON) from None

    def discard(self, key: str) -> bool:
        """Take away what is under a key, and tell whether there was anything."""
        with self._rows.engine.transaction():
            found = self._has(key)
            if found:
                self._rows.tally.drop(PLACE, key, _VERSION)
                self._rows.engine.run("DELETE FROM attachment WHERE key = ?", (key,))
        return found

    def verify(self, watch: Watch = UNWATCHED) -> None:
        """Check every attachment; damaged ones are noted."""
        keys = self._rows.engine.fetch("SELECT key FROM attachment ORDER BY rowid")
        for done, (key,) in enumerate(keys):
            watch.tell(done, len(keys))
            self._read_if_sound(str(key))

    def _read_if_sound(self, key: str) -> bytes | None:
        try:
            return self.get(key)
        except DamagedRecordError:
            return None

    def _has(self, key: str) -> bool:
        return self._fetch(key) is not None

    def _fetch(self, key: str) -> bytes | None:
        sql = "SELECT coalesce(CAST(body AS BLOB), x'') FROM attachment WHERE key = ?"
        found = self._rows.engine.fetch(sql, (key,))
        return cast("bytes", found[0][0]) if found else None
