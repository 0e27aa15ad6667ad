"""Erasing a patient: may it be, what would go, and the certificate that it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from consult_app import record
from consult_app.custody.anonymous import anonymise
from consult_app.custody.last_entry import add_years, find_last_entry
from consult_app.custody.naming import tells
from consult_app.custody.safety import check_fresh
from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError, Fault, InputError
from consult_app.knowledge.dates import write_day
from consult_app.store.erasing import Belongings, Order, Proof, erase, find_belongings
from consult_app.store.erasures import Erasure
from consult_app.store.faults import StoreError
from consult_app.store.interface import PUT_AWAY, Document
from consult_app.store.manifest import Backup
from consult_app.store.repositories import FileStore
from consult_app.store.schedule import MONTHS
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.wording import t, tn

_SHORTEST_REASON = 5
_LONGEST_YEARS = 200


class RetentionUnsetError(ConsultError):
    """The clinic has not said how long it has to keep records, so none may go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What there is to say about erasing a patient, before anything is done.

    Attributes:
        belongings: Everything that would go.
        last_entry: The last day on which something was entered, or that a visit is dated.
        entered: The last day on which something was entered; None where that is not known.
        years: For how many years after that the clinic keeps records.
        free_from: The first day on which the patient may be erased.
        names: What the patient is called, so that the reason does not say it.
    """

    belongings: Belongings
    last_entry: date
    years: int
    free_from: date
    entered: date | None = None
    names: tuple[str, ...] = field(default=(), repr=False)

    def is_allowed(self, today: date) -> bool:
        """Tell whether the duty to keep the record is over."""
        return today >= self.free_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was done, without saying to whom.

    Attributes:
        entry: The entry in the ledger.
        counts: How many records and files are gone.
        kept_anonymous: How many visits stay without anybody they belong to.
        unread: How many of the visits were damaged, so that their files could not be looked up.
        proof: What was searched afterwards.
        backups_until: The day by which the last backup with the patient is rotated out, if backups
            go on as they are set.
    """

    entry: Erasure
    counts: Mapping[str, int]
    kept_anonymous: int
    unread: int
    proof: Proof
    backups_until: date


def consider(
    store: FileStore, patient_id: str, years: int | None, watch: Watch = UNWATCHED
) -> Case:
    """Return what there is to say about erasing a patient.

    Args:
        store: The records.
        patient_id: The patient's id.
        years: For how many years after the last entry the clinic keeps records; None is not set.
        watch: Told how far it is.

    Raises:
        RetentionUnsetError: Nobody has said how long records are kept.
        UnknownRecordError: There is nothing of this patient.
        ConsultError: Nobody can tell when the last entry was.
    """
    if years is None:
        raise RetentionUnsetError(
            t("How long records have to be kept is not set, so no patient can be erased."),
            t(
                "Ask which rule holds for your clinic, then write the years under Records and "
                "backup > How long records are kept (0 where nothing has to be kept). Nothing was "
                "changed."
            ),
        )
    if not 0 <= years <= _LONGEST_YEARS:
        fault = Fault("settings.toml: keeping.retention_years", f"not 0 to {_LONGEST_YEARS}")
        raise InputError(t("The years cannot be used"), (fault,), t("Nothing was changed."))
    belongings = find_belongings(store, patient_id, watch)
    last = find_last_entry(store, patient_id)
    return Case(
        belongings=belongings,
        last_entry=last.day,
        entered=last.entered,
        years=years,
        free_from=add_years(last.day, years),
        names=_find_names(store, patient_id),
    )


def check_reason(case: Case, reason: str) -> None:
    """Make sure that there is a reason, and that it does not name whom it is about.

    Raises:
        InputError: There is none, or it does.
    """
    problem = ""
    if len(reason.strip()) < _SHORTEST_REASON:
        problem = "missing; it is kept in writing"
    if tells(reason, case.names):
        problem = "names the patient, and the reason stays when the patient is gone"
    if problem:
        raise InputError(
            t("This reason cannot be kept"), (Fault("reason", problem),), t("Nothing was changed.")
        )


