"""What may be imported: an archive of ours, or the TinyDB file that lies in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Protocol

from consult_app.errors import Fault, InputError
from consult_app.exchange import tinydb_file
from consult_app.exchange.archive import ArchivedRecord
from consult_app.exchange.archive_reading import open_archive

_LONGEST = 2**30
_ZIP = b"PK"


class Incoming(Protocol):
    """Records from elsewhere, checked as far as they can be without ours."""

    @property
    def count(self) -> int:
        """How many records there are."""

    @property
    def origin(self) -> str:
        """Where they come from, for the audit: no name of a file or person."""

    @property
    def signed(self) -> frozenset[str]:
        """Ids of the signed visits."""

    def read_records(self) -> Iterator[ArchivedRecord]:
        """Yield every record."""

    def read(self, name: str) -> bytes:
        """Return a file that one of them names."""

    def read_erasures(self) -> Sequence[Mapping[str, object]]:
        """Return the ledger of erasures that came with them, as plain JSON values."""


def open_incoming(file: IO[bytes], tell: Callable[[int, int], None]) -> Incoming:
    """Open what is to be imported and check all of it.

    Args:
        file: The zip or the TinyDB file; it stays open as long as the records are read.
        tell: Told how much is checked; what it raises ends it.

    Raises:
        InputError: It is damaged, or something else; every fault is named with its place.
        ConsultError: A newer version of the program made it.
        OSError: It cannot be read.
    """
    start = file.read(len(_ZIP))
    file.seek(0)
    if not start:
        raise InputError(tinydb_file.TITLE, (Fault("the file", "empty"),), tinydb_file.ADVICE)
    if start != b"{"[: len(start)] and not start.lstrip().startswith(b"{"):
        return open_archive(file, tell)
    data = file.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        fault = Fault("the file", "too long")
        raise InputError(tinydb_file.TITLE, (fault,), tinydb_file.ADVICE)
    return tinydb_file.read_database(data)
