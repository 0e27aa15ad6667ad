"""Nothing waits under the id of a visit that comes in signed, whichever of the two comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.custody.beside import name_beside
from consult_app.store.repositories import FileStore
from tests.custody.clinic import Person
from tests.custody.test_beside import AT, LATER, begin, carry, keep_draft, person, places, sign
from tests.custody.test_beside_twice import told

__all__ = ["person", "places"]
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("copy_at", [AT - HOUR, AT + HOUR])
def test_ours_stays_where_the_visit_and_its_copy_come_in_signed(
    places: tuple[FileStore, FileStore], person: Person, copy_at: object
) -> None:
    """It was kept under the id of the copy, whose signed record then took its place."""
    here, there = places
    visit = begin(person)
    keep_draft(here, replace(visit, allergies="lidocaine"), LATER)
    sign(there, visit, AT)
    sign(there, replace(visit, id=name_beside(visit.id), allergies="latex"), copy_at)  # type: ignore[arg-type] # either moment

    changes = carry(here, there)

    (line,) = changes.beside
    assert "lidocaine" in str(here.drafts.get(line.id)["allergies"])
    assert line.id not in {it.id for it in here.consultations.list()}
    assert carry(here, there).taken == 0


def test_what_comes_in_beside_ours_takes_no_id_of_a_signed_copy_that_comes_with_it(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    """Under that id it could never be opened."""
    here, there = places
    visit = begin(person)
    sign(here, visit, AT)
    sign(there, replace(visit, id=name_beside(visit.id), allergies="latex"), AT)
    keep_draft(there, replace(visit, allergies="lidocaine"), LATER)

    carry(here, there)

    assert told(here) == {"lidocaine"}
    assert not {it.id for it in here.drafts.list()} & {it.id for it in here.consultations.list()}
    assert carry(here, there).taken == 0


def test_what_waits_behind_a_signed_copy_is_known_again(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    here, there = places
    visit = begin(person)
    sign(here, replace(visit, id=name_beside(visit.id)), AT)
    keep_draft(here, replace(visit, allergies="pollen"), LATER + HOUR)
    keep_draft(there, replace(visit, allergies="latex"), LATER)
    carry(here, there)
    keep_draft(there, replace(visit, allergies="latex"), LATER + 2 * HOUR)

    assert carry(here, there).counts["drafts"] == {"same": 1}, "it is later than ours"

    assert told(here) == {"pollen", "latex"}
