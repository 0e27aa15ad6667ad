"""Writing an archive, one record after the other, so that memory does not grow with it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Self

from consult_app import record
from consult_app.domain.attachments import find_attachments
from consult_app.exchange import archive, tables, tinydb_file
from consult_app.exchange.archive import (
    AnchorNote,
    ArchivedRecord,
    FileNote,
    LeftOut,
    Manifest,
    RecordNote,
)
from consult_app.exchange.json_text import encode_document

_EARLIEST = 1980  # a zip can say no earlier year
_TABLES: dict[str, tuple[str, ...]] = {
    archive.PATIENT_TABLE: tables.PATIENT_COLUMNS,
    archive.VISIT_TABLE: tables.VISIT_COLUMNS,
}


class ArchiveWriter:
    """An archive being made. Leaving the block early leaves it unfinished.

    Args:
        file: Takes the bytes; it must be able to seek.
        made_at: Now; the files in the archive carry this time.
    """

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._made_at = made_at.astimezone(UTC)
        self._files: dict[str, FileNote] = {}
        self._records: list[RecordNote] = []
        self._left_out: list[LeftOut] = []
        self._tables = {
            name: tables.Table((*columns, "folder")) for name, columns in _TABLES.items()
        }
        self._database = tinydb_file.DatabaseText()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._zip.close()
            return
        # Closed in any case, or Python would try it later and complain where nobody can help.
        with suppress(OSError, ValueError):
            self._zip.close()

    def add_file(self, name: str, data: bytes) -> None:
        """Add a file of its own."""
        self._files[name] = archive.note_file(data)
        self._zip.writestr(self._describe(name), data)

    def add_record(
        self, kept: ArchivedRecord, case: bytes | None, attachments: Mapping[str, bytes]
    ) -> None:
        """Add a record with what belongs to it.

        Args:
            kept: The record.
            case: The case file of a visit; None when it has none.
            attachments: By key, every file it refers to that could be read.
        """
        folder = archive.name_folder(kept.kind, kept.id)
        self.add_file(f"{folder}/{archive.RECORD}", encode_document(kept.document))
        if case is not None:
            self.add_file(f"{folder}/{archive.CASE}", case)
        if kept.kind != "patients":
            self.add_file(f"{folder}/{archive.VISIT}", tables.write_visit(kept.document))
        named = self._add_attachments(folder, kept.document, attachments)
        self._records.append(
            RecordNote(
                kind=kept.kind,
                id=kept.id,
                file=f"{folder}/{archive.RECORD}",
                saved_at=kept.saved_at,
                attachments=named,
            )
        )
        self._add_row(kept, folder)
        self._database.add(kept)

    def leave_out(self, table: str, record_id: str, reason: str) -> None:
        """Note what cannot be read, so that nobody takes the archive for complete."""
        self._left_out.append(LeftOut(table=table, id=record_id, reason=reason))

    def finish(self, *, program: str, patient: str, anchor: AnchorNote) -> Manifest:
        """Add the tables, the database and the manifest, which ends the archive."""
        for name, table in self._tables.items():
            self.add_file(name, table.encode())
        self._add_long_file(archive.DATABASE, self._database.read())
        manifest = Manifest(
            format=archive.FORMAT,
            program=program,
            made_at=self._made_at.isoformat(timespec="seconds"),
            patient=patient,
            audit=anchor,
            records=tuple(self._records),
            left_out=tuple(self._left_out),
            files=self._files,
        )
        data = encode_document(record.write(manifest))
        self._zip.writestr(self._describe(archive.MANIFEST), data)
        return manifest

    def _add_attachments(
        self, folder: str, document: Mapping[str, object], attachments: Mapping[str, bytes]
    ) -> dict[str, str]:
        named: dict[str, str] = {}
        for number, (place, key) in enumerate(find_attachments(document), start=1):
            if key in attachments and key not in named:
                data = attachments[key]
                named[key] = f"{folder}/{archive.name_attachment(number, place, data)}"
                self._files[named[key]] = archive.note_file(data)
                # Pictures and PDFs are compressed already.
                self._zip.writestr(self._describe(named[key], zipfile.ZIP_STORED), data)
        return named

    def _add_row(self, kept: ArchivedRecord, folder: str) -> None:
        name = archive.PATIENT_TABLE if kept.kind == "patients" else archive.VISIT_TABLE
        row = [tables.look(kept.document, place) for place in _TABLES[name]]
        self._tables[name].add((*row, folder))

    def _add_long_file(self, name: str, pieces: Iterator[bytes]) -> None:
        length, digest = 0, hashlib.sha256()
        with self._zip.open(self._describe(name), "w", force_zip64=True) as file:
            for piece in pieces:
                length += file.write(piece)
                digest.update(piece)
        self._files[name] = FileNote(bytes=length, sha256=digest.hexdigest())

    def _describe(self, name: str, packing: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
        at = self._made_at
        day = max(at.year, _EARLIEST), at.month, at.day
        info = zipfile.ZipInfo(name, (*day, at.hour, at.minute, at.second))
        info.compress_type = packing
        info.external_attr = 0o600 << 16  # for the owner alone once it is unpacked
        return info
