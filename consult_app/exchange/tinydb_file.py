"""All records in one JSON file that unmodified `TinyDB(path)` opens, and back from such a file.

A table for each kind of record, documents under whole numbers. TinyDB reads files in the coding of
the computer, so the text is ASCII.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence

from consult_app.errors import Fault, InputError
from consult_app.exchange.archive import KINDS, ArchivedRecord, Kind, is_text
from consult_app.exchange.json_text import decode_document, encode_line
from consult_app.wording import t

TITLE = t("This is no export of records")
ADVICE = t("Nothing was changed. Choose an export, which is a zip, or the TinyDB file in it.")
CASE = t("the case of one consultation: Open case file on the start page opens it")
_CHUNK = 2**20


class _Spool:
    """Text that waits in memory, compressed, because a zip takes one file at a time."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        self._packing = zlib.compressobj(1)
        self.count = 0

    def add(self, text: str) -> None:
        self._kept.write(self._packing.compress(text.encode("ascii")))
        self.count += 1

    def read(self) -> Iterator[bytes]:
        """Yield the text; nothing can be added after that."""
        self._kept.write(self._packing.flush())
        self._kept.seek(0)
        unpacking = zlib.decompressobj()
        while piece := self._kept.read(_CHUNK):
            yield unpacking.decompress(piece)
        yield unpacking.flush()


class DatabaseText:
    """The file, growing record by record."""

    def __init__(self) -> None:
        self._spools: dict[str, _Spool] = {kind: _Spool() for kind in KINDS}

    def add(self, kept: ArchivedRecord) -> None:
        """Add a record to the table of its kind."""
        spool = self._spools[kept.kind]
        comma = "," if spool.count else ""
        document = encode_line({"id": kept.id, **kept.document})
        spool.add(f'{comma}\n"{spool.count + 1}":{document}')

    def read(self) -> Iterator[bytes]:
        """Yield the whole text; nothing can be added after that."""
        for number, (name, spool) in enumerate(self._spools.items()):
            yield f'{"," if number else "{"}\n"{name}":{{'.encode("ascii")
            yield from spool.read()
            yield b"}"
        yield b"\n}\n"


class Database:
    """The records of a TinyDB file. Made by `read_database`."""

    origin = "TinyDB file"

    def __init__(self, records: tuple[ArchivedRecord, ...]) -> None:
        self._records = records
        self.count = len(records)
        self.signed = frozenset(it.id for it in records if it.kind == "consultations")

    def read_records(self) -> Iterator[ArchivedRecord]:
        """Yield every record."""
        return iter(self._records)

    def read(self, name: str) -> bytes:
        """Return a file that a record names; there are none."""
        raise KeyError(name)

    def read_erasures(self) -> Sequence[Mapping[str, object]]:
        """Return the ledger of erasures that came with them; there is none."""
        return ()


def read_database(data: bytes) -> Database:
    """Return the records in a TinyDB file.

    Raises:
        InputError: It is none, or holds something else; every fault is named with its place.
    """
    try:
        content = decode_document(data)
    except ValueError as error:
        raise InputError(TITLE, (Fault("the file", str(error)),), ADVICE) from None
    faults: list[Fault] = []
    if str(content.get("format", "")).startswith("consult-case/"):
        raise InputError(TITLE, (Fault("the file", CASE),), ADVICE)
    found = tuple(
        kept for name, table in content.items() for kept in _read_table(name, table, faults)
    )
    if not faults and not found:
        faults.append(Fault("the file", "holds no records"))
    if faults:
        raise InputError(TITLE, tuple(faults), ADVICE)
    return Database(found)


def _read_table(name: str, table: object, faults: list[Fault]) -> Iterator[ArchivedRecord]:
    kind = _find_kind(name)
    if kind is None:
        if table:  # TinyDB makes an empty `_default` by itself
            faults.append(Fault(name[:40], "not a table of records"))
        return
    if not isinstance(table, Mapping):
        faults.append(Fault(name, "not a table of documents"))
        return
    for number, document in table.items():
        record_id = document.get("id") if isinstance(document, Mapping) else None
        if isinstance(record_id, str) and record_id and is_text(record_id):
            yield ArchivedRecord(kind=kind, id=record_id, document=document)
        else:
            faults.append(Fault(f"{name}.{number[:20]}", "a document without an `id` that is text"))


def _find_kind(name: str) -> Kind | None:
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS}
    return kinds.get(name)
