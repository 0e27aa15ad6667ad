"""The consultations on this computer: drafts, signed records, and the PDF kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from threading import Event
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation, Goals
from consult_app.domain.history import Condition, Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.start.visits import UNSAVED, Visits
from consult_app.store.faults import StoreError
from consult_app.store.memory import MemoryStore
from consult_app.store.writer import Writer

NOW = datetime.fromisoformat("2026-06-15T10:00")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 15),
    started_at=NOW,
    patient=Patient(name="Åda Berg", date_of_birth=date(1990, 5, 1), record_number="K-17"),
    goals=Goals(own_words="Scars\nand lines"),
    answers={"acne": Answer(state="yes"), "metal": Answer(state="no", bulk=True)},
    facts=Facts(conditions=(Condition(code="acne", date=PartialDate.of(date(2026, 1, 2))),)),
)
PDF = b"%PDF-1.7 a sheet"


class Clock:
    """Each look is a minute later."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def visits(store: MemoryStore) -> Iterator[Visits]:
    clock = Clock()
    made = Visits(store, Writer(lambda: clock().astimezone()), clock)
    yield made
    made.close()


def keep(visits: Visits, visit: Consultation) -> list[datetime]:
    saved: list[datetime] = []
    told = Event()

    def tell(at: datetime) -> None:
        saved.append(at)
        told.set()

    visits.keep_draft(visit, tell, lambda _: None)
    visits.finish_writing()
    assert told.wait(10), "it was told that it is durable"
    return saved


def test_a_visit_opens_without_the_list_of_all(
    visits: Visits, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a hundred thousand visits going through the list takes seconds."""
    keep(visits, VISIT)
    for records in (store.drafts, store.consultations):
        monkeypatch.setattr(records, "list", None)

    assert visits.open_visit("v1") == VISIT


def test_a_draft_comes_back_as_it_was(visits: Visits) -> None:
    (at,) = keep(visits, VISIT)

    assert visits.open_visit("v1") == VISIT
    assert at.tzinfo is None, "the window writes local time"


def test_drafts_are_listed_newest_first_and_signed_records_are_none(visits: Visits) -> None:
    for n, name in enumerate(("Åda Berg", "Bo Lund", "Cy Dahl"), 1):
        keep(visits, replace(VISIT, id=f"v{n}", patient_id=f"p{n}", patient=Patient(name=name)))
    visits.sign(replace(VISIT, state="signed"), PDF, 2)

    listed = visits.list_drafts()

    assert [(it.id, it.signed) for it in listed] == [("v3", False), ("v2", False)]
    assert [it.name for it in listed] == ["Cy Dahl", "Bo Lund"]


@pytest.mark.parametrize("text", ["ada", "1 5 1990", "1990-05-01", "k-17", "berg 1990"])
def test_a_draft_is_found_by_name_birth_date_or_number(visits: Visits, text: str) -> None:
    keep(visits, VISIT)
    keep(visits, replace(VISIT, id="v2", patient=Patient(name="Bo Lund")))

    assert [it.id for it in visits.list_drafts(text)] == ["v1"]


def test_signing_keeps_the_exact_pdf_and_its_fingerprint(visits: Visits) -> None:
    keep(visits, VISIT)

    signed = visits.sign(replace(VISIT, state="signed"), PDF, 2)

    assert signed.handout is not None
    assert signed.handout.sha256 == sha256(PDF).hexdigest()
    assert signed.handout.pages == 2
    assert visits.read_handout(signed) == PDF
    assert visits.open_visit("v1") == signed
    assert visits.list_drafts() == [], "the draft went with it"


def test_a_failed_signing_changes_nothing(
    visits: Visits, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(visits, VISIT)

    def refuse(*_: Any) -> None:  # noqa: ANN401 - whatever is signed
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(store, "save_signed", refuse)
    with pytest.raises(StoreError):
        visits.sign(replace(VISIT, state="signed"), PDF, 2)

    assert visits.open_visit("v1") == VISIT
    assert [it.signed for it in visits.list_drafts()] == [False]


def test_a_failed_draft_is_told_with_its_reason(
    visits: Visits, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[Exception] = []
    told = Event()
    error = StoreError("The disk is full.", "Free some space.")

    def fail(failure: Exception) -> None:
        failures.append(failure)
        told.set()

    def refuse(*_: Any) -> None:  # noqa: ANN401 - whatever is saved
        raise error

    monkeypatch.setattr(store, "save_draft", refuse)
    visits.keep_draft(VISIT, lambda _: pytest.fail("said to be saved"), fail)
    with pytest.raises(StoreError):
        visits.finish_writing()

    assert told.wait(10)
    assert failures == [error]


def test_a_save_that_failed_some_time_ago_is_not_forgotten(
    visits: Visits, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Event()

    def refuse(*_: Any) -> None:  # noqa: ANN401 - whatever is saved
        raise StoreError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save_draft", refuse)
        visits.keep_draft(VISIT, lambda _: None, lambda _: failed.set())
        assert failed.wait(10), "it has failed before anybody asks"
    with pytest.raises(StoreError):
        visits.finish_writing()

    keep(visits, VISIT)
    assert visits.open_visit("v1") == VISIT


def test_a_draft_can_be_dropped(visits: Visits) -> None:
    keep(visits, VISIT)

    visits.drop_draft("v1")

    assert visits.list_drafts() == []


def test_a_record_without_a_kept_handout_says_so(visits: Visits) -> None:
    with pytest.raises(ConsultError, match="No handout"):
        visits.read_handout(VISIT)


@pytest.mark.expects_log("ZeroDivisionError")
def test_what_nobody_foresaw_is_told_like_a_save_that_failed(
    visits: Visits, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any) -> None:  # noqa: ANN401 - whatever is saved
        raise ZeroDivisionError("Ada Berg")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save_draft", stumble)
        visits.keep_draft(VISIT, lambda _: None, lambda _: None)
        with pytest.raises(ConsultError) as told:
            visits.finish_writing()

    assert told.value.title == UNSAVED
    assert told.value.details == ("ZeroDivisionError",), "without its words"
    keep(visits, VISIT)
    assert visits.open_visit("v1") == VISIT
