"""The kinds of records: their table, their format, and what a list shows of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consult_app.domain.fingerprint import FIELD, fits, make_fingerprint
from consult_app.domain.treatment import UNSETTLED
from consult_app.errors import Fault
from consult_app.store.codec import check_keepable
from consult_app.store.faults import DamagedRecordError, UnkeepableError
from consult_app.store.interface import Document, Summary
from consult_app.store.upgrade import CONSULTATION, PATIENT, Format
from consult_app.wording import t

_SUMMARY_SCHEMA = 3
_SHOWN = (
    "patient_id",
    "name",
    "date_of_birth",
    "record_number",
    "visit_date",
    "state",
    "kind",
    "follows",
    "due",
    "lots",
    "absent",
    "came",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record.

    Attributes:
        table: Where the documents are kept; their summaries are kept beside them.
        format: The versions of the documents.
        describe: Tells what a list shows, given id, document and when it was saved.
        action: What the audit calls saving one, with `{kind}` for the kind of visit; empty when it
            is not told.
        final: Whether what is kept is never written over.
    """

    table: str
    format: Format
    describe: Callable[[str, Document, datetime | None], Summary]
    action: str = ""
    final: bool = False

    def tell_arrival(self, document: Document) -> str:
        """Return what the audit calls taking one in from elsewhere; empty when it is not told."""
        return f"{self.tell(document).partition('.')[0]}.imported" if self.action else ""

    @property
    def summaries(self) -> str:
        """The table of the summaries."""
        return f"{self.table}.summaries"

    def tell(self, document: Document) -> str:
        """Return what the audit calls saving this document."""
        return self.action.format(kind=read_kind(document))

    def prepare(self, record_id: str, document: Document) -> dict[str, object]:
        """Return the document as it is to be kept.

        Raises:
            UnkeepableError: It would not come back as it is, or carries another id.
            NewerStoreError: It is newer than this program.
        """
        check_keepable(document)
        if document.get("id", record_id) != record_id:
            fault = Fault("id", "not the id it is to be kept under")
            raise UnkeepableError(t("This record carries another id."), (fault,))
        return self._bring(document)

    def _bring(self, document: Document) -> dict[str, object]:
        """Return a document in the newest format; what was signed fits its fingerprint there too.

        Else an export of records from before would be refused as changed when it is taken in.
        """
        brought = self.format.bring(document)
        if self.final and brought != document and brought.get(FIELD) and fits(document):
            brought[FIELD] = make_fingerprint(brought)
        return brought

    def open(self, record_id: str, document: Document) -> dict[str, object]:
        """Return a document that was kept, upgraded to the newest format.

        Raises:
            DamagedRecordError: It is final and not what was signed.
            NewerStoreError: It is newer than this program.
        """
        if self.final and not fits(document):
            raise DamagedRecordError(self.table, record_id, t("it is not what was signed"))
        return self._bring(document)


def describe_visit(record_id: str, document: Document, saved_at: datetime | None) -> Summary:
    """Return what a list shows of a consultation or draft."""
    patient = document.get("patient")
    who = patient if isinstance(patient, Mapping) else {}
    return Summary(
        id=record_id,
        # Before format 2 a patient was kept under the id of the visit.
        patient_id=_read_text(document, "patient_id") or record_id,
        name=_read_text(who, "name"),
        date_of_birth=_read_text(who, "date_of_birth"),
        record_number=_read_text(who, "record_number"),
        visit_date=_read_text(document, "visit_date"),
        state=_read_text(document, "state"),
        kind=read_kind(document),
        follows=_read_text(document, "follows"),
        due=_find_due(document),
        lots=_find_lots(document),
        absent="yes" if _is_absent(document) else "",
        saved_at=saved_at,
    )


def describe_patient(record_id: str, document: Document, saved_at: datetime | None) -> Summary:
    """Return what a list shows of a patient."""
    return Summary(
        id=record_id,
        patient_id=record_id,
        name=_read_text(document, "name"),
        date_of_birth=_read_text(document, "date_of_birth"),
        record_number=_read_text(document, "record_number"),
        saved_at=saved_at,
    )


def write_summary(summary: Summary) -> dict[str, object]:
    """Return the row that keeps a summary, so that a list opens no whole documents."""
    row: dict[str, object] = {name: getattr(summary, name) for name in _SHOWN}
    saved_at = summary.saved_at.isoformat() if summary.saved_at else None
    return {"schema": _SUMMARY_SCHEMA, **row, "saved_at": saved_at}


