"""A session: one value over time, its judgement never older than the value, locked when signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.gui.session import Session
from consult_app.knowledge.judgement import Judgement

VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 15),
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
)
CLEAR = Judgement(
    decision=Decision(state=DecisionState.CLEAR, headline="Clear", blocks_treatment=False)
)

Judge = Callable[[Consultation], Judgement]


class Ticking:
    """A clock on which two seconds pass between looks, so that no two changes merge."""

    def __init__(self) -> None:
        self.now = VISIT.started_at

    def __call__(self) -> datetime:
        """Tell the time."""
        self.now += timedelta(seconds=2)
        return self.now


class Judging:
    """Says *clear* of every visit until it is broken."""

    def __init__(self) -> None:
        self.broken: Exception | None = None
        self.seen: list[Consultation] = []

    def __call__(self, visit: Consultation) -> Judgement:
        """Judge, or raise what broke it."""
        self.seen.append(visit)
        if self.broken is not None:
            raise self.broken
        return CLEAR


@pytest.fixture
def judging() -> Judging:
    return Judging()


@pytest.fixture
def session(qapp: object, judging: Judging) -> Session:
    del qapp
    return Session(VISIT, judging, Ticking())


def test_a_change_is_judged_before_anybody_hears_of_it(session: Session, judging: Judging) -> None:
    heard: list[tuple[str, Consultation]] = []
    session.changed.connect(lambda path: heard.append((path, judging.seen[-1])))

    session.set("goals.own_words", "Scars")

    assert session.visit.goals.own_words == "Scars"
    assert heard == [("goals.own_words", session.visit)]


def test_the_same_value_again_is_no_change(session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(session.changed):
        session.set("goals.own_words", "")


def test_the_judgement_says_checking_while_it_is_made(judging: Judging) -> None:
    made: list[Session] = []
    states: list[DecisionState] = []

    def judge(visit: Consultation) -> Judgement:
        if made:
            states.append(made[0].judgement.decision.state)
        return judging(visit)

    made.append(Session(VISIT, judge, Ticking()))
    made[0].set("goals.own_words", "Scars")

    assert states == [DecisionState.CHECKING]


@pytest.mark.expects_log("attempt")
@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), OSError("disk")])
def test_any_exception_in_judging_takes_a_clear_away(
    session: Session, judging: Judging, error: Exception
) -> None:
    assert session.judgement is CLEAR
    judging.broken = error

    session.set("goals.own_words", "Scars")

    assert session.judgement.decision.state is DecisionState.COULD_NOT_CHECK
    assert session.judgement.decision.blocks_treatment
    assert session.visit.goals.own_words == "Scars", "the change itself is kept"


@pytest.mark.expects_log("KeyError")
def test_judging_works_again_after_a_failure(session: Session, judging: Judging) -> None:
    judging.broken = KeyError("x")
    session.set("goals.own_words", "Scars")
    judging.broken = None

    session.set("goals.own_words", "Scars on the cheeks")

    assert session.judgement is CLEAR


def test_an_answer_is_taken_back_to_not_asked(session: Session) -> None:
    session.answer("metal", "yes")
    session.answer("metal", None)

    assert "metal" not in session.visit.answers


def test_a_bulk_answer_fills_only_what_was_not_asked(session: Session) -> None:
    session.answer("metal", "unsure")

    session.answer_rest(["metal", "tan"])

    assert session.visit.answers == {
        "metal": Answer(state="unsure"),
        "tan": Answer(state="no", bulk=True),
    }


def test_a_no_keeps_the_details_of_an_earlier_yes(session: Session) -> None:
    session.answer("herpes_simplex", "yes")
    session.add_entry("conditions", "herpes_simplex")
    session.change_entry("conditions", "herpes_simplex", status="active")

    session.answer("herpes_simplex", "no")

    assert [it.status for it in session.visit.facts.conditions] == ["active"]


def test_entries_are_added_once_and_removed_whole(session: Session) -> None:
    session.add_entry("conditions", "acne")
    session.add_entry("conditions", "acne")
    assert len(session.visit.facts.conditions) == 1

    session.remove_entry("conditions", "acne")
    assert list(session.visit.facts.conditions) == []


def test_an_override_needs_words_and_an_empty_reason_takes_it_back(session: Session) -> None:
    session.override("keloid_family", "  ", "d1")
    assert not session.visit.overrides

    session.override("keloid_family", " Seen by the surgeon ", "d1")
    session.override("keloid_family", "Seen again", "d2")
    kept = list(session.visit.overrides)
    assert [(it.reason, it.digest) for it in kept] == [("Seen again", "d2")]

    session.override("keloid_family", "", "d2")
    assert session.visit.overrides == ()


def test_undo_and_redo_go_across_fields(session: Session) -> None:
    session.set("goals.own_words", "Scars")
    session.answer("metal", "no")

    session.undo()
    assert (session.visit.goals.own_words, session.visit.answers) == ("Scars", {})
    session.undo()
    assert session.visit == VISIT
    session.undo()
    assert session.visit == VISIT

    session.redo()
    session.redo()
    assert session.visit.answers == {"metal": Answer(state="no")}


def test_several_changes_of_one_act_are_one_step(session: Session) -> None:
    with session.one_step():
        session.set("plan_accepted", value=True)
        with session.one_step():
            session.set("plan.sessions", 4)
        session.set("plan.fragile", value=True)
    session.set("goals.own_words", "Scars")

    session.undo()
    assert session.visit.plan.sessions == 4
    session.undo()
    assert session.visit == VISIT
    session.redo()
    assert (session.visit.plan.sessions, session.visit.plan.fragile) == (4, True)


def test_several_changes_of_one_act_are_judged_and_told_once(
    session: Session, judging: Judging
) -> None:
    judging.seen.clear()
    heard: list[tuple[str, Consultation]] = []
    session.changed.connect(lambda path: heard.append((path, judging.seen[-1])))

    with session.one_step():
        session.answer("metal", "yes")
        session.set("plan.fragile", value=True)

    assert heard == [("", session.visit)]
    assert judging.seen == [session.visit]


@pytest.mark.expects_log("attempt")
def test_the_judgement_is_never_older_than_what_changed_within_an_act(
    session: Session, judging: Judging
) -> None:
    with session.one_step():
        session.answer("metal", "yes")
        assert session.judgement is CLEAR
        assert judging.seen[-1] == session.visit
        session.set("plan.fragile", value=True)
        judging.broken = ValueError("broken")
        assert session.judgement.decision.state is DecisionState.COULD_NOT_CHECK


def test_an_act_that_breaks_off_is_judged_and_told_as_far_as_it_came(
    session: Session, judging: Judging, qtbot: QtBot
) -> None:
    def break_off() -> None:
        with session.one_step():
            session.answer("metal", "yes")
            raise ValueError

    with qtbot.waitSignal(session.changed), pytest.raises(ValueError):  # noqa: PT011 - its own
        break_off()
    assert judging.seen[-1] == session.visit


def test_an_answer_given_again_is_no_step(session: Session, qtbot: QtBot) -> None:
    session.answer("metal", "no")
    with qtbot.assertNotEmitted(session.changed):
        session.answer("metal", "no")
    session.undo()
    assert session.visit == VISIT


def test_undo_leads_back_to_the_place_of_the_change(session: Session, qtbot: QtBot) -> None:
    session.locate = lambda _: "goals:words"
    session.set("goals.own_words", "Scars")
    session.locate = lambda _: "plan:visits"
    session.set("plan.sessions", 4)
    for go, place in (
        (session.undo, "plan:visits"),
        (session.undo, "goals:words"),
        (session.redo, "goals:words"),
    ):
        with qtbot.waitSignal(session.returned) as told:
            go()
        assert told.args == [place]
    session.redo()
    with qtbot.assertNotEmitted(session.returned):
        session.redo()


def test_where_the_work_stands_and_what_was_shown_is_never_undone(session: Session) -> None:
    session.set("goals.own_words", "Scars")
    session.stay(panel="skin", focus="map", cursor=3)
    session.set("discussion.risks_shown", value=True)
    session.undo()
    session.undo()
    visit = session.visit
    assert visit.goals.own_words == ""
    assert (visit.panel, visit.focus, visit.cursor) == ("skin", "map", 3)
    assert visit.discussion.risks_shown
    session.redo()
    assert session.visit.discussion.risks_shown


def test_a_step_that_changed_nothing_to_be_seen_is_used_up_by_undo(judging: Judging) -> None:
    session = Session(VISIT, judging, lambda: VISIT.started_at)
    session.set("goals.own_words", "Scars")
    session.set("goals.own_words", "")
    assert session.visit == VISIT
    session.undo()
    assert session._line.past == ()
    session.redo()
    assert session._line.future == ()
    assert session.visit == VISIT


def test_undo_is_judged_too(session: Session, judging: Judging) -> None:
    session.answer("metal", "yes")

    session.undo()

    assert judging.seen[-1] == VISIT


def test_nothing_can_be_undone_once_steps_are_forgotten(session: Session) -> None:
    session.set("goals.own_words", "Scars")

    session.forget_steps()
    session.undo()

    assert session.visit.goals.own_words == "Scars"


def test_a_signed_record_refuses_every_verb(session: Session, qtbot: QtBot) -> None:
    signed = replace(VISIT, state="signed")
    session.set("goals.own_words", "Scars")
    session.lock(signed)
    verbs: list[Callable[[], None]] = [
        lambda: session.set("goals.own_words", "Other"),
        lambda: session.answer("metal", "no"),
        lambda: session.answer_rest(["metal"]),
        lambda: session.add_entry("conditions", "acne"),
        lambda: session.override("x", "because", "d"),
    ]

    for verb in verbs:
        with qtbot.waitSignal(session.refused):
            verb()
    session.undo()
    session.redo()

    assert session.visit == signed
