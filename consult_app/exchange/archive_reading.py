"""Reading an archive back: all of it is checked before anything in it counts.

Nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import IO, Self

from consult_app import record
from consult_app.domain.attachments import find_attachments
from consult_app.errors import ConsultError, Fault, InputError
from consult_app.exchange import archive
from consult_app.exchange.archive import ArchivedRecord, Manifest, RecordNote
from consult_app.exchange.archive_dangers import find_dangers
from consult_app.exchange.json_text import decode_document
from consult_app.wording import t

TITLE = "This archive cannot be imported"
ADVICE = "Nothing was changed. Take another copy of the archive, or export it again."

_CHUNK = 2**20
# What the reader of zips raises at one that is damaged, as far as it has been seen to.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)


Tell = Callable[[int, int], None]


def _say_nothing(_done: int, _total: int) -> None:
    return


class Archive:
    """An archive that was checked. Made by `open_archive`.

    Attributes:
        manifest: What it says about itself.
    """

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = packed
        self.manifest = manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.manifest.records)

    @property
    def origin(self) -> str:
        """Where they come from, for the audit: no name of a file or person."""
        made, end = self.manifest.made_at, self.manifest.audit
        return f"archive of {made}, audit {end.n} {end.hash}"

    @property
    def signed(self) -> frozenset[str]:
        """Ids of the signed visits."""
        return frozenset(it.id for it in self.manifest.records if it.kind == "consultations")

    def read_records(self) -> Iterator[ArchivedRecord]:
        """Yield every record."""
        for note in self.manifest.records:
            yield _read_record(note, self.read(note.file))

    def read(self, name: str) -> bytes:
        """Return a file in it, after making sure that it is the one the manifest names.

        Raises:
            InputError: It is not, or no longer.
        """
        faults: list[Fault] = []
        data = _read_file(self._zip, name, self.manifest, faults)
        if faults:
            raise InputError(TITLE, tuple(faults), ADVICE)
        return data

    def read_erasures(self) -> Sequence[Mapping[str, object]]:
        """Return the ledger of erasures in it, as plain JSON values.

        Raises:
            InputError: It cannot be read.
        """
        if archive.ERASURES not in self.manifest.files:
            return ()
        try:
            entries = decode_document(self.read(archive.ERASURES)).get("erasures")
        except ValueError as error:
            raise _refuse([Fault(archive.ERASURES, str(error))]) from None
        found = entries if isinstance(entries, list) else []
        return [entry for entry in found if isinstance(entry, dict)]


def open_archive(file: IO[bytes], tell: Tell = _say_nothing) -> Archive:
    """Open an archive and check every byte of it.

    Args:
        file: The zip.
        tell: Told how many files were checked and how many there are; what it raises ends it.

    Raises:
        InputError: It is damaged or was tampered with; every fault is named by its file.
        ConsultError: A newer version of the program made it.
        OSError: It cannot be read.
    """
    try:
        packed = zipfile.ZipFile(file)
    except _BROKEN as error:
        if isinstance(error, OSError):
            raise
        raise _refuse([Fault("the archive", "no zip file, or cut short")]) from None
    with ExitStack() as undo:
        undo.enter_context(packed)
        _stop_at(list(find_dangers(packed)))
        manifest = _read_manifest(packed)
        _stop_at(_check_files(packed, manifest, tell))
        undo.pop_all()
    return Archive(packed, manifest)


def _stop_at(faults: list[Fault]) -> None:
    if faults:
        raise _refuse(faults)


def _refuse(faults: list[Fault]) -> InputError:
    return InputError(TITLE, tuple(faults), ADVICE)


def _read_manifest(packed: zipfile.ZipFile) -> Manifest:
    try:
        content = decode_document(packed.read(archive.MANIFEST))
    except KeyError:
        raise _refuse(
            [Fault(archive.MANIFEST, "missing, so this is no archive of records")]
        ) from None
    except _BROKEN as error:
        raise _refuse([Fault(archive.MANIFEST, _explain(error))]) from None
    written = content.get("format")
    if written != archive.FORMAT:
        raise _explain_format(written)
    faults: list[Fault] = []
    manifest = record.collect(Manifest, content, archive.MANIFEST, faults)
    if manifest is None:
        raise _refuse([withhold(fault) for fault in faults])
    return manifest


def _explain_format(written: object) -> ConsultError:
    family = archive.FORMAT.rpartition("/")[0]
    if isinstance(written, str) and re.fullmatch(rf"{family}/[1-9]\d{{0,3}}", written):
        return ConsultError(
            t("This archive was written by a newer version of the program."),
            t("Install a version that reads {written}. Nothing was changed.", written=written),
        )
    return _refuse([Fault(f"{archive.MANIFEST}.format", f"not {archive.FORMAT}")])


def _check_files(packed: zipfile.ZipFile, manifest: Manifest, tell: Tell) -> list[Fault]:
    there = {entry.filename for entry in packed.infolist()} - {archive.MANIFEST}
    faults = [Fault(name, "missing") for name in manifest.files if name not in there]
    faults += [
        Fault(name, "not named in the manifest")
        for name in sorted(there)
        if name not in manifest.files
    ]
    records = {note.file: note for note in manifest.records}
    if len(records) < len(manifest.records):
        faults.append(Fault(archive.MANIFEST, "two records in one file"))
    faults += [Fault(name, "missing") for name in records if name not in manifest.files]
    for done, name in enumerate(sorted(there & manifest.files.keys())):
        tell(done, len(there))
        if name in records:
            data = _read_file(packed, name, manifest, faults)
            faults += _check_record(records[name], data, manifest) if data else ()
        else:
            _check_file(packed, name, manifest, faults)
    tell(len(there), len(there))
    return faults


def _read_file(
    packed: zipfile.ZipFile, name: str, manifest: Manifest, faults: list[Fault]
) -> bytes:
    pieces: list[bytes] = []
    whole = _check_file(packed, name, manifest, faults, pieces)
    return b"".join(pieces) if whole else b""


def _check_file(
    packed: zipfile.ZipFile,
    name: str,
    manifest: Manifest,
    faults: list[Fault],
    keep: list[bytes] | None = None,
) -> bool:
    """Tell whether a file is what the manifest says; add to `faults` what is wrong with it."""
    noted, digest = manifest.files[name], hashlib.sha256()
    try:
        if packed.getinfo(name).file_size != noted.bytes:
            faults.append(Fault(name, "not as long as it was"))
            return False
        with packed.open(name) as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
                if keep is not None:
                    keep.append(piece)
    except _BROKEN as error:
        faults.append(Fault(name, _explain(error)))
        return False
    if digest.hexdigest() != noted.sha256:
        faults.append(Fault(name, "changed since it was exported"))
        return False
    return True


def _check_record(note: RecordNote, data: bytes, manifest: Manifest) -> Iterator[Fault]:
    try:
        document = decode_document(data)
    except ValueError as error:
        yield Fault(note.file, str(error))
        return
    if document.get("id", note.id) != note.id:
        yield Fault(f"{note.file}: id", "not the id in the manifest")
    if not all(map(archive.is_text, (note.id, *note.attachments))):
        yield Fault(f"{archive.MANIFEST}: {note.file}: id", "not text")
    if note.saved_at and not _is_moment(note.saved_at):
        yield Fault(f"{archive.MANIFEST}: {note.file}: saved_at", "not a moment with a time zone")
    unread = {left.id for left in manifest.left_out if left.table == "attachments"}
    for holder, key in find_attachments(document):
        name = note.attachments.get(key)
        if name is None and note.id not in unread:
            yield Fault(f"{note.file}: {holder}", "its file is missing")
        elif name is not None and name not in manifest.files:
            yield Fault(name, "missing")


def _read_record(note: RecordNote, data: bytes) -> ArchivedRecord:
    return ArchivedRecord(
        kind=note.kind,
        id=note.id,
        saved_at=note.saved_at,
        document=decode_document(data),
        attachments=note.attachments,
    )


def _is_moment(text: str) -> bool:
    # Within a day of the first or last year there may be no such moment in UTC.
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(text)
        return at.tzinfo is not None and at.astimezone(UTC) is not None
    return False


def _explain(error: Exception) -> str:
    if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
        return str(error)
    return "damaged: it cannot be unpacked"


def withhold(fault: Fault) -> Fault:
    """Return the fault without what stands at its place: it may be a patient's."""
    return Fault(fault.place, fault.problem.partition(": ")[0])
