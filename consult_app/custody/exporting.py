"""Everything in the records, or everything of one patient, into one archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from consult_app import __version__, record
from consult_app.domain.attachments import find_attachments
from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.exchange import archive
from consult_app.exchange.archive import AnchorNote, ArchivedRecord, Kind, LeftOut, RecordNote
from consult_app.exchange.archive_writing import ArchiveWriter
from consult_app.exchange.casefile import case_of
from consult_app.exchange.json_text import encode_document, encode_line
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.told.unsaid import name_open
from consult_app.store.erasures import Ledger, write_erasure
from consult_app.store.faults import StoreError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Records, Store, Summary
from consult_app.store.repositories import FileStore
from consult_app.store.watching import UNWATCHED, Watch

ACTION = "records.exported"
CASES = "cases"
"""What is left out when only the case file of a visit could not be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an archive holds.

    Attributes:
        counts: Patients, consultations, drafts, visits put away and attachments in it.
        left_out: What could not be read, so that it is not in it.
        anchor: The end of the audit when it was made.
    """

    counts: Mapping[str, int]
    left_out: Sequence[LeftOut]
    anchor: AnchorNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """What the program adds to every archive.

    Attributes:
        pack: The clinical content, to settle the facts of case files.
        documents: Files that explain the formats, by their name in the archive.
    """

    pack: Pack
    documents: Mapping[str, bytes] = field(default_factory=dict)


def find_shipped(resources: Path, pack: Pack) -> Shipped:
    """Return what the program adds to every archive: the schemas that explain it."""
    folder = resources / "schema"
    documents = {f"schema/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
    return Shipped(pack=pack, documents=documents)


def export_records(
    store: Store,
    out: IO[bytes],
    shipped: Shipped,
    *,
    at: datetime,
    patient_id: str = "",
    watch: Watch = UNWATCHED,
) -> Exported:
    """Write an archive of the records; the audit tells of it.

    A record that is damaged is left out and named; it stays in the store as it was found.

    Args:
        store: The records.
        out: Takes the archive; it must be able to seek. The archive is not encrypted.
        shipped: What the program adds.
        at: Now.
        patient_id: The one patient to export; empty for everything.
        watch: Told how far it is; may stop it.

    Raises:
        UnknownRecordError: There is nothing of this patient.
        StoppedError: The watch said so.
        StoreError: The records could not be read.
        OSError: The archive could not be written.
    """
    chosen = list(_choose(store, patient_id))
    if patient_id and not chosen:
        raise UnknownRecordError("patients", patient_id)
    export = _Export(store, shipped)
    anchor = AnchorNote(n=store.audit.anchor().n, hash=store.audit.anchor().hash)
    with ArchiveWriter(out, at) as writer:
        for name, data in shipped.documents.items():
            writer.add_file(name, data)
        for done, (kind, records, summary) in enumerate(chosen):
            watch.tell(done, len(chosen))
            export.add(writer, kind, records, summary)
        if not patient_id:
            writer.add_file(archive.AUDIT, _write_audit(store))
            writer.add_file(archive.ERASURES, _write_erasures(store))
        watch.tell(len(chosen), len(chosen))
        manifest = writer.finish(program=__version__, patient=patient_id, anchor=anchor)
    ids = (patient_id,) if patient_id else ()
    store.audit.record(ACTION, ids, at, reason=f"{len(manifest.records)} records")
    return Exported(
        counts=_count(manifest.records, {it.id for *_, it in chosen if it.state == PUT_AWAY}),
        left_out=manifest.left_out,
        anchor=anchor,
    )


def _count(written: Sequence[RecordNote], away: Collection[str]) -> dict[str, int]:
    """Return how many records of each kind were written; nobody is to finish those put away."""
    counts = Counter[str](PUT_AWAY if it.id in away else it.kind for it in written)
    attachments = sum(len(it.attachments) for it in written)
    kinds = (*archive.KINDS, PUT_AWAY)
    return {**{kind: counts[kind] for kind in kinds}, "attachments": attachments}


def _choose(store: Store, patient_id: str) -> Iterator[tuple[Kind, Records, Summary]]:
    """Yield what is to be exported, oldest first."""
    kinds: tuple[tuple[Kind, Records], ...] = (
        ("patients", store.patients),
        ("consultations", store.consultations),
        ("drafts", store.drafts),
        ("anonymous", store.anonymous),
    )
    for kind, records in kinds:
        found = records.of_patient(patient_id) if patient_id else records.list()
        for summary in reversed(found):
            yield kind, records, summary


class _Export:
    """Reads records and what belongs to them."""

    def __init__(self, store: Store, shipped: Shipped) -> None:
        self._store = store
        self._pack = shipped.pack

    def add(self, writer: ArchiveWriter, kind: Kind, records: Records, summary: Summary) -> None:
        """Add one record, or name it as left out."""
        try:
            document = records.get(summary.id)
        except StoreError as error:
            writer.leave_out(kind, summary.id, _explain(error))
            return
        attachments: dict[str, bytes] = {}
        for _, key in find_attachments(document):
            try:
                attachments[key] = self._store.attachments.get(key)
            except StoreError as error:
                # Its key stays out of what is told: who has it can open what it stands for.
                writer.leave_out("attachments", summary.id, _explain(error))
        saved_at = summary.saved_at.isoformat() if summary.saved_at else ""
        kept = ArchivedRecord(kind=kind, id=summary.id, saved_at=saved_at, document=document)
        case = None if kind == "patients" else self._write_case(document)
        if case is None and kind != "patients":
            writer.leave_out(CASES, summary.id, "cannot be worked out")
        writer.add_record(kept, case, attachments)

    def _write_case(self, document: Mapping[str, object]) -> bytes | None:
        """Return the case file of a visit; None when the program of today makes no sense of it.

        It is worked out from the record, which goes out whole whatever comes of this.
        """
        visit = record.collect(Consultation, document, "", [])
        if visit is None:
            return None
        try:
            facts = settle_facts(self._pack, visit, today=visit.visit_date)
        except (ConsultError, ArithmeticError, LookupError, ValueError):
            return None  # such as an answer to a question that the content has no more
        case = case_of(visit, name_open(self._pack, facts))
        return encode_document(record.write(case, full=True))


def _explain(error: ConsultError) -> str:
    return (error.details or (error.title,))[0].rpartition(": ")[2]


def _write_audit(store: Store) -> bytes:
    entries = reversed(store.audit.entries())
    lines = (encode_line(record.write(entry, full=True)) for entry in entries)
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _write_erasures(store: Store) -> bytes:
    entries = Ledger(store.rows).entries() if isinstance(store, FileStore) else ()
    return encode_document({"erasures": [write_erasure(entry) for entry in entries]})
