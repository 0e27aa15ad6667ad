"""A word to go on from before a review that says otherwise is asked again, and that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review
from consult_app.gui.main_window import MainWindow
from tests.gui.conftest import Clock
from tests.gui.test_last_answers import tell
from tests.gui.touring import make_last, workspace_of

Decision = Literal["continue", "change", "stop"]


@pytest.fixture
def last(window: MainWindow, clock: Clock) -> Consultation:
    """A signed consultation; a minute has passed since."""
    signed = make_last(window.desk)
    clock.move(60)
    return signed


def sign_review(window: MainWindow, last: Consultation, clock: Clock, review: Review) -> None:
    """Keep a signed review of now, and let a minute pass."""
    window.show_start()
    clock.move(60)
    seen = replace(last, id="r1", kind="review", follows=last.id, visit_date=clock().date())
    window.desk.records.sign(replace(seen, review=review), None, 0)
    clock.move(60)


def begin(window: MainWindow, last: Consultation, kind: str) -> str:
    window.reception.show_patient(last.patient_id)
    window.run(kind)
    begun: str = workspace_of(window).session.visit.id
    return begun


@pytest.mark.parametrize(("decision", "kept"), [("stop", None), ("continue", "go_ahead")])
def test_a_return_visit_asks_again_what_was_decided_before_the_review(
    window: MainWindow, last: Consultation, clock: Clock, decision: Decision, kept: str | None
) -> None:
    """Signed after it, it let a treatment follow, and nothing in it told of the review."""
    begun = begin(window, last, "return")
    workspace_of(window).session.set("agreement.decision", "go_ahead")
    sign_review(window, last, clock, Review(adverse="none", decision=decision))

    window.open_visit(begun)

    session = workspace_of(window).session
    assert session.visit.agreement.decision == kept
    for step in ("goals", "safety"):
        window.run(f"panel:{step}")
        card = workspace_of(window).panel.last
        assert card is not None
        line = "Review of 15 Jun 2026, decision: stop"
        assert (line in tell(card)) is (decision == "stop"), step

    session.set("agreement.decision", "go_ahead")
    window.show_start()
    window.open_visit(begun)

    assert workspace_of(window).session.visit.agreement.decision == "go_ahead", "it was said since"


def test_a_review_asks_again_what_another_one_says_otherwise(
    window: MainWindow, last: Consultation, clock: Clock
) -> None:
    begun = begin(window, last, "review")
    workspace_of(window).session.set("review", Review(adverse="none", decision="continue"))
    sign_review(window, last, clock, Review(adverse="new", decision="stop"))

    window.open_visit(begun)

    review = workspace_of(window).session.visit.review
    assert review is not None
    assert (review.adverse, review.decision) == (None, None)
