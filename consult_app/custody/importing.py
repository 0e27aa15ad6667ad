"""Records from elsewhere into ours: first what would change, then all of it or nothing.

A signed visit is final and counts before any unfinished one. What that says besides, or one that
is signed elsewhere too and otherwise, is kept beside it, unfinished. Of anything else the one saved
later counts: what only the other draft says is kept beside it too, and a patient's record is filled
from the other one. What was erased here does not come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult_app.custody.beside import open_again
from consult_app.custody.comparing import TAKEN, Comparison, Fate
from consult_app.custody.identities import Otherwise
from consult_app.custody.safety import check_fresh
from consult_app.errors import InputError
from consult_app.exchange.archive import ArchivedRecord, Kind
from consult_app.exchange.incoming import Incoming
from consult_app.store.arrivals import Arrival, take_in
from consult_app.store.erasures import Erasure, Ledger, find_erased, read_erasure
from consult_app.store.interface import PUT_AWAY, Store, Summary
from consult_app.store.manifest import Backup
from consult_app.store.repositories import FileStore
from consult_app.store.watching import UNWATCHED, Watch

TITLE = "These records cannot be imported"
ADVICE = "Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an import would do.

    Attributes:
        fates: By kind and id, what becomes of each record.
        kept: Our unfinished visits, as they are kept beside those of their id that come in.
        names: By kind and id, under which ids visits come in beside those of their own id here.
        beside: What will be unfinished beside a signed visit that it says something else than, be
            it signed elsewhere or not.
        twice: What will be unfinished beside another unfinished copy of the same visit.
        merged: Patients' records, as both know them, by id.
        otherwise: What two records of a patient say otherwise.
        put_away: Ids of the drafts that were put away; they wait for nobody.
        came: Ids of visits whose patient has others here, of which nobody there need know.
        without_files: How many records refer to files that did not come with them.
        erased_there: How many patients are here who were erased where the records come from.
    """

    fates: Mapping[tuple[Kind, str], Fate] = field(repr=False)
    kept: Mapping[str, Arrival] = field(default_factory=dict, repr=False)
    names: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    beside: tuple[Summary, ...] = ()
    twice: tuple[Summary, ...] = ()
    merged: Mapping[str, Arrival] = field(default_factory=dict, repr=False)
    otherwise: tuple[Otherwise, ...] = ()
    put_away: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()
    without_files: int = 0
    erased_there: int = 0

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many records of each kind have which fate; what was put away is counted apart."""
        fates = (*self.fates.items(), *((("drafts", it), "kept") for it in self.kept))
        counted = Counter(
            (PUT_AWAY if kind == "drafts" and name in self.put_away else kind, fate)
            for (kind, name), fate in fates
        )
        found: dict[str, dict[str, int]] = {}
        for (kind, fate), number in sorted(counted.items()):
            found.setdefault(kind, {})[fate] = number
        return found

    @property
    def taken(self) -> int:
        """How many records would come in."""
        return sum(fate in TAKEN for fate in self.fates.values())


def compare(store: Store, incoming: Incoming, watch: Watch = UNWATCHED) -> Changes:
    """Return what an import would change; nothing is changed yet.

    Args:
        store: The records.
        incoming: What would come in.
        watch: Told how far it is.

    Raises:
        InputError: A record cannot be read, or nobody knows which counts; all are named.
        NewerStoreError: A newer version of the program wrote one.
        StoppedError: The watch said so.
    """
    comparison = Comparison(store, incoming.signed)
    for done, arriving in enumerate(incoming.read_records()):
        watch.tell(done, incoming.count)
        comparison.add(arriving)
    watch.tell(incoming.count, incoming.count)
    if comparison.faults:
        raise InputError(TITLE, tuple(comparison.faults), ADVICE)
    return Changes(
        fates=comparison.fates,
        kept=comparison.kept,
        names=comparison.names,
        beside=tuple(comparison.beside),
        twice=tuple(comparison.twice),
        merged=comparison.merged,
        otherwise=tuple(comparison.otherwise),
        put_away=frozenset(comparison.put_away),
        came=frozenset(comparison.came),
        without_files=comparison.without_files,
        erased_there=len(find_erased(_list_here(store), _read_ledger(incoming))),
    )


def import_records(
    store: FileStore,
    incoming: Incoming,
    changes: Changes,
    *,
    backup: Backup | None,
    at: datetime,
    watch: Watch = UNWATCHED,
) -> None:
    """Take in what `compare` found new, all of it or nothing.

    Args:
        store: The records, as they were when they were compared.
        incoming: What comes in.
        changes: What `compare` found.
        backup: A fresh one of the records; None is enough where there is nothing yet.
        at: Now, for the audit.
        watch: Told how far it is; may stop it, and then nothing was changed.

    Raises:
        StaleBackupError: The backup is not fresh.
        StoppedError: The watch said so; nothing was changed.
        StoreError: They could not be written; nothing was changed.
    """
    check_fresh(store, backup, at)
    erasures = _read_ledger(incoming)
    with store.rows.engine.transaction():
        take_in(store, _arrivals(incoming, changes, watch), at, incoming.origin)
        # Whoever is here stays until erased here too: of them the ledger would tell an untruth, and
        # the next restore would take away what was told since.
        stays = {it.hash for it in find_erased(_list_here(store), erasures).values()}
        Ledger(store.rows).merge(it for it in erasures if it.hash not in stays)


def _read_ledger(incoming: Incoming) -> tuple[Erasure, ...]:
    return tuple(map(read_erasure, incoming.read_erasures()))


def _list_here(store: Store) -> set[str]:
    """Return the ids of everybody of whom anything is kept here."""
    kinds = (store.patients, store.consultations, store.drafts)
    return {line.patient_id for records in kinds for line in records.list()} - {""}


def _arrivals(incoming: Incoming, changes: Changes, watch: Watch) -> Iterator[Arrival]:
    for done, arriving in enumerate(incoming.read_records()):
        watch.tell(done, incoming.count)
        if arriving.kind == "patients" and arriving.id in changes.merged:
            yield changes.merged[arriving.id]
        elif changes.fates[arriving.kind, arriving.id] in TAKEN:
            yield _receive(arriving, incoming, changes)
        if arriving.kind in ("consultations", "drafts") and arriving.id in changes.kept:
            yield changes.kept[arriving.id]  # after it: neither knew of the other


def _receive(arriving: ArchivedRecord, incoming: Incoming, changes: Changes) -> Arrival:
    """Return a record as it is kept here, under its own id or beside ours."""
    table, document, saved_at = arriving.kind, arriving.document, arriving.saved_at
    name = changes.names.get((table, arriving.id), arriving.id)
    if name != arriving.id:
        table, document = "drafts", open_again({**document, "id": name})
    return Arrival(
        table=table,
        id=name,
        document=document,
        saved_at=datetime.fromisoformat(saved_at) if saved_at else None,
        came=arriving.id in changes.came
        and not (table == "consultations" and changes.fates[table, arriving.id] == "mended"),
        attachments={key: incoming.read(name) for key, name in arriving.attachments.items()},
    )
