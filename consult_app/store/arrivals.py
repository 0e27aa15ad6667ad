"""Records from elsewhere, taken in all together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult_app.store.audit import Act
from consult_app.store.interface import Document
from consult_app.store.repositories import FileStore

ACTION = "records.imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A record that comes in.

    Attributes:
        table: The kind of record, by its table.
        id: What it is kept under.
        document: The record.
        saved_at: When it was last saved; None when nobody knows.
        came: It comes to others of its patient, of which nobody need know where it was saved; or it
            is kept beside what comes in.
        attachments: The files it refers to, by key.
    """

    table: str
    id: str
    document: Document = field(repr=False)
    saved_at: datetime | None = None
    came: bool = False
    attachments: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def take_in(store: FileStore, arrivals: Iterable[Arrival], at: datetime, reason: str) -> None:
    """Keep all of these with their files, or none; a draft gives way to its signed visit.

    Args:
        store: The records.
        arrivals: What comes in; what goes wrong while they are read undoes everything.
        at: Now, for the audit.
        reason: Where they come from, as a code.

    Raises:
        UnkeepableError: One would not come back as it is.
        SignedRecordError: One would take the place of a signed consultation.
        StoreError: They could not be written; nothing was changed.
    """
    kinds = {
        "patients": store.patients,
        "consultations": store.consultations,
        "drafts": store.drafts,
        "anonymous": store.anonymous,
    }
    with store.rows.engine.transaction():
        store.audit.add(Act(action=ACTION, ids=(), at=at, reason=reason))
        for arrival in arrivals:
            records, it = kinds[arrival.table], arrival
            records.take_in(it.id, it.document, it.saved_at, at, came=it.came)
            if arrival.table == "consultations":
                store.drafts.discard(arrival.id)
            for key, data in arrival.attachments.items():
                store.attachments.put(key, data)
