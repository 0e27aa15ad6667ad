"""How long a record has to be kept counts from its last entry, or from a visit dated later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from consult_app import record
from consult_app.custody.erasing import consider, foretell, refuse
from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.store.unlocking import SealedStore
from tests.sealed import Sealed

AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(sealed: Sealed, home: Path) -> Iterator[SealedStore]:
    with sealed.open(home) as opened:
        yield opened


def keep(store: SealedStore, dated: date) -> None:
    """Keep an unfinished visit that was entered on 30 November 2026."""
    patient = Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1))
    visit = Consultation(
        id="v1",
        patient_id="p1",
        visit_date=dated,
        started_at=AT.replace(tzinfo=None),
        patient=patient,
    )
    person = PatientRecord(id="p1", entered_at=AT.replace(tzinfo=None)).identify(
        patient, visit.needs
    )
    store.save_draft(record.write(visit, full=True), record.write(person, full=True), AT)


@pytest.mark.parametrize("years", [0, 8])
def test_a_visit_dated_after_its_entry_is_kept_longer_and_called_so(
    store: SealedStore, years: int
) -> None:
    keep(store, date(2027, 8, 16))

    case = consider(store, "p1", years)

    assert case.free_from == date(2027 + years, 8, 16), "the later of both, never sooner"
    assert not case.is_allowed(date(2027, 1, 11))
    told = refuse(case)
    assert "the latest visit, which is dated 16 August 2027" in told
    assert "the last entry was made on 30 November 2026" in told
    assert "last entry, which was on" not in told


@pytest.mark.parametrize("dated", [date(2026, 11, 30), date(2026, 3, 2)])
def test_a_visit_of_an_earlier_day_counts_from_its_entry(store: SealedStore, dated: date) -> None:
    keep(store, dated)

    case = consider(store, "p1", 8)

    assert case.free_from == date(2034, 11, 30)
    assert "last entry, which was on 30 November 2026" in refuse(case)


def test_what_may_go_is_said_with_the_day_until_which_it_was_kept(store: SealedStore) -> None:
    keep(store, date(2026, 11, 30))

    told = foretell(consider(store, "p1", 0))

    assert told.startswith(
        "This patient may be erased: the record had to be kept until 30 November 2026. What goes"
    )
