"""Of two records it is the moment of each signature that says which came last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.following import find_review
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

NO, YES = Answer(state="no"), Answer(state="yes")


def take_in(store: SealedStore, visit: Consultation, at: datetime, hours: int) -> None:
    """Take in a record that was signed at a moment, by the clock of a place so many hours ahead."""
    there = at.replace(tzinfo=None) + timedelta(hours=hours)
    signed = replace(visit, signed_at=there, fingerprint="")
    document = record.write(signed, full=True)
    store.consultations.take_in(visit.id, document, at, at + timedelta(hours=1))


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    return make_last(window.desk)


@pytest.mark.parametrize("hours", [9, -9, 0])
def test_an_answer_of_another_place_goes_by_its_moment(
    window: MainWindow,
    store: SealedStore,
    last: Consultation,
    clock: Clock,
    hours: int,
) -> None:
    """Signed there an hour sooner, it was the last answer because its clock is nine hours ahead."""
    here = clock().astimezone(UTC)
    asked = replace(
        last,
        kind="treatment",
        follows=last.id,
        visit_date=clock().date(),
        treatment=Treatment(treated=False, new_medicines="no"),
    )
    pregnant = replace(last.facts, pregnancy="yes")
    mine = replace(asked, id="mine", answers={**last.answers, "pregnancy": YES}, facts=pregnant)
    theirs = replace(asked, id="theirs", answers={**last.answers, "pregnancy": NO})
    window.desk.records.sign(mine, None, 0)
    take_in(store, theirs, here - timedelta(hours=1), hours)

    window.reception.show_patient(last.patient_id)
    window.run("return")

    said = workspace_of(window).session.said
    assert said is not None
    assert said.visit.answers["pregnancy"].state == "yes"


@pytest.mark.parametrize(("sooner", "found"), [(1, None), (-1, "theirs")])
def test_a_review_of_another_place_goes_by_its_moment(
    window: MainWindow, store: SealedStore, clock: Clock, sooner: int, found: str | None
) -> None:
    here = clock().astimezone(UTC)
    today = clock().date()
    visit = make_last(window.desk, visit_date=today, signed_at=clock() - timedelta(hours=9))
    stop = Review(decision="stop")
    theirs = replace(visit, id="theirs", kind="review", follows="c0", review=stop)
    take_in(store, theirs, here - timedelta(hours=sooner), 9)

    review = find_review(visit, window.desk.patients.list_visits(visit.patient_id))

    assert (review.id if review is not None else None) == found
