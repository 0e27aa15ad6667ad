"""A treatment that is dated before its consultation says so, and asks why before the lock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from consult_app.domain.decision import DecisionState
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.workspace.earlier import write_after
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.treating import answer_medicines, is_blocked
from tests.gui.test_beyond_limits import REASON, begin, list_places
from tests.gui.test_identity import dialogs
from tests.gui.touring import make_last

BEFORE = "Dated before the consultation of 9 March 2026 that it follows"


def ask_again(session: Session, desk: Desk) -> None:
    """Answer what another day asks anew."""
    for item in desk.pack.recheck.items:
        session.answer(item, "no")
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "answers")


def test_a_treatment_of_a_day_before_its_consultation_is_told_and_asks_why(
    window: MainWindow, desk: Desk
) -> None:
    """It was judged for that day and taken without a word."""
    workspace, panel = begin(window, desk, make_last(desk))
    session = workspace.session
    assert session.last is not None
    of = session.last.visit_date
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    assert sheet.before.isHidden()

    sheet.visit_day.edited.emit(PartialDate.of(of - timedelta(days=5)))

    assert session.visit.visit_date == of - timedelta(days=5)
    assert sheet.before.text() == f"{BEFORE}."
    assert not sheet.before.isHidden()
    sheet.accept()
    ask_again(session, desk)
    box = session.judgement.decision
    assert (box.state, box.headline) == (DecisionState.RELATIVE, BEFORE)
    assert not is_blocked(session.visit, session.judgement, ""), "what was done can be recorded"
    session.set("treatment.treated", value=True)
    assert REASON in list_places(workspace, desk)
    (told,) = [
        it.text
        for it in list_obstacles(session.visit, session.judgement, desk)
        if it.place == REASON
    ]
    assert told == f"Treatment: {BEFORE}. Correct the date, or write the reason."
    assert not panel.beyond.isHidden()
    assert BEFORE in panel.beyond.reason._help

    panel.beyond.reason.edited.emit("The consultation was entered late")

    assert REASON not in list_places(workspace, desk)
    signed = replace(session.visit, state="signed")
    (line,) = write_after(desk.pack, signed)
    assert BEFORE in line
    assert "Reason: The consultation was entered late" in line


def test_a_day_that_is_right_takes_it_back(window: MainWindow, desk: Desk) -> None:
    workspace, _ = begin(window, desk, make_last(desk))
    session = workspace.session
    assert session.last is not None
    of = session.last.visit_date
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.visit_day.edited.emit(PartialDate.of(of - timedelta(days=1)))
    assert not sheet.before.isHidden()
    sheet.visit_day.edited.emit(PartialDate.of(of))
    assert sheet.before.isHidden()
    sheet.accept()
    ask_again(session, desk)
    session.set("treatment.treated", value=True)
    assert session.judgement.decision.headline != BEFORE
    assert REASON not in list_places(workspace, desk)
