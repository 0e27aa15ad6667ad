"""A treatment goes also by what was signed after its consultation, of whatever day that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Facts
from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.said_last import tell_beside
from consult_app.gui.session import Session
from consult_app.gui.start.following import find_review
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.overtaking import find_overtaking
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of

EARLIER = date(2026, 2, 2)
YES, NO = Answer(state="yes"), Answer(state="no")
STOP = {"bleeding_disorder": YES}
BLEEDS = (Condition(code="bleeding_disorder"),)


@pytest.fixture
def last(desk: Desk, clock: Clock) -> Consultation:
    """The consultation of 9 March, signed today; an hour has passed since."""
    signed = make_last(desk)
    clock.move(3600)
    return signed


def sign_late(
    desk: Desk,
    last: Consultation,
    decision: Any = "go_ahead",  # noqa: ANN401 - as an agreement has it
    **said: Any,  # noqa: ANN401 - as a visit has it
) -> Consultation:
    """Keep a consultation of an earlier day, signed now."""
    agreed = replace(last.agreement, decision=decision)
    visit = replace(last, id="late", visit_date=EARLIER, agreement=agreed, **said)
    return desk.records.sign(visit, None, 0)


def begin(window: MainWindow, last: Consultation) -> Session:
    """Begin a treatment, with all that is asked again denied."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    return panel.session


def add(last: Consultation, answers: dict[str, Answer], *conditions: Condition) -> dict[str, Any]:
    """Return what a visit says beside what the last one says."""
    facts: Facts = replace(last.facts, conditions=(*last.facts.conditions, *conditions))
    return {"answers": {**last.answers, **answers}, "facts": facts}


def tell(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in widget.findChildren(Label))


