"""What was put away takes no place of what still waits, and stops nothing in its stead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.custody.beside import name_beside
from consult_app.domain.consultation import Consultation
from consult_app.store.repositories import FileStore
from tests.custody.clinic import Person
from tests.custody.test_beside import AT, LATER, begin, carry, keep_draft, person, places, sign

__all__ = ["person", "places"]
HOUR = timedelta(hours=1)
Places = tuple[FileStore, FileStore]


def put_away(visit: Consultation, allergies: str) -> Consultation:
    return replace(visit, allergies=allergies, state="put_away", put_away="copy")


def waiting(store: FileStore) -> set[str]:
    """Return what the visits that wait for somebody say of allergies."""
    read = [store.drafts.get(it.id) for it in store.drafts.list()]
    return {str(it["allergies"]) for it in read if it["state"] == "draft"}


@pytest.fixture
def joined(places: Places, person: Person) -> Consultation:
    """A visit into which its copy was brought, as is advised, and the copy put away."""
    here, _ = places
    visit = begin(person)
    keep_draft(here, replace(visit, allergies="latex"), LATER)
    keep_draft(here, put_away(replace(visit, id=name_beside(visit.id)), "latex"), LATER + HOUR)
    return visit


def test_ours_waits_again_where_one_that_was_looked_at_only_takes_its_place(
    places: Places, joined: Consultation
) -> None:
    """The copy that was put away told it too, and so nothing was kept."""
    here, there = places
    keep_draft(there, replace(joined, panel="plan"), LATER + 2 * HOUR)

    changes = carry(here, there)

    assert [it.id for it in changes.twice] == [name_beside(joined.id)]
    assert "latex" in waiting(here)
    assert carry(here, there).taken == 0


def test_ours_waits_again_beside_one_that_is_signed_without_it(
    places: Places, joined: Consultation
) -> None:
    here, there = places
    sign(there, joined, LATER + HOUR)

    changes = carry(here, there)

    assert [it.id for it in changes.beside] == [name_beside(joined.id)]
    assert "latex" in waiting(here)
    assert carry(here, there).taken == 0


def test_what_was_put_away_here_does_not_come_again(places: Places, joined: Consultation) -> None:
    """Somebody read it and settled it; it would wait anew after every import."""
    here, there = places
    keep_draft(here, replace(joined, allergies="none"), LATER + 2 * HOUR)
    keep_draft(there, replace(joined, allergies="latex"), AT)
    assert carry(here, there).taken == 0
    assert waiting(here) == {"none"}


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("waits", [True, False])
def test_a_visit_waits_whose_copy_was_put_away_where_both_come_from(
    places: Places,
    joined: Consultation,
    first: bool,  # noqa: FBT001 - a case
    waits: bool,  # noqa: FBT001 - a case
) -> None:
    """There the visit itself says it; here no other one does, whichever of them is read first."""
    there, here = places
    beside = name_beside(joined.id)
    for name, last in ((beside, first), (joined.id, not first)):
        there.drafts.save(name, there.drafts.get(name), LATER + HOUR * last)
    keep_draft(here, replace(joined, allergies="pollen"), LATER + 2 * HOUR)
    if waits:
        keep_draft(here, replace(joined, id=beside, allergies="latex"), AT)

    for _ in range(2):
        carry(here, there)
        assert waiting(here) == {"pollen", "latex"}


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_copy_that_waits_is_not_put_away_by_another_of_its_visit(
    places: Places,
    person: Person,
    is_signed: bool,  # noqa: FBT001 - a case
) -> None:
    here, there = places
    visit = begin(person)
    if is_signed:
        sign(here, visit, AT)
    else:
        keep_draft(here, replace(visit, allergies="pollen"), LATER + 2 * HOUR)
    keep_draft(here, replace(visit, id=name_beside(visit.id), allergies="latex"), AT)
    keep_draft(there, put_away(visit, "latex, nickel"), LATER + HOUR)

    changes = carry(here, there)

    assert changes.counts["put_away"] == {"beside": 1}
    assert "latex" in waiting(here)
    assert carry(here, there).taken == 0


def test_ours_that_was_put_away_leaves_another_of_the_place_waiting(
    places: Places, person: Person
) -> None:
    """It is kept where the copy would stand that still waits there."""
    here, there = places
    visit = begin(person)
    keep_draft(here, put_away(visit, "latex"), LATER)
    sign(there, visit, AT)
    keep_draft(there, replace(visit, id=name_beside(visit.id), allergies="latex"), AT)

    carry(here, there)

    assert waiting(here) == {"latex"}
    assert carry(here, there).taken == 0
