"""Files kept with records: each encrypted by itself, under a key that only its document has.

An attachment is a file of its own, because backups then copy it once instead of every time. It is
named by a keyed hash of its key, so the name tells nothing. A sealed row beside the documents says
how long the file is and what its SHA-256 is: so everything can be checked without the keys, and
what vanished is missed.

The file is made durable first, then the row, in the same transaction as the document: all files of
a transaction together right before its commit, each folder once. What a crash leaves in between is
a file without a row, and is removed (`sweeping`).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from consult_app.errors import Fault
from consult_app.store.codec import encode
from consult_app.store.derivation import KEY_BYTES
from consult_app.store.faults import (
    Border,
    DamagedRecordError,
    UnkeepableError,
    UnknownRecordError,
)
from consult_app.store.files import (
    Disk,
    Written,
    describe_file,
    harden,
    is_unreadable,
    make_folder,
    write_loose,
)
from consult_app.store.interface import Damage
from consult_app.store.replaced import find_replaced
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer, SealBrokenError
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.wording import t

PLACE = "attachments"
"""The folder they lie in, and what they are called where damage is named."""

TABLE = "attachments.files"
"""The table of the rows that tell of them."""

_CHANGED = "not what was written"
_MISSING = "missing"
_UNREADABLE = "cannot be read"
_SHARD = 2


def make_key() -> str:
    """Return a new key, in hexadecimal."""
    return secrets.token_hex(KEY_BYTES)


def find_file(place: Path, name: str) -> Path:
    """Return where the attachment with a name lies.

    The first letters of the name make a folder: some disks take only some thousand names in one.
    """
    return place / name[:_SHARD] / name


def list_files(place: Path) -> Iterator[Path]:
    """Yield every file in the place for attachments."""
    shards = sorted(place.iterdir()) if place.is_dir() else []
    for shard in shards:
        if shard.is_dir():
            with os.scandir(shard) as entries:
                yield from [Path(entry.path) for entry in entries]


def report_taken(name: str) -> UnkeepableError:
    """Return the error for a key that another attachment has."""
    fault = Fault(f"{PLACE} {name}", "another file is kept there")
    return UnkeepableError(t("This file cannot be kept."), (fault,), t("Nothing was changed."))


def tell(written: Written) -> dict[str, object]:
    """Return what the row of a file says."""
    return {"size": written.size, "sha256": written.sha256}


class SealedAttachments:
    """Attachments as encrypted files.

    Attributes:
        rows: The rows of an open file.
        place: The folder the attachments lie in.
        disk: The disk.
    """

    def __init__(self, rows: Rows, place: Path, disk: Disk) -> None:
        self.rows = rows
        self.place = place
        self.disk = disk
        self._sealer = cast("AesSealer", rows.sealer)
        self._border = Border(place.parent)
        self._arriving: set[str] = set()
        rows.engine.harden_with(self._harden)

    @property
    def arriving(self) -> frozenset[str]:
        """The names of those whose file may be there before its row is."""
        return frozenset(self._arriving)

    def make_key(self) -> str:
        """Return a key that nothing has."""
        return make_key()

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; durable on return. The same bytes again do no harm.

        Raises:
            UnkeepableError: Other bytes are kept under this key.
            StoreError: They could not be written.
        """
        with self.keeping({key: data}):
            pass

    @contextmanager
    def keeping(self, attachments: Mapping[str, bytes]) -> Iterator[None]:
        """Open a transaction in which these come into being, with whatever is saved in it.

        Raises:
            UnkeepableError: Other bytes are kept under one of the keys.
            StoreError: They could not be written; nothing of them was kept.
        """
        new = {key: data for key, data in attachments.items() if not self._has(key, data)}
        names = {self._sealer.name_of(key): key for key in new}
        self._arriving.update(names)
        settled = False
        try:
            told = {name: self._write(name, key, new[key]) for name, key in names.items()}
            with self.rows.engine.transaction():
                for name, written in told.items():
                    self.rows.engine.await_file(find_file(self.place, name))
                    self.rows.write(TABLE, name, encode(tell(written)))
                yield
                # Nobody knows what a commit that fails leaves, so no file is taken back any more.
                settled = True
        finally:
            for name in () if settled else names:
                self._take_back(name)
            self._arriving.difference_update(names)

    def get(self, key: str) -> bytes:
        """Return the bytes, after making sure they are the ones that were kept.

        Raises:
            UnknownRecordError: There are none.
            DamagedRecordError: They were changed, or their file is gone.
        """
        sealer = self._find_sealer(key)
        if sealer is None:
            # The key stays out of messages: who has it and the data key can open the attachment.
            raise UnknownRecordError(PLACE, self._sealer.name_of(key))
        name = sealer.name_of(key)
        try:
            with self._border:
                return sealer.open_chunks(key, self._read(name))
        except SealBrokenError as error:
            reason = error.reason if isinstance(error, _UnreadError) else _CHANGED
            self.rows.note(Damage(table=PLACE, id=name, reason=reason))
            raise DamagedRecordError(PLACE, name, reason) from None

    def discard(self, key: str) -> bool:
        """Take away what is under a key, and tell whether there was anything.

        The file goes after the commit.
        """
        sealer = self._find_sealer(key)
        if sealer is not None:
            self.drop(sealer.name_of(key))
        return sealer is not None

    def drop(self, name: str) -> None:
        """Take away the attachment with a name; its file goes after the commit."""
        with self.rows.engine.transaction():
            self.rows.remove(TABLE, name)
            self.rows.engine.after_commit(lambda: self.remove_file(name))

    def remove_file(self, name: str) -> None:
        """Remove a file that no row tells of, unless records that were replaced may need it."""
        try:
            if not find_replaced(self.place.parent):
                self.disk.remove(find_file(self.place, name))
        except OSError:
            return  # another program has it open; sweeping tries again

    def verify(self, watch: Watch = UNWATCHED) -> None:
        """Check every attachment; damaged ones are noted."""
        total = self.rows.count(TABLE)
        for done, row in enumerate(self.rows.scan(TABLE)):
            watch.tell(done, total)
            reason = self.check(row.id, row.document)
            if reason:
                self.rows.note(Damage(table=PLACE, id=row.id, reason=reason))

    def check(self, name: str, told: Mapping[str, object]) -> str:
        """Return what is wrong with a file, in a few words; empty when nothing is.

        Args:
            name: Its name.
            told: What its row says.
        """
        try:
            with self._border, _naming_unread():
                written = describe_file(find_file(self.place, name))
        except _UnreadError as error:
            return error.reason
        return "" if tell(written) == told else _CHANGED

    def _read(self, name: str) -> bytes:
        with _naming_unread():
            return find_file(self.place, name).read_bytes()

    def _write(self, name: str, key: str, data: bytes) -> Written:
        """Write the file; it is not durable yet."""
        path = find_file(self.place, name)
        with self._border:
            make_folder(path.parent, self.disk)
            return write_loose(path, self._sealer.seal_chunks(key, data), self.disk)

    def _harden(self, paths: list[Path]) -> None:
        with self._border:
            harden(paths, self.disk)

    def _take_back(self, name: str) -> None:
        if not self.rows.has(TABLE, name):
            self.remove_file(name)

    def _has(self, key: str, data: bytes) -> bool:
        """Tell whether exactly these bytes are kept; what is damaged is to be written anew."""
        try:
            kept = self.get(key)
        except (UnknownRecordError, DamagedRecordError):
            return False
        if kept != data:
            raise report_taken(self._sealer.name_of(key))
        return True

    def _find_sealer(self, key: str) -> AesSealer | None:
        sealers = (sealer for sealer in self.rows.sealers() if isinstance(sealer, AesSealer))
        return next((one for one in sealers if self.rows.has(TABLE, one.name_of(key))), None)


class _UnreadError(SealBrokenError):
    """A file is gone, or it alone cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


@contextmanager
def _naming_unread() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not is_unreadable(error) and not isinstance(error, FileNotFoundError):
            raise
        missing = isinstance(error, FileNotFoundError)
        raise _UnreadError(_MISSING if missing else _UNREADABLE) from None
