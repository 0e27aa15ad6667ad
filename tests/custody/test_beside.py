"""A visit that was gone on with in two places: a signed one counts, or else the later one.

Of two that are signed the one here counts.

Nothing that only the unfinished one says is lost, and nothing of it keeps the other records out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app import record
from consult_app.custody.beside import name_beside, says_more
from consult_app.custody.exporting import export_records
from consult_app.custody.importing import Changes, compare, import_records
from consult_app.domain.consultation import SCHEMA, Answer, Consultation
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.exchange.incoming import open_incoming
from consult_app.gui.custody.import_sheet import describe_changes
from consult_app.store.repositories import FileStore, open_store
from tests.custody.clinic import Person, keep, make_people
from tests.custody.test_round_trip import find_shipped

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
YES, NO = Answer(state="yes"), Answer(state="no")


@pytest.fixture
def person() -> Person:
    return next(make_people(1))


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[FileStore, FileStore]]:
    """The records of this computer, and those of another."""
    with ExitStack() as stack:
        names = (tmp_path / "here", tmp_path / "there")
        here, there = (stack.enter_context(open_store(it)) for it in names)
        yield here, there


def begin(person: Person) -> Consultation:
    """Return a visit of theirs that is not finished."""
    visit = person.visits[0]
    unsigned = replace(visit, signed_at=None, handout=None, fingerprint="")
    return replace(unsigned, state="draft", schema=SCHEMA)


def keep_draft(store: FileStore, visit: Consultation, at: datetime) -> None:
    """Keep an unfinished visit as it stands at a moment."""
    store.drafts.save(visit.id, record.write(visit, full=True), at)


def sign(store: FileStore, visit: Consultation, at: datetime) -> dict[str, object]:
    """Keep a visit as signed at a moment, and return the record."""
    signed = replace(visit, state="signed", signed_at=at.replace(tzinfo=None))
    signed = replace(signed, fingerprint=make_fingerprint(record.write(signed, full=True)))
    document: dict[str, object] = record.write(signed, full=True)
    store.consultations.save(visit.id, document, at)
    store.drafts.discard(visit.id)
    return document


def carry(here: FileStore, there: FileStore) -> Changes:
    """Import here everything that is there."""
    out = io.BytesIO()
    export_records(there, out, find_shipped(), at=LATER)
    out.seek(0)
    incoming = open_incoming(out, lambda _done, _total: None)
    changes = compare(here, incoming)
    backup = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("consult_app.custody.importing.check_fresh", lambda *_: None)
        import_records(here, incoming, changes, backup=backup, at=LATER)
    return changes


@pytest.mark.parametrize("at", [AT - timedelta(hours=1), LATER])
@pytest.mark.parametrize("state", ["draft", "put_away"])
def test_looked_at_only_it_gives_way_to_the_signed_one(
    places: tuple[FileStore, FileStore], person: Person, at: datetime, state: str
) -> None:
    here, there = places
    visit = begin(person)
    looked = replace(visit, panel="safety", state=state)  # type: ignore[arg-type] # one of two
    keep_draft(here, looked, at)
    signed = sign(there, replace(visit, answers={**visit.answers, "pregnancy": NO}), AT)

    changes = carry(here, there)

    assert changes.counts["consultations"] == {"new": 1}
    assert changes.beside == ()
    assert here.consultations.get(visit.id) == signed
    assert not here.drafts.list()


@pytest.mark.parametrize("at", [AT - timedelta(hours=1), LATER])
def test_what_only_the_unfinished_one_says_waits_beside_the_signed_one(
    places: tuple[FileStore, FileStore], person: Person, at: datetime
) -> None:
    here, there = places
    visit = begin(person)
    said = replace(visit, answers={**visit.answers, "pregnancy": YES})
    keep_draft(here, said, at)
    signed = sign(there, replace(visit, answers={**visit.answers, "pregnancy": NO}), AT)
    other = next(it for it in make_people(3) if it.patient.id != person.patient.id)
    keep(there, other, other.visits[0])

    changes = carry(here, there)

    assert changes.counts["drafts"]["kept"] == 1
    assert here.consultations.get(visit.id) == signed
    assert here.consultations.get(other.visits[0].id), "the records of the others came in"
    (line,) = here.drafts.list()
    assert (line.id, line.saved_at) == (name_beside(visit.id), at)
    kept = record.read(Consultation, here.drafts.get(line.id))
    assert kept == replace(said, id=line.id)
    told = describe_changes(changes)
    assert f"{visit.patient.name}, Treatment of 5 Jan 2026" in told
    assert "Unfinished visits: 1 kept beside the one that comes in" in told
    assert carry(here, there).taken == 0


def test_put_away_it_stays_put_away(places: tuple[FileStore, FileStore], person: Person) -> None:
    here, there = places
    visit = begin(person)
    away = replace(visit, state="put_away", put_away="mistake", allergies="latex")
    keep_draft(here, away, LATER)
    sign(there, visit, AT)

    changes = carry(here, there)

    assert changes.counts["put_away"] == {"kept": 1}
    assert changes.beside == (), "it waits for nobody"
    (line,) = here.drafts.list()
    assert record.read(Consultation, here.drafts.get(line.id)) == replace(away, id=line.id)


@pytest.mark.parametrize("at", [AT - timedelta(hours=1), LATER])
def test_the_signed_one_stays_where_an_unfinished_one_comes_in(
    places: tuple[FileStore, FileStore], person: Person, at: datetime
) -> None:
    """It may say what nobody knew here, whenever it was saved, so it waits beside it, once."""
    here, there = places
    visit = begin(person)
    signed = sign(here, visit, AT)
    keep_draft(there, replace(visit, panel="plan"), at)
    assert carry(here, there).counts["drafts"] == {"signed": 1}
    assert not here.drafts.list()

    keep_draft(there, replace(visit, allergies="latex"), at)
    assert carry(here, there).counts["drafts"] == {"beside": 1}

    assert here.consultations.get(visit.id) == signed
    (line,) = here.drafts.list()
    assert here.drafts.get(line.id)["allergies"] == "latex"
    assert carry(here, there).counts["drafts"] == {"same": 1}
    keep_draft(there, replace(visit, allergies="latex, lidocaine"), LATER + timedelta(hours=1))
    assert carry(here, there).counts["drafts"] == {"beside": 1}
    assert [here.drafts.get(it.id)["allergies"] for it in here.drafts.list()] == [
        "latex, lidocaine"
    ]


def test_both_places_end_with_the_same_after_it_was_carried_to_and_fro(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    here, there = places
    visit = begin(person)
    keep_draft(here, replace(visit, allergies="latex"), LATER)
    sign(there, visit, AT)

    carry(there, here)
    carry(here, there)

    names = [[it.id for it in store.drafts.list()] for store in places]
    assert names == [[name_beside(visit.id)]] * 2


@pytest.mark.parametrize("ours_later", [True, False])
def test_of_two_unfinished_ones_the_later_counts_and_the_other_stays_beside_it(
    places: tuple[FileStore, FileStore],
    person: Person,
    ours_later: bool,  # noqa: FBT001 - a case
) -> None:
    """The later one may have been looked at only."""
    here, there = places
    visit = begin(person)
    told = replace(visit, answers={**visit.answers, "keloid": YES})
    looked = replace(visit, panel="plan")
    keep_draft(here, looked if ours_later else told, LATER if ours_later else AT)
    keep_draft(there, told if ours_later else looked, AT if ours_later else LATER)

    changes = carry(here, there)

    (line,) = changes.twice
    assert line.id == name_beside(visit.id)
    assert f"{visit.patient.name}, Treatment of 5 Jan 2026" in describe_changes(changes)
    read = {it.id: record.read(Consultation, here.drafts.get(it.id)) for it in here.drafts.list()}
    assert read == {visit.id: looked, line.id: replace(told, id=line.id)}
    assert here.drafts.written(line.id) > here.drafts.written(visit.id), "so that one asks anew"
    assert carry(here, there).taken == 0


def test_one_that_says_nothing_more_gives_way_to_the_later(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    here, there = places
    visit = begin(person)
    more = replace(visit, allergies="latex, lidocaine")
    less = replace(visit, allergies="latex", identity_reason="")
    keep_draft(here, less, AT)
    keep_draft(there, more, LATER)
    changes = carry(here, there)
    assert changes.counts["drafts"] == {"replaced": 1}
    assert not changes.twice
    assert [here.drafts.get(it.id)["allergies"] for it in here.drafts.list()] == [more.allergies]


def test_of_two_signed_ones_ours_counts_and_the_other_waits_beside_it_in_both_places(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    """Whatever their clocks say, and however often it is carried to and fro."""
    here, there = places
    visit = begin(person)
    ours = sign(here, replace(visit, answers={**visit.answers, "pregnancy": NO}), LATER)
    theirs = sign(there, replace(visit, answers={**visit.answers, "pregnancy": YES}), AT)

    changes = carry(here, there)

    assert changes.counts["consultations"] == {"beside": 1}
    assert f"{visit.patient.name}, Treatment of 5 Jan 2026" in describe_changes(changes)
    assert here.consultations.get(visit.id) == ours
    (line,) = here.drafts.list()
    assert (line.id, line.state, line.came) == (name_beside(visit.id), "draft", "yes")
    kept = record.read(Consultation, here.drafts.get(line.id))
    assert kept.answers["pregnancy"] == YES
    assert (kept.signed_at, kept.fingerprint) == (None, "")

    assert carry(there, here).counts == {"consultations": {"beside": 1}, "drafts": {"signed": 1}}
    assert carry(here, there).taken == 0
    assert carry(there, here).taken == 0
    assert there.consultations.get(visit.id) == theirs
    assert [[it.id for it in store.drafts.list()] for store in places] == [[line.id]] * 2


def test_of_two_signed_ones_one_that_says_nothing_more_is_left_out(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    here, there = places
    ours = sign(here, begin(person), AT)
    sign(there, replace(begin(person), panel="plan"), LATER)
    assert carry(here, there).counts["consultations"] == {"signed": 1}
    assert here.consultations.get(str(ours["id"])) == ours
    assert not here.drafts.list()


def test_one_whose_patient_has_visits_here_is_known_as_come_from_elsewhere(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    """Nobody there need know of those; to records that are empty it comes back as it was."""
    here, there = places
    visit = begin(person)
    keep_draft(there, visit, LATER)
    carry(here, there)
    assert [it.came for it in here.drafts.list()] == [""]
    keep_draft(there, replace(visit, allergies="latex"), LATER + timedelta(hours=1))
    carry(here, there)
    came = {it.id: it.came for it in here.drafts.list()}
    assert came == {visit.id: "yes", name_beside(visit.id): "yes"}, "nor did ours, kept beside it"


def test_a_signed_one_is_known_as_that_too(
    places: tuple[FileStore, FileStore], person: Person
) -> None:
    """Which of two signed ones came first, the clocks of two places do not tell."""
    here, there = places
    sign(there, begin(person), AT)
    carry(here, there)
    assert [it.came for it in here.consultations.list()] == [""], "all there is of the patient"
    sign(there, replace(begin(person), id="more"), LATER)
    carry(here, there)
    assert {it.id: it.came for it in here.consultations.list()}["more"] == "yes"


def test_a_text_that_was_only_written_on_says_nothing_more() -> None:
    assert not says_more({"allergies": "latex"}, {"allergies": "latex, lidocaine"})
    assert says_more({"allergies": "latex, lidocaine"}, {"allergies": "latex"})
    assert says_more({"decision": "no"}, {"decision": "not_suitable"})
    assert says_more({"status": "active"}, {"status": "inactive"})


def test_a_line_that_the_program_proposed_was_said_by_nobody(person: Person) -> None:
    visit = begin(person)
    line = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.5)
    done = replace(line, suggested=False, depth_mm=1.0)

    def write(*areas: TreatedArea) -> dict[str, object]:
        document: dict[str, object] = record.write(
            replace(visit, treatment=Treatment(areas=areas)), full=True
        )
        return document

    assert not says_more(write(line), write(done))
    assert says_more(write(replace(line, suggested=False)), write(done))
    assert says_more(write(done), write())
    assert not says_more(write(), write(done))


def test_a_visit_that_was_opened_in_another_practice_says_nothing_more_for_it(
    person: Person,
) -> None:
    """Two computers of different countries or devices each kept the other's copy."""
    visit = begin(person)
    facts = replace(visit.facts, jurisdiction="US", device_profile="skinpen")
    other = record.write(replace(visit, facts=facts), full=True)
    ours = record.write(visit, full=True)
    assert other["facts"] != ours["facts"]
    assert not says_more(other, ours)
    assert not says_more(ours, other)