def read_summary(record_id: str, row: Document) -> Summary | None:
    """Return the summary kept in a row; None when another version of the program wrote it."""
    if row.get("schema") != _SUMMARY_SCHEMA:
        return None
    shown = {name: value for name in _SHOWN if type(value := row.get(name)) is str}
    return Summary(id=record_id, **shown, saved_at=read_saved_at(row))


def read_saved_at(row: Document) -> datetime | None:
    """Return when the record of a summary was saved; every version of the program writes it so."""
    saved_at = row.get("saved_at")
    return datetime.fromisoformat(saved_at) if isinstance(saved_at, str) else None


def pin(at: datetime) -> datetime:
    """Return the same moment in UTC.

    Raises:
        ValueError: It has no time zone, so it is no moment.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC)


def read_id(document: Document) -> str:
    """Return the id a document carries.

    Raises:
        UnkeepableError: It carries none.
    """
    record_id = _read_text(document, "id")
    if not record_id:
        raise UnkeepableError(t("This record carries no id."), (Fault("id", "missing"),))
    return record_id


def read_ids(document: Document) -> tuple[str, str]:
    """Return the id a visit carries, and that of its patient."""
    return read_id(document), _read_text(document, "patient_id")


def read_kind(document: Document) -> str:
    """Return what kind of visit a document tells of."""
    return _read_text(document, "kind") or "consultation"


def _find_lots(document: Document) -> str:
    """Return the lots used at a treatment."""
    treatment = document.get("treatment")
    if not isinstance(treatment, Mapping):
        return ""
    products = treatment.get("products")
    used = [treatment.get("cartridge"), treatment.get("numbing")]
    used += products if isinstance(products, Sequence) else []
    lots = [_read_text(it, "lot").strip() for it in used if isinstance(it, Mapping)]
    return " ".join(dict.fromkeys(lot for lot in lots if lot))


def _find_due(document: Document) -> str:
    """Return the day by which the patient of a signed visit is expected next."""
    if document.get("state") != "signed":
        return ""
    for part in (document.get("treatment"), document.get("review")):
        if isinstance(part, Mapping):
            # Who has a side effect, or whose plan is to be changed, and no date is expected from
            # that day on, and not forgotten.
            day, agreed = _read_text(document, "visit_date"), _read_text(part, "next_date")
            hurt = _read_text(part, "adverse") in UNSETTLED
            # A day before the visit, such as one of the old year, is none that could be kept.
            named = agreed if agreed >= day else ""
            waits = hurt or _read_text(part, "decision") == "change"
            named = named or (day if waits else "")
            # Where nobody wrote a date, the plan's own keeps the patient on the list. Of a day on
            # which the patient did not come there is none: what was to come before stays.
            return named or _read_text(document, "expected_on")
    agreement, plan = document.get("agreement"), document.get("plan")
    if isinstance(agreement, Mapping) and agreement.get("decision") in {"go_ahead", "think"}:
        asked = _read_text(plan, "first_session")[:10] if isinstance(plan, Mapping) else ""
        # Before `expected_on` was kept, a record knew only the day that was asked for.
        return _read_text(document, "expected_on") or asked
    return ""


def _is_absent(document: Document) -> bool:
    """Return whether the patient did not come, as its record says or why it was put away."""
    treatment = document.get("treatment")
    missed = isinstance(treatment, Mapping) and treatment.get("absent") is True
    return missed or _read_text(document, "put_away") == "absent"


def _read_text(document: Document, name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


DRAFTS = Kind(table="drafts", format=CONSULTATION, describe=describe_visit)
CONSULTATIONS = Kind(
    table="consultations",
    format=CONSULTATION,
    describe=describe_visit,
    action="{kind}.signed",
    final=True,
)
WITHDRAWN = "patient.withdrawn"
"""What the audit calls taking back somebody who was entered by mistake."""
PATIENTS = Kind(table="patients", format=PATIENT, describe=describe_patient, action="patient.saved")
ANONYMOUS = Kind(table="anonymous", format=CONSULTATION, describe=describe_visit, final=True)
"""Visits of which nobody can tell any more whose they were; for the clinic's own figures."""

KINDS = (PATIENTS, CONSULTATIONS, DRAFTS, ANONYMOUS)