def test_a_stop_of_an_earlier_day_that_was_signed_later_refuses(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    """It counted as long as nobody signed it, and was told nowhere once somebody had."""
    sign_late(desk, last, **add(last, STOP, *BLEEDS))

    decision = begin(window, last).judgement.decision

    assert decision.state is DecisionState.ABSOLUTE
    assert decision.blocks_treatment
    assert decision.headline == (
        "Do not treat (consultation of 2 February 2026, signed on 15 June 2026)"
    )
    assert "Bleeding disorder" in decision.advice
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    assert "Begin a return visit" in panel.refusal.text()


def test_a_record_that_is_open_is_refused_once_it_is_opened_again(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    session = begin(window, last)
    assert not session.judgement.decision.blocks_treatment
    window.show_start()
    clock.move(60)
    sign_late(desk, last, **add(last, STOP, *BLEEDS))

    window.open_visit(session.visit.id)

    assert workspace_of(window).session.judgement.decision.state is DecisionState.ABSOLUTE


def test_what_was_needled_by_then_is_told_and_can_be_signed(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    session = begin(window, last)
    session.set("treatment.treated", True)
    window.show_start()
    clock.move(60)
    sign_late(desk, last, **add(last, STOP, *BLEEDS))

    window.open_visit(session.visit.id)

    decision = workspace_of(window).session.judgement.decision
    assert not decision.blocks_treatment
    assert "signed on 15 June 2026" in decision.headline


@pytest.mark.parametrize("decision", ["no", "not_suitable"])
def test_a_decision_against_it_refuses(
    window: MainWindow, desk: Desk, last: Consultation, decision: str
) -> None:
    sign_late(desk, last, decision)
    assert begin(window, last).judgement.decision.state is DecisionState.ABSOLUTE


def test_what_was_denied_and_what_was_still_to_be_thought_about_overrule_nothing(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """A record of paper that is entered afterwards says that keloids are not known."""
    facts = replace(desk.sample_visit().facts, conditions=BLEEDS)
    answers = {**desk.sample_visit().answers, **STOP}
    newer = make_last(desk, answers=answers, facts=facts)
    clock.move(3600)
    sign_late(desk, newer, "think", answers={**answers, "bleeding_disorder": NO}, facts=Facts())

    decision = begin(window, newer).judgement.decision

    assert decision.state is DecisionState.ABSOLUTE
    assert decision.headline == "Do not treat", "by its own consultation"


def test_what_held_for_its_day_only_is_answered_by_the_later_day(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    told = {"acute_illness": YES, "sunburn": YES}
    assert all(last.answers[it] == NO for it in told)
    sign_late(desk, last, answers={**last.answers, **told})
    assert not begin(window, last).judgement.decision.blocks_treatment


def test_what_was_signed_before_it_was_known_to_it(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    first = make_last(desk)
    sign_late(desk, first, **add(first, STOP, *BLEEDS))
    clock.move(3600)
    again = replace(first, id="newer", follows=first.id, visit_date=date(2026, 4, 1))
    newer = desk.records.sign(again, None, 0)
    assert not begin(window, newer).judgement.decision.visit


def test_what_came_from_elsewhere_since_was_not_known_to_it(
    window: MainWindow, desk: Desk, store: SealedStore, clock: Clock
) -> None:
    """Had it been here before, the return visit would have followed it."""
    first = make_last(desk)
    clock.move(3600)
    again = replace(first, id="again", follows=first.id, visit_date=date(2026, 5, 4))
    newer = desk.records.sign(again, None, 0)
    said = add(first, STOP, *BLEEDS)
    other = replace(first, id="other", visit_date=date(2026, 4, 6), fingerprint="", **said)
    at = clock().astimezone(UTC)
    document = record.write(other, full=True)
    store.consultations.take_in("other", document, at - timedelta(days=60), at)

    decision = begin(window, newer).judgement.decision

    assert decision.state is DecisionState.ABSOLUTE
    assert "consultation of 6 April 2026" in decision.headline


def test_a_return_visit_is_told_it_and_the_treatment_after_it_goes_on(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    sign_late(desk, last, **add(last, STOP, *BLEEDS))
    line = "Consultation of 2 Feb 2026, signed on 15 Jun 2026: Bleeding disorder"
    window.reception.show_patient(last.patient_id)
    assert line in tell(window.reception.person)
    window.run("return")
    for step in ("goals", "safety"):
        window.run(f"panel:{step}")
        card = workspace_of(window).panel.last
        assert card is not None
        assert line in tell(card), step
    begun = workspace_of(window).session.visit
    window.show_start()
    clock.move(60)
    again = replace(last, id=begun.id, follows=last.id, visit_date=begun.visit_date)
    settled = desk.records.sign(again, None, 0)

    assert not begin(window, settled).judgement.decision.visit


def test_an_allergy_stands_in_the_banner(window: MainWindow, desk: Desk, clock: Clock) -> None:
    facts = replace(desk.sample_visit().facts, allergies=())
    newer = make_last(desk, allergy_state="none_known", allergies="", facts=facts)
    clock.move(3600)
    sign_late(desk, newer, allergy_state="known", allergies="Nuts")
    begin(window, newer)
    shown = workspace_of(window).banner._allergies.text()
    assert "Nuts: consultation of 2 February 2026, signed on 15 June 2026" in shown


def test_a_review_of_an_earlier_day_that_says_to_stop_refuses(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    stop = Review(decision="stop")
    review = replace(last, id="r", kind="review", follows="c0", visit_date=EARLIER, review=stop)
    session = begin(window, last)
    window.show_start()
    desk.records.sign(review, None, 0)

    window.open_visit(session.visit.id)

    decision = workspace_of(window).session.judgement.decision
    assert decision.state is DecisionState.ABSOLUTE
    assert decision.headline == "The review of 2 Feb 2026 says otherwise"


@pytest.mark.parametrize("follows", ["newer", "c0"])
def test_a_review_of_another_place_and_of_the_same_day_refuses_whatever_its_clock_said(
    desk: Desk, store: SealedStore, clock: Clock, follows: str
) -> None:
    """By a clock that is an hour slow there, ours came last and let the treatment begin."""
    first = make_last(desk)
    today = replace(first, id="newer", follows=first.id, visit_date=clock().date())
    newer = desk.records.sign(replace(today, fingerprint=""), None, 0)
    seen = replace(first, kind="review", visit_date=clock().date(), fingerprint="")
    if follows == "newer":
        go_on = replace(seen, id="ours", follows="newer", review=Review(decision="continue"))
        desk.records.sign(go_on, None, 0)
    stop = replace(seen, id="theirs", follows=follows, review=Review(decision="stop"))
    at = clock().astimezone(UTC)
    document = record.write(stop, full=True)
    store.consultations.take_in("theirs", document, at - timedelta(hours=1), at, came=True)

    listed = desk.patients.list_visits(newer.patient_id)
    overtaken = find_overtaking(desk, newer, listed, clock().date())

    assert overtaken is not None
    assert overtaken.words == "The review of 15 Jun 2026 says otherwise"


@pytest.mark.parametrize("kind", ["consultation", "review"])
@pytest.mark.parametrize("fast", [-1, 1])
def test_what_is_signed_here_after_it_came_in_is_the_way_on(
    desk: Desk, store: SealedStore, clock: Clock, kind: str, fast: int
) -> None:
    """The return visit that was asked for was refused by it in turn, until the next day."""
    first = make_last(desk)
    today = replace(first, id="newer", follows=first.id, visit_date=clock().date())
    last = desk.records.sign(replace(today, fingerprint=""), None, 0)
    stop = replace(first, id="theirs", kind="review", follows=first.id, visit_date=clock().date())
    document = record.write(
        replace(stop, fingerprint="", review=Review(decision="stop")), full=True
    )
    at = clock().astimezone(UTC)
    store.consultations.take_in("theirs", document, at + timedelta(hours=fast), at, came=True)
    listed = desk.patients.list_visits(last.patient_id)
    assert find_overtaking(desk, last, listed, clock().date()) is not None
    assert find_review(last, listed) is not None

    clock.move(60)
    here = replace(last, id="here", follows="newer", fingerprint="")
    if kind == "review":
        here = replace(here, kind="review", review=Review(decision="continue"))
    signed = desk.records.sign(here, None, 0)
    base = last if kind == "review" else signed

    listed = desk.patients.list_visits(last.patient_id)
    assert find_overtaking(desk, base, listed, clock().date()) is None
    found = find_review(base, listed)
    assert (found.id if found is not None else "") == ("here" if kind == "review" else "")


def test_words_added_late_to_an_earlier_record_are_told(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    words = "Faints at needles"
    added = replace(last, id="a", kind="addendum", follows="c0", visit_date=EARLIER, addendum=words)
    desk.records.sign(added, None, 0)
    begin(window, last)
    window.run("panel:recheck")
    assert words in tell(workspace_of(window).panel)


def test_a_no_of_a_return_visit_from_before_it_is_asked_again(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    """Signed with it, the return visit counted as having known what it had never been asked."""
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    with session.one_step():
        session.answer("bleeding_disorder", "no")
        session.answer("keloid", "no")
    window.show_start()
    clock.move(60)
    sign_late(desk, last, **add(last, STOP, *BLEEDS))
    clock.move(60)

    window.open_visit(session.visit.id)

    again = workspace_of(window).session
    assert again.visit.answers == {"keloid": NO}
    line = (
        "Consultation of 2 Feb 2026, signed on 15 Jun 2026: Yes: Bleeding or clotting disorder. "
        "Ask anew."
    )
    assert tell_beside(desk.pack, again, "bleeding_disorder") == (line, "warn")
    assert again.last is not None
    assert "bleeding_disorder" not in again.last.answers, "no key takes it over"

    again.answer("bleeding_disorder", "no")
    window.show_start()
    window.open_visit(session.visit.id)

    settled = workspace_of(window).session.visit.answers
    assert settled["bleeding_disorder"] == NO, "it was said since"


def test_one_from_before_the_last_two_that_came_in_since_counts_too(
    window: MainWindow, desk: Desk, store: SealedStore, last: Consultation, clock: Clock
) -> None:
    """Its clock said that it was saved long before, and nobody here had known of it."""
    again = replace(last, id="again", follows=last.id, visit_date=clock().date())
    desk.records.sign(again, None, 0)
    clock.move(60)
    told = replace(last, id="late", visit_date=EARLIER, **add(last, STOP, *BLEEDS))
    there = replace(told, signed_at=told.started_at, fingerprint="")
    then = (clock() - timedelta(days=90)).astimezone()
    document, now = record.write(there, full=True), clock().astimezone()
    store.consultations.take_in("late", document, then, now, came=True)

    assert begin(window, again).judgement.decision.state is DecisionState.ABSOLUTE
