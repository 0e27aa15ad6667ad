"""The depths that a treatment offers go by what is known when its record is opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.session import Session
from consult_app.knowledge.visits.stepping import HELD_SINCE
from consult_app.knowledge.visits.treating import answer_again, answer_medicines
from tests.gui.conftest import Clock
from tests.gui.test_depth_of_day import CHEEKS, make_dark, tell
from tests.gui.test_needled_before import WEEK, treat
from tests.gui.touring import make_last, workspace_of


def sign_review(desk: Desk, last: Consultation, adverse: Literal["none", "new"]) -> Consultation:
    """Keep a signed review of today."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    seen = Review(adverse=adverse, decision="continue")
    return desk.records.sign(replace(begun, review=seen, state="signed"), None, 0)


@pytest.fixture
def session(window: MainWindow, desk: Desk, clock: Clock) -> Session:
    """A treatment that was offered a step more, after a clean review."""
    last = make_dark(desk)
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)
    sign_review(desk, last, "none")
    clock.move(4 * WEEK)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    session = workspace_of(window).session
    for item in desk.pack.recheck.items:
        session.take(answer_again(desk.pack, session.visit, None, item, "no"), "")
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "")
    assert read_depths(session) == [1.25]
    return session


def read_depths(session: Session) -> list[float | None]:
    treatment = session.visit.treatment
    assert treatment is not None
    return [it.depth_mm for it in treatment.areas]


def reopen(window: MainWindow, session: Session) -> TreatedPanel:
    window.open_visit(session.visit.id)
    window.run("panel:treated")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    return panel


def hear_of_side_effect(window: MainWindow, session: Session, clock: Clock) -> None:
    """Sign a review of today that tells of a side effect."""
    window.show_start()
    clock.move(60)
    last = window.desk.records.open_visit(session.visit.follows or "")
    sign_review(window.desk, last, "new")


def test_a_depth_that_nobody_confirmed_is_offered_anew_after_a_side_effect(
    window: MainWindow, session: Session, clock: Clock
) -> None:
    """It stayed at the step that the clean review before it had allowed, without a word."""
    hear_of_side_effect(window, session, clock)

    panel = reopen(window, session)

    assert read_depths(panel.session) == [1.0]
    assert panel.session.judgement.steps == 0
    assert HELD_SINCE in tell(panel)


def test_a_depth_that_was_written_stays_and_asks_for_a_reason(
    window: MainWindow, session: Session, clock: Clock
) -> None:
    treatment = session.visit.treatment
    assert treatment is not None
    written = tuple(replace(it, suggested=False) for it in treatment.areas)
    session.set("treatment.areas", written)
    hear_of_side_effect(window, session, clock)

    panel = reopen(window, session)

    assert read_depths(panel.session) == [1.25]
    told = "Deeper than 1 mm: a step deeper is 0.25 mm, after a clean review only"
    assert told in tell(panel)


def test_an_addendum_to_the_review_holds_the_depth(
    window: MainWindow, session: Session, desk: Desk, clock: Clock
) -> None:
    """Nobody but a person can tell what its words mean for a deeper step."""
    window.show_start()
    clock.move(60)
    listed = desk.patients.list_visits(session.visit.patient_id)
    review = desk.records.open_visit(next(it.id for it in listed if it.kind == "review"))
    person = desk.patients.open(review.patient_id)
    begun = desk.begin_after("addendum", desk.settings, person, review, 0)
    words = "Dark marks seen on a photograph"
    desk.records.sign(replace(begun, addendum=words, state="signed"), None, 0)

    panel = reopen(window, session)

    assert read_depths(panel.session) == [1.0]
    assert HELD_SINCE in tell(panel)


def test_a_clean_review_since_it_was_begun_offers_the_step(
    window: MainWindow, session: Session, desk: Desk, clock: Clock
) -> None:
    hear_of_side_effect(window, session, clock)
    assert read_depths(reopen(window, session).session) == [1.0]
    window.show_start()
    clock.move(60)
    sign_review(desk, desk.records.open_visit(session.visit.follows or ""), "none")
    assert read_depths(reopen(window, session).session) == [1.25]


def test_a_birth_date_that_is_put_right_offers_its_depth_at_once(
    window: MainWindow, desk: Desk
) -> None:
    """The caps of a patient of seventy held the plan beside it, and the old depth was offered."""
    last = make_last(desk)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    session = workspace_of(window).session
    before = [it or 0 for it in read_depths(session)]
    assert max(before) > 1.25

    session.set("patient.date_of_birth", date(1954, 1, 1))

    plan = session.judgement.plan
    assert plan is not None
    caps = [it.cap_mm for it in plan.lines]
    depths = [it or 0 for it in read_depths(session)]
    assert all(depth <= cap for depth, cap in zip(depths, caps, strict=True))
    assert depths != before
