"""The archive of `records export`: one zip with everything, format `consult-records/1`.

`resources/schema/README.md` documents what lies where. Names of files are made of ids and never of
what somebody typed. The archive is not encrypted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Literal

from consult_app.values import dataclass, field

FORMAT = "consult-records/1"
MANIFEST = "manifest.json"
README = "README.md"
DATABASE = "records.tinydb.json"
AUDIT = "audit.jsonl"
ERASURES = "erasures.json"
PATIENT_TABLE = "tables/patients.csv"
VISIT_TABLE = "tables/visits.csv"
RECORD = "record.json"
CASE = "case.json"
VISIT = "visit.csv"

Kind = Literal["patients", "consultations", "drafts", "anonymous"]
KINDS: tuple[Kind, ...] = ("patients", "consultations", "drafts", "anonymous")

_PLAIN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_STARTS = ((b"%PDF", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """One record, on its way out or in.

    Attributes:
        kind: Which kind of record.
        id: Its id in the store.
        saved_at: When it was last saved, ISO 8601 with time zone; empty when nobody knows.
        document: The whole record, as plain JSON values.
        attachments: Files it refers to, by key; what they hold is read when it is needed.
    """

    kind: Kind
    id: str
    saved_at: str = ""
    document: Mapping[str, object] = field(repr=False)
    attachments: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """What a file in the archive has to be: its length in bytes and SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNote:
    """Where a record lies; `attachments` gives the file for the key of each of its attachments."""

    kind: Kind
    id: str
    file: str
    saved_at: str = ""
    attachments: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What could not be read when the archive was made: table, id, and why."""

    table: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorNote:
    """The end of the audit when the archive was made: number and hash of its last entry."""

    n: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive says about itself.

    Attributes:
        format: `consult-records/1`.
        program: Version of the program that made it.
        made_at: When, ISO 8601 with time zone.
        patient: Id of the one patient it is about; empty when it holds everything.
        audit: The end of the audit at that time.
        records: Every record in it.
        left_out: What could not be read, so that it is missing here.
        files: Every file in it but this one.
    """

    format: str
    program: str
    made_at: str
    patient: str = ""
    audit: AnchorNote
    records: tuple[RecordNote, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    files: Mapping[str, FileNote] = field(default_factory=dict)


def note_file(data: bytes) -> FileNote:
    """Return what a file with this content has to be."""
    return FileNote(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def is_text(name: str) -> bool:
    """Tell whether an id or key can be kept; JSON can spell halves of letters, which cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def name_folder(kind: Kind, record_id: str) -> str:
    """Return the folder of a record; an id that is no UUID might say something, so it is hashed."""
    plain = _PLAIN_ID.fullmatch(record_id)
    coded = record_id.encode("utf-8", "surrogatepass")
    return f"{kind}/{record_id if plain else 'x' + hashlib.sha256(coded).hexdigest()[:32]}"


def name_attachment(number: int, place: str, data: bytes) -> str:
    """Return the name of an attachment: what it is, or its number in the record."""
    ending = next((ending for start, ending in _STARTS if data.startswith(start)), "bin")
    return f"{'handout' if place == 'handout' else f'attachment-{number}'}.{ending}"
