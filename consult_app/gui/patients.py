"""The patients of this clinic, as the window asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import Store, Summary

TITLE = "This patient's record cannot be read"


class Patients:
    """Translates patients to and from the documents of the store.

    Args:
        store: Where documents are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, patient_id: str) -> PatientRecord:
        """Return one patient.

        Raises:
            ConsultError: There is none, or it cannot be read.
        """
        return record.read(PatientRecord, self._store.patients.get(patient_id), title=TITLE)

    def find(self, text: str) -> Sequence[Summary]:
        """Return those whose name, birth date or record number match; all for an empty text."""
        return self._store.patients.find(text)

    def recall(self, visit: Consultation) -> Consultation:
        """Return a draft with who the patient is by now; another visit may have written it."""
        kept = self._look_up(visit.patient_id)
        return visit if kept is None else replace(visit, patient=kept.identity, needs=kept.needs)

    def describe(self, visit: Consultation, at: datetime) -> PatientRecord:
        """Return the patient's record as this visit knows the person."""
        kept = self._look_up(visit.patient_id)
        if kept is None:
            kept = PatientRecord(id=visit.patient_id, sample=visit.sample, entered_at=at)
        return kept.identify(visit.patient, visit.needs)

    def find_change(self, visit: Consultation, at: datetime) -> PatientRecord | None:
        """Return the patient's record when it is to be written: the visit knows something new.

        A person nobody could find again is not entered yet.
        """
        described = self.describe(visit, at)
        return described if described.known and described != self._look_up(described.id) else None

    def _look_up(self, patient_id: str) -> PatientRecord | None:
        """Return what is kept; None when there is nothing, or nothing that can be read."""
        try:
            return self.open(patient_id)
        except (UnknownRecordError, DamagedRecordError):
            return None  # a visit carries who it is for, so the record can be written anew
