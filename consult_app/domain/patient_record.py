"""One person in the clinic's directory, whose visits belong together."""

from __future__ import annotations

from datetime import date, datetime

from consult_app.domain.people import Needs, Patient
from consult_app.values import dataclass, field, replace

SCHEMA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """Who a person is and what they need to take part.

    Nothing clinical is kept here: allergies and care alerts are computed from the visits, so that
    none of them outlives its cause.

    Attributes:
        id: Unique, says nothing about the person; every visit names it as its `patient_id`.
        schema: Version of the record format.
        sample: An invented person to look around with.
        entered_at: When the person was first entered; None when nobody wrote it down.
        name: As the patient writes it.
        date_of_birth: To tell namesakes apart, and for the age rules.
        sex: As recorded by the clinic.
        record_number: The clinic's own number.
        needs: Large print, interpreter, language.
    """

    id: str
    schema: int = SCHEMA
    sample: bool = False
    entered_at: datetime | None = None
    name: str = field(default="", repr=False)
    date_of_birth: date | None = field(default=None, repr=False)
    sex: str | None = field(default=None, repr=False)
    record_number: str = field(default="", repr=False)
    needs: Needs = Needs()

    @property
    def identity(self) -> Patient:
        """The person as a visit names them."""
        return Patient(
            name=self.name,
            date_of_birth=self.date_of_birth,
            sex=self.sex,
            record_number=self.record_number,
        )

    @property
    def known(self) -> bool:
        """Whether there is anything by which to find the person again."""
        return bool(self.name.strip() or self.date_of_birth or self.record_number.strip())

    def identify(self, patient: Patient, needs: Needs) -> PatientRecord:
        """Return the record with who the person is as a visit last wrote it."""
        return replace(
            self,
            name=patient.name,
            date_of_birth=patient.date_of_birth,
            sex=patient.sex,
            record_number=patient.record_number,
            needs=needs,
        )
