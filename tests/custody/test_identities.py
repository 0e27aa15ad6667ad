"""A patient's record that two places changed: nothing of it is lost or taken without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consult_app import record
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Needs
from consult_app.gui.custody.import_sheet import describe_changes
from consult_app.store.repositories import FileStore
from tests.custody.test_beside import carry, places

__all__ = ["places"]

AT = datetime(2027, 9, 6, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ADULT, MINOR = date(1984, 3, 3), date(2010, 1, 1)
ADA = PatientRecord(id="p1", name="Ada Berg", date_of_birth=ADULT)


def keep(store: FileStore, at: datetime, **now: Any) -> None:  # noqa: ANN401 - as a record has it
    """Keep the patient with what is changed."""
    store.patients.save("p1", record.write(replace(ADA, **now), full=True), at)


def read(store: FileStore) -> PatientRecord:
    return record.read(PatientRecord, store.patients.get("p1"))


def test_a_birth_date_that_makes_the_patient_younger_is_not_taken_back(
    places: tuple[FileStore, FileStore],
) -> None:
    """There only a number was added, later: here nobody would be refused any more."""
    here, there = places
    keep(here, AT, date_of_birth=MINOR)
    keep(there, LATER, record_number="K-5")

    told = describe_changes(carry(here, there))

    assert read(here) == replace(ADA, date_of_birth=MINOR, record_number="K-5")
    assert "Ada Berg: date of birth stays 1 Jan 2010, what comes in says 3 Mar 1984" in told


def test_a_birth_date_that_makes_the_patient_younger_comes_in_and_is_told(
    places: tuple[FileStore, FileStore],
) -> None:
    here, there = places
    keep(here, AT)
    keep(there, LATER, date_of_birth=MINOR)
    told = describe_changes(carry(here, there))
    assert read(here).date_of_birth == MINOR
    assert "date of birth becomes 1 Jan 2010, here it is 3 Mar 1984" in told


def test_ours_stays_where_it_was_saved_later_and_another_birth_date_is_told(
    places: tuple[FileStore, FileStore],
) -> None:
    here, there = places
    keep(here, LATER, name="Ada Lund")
    keep(there, AT, date_of_birth=MINOR)
    told = describe_changes(carry(here, there))
    assert read(here) == replace(ADA, name="Ada Lund")
    assert "date of birth stays 3 Mar 1984, what comes in says 1 Jan 2010" in told
    assert "name becomes" not in told, "an older name is no news"
    assert "name stays" not in told


def test_what_only_ours_knows_is_kept(places: tuple[FileStore, FileStore]) -> None:
    here, there = places
    needs = Needs(interpreter=True, language="pl")
    keep(here, AT, record_number="K-5", sex="F", needs=needs)
    keep(there, LATER, name="Ada Lund", needs=Needs(large_print=True))

    told = describe_changes(carry(here, there))

    both = Needs(large_print=True, interpreter=True, language="pl")
    assert read(here) == replace(ADA, name="Ada Lund", record_number="K-5", sex="F", needs=both)
    assert "Ada Berg: name becomes Ada Lund, here it is Ada Berg" in told


@pytest.mark.parametrize("sex", ["M", "X"])
def test_another_sex_is_told(places: tuple[FileStore, FileStore], sex: str) -> None:
    here, there = places
    keep(here, AT, sex="F")
    keep(there, LATER, sex=sex)
    assert "here it is Female" in describe_changes(carry(here, there))
    assert read(here).sex == sex


def test_where_nothing_differs_nothing_is_told(places: tuple[FileStore, FileStore]) -> None:
    here, there = places
    keep(here, AT)
    keep(there, LATER, record_number="K-5")
    assert carry(here, there).otherwise == ()
    assert read(here).record_number == "K-5"


def test_what_only_the_earlier_record_knows_fills_ours_and_both_places_agree(
    places: tuple[FileStore, FileStore],
) -> None:
    """The age that was known next door was left out, because ours was saved later."""
    here, there = places
    keep(here, LATER, date_of_birth=None, record_number="K-5")
    needs = Needs(interpreter=True, language="pl")
    keep(there, AT, date_of_birth=MINOR, name="Ada Lund", needs=needs)

    told = describe_changes(carry(here, there))

    assert read(here) == replace(ADA, date_of_birth=MINOR, record_number="K-5", needs=needs)
    assert [it.saved_at for it in here.patients.list()] == [LATER], "ours still counts"
    assert "Patients: 1 filled in where the one here leaves something open" in told
    assert carry(here, there).taken == 0
    carry(there, here)
    assert read(there) == read(here)
    assert carry(here, there).taken == 0


def test_both_places_agree_after_one_went_to_and_fro(
    places: tuple[FileStore, FileStore],
) -> None:
    """What was filled kept the moment of the other record, which then was no later one."""
    here, there = places
    keep(here, AT, sex="F")
    keep(there, LATER, record_number="K-5")
    carry(here, there)
    carry(there, here)
    assert read(there) == read(here) == replace(ADA, sex="F", record_number="K-5")
    keep(here, LATER, name="Ada Lund", sex="F", record_number="K-5")
    assert "the one here is as new or newer" in describe_changes(carry(here, there))


def test_another_record_number_is_told(places: tuple[FileStore, FileStore]) -> None:
    here, there = places
    keep(here, AT, record_number="K-5")
    keep(there, LATER, record_number="K-7")
    told = describe_changes(carry(here, there))
    assert "Ada Berg: record number becomes K-7, here it is K-5" in told