def erase_patient(  # noqa: PLR0913 - each is a condition of its own
    store: FileStore,
    case: Case,
    reason: str,
    *,
    backup: Backup,
    at: datetime,
    anonymously: bool = False,
    watch: Watch = UNWATCHED,
) -> Certificate:
    """Take everything of a patient out of the records for good, and prove that it is gone.

    Args:
        store: The records.
        case: What `consider` said.
        reason: Why, in words that do not name the patient.
        backup: A fresh one of the records.
        at: Now.
        anonymously: Let what may stay of the visits stay, without anybody they belong to.
        watch: Told how far it is; it may stop only what comes before the erasure itself.

    Raises:
        InputError: The reason is missing, or names the patient.
        ConsultError: The duty to keep the record forbids it, or there is no fresh backup.
        StoreError: The records could not be written.
    """
    check_reason(case, reason)
    if not case.is_allowed(at.date()):
        raise ConsultError(refuse(case), t("Nothing was changed."))
    check_fresh(store, backup, at)
    stays = _anonymise(store, case.belongings) if anonymously else {}
    order = Order(
        reason=reason.strip(),
        at=at,
        who=store.audit.actor.who,
        how="anonymised" if anonymously else "erased",
        anonymous=stays,
    )
    entry, proof = erase(store, case.belongings, order, watch)
    gone = case.belongings
    return Certificate(
        entry=entry,
        counts=_number(gone),
        kept_anonymous=len(stays),
        unread=len(gone.unread),
        proof=proof,
        backups_until=_add_months(at.date(), MONTHS),
    )


def refuse(case: Case) -> str:
    """Return the refusal in writing, for a patient whose record has to be kept."""
    if case.entered is not None and case.entered < case.last_entry:
        return t(
            "The record cannot be erased yet: it has to be kept for {years} after the latest "
            "visit, which is dated {last}; the last entry was made on {entered}. It may be erased "
            "from {free} on.",
            years=tn("{n} year", "{n} years", case.years),
            last=write_day(case.last_entry),
            entered=write_day(case.entered),
            free=write_day(case.free_from),
        )
    return t(
        "The record cannot be erased yet: it has to be kept for {years} after the last entry, "
        "which was on {last}. It may be erased from {free} on.",
        years=tn("{n} year", "{n} years", case.years),
        last=write_day(case.last_entry),
        free=write_day(case.free_from),
    )


def foretell(case: Case) -> str:
    """Return what would go, for a patient who may be erased."""
    counts, free = _count(_number(case.belongings)), write_day(case.free_from)
    return t(
        "This patient may be erased: the record had to be kept until {free}. What goes: {counts}.",
        free=free,
        counts=counts,
    )


def certify(done: Certificate) -> str:
    """Return the certificate in words that can be handed over; it names nobody."""
    stays = tn("{n} visit stays", "{n} visits stay", done.kept_anonymous)
    kept = t(
        "{stays} for the clinic's figures, without name, days and anything that was typed. ",
        stays=stays,
    )
    return t(
        "On {day} everything kept of one patient was erased: {counts} and the entry in the "
        "directory. {kept}{rows} records and {bytes} bytes were searched afterwards; nothing "
        "speaks of this patient any more. Ledger entry {entry}. Backups made before still hold "
        "the record, sealed, until they are rotated out: by {last} if backups go on as they are "
        "set. A restore from one of them erases the patient again. Copies that were taken "
        "elsewhere are not known to the program.",
        day=write_day(done.entry.at.date()),
        counts=_count(done.counts),
        kept=kept if done.kept_anonymous else "",
        rows=done.proof.rows,
        bytes=done.proof.bytes,
        entry=done.entry.hash[:16],
        last=write_day(done.backups_until),
    )


def _number(gone: Belongings) -> dict[str, int]:
    return {
        "consultations": len(gone.consultations),
        "drafts": len(gone.drafts) - len(gone.put_away),
        PUT_AWAY: len(gone.put_away),
        "attachments": len(gone.attachments),
    }


def _count(numbers: Mapping[str, int]) -> str:
    """Return how much there is of each; of what is seldom there only where there is some."""
    away = numbers[PUT_AWAY]
    told = (
        tn("{n} signed visit", "{n} signed visits", numbers["consultations"]),
        tn("{n} unfinished visit", "{n} unfinished visits", numbers["drafts"]),
        tn("{n} visit put away", "{n} visits put away", away) if away else "",
        tn("{n} file", "{n} files", numbers["attachments"]),
    )
    return ", ".join(filter(None, told))


def _find_names(store: FileStore, patient_id: str) -> tuple[str, ...]:
    kinds = (store.patients, store.consultations, store.drafts)
    rows = [row for records in kinds for row in records.of_patient(patient_id)]
    return tuple({text for row in rows for text in (row.name, row.record_number) if text})


def _anonymise(store: FileStore, belongings: Belongings) -> dict[str, Document]:
    stays: dict[str, Document] = {}
    for record_id in belongings.consultations:
        try:
            document = store.consultations.get(record_id)
        except StoreError:
            continue  # damaged: nothing of it can stay
        visit = record.read(Consultation, document, title="This visit cannot be read")
        new = anonymise(visit, str(uuid4()))
        stays[new.id] = record.write(new, full=True)
    return stays


def _add_months(day: date, months: int) -> date:
    """Return the first day of the month that comes so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
