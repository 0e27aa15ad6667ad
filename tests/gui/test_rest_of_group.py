"""A *No* for the rest of a group denies nothing that is told."""

from __future__ import annotations

from consult_app.domain.consultation import Answer
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS, list_asked
from consult_app.gui.session import Session
from consult_app.knowledge.told.answers import find_held
from tests.gui.touring import make_last, workspace_of


def open_safety(window: MainWindow) -> tuple[SafetyPanel, Session]:
    """Return the safety panel of the sample visit, in which nothing is answered yet."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.session.set("answers", {})
    return panel, panel.session


def answer_every_rest(panel: SafetyPanel) -> None:
    for group, _ in GROUPS:
        panel.show_group(group)
        panel.answer_rest()


def found(session: Session) -> set[str]:
    return {it.id for it in session.judgement.decision.findings}


def test_what_was_told_is_not_denied_with_the_rest(window: MainWindow) -> None:
    """A medicine of yesterday, and a treatment whose answer was taken back, were gone with it."""
    panel, session = open_safety(window)
    session.add_entry("medications", "warfarin")
    session.change_entry("medications", "warfarin", status="current")
    session.set("facts.lifestyle.smoker", value=True)
    before = found(session)
    assert "anticoagulant_current" in before

    answer_every_rest(panel)

    assert not {"anticoagulants", "lifestyle"} & session.visit.answers.keys()
    assert "anticoagulant_current" in found(session)
    pack, visit = window.desk.pack, session.visit
    asked = {it.id for group, _ in GROUPS for it in list_asked(pack, visit, group)}
    open_now = asked - visit.answers.keys() - pack.stop_items
    assert open_now == find_held(pack, visit) - pack.stop_items, "all the others are answered"
    panel.show_group("medicines")
    assert not panel.rest.isEnabled()
    session.answer("anticoagulants", "no")
    assert "anticoagulant_current" not in found(session), "one No by itself denies it"


def test_what_was_told_is_not_as_last_time_with_the_rest(window: MainWindow) -> None:
    panel, session = open_safety(window)
    session.last = window.desk.sample_visit()
    session.add_entry("medications", "warfarin")
    told = session.visit.facts.medications
    for group, _ in GROUPS:
        panel.show_group(group)
        panel.take_same()

    assert "anticoagulants" not in session.visit.answers
    assert set(told) <= set(session.visit.facts.medications)


def test_what_another_question_holds_is_no_reason_to_leave_one_open(window: MainWindow) -> None:
    _, session = open_safety(window)
    pack = window.desk.pack
    code = next(it for it in pack.vocabulary.code if len(it.asked_by) > 1)
    first, *others = code.asked_by
    assert code.list in {"conditions", "medications", "procedures", "exposures"}
    session.add_entry(code.list, code.id)  # type: ignore[arg-type] # one of the lists above
    assert {first, *others} <= find_held(pack, session.visit)

    session.answer(first, "yes")
    assert not {*code.asked_by} & find_held(pack, session.visit)
    session.answer(first, "no")
    assert {*others} <= find_held(pack, session.visit)


def test_what_the_last_visit_told_is_asked_by_itself(window: MainWindow) -> None:
    """One press denied a radiotherapy that the last visit knew of, and its finding went."""
    last = make_last(
        window.desk,
        answers={**window.desk.sample_visit().answers, "radiotherapy": Answer(state="yes")},
    )
    window.reception.show_patient(last.patient_id)
    window.run("return")
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)

    answer_every_rest(panel)

    answers = panel.session.visit.answers
    assert "radiotherapy" not in answers
    assert answers["injectables"].state == "no"
