"""What waits beside a visit is written over by nothing that says less, however it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import timedelta
from typing import get_args, get_type_hints
from uuid import UUID

import pytest

from consult_app import record
from consult_app.custody.beside import ASKED, name_beside, says_more
from consult_app.domain.consultation import Agreement, Consultation
from consult_app.gui.start.patients import Patients
from consult_app.gui.workspace.entered import list_since
from consult_app.store.repositories import FileStore
from tests.custody.clinic import Person
from tests.custody.test_beside import (
    AT,
    LATER,
    NO,
    YES,
    begin,
    carry,
    keep_draft,
    person,
    places,
    sign,
)

__all__ = ["person", "places"]
HOUR = timedelta(hours=1)
Places = tuple[FileStore, FileStore]


def told(store: FileStore) -> set[str]:
    """Return what the unfinished visits of a place say of allergies."""
    return {str(store.drafts.get(it.id)["allergies"]) for it in store.drafts.list()}


def test_work_that_went_on_is_not_lost_to_the_copy_of_its_beginning(
    places: Places, person: Person
) -> None:
    """The signed one came in with the copy that waited there, and the copy was written last."""
    here, there = places
    visit = begin(person)
    keep_draft(here, replace(visit, allergies="latex"), LATER)
    sign(there, visit, AT)
    carry(there, here)
    assert told(there) == {"latex"}

    keep_draft(here, replace(visit, allergies="latex, lidocaine"), LATER + HOUR)
    carry(here, there)
    assert "latex, lidocaine" in told(here)


def test_a_stop_that_waits_beside_stays_when_the_visit_itself_is_signed_elsewhere(
    places: Places, person: Person
) -> None:
    here, there = places
    visit = begin(person)
    stops = replace(visit, id=name_beside(visit.id), answers={**visit.answers, "keloid": YES})
    keep_draft(here, stops, AT)
    keep_draft(here, replace(visit, allergies="latex"), LATER)
    sign(there, visit, AT)

    carry(here, there)

    kept = [here.drafts.get(it.id) for it in here.drafts.list()]
    assert len(kept) == 2
    assert record.read(Consultation, here.drafts.get(stops.id)).answers["keloid"] == YES
    assert told(here) == {"latex", stops.allergies}


@pytest.mark.parametrize("first", [AT, LATER + HOUR])
def test_a_visit_and_the_copy_beside_it_come_in_beside_a_signed_one(
    places: Places, person: Person, first: object
) -> None:
    """Both were to be written under the same id, and one of them was."""
    here, there = places
    visit = begin(person)
    sign(here, visit, AT)
    copy = replace(visit, id=name_beside(visit.id), allergies="nickel")
    keep_draft(there, copy, first)  # type: ignore[arg-type] # either moment
    keep_draft(there, replace(visit, allergies="latex"), LATER)

    carry(here, there)

    assert told(here) == {"latex", "nickel"}
    again = carry(here, there)
    assert again.taken == 0


def test_a_copy_that_was_put_away_takes_nothing_that_waits(places: Places, person: Person) -> None:
    """It was put away once its words stood in the visit itself."""
    here, there = places
    visit = begin(person)
    away = replace(visit, id=name_beside(visit.id), allergies="latex", state="put_away")
    keep_draft(there, away, AT)
    keep_draft(there, replace(visit, allergies="latex, nickel"), AT + HOUR)
    keep_draft(here, replace(visit, allergies="pollen"), LATER)

    carry(here, there)

    waiting = [here.drafts.get(it.id) for it in here.drafts.list()]
    assert {str(it["allergies"]) for it in waiting if it["state"] == "draft"} == {
        "pollen",
        "latex, nickel",
    }


def test_nothing_is_written_under_the_id_of_a_signed_visit(places: Places, person: Person) -> None:
    here, there = places
    visit = begin(person)
    sign(here, replace(visit, id=name_beside(visit.id)), AT)
    keep_draft(here, visit, AT)
    keep_draft(there, replace(visit, allergies="latex"), AT - HOUR)

    carry(here, there)

    assert not {it.id for it in here.drafts.list()} & {it.id for it in here.consultations.list()}
    assert "latex" in told(here)


def test_a_refusal_is_said(person: Person) -> None:
    """*No* to photographs was taken for nothing said."""

    def refuse(said: Consultation) -> dict[str, object]:
        return {"photos_record": said.agreement.photos_record}

    visit = begin(person)
    refused = replace(visit, agreement=replace(visit.agreement, photos_record=False))
    open_ = replace(visit, agreement=replace(visit.agreement, photos_record=None))
    assert says_more(refuse(refused), refuse(open_))
    assert not says_more(refuse(open_), refuse(refused))
    agreed = replace(visit, agreement=replace(visit.agreement, photos_record=True))
    assert says_more(refuse(refused), refuse(agreed)), "a Yes there does not stand for it"
    assert not says_more(refuse(refused), refuse(refused))
    assert not says_more({"discussed": False}, {"discussed": True})


def test_each_field_that_is_unknown_until_it_is_asked_for_is_known_as_such() -> None:
    def walk(kind: object) -> Iterator[tuple[str, object]]:
        for inner in get_args(kind):
            yield from walk(inner)
        if isinstance(kind, type) and is_dataclass(kind):
            for name, hint in get_type_hints(kind).items():
                yield name, hint
                yield from walk(hint)

    assert {name for name, hint in walk(Consultation) if hint == (bool | None)} == ASKED


def test_ours_that_is_kept_beside_knew_nothing_of_what_came_in_with_the_other(
    places: Places, person: Person
) -> None:
    """It is written last, and was saved after what came in, so its *No* was not asked again."""
    here, there = places
    visit = replace(begin(person), kind="consultation", treatment=None, follows=None)
    keep_draft(here, replace(visit, answers={**visit.answers, "keloid": NO}, allergies="latex"), AT)
    said = replace(visit, id=str(UUID(int=4)), answers={**visit.answers, "keloid": YES})
    sign(there, said, AT - 2 * HOUR)
    keep_draft(there, visit, LATER)

    carry(here, there)

    listed = Patients(here, lambda: LATER.replace(tzinfo=None)).list_visits(visit.patient_id)
    for name in (visit.id, name_beside(visit.id)):
        assert said.id in list_since(listed, name)


@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("signed", [False, True])
def test_the_day_to_ask_who_thinks_about_it_waits_beside_where_it_stands_only_there(
    places: Places, person: Person, *, hours: int, signed: bool
) -> None:
    """A copy that added that day alone gave way, and nobody asked the patient on it."""
    here, there = places
    thinks = replace(begin(person), kind="consultation", treatment=None, expected_on=None)
    thinks = replace(thinks, agreement=Agreement(decision="think"))
    dated = replace(thinks, expected_on=thinks.visit_date + timedelta(days=9))
    keep_draft(here, dated, AT)
    if signed:
        planned = replace(thinks, expected_on=thinks.visit_date + timedelta(days=30))
        sign(there, planned, AT + timedelta(hours=hours))
    else:
        keep_draft(there, thinks, AT + timedelta(hours=hours))

    carry(here, there)

    kept = [record.read(Consultation, here.drafts.get(it.id)) for it in here.drafts.list()]
    assert [it.expected_on for it in kept if it.expected_on] == [dated.expected_on]
    assert carry(here, there).taken == 0


def test_a_day_that_the_plan_gave_says_nothing(person: Person) -> None:
    plain = replace(begin(person), agreement=Agreement(decision="go_ahead"), expected_on=None)
    dated = replace(plain, expected_on=plain.visit_date)
    assert not says_more(record.write(dated, full=True), record.write(plain, full=True))
