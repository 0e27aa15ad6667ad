"""The patients of this clinic: entered with their first visit, found, told apart, expected back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.people import Needs, Patient
from consult_app.domain.plan import PlanRequest
from consult_app.errors import ConsultError
from consult_app.gui.start.patients import Patients
from consult_app.gui.start.visits import Visits
from consult_app.store.faults import DamagedRecordError
from consult_app.store.memory import MemoryStore
from consult_app.store.writer import Writer

NOW = datetime.fromisoformat("2026-06-15T10:00")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 15),
    started_at=NOW,
    patient=Patient(name="Åda Berg", date_of_birth=date(1990, 5, 1), record_number="K-17"),
)
PDF = b"%PDF-1.7 a sheet"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def patients(store: MemoryStore) -> Patients:
    return Patients(store, lambda: NOW)


@pytest.fixture
def visits(store: MemoryStore) -> Iterator[Visits]:
    made = Visits(store, Writer(NOW.astimezone), lambda: NOW)
    yield made
    made.close()


def keep(visits: Visits, visit: Consultation) -> None:
    visits.keep_draft(visit, lambda _: None, lambda error: pytest.fail(repr(error)))
    visits.finish_writing()


def sign(visits: Visits, visit: Consultation) -> Consultation:
    return visits.sign(replace(visit, state="signed"), PDF, 2)


def going_ahead(visit_id: str, day: str, first: str) -> Consultation:
    return replace(
        VISIT,
        id=visit_id,
        visit_date=date.fromisoformat(day),
        plan=PlanRequest(first_session=datetime.fromisoformat(f"{first}T09:00")),
        agreement=Agreement(decision="go_ahead"),
    )


def actions(store: MemoryStore) -> list[str]:
    return [entry.action for entry in store.audit.entries()]


def test_a_visit_that_begins_enters_its_patient(visits: Visits, patients: Patients) -> None:
    keep(visits, VISIT)

    patient = patients.open("p1")

    assert (patient.identity, patient.needs) == (VISIT.patient, VISIT.needs)
    assert patient.entered_at is not None
    assert [it.name for it in patients.find("k-17", 9)] == ["Åda Berg"]


def test_a_patient_is_written_only_when_something_about_them_changed(
    visits: Visits, store: MemoryStore, patients: Patients
) -> None:
    keep(visits, VISIT)
    keep(visits, replace(VISIT, panel="skin"))
    assert actions(store) == ["patient.saved"]

    keep(visits, replace(VISIT, needs=Needs(large_print=True)))

    assert actions(store) == ["patient.saved", "patient.saved"]
    assert patients.open("p1").needs.large_print


def test_a_person_nobody_could_find_again_is_not_entered(
    visits: Visits, store: MemoryStore
) -> None:
    keep(visits, replace(VISIT, patient=Patient(name=" ")))
    assert list(store.patients.list()) == []

    keep(visits, VISIT)
    assert [it.id for it in store.patients.list()] == ["p1"]


def test_a_draft_is_resumed_for_the_patient_as_known_by_now(visits: Visits) -> None:
    keep(visits, VISIT)
    married = replace(VISIT.patient, name="Ada Lund")
    keep(visits, replace(VISIT, id="v2", patient=married, needs=Needs(interpreter=True)))

    resumed = visits.open_visit("v1")

    assert (resumed.patient, resumed.needs) == (married, Needs(interpreter=True))


def test_signing_enters_the_patient_and_leaves_the_signed_name_as_it_was(
    visits: Visits, patients: Patients
) -> None:
    sign(visits, VISIT)
    keep(visits, replace(VISIT, id="v2", patient=replace(VISIT.patient, name="Ada Lund")))

    assert patients.open("p1").name == "Ada Lund"
    assert visits.open_visit("v1").patient.name == "Åda Berg"


def test_a_damaged_patient_is_written_anew_from_the_visit(
    visits: Visits, store: MemoryStore, patients: Patients, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(visits, VISIT)

    def break_it(record_id: str) -> dict[str, object]:
        raise DamagedRecordError("patients", record_id, "it does not open")

    with monkeypatch.context() as patch:
        patch.setattr(store.patients, "get", break_it)
        keep(visits, replace(VISIT, panel="skin"))
    assert actions(store) == ["patient.saved", "patient.saved"]
    assert patients.open("p1").name == "Åda Berg"


def test_a_patient_lists_what_is_unfinished_then_what_is_signed_latest_day_first(
    visits: Visits, patients: Patients
) -> None:
    for visit_id, day in (("v1", 15), ("v2", 20), ("v3", 18)):
        sign(visits, replace(VISIT, id=visit_id, visit_date=date(2026, 6, day)))
    keep(visits, replace(VISIT, id="v4", visit_date=date(2026, 6, 1)))
    keep(visits, replace(VISIT, id="v5", patient_id="p2"))

    listed = patients.list_visits("p1")

    assert [(it.id, it.signed) for it in listed] == [
        ("v4", False),
        ("v2", True),
        ("v3", True),
        ("v1", True),
    ]
    assert [it.last_visit for it in patients.find("ada", 1)] == [None], "the one saved last"
    assert {it.id: it.last_visit for it in patients.find("ada", 9)} == {
        "p1": date(2026, 6, 20),
        "p2": None,
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)), ["p1"]),
        (Patient(name="Berg", date_of_birth=date(1990, 5, 1)), ["p1"]),
        (Patient(name="Bo Lund", date_of_birth=date(1990, 5, 1)), []),
        (Patient(name="Ada Berg", date_of_birth=date(1990, 1, 5)), []),
        (Patient(name="Ada Berg"), []),
    ],
)
def test_somebody_born_the_same_day_with_a_similar_name_may_be_here_already(
    visits: Visits, patients: Patients, typed: Patient, found: list[str]
) -> None:
    keep(visits, VISIT)

    assert [it.id for it in patients.find_namesakes(typed)] == found


@pytest.mark.parametrize(
    ("today", "listed"),
    [("2026-06-28", []), ("2026-06-29", ["p1"]), ("2026-10-04", ["p1"]), ("2026-10-05", [])],
)
def test_who_is_due_within_a_week_is_expected_and_for_a_season_who_did_not_come(
    visits: Visits, patients: Patients, today: str, listed: list[str]
) -> None:
    sign(visits, going_ahead("v1", "2026-06-15", "2026-07-06"))

    due = patients.list_due(date.fromisoformat(today))

    assert [it.patient.id for it in due] == listed
    assert all((it.due, it.what) == (date(2026, 7, 6), "First treatment") for it in due)


def test_a_later_visit_takes_the_place_of_what_was_due_before(
    visits: Visits, patients: Patients
) -> None:
    sign(visits, going_ahead("v2", "2026-06-29", "2026-08-03"))
    sign(visits, going_ahead("v1", "2026-06-15", "2026-07-06"))

    assert list(patients.list_due(date(2026, 7, 6))) == []
    assert [it.due for it in patients.list_due(date(2026, 8, 3))] == [date(2026, 8, 3)]


def test_a_patient_nobody_entered_is_told_of(patients: Patients) -> None:
    with pytest.raises(ConsultError):
        patients.open("nobody")
