"""A signature is known to be that of the person the visit is of, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.visits.agreeing import ANOTHER, DOUBT, sign_as, sign_for, tell_signer

ANNA = Patient(name="Anna Brook", date_of_birth=date(1990, 5, 3))
BORN = date(1961, 11, 30)


def sign(patient: Patient) -> Consultation:
    """Return a visit that this patient signed."""
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=date(2026, 6, 15),
        started_at=datetime.fromisoformat("2026-06-15T10:00"),
        patient=patient,
        agreement=sign_as(Agreement(signed_on_paper=True), patient),
    )


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (ANNA, ANNA, ""),
        (ANNA, Patient(name="Bea Holt", date_of_birth=BORN), ANOTHER),
        (ANNA, replace(ANNA, name="Ana Brook"), DOUBT),
        (ANNA, replace(ANNA, name="Bea Holt"), DOUBT),
        (ANNA, replace(ANNA, date_of_birth=BORN), DOUBT),
        (ANNA, replace(ANNA, name="BROOK  Ánna", record_number="7", sex="F"), ""),
        (ANNA, replace(ANNA, name=""), ""),
        (ANNA, replace(ANNA, date_of_birth=None), ""),
        (replace(ANNA, date_of_birth=None), ANNA, ""),
        (replace(ANNA, name=""), ANNA, ""),
        (Patient(), ANNA, ""),
        (replace(ANNA, date_of_birth=None), replace(ANNA, name="Bea Holt"), ANOTHER),
    ],
)
def test_another_person_agrees_in_nothing_with_who_signed(
    then: Patient, now: Patient, told: str
) -> None:
    assert tell_signer(replace(sign(then), patient=now)) == told


def test_who_signed_is_not_known_where_nobody_did_or_before_it_was_kept() -> None:
    signed = sign(ANNA)
    other = replace(signed, patient=Patient(name="Bea Holt", date_of_birth=BORN))
    cleared = replace(signed.agreement, signed_on_paper=False)

    nobody = replace(other, agreement=sign_for(cleared, PlanRequest(), None, ()))
    older = replace(other, agreement=Agreement(signed_on_paper=True))

    assert not tell_signer(nobody)
    assert not tell_signer(older)


def test_neither_name_nor_birth_date_can_be_read_in_what_is_kept() -> None:
    agreement = sign(ANNA).agreement
    assert "anna" not in repr(agreement).casefold()
    assert "1990" not in repr(agreement)
