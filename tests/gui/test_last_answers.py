"""What a later signed record said is the last answer everywhere, with its day and its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition
from consult_app.domain.treatment import Review, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.banner import list_former
from consult_app.gui.workspace.comparison import ComparisonSheet
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))
YES, NO = Answer(state="yes"), Answer(state="no")


def tell(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    """A signed consultation, and a treatment and a review of it that say otherwise."""
    first = make_last(window.desk)
    assert first.answers["pregnancy"].state == "no"
    treated = replace(
        first,
        id="t1",
        kind="treatment",
        follows=first.id,
        visit_date=date(2026, 4, 6),
        answers={**first.answers, "pregnancy": YES, "herpes_simplex": YES, "sunburn": NO},
        facts=replace(first.facts, pregnancy="yes", conditions=(SORE,)),
        treatment=Treatment(treated=False, new_medicines="no"),
    )
    seen = replace(
        first,
        id="r1",
        kind="review",
        follows=first.id,
        visit_date=date(2026, 5, 4),
        review=Review(changes="Started apixaban", decision="continue"),
    )
    for visit in (treated, seen):
        window.desk.records.sign(visit, None, 0)
    return first


def begin_return(window: MainWindow, last: Consultation) -> SafetyPanel:
    window.reception.show_patient(last.patient_id)
    window.run("return")
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    return panel


def test_a_return_visit_shows_and_confirms_what_the_treatment_said(
    window: MainWindow, last: Consultation
) -> None:
    panel = begin_return(window, last)
    session = panel.session
    assert "Treatment record (6 Apr 2026, 2 months ago): Yes: Pregnant" in tell(panel)
    assert session.said is not None
    assert session.last is not None
    assert "Pregnancy, last visit" in list_former(window.desk.pack, session.visit, session.last)

    for item in ("pregnancy", "herpes_simplex"):
        panel._reconfirm(item)

    assert session.visit.facts.pregnancy == "yes"
    assert SORE in session.visit.facts.conditions
    assert session.judgement.decision.blocks_treatment
    panel.show_group("today")
    assert "Same as in the treatment record (6 Apr 2026, 2 months ago)" in tell(panel)


def test_the_words_of_a_review_stand_where_goals_and_safety_start(
    window: MainWindow, last: Consultation
) -> None:
    panel = begin_return(window, last)
    line = "Review of 4 May 2026, what changed: Started apixaban"
    assert panel.last is not None
    assert panel.last.isVisible()
    assert line in tell(panel.last)
    window.run("panel:goals")
    goals = workspace_of(window).panel.last
    assert goals is not None
    assert line in tell(goals)
    assert "Treatment record of 6 Apr 2026: Pregnancy: Yes: Pregnant (before: No)" in tell(goals)


def test_the_page_of_the_patient_tells_the_alerts_by_the_last_answers(
    window: MainWindow, last: Consultation
) -> None:
    window.reception.show_patient(last.patient_id)
    told = tell(window.reception.person)
    assert "Alerts since then: Pregnancy, Cold sores" in told
    assert "what changed: Started apixaban" in told


def test_the_comparison_tells_what_the_treatment_said(
    window: MainWindow, last: Consultation
) -> None:
    panel = begin_return(window, last)
    panel.session.answer("pregnancy", "no")
    window.run("compare")
    (sheet,) = (it for it in window.findChildren(ComparisonSheet) if it.isVisible())
    told = tell(sheet)
    assert "Yes: Pregnant (treatment record)" in told
    assert "Pregnancy: Yes: Pregnant (before: No)" in told
    sheet.close()


def test_a_later_treatment_tells_and_takes_what_the_one_before_said(
    window: MainWindow, last: Consultation
) -> None:
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    told = tell(panel)
    assert "Treatment record (6 Apr 2026, 2 months ago): Yes: Pregnant" in told
    assert "At the consultation (9 Mar 2026, 3 months ago): No" not in told.partition("Sunburn")[0]
    assert "what changed: Started apixaban" in told

    panel._answer("herpes_simplex", "yes")

    kept = [it for it in panel.session.visit.facts.conditions if it.code == "herpes_simplex"]
    assert kept == [Condition(code="herpes_simplex")], "its details are asked anew"


def test_a_new_medicine_that_was_not_named_is_asked_for_again(
    window: MainWindow, last: Consultation
) -> None:
    unnamed = replace(
        last,
        id="t2",
        kind="treatment",
        follows=last.id,
        visit_date=date(2026, 6, 1),
        treatment=Treatment(treated=False, new_medicines="yes"),
    )
    window.desk.records.sign(unnamed, None, 0)
    panel = begin_return(window, last)
    panel.show_group("medicines")
    assert "a new medicine was told of, and not named" in tell(panel).lower()
    assert not panel._answered_last("anticoagulants")
    panel._reconfirm("anticoagulants")
    assert "anticoagulants" not in panel.session.visit.answers


def test_nothing_is_recalled_where_a_later_record_cannot_be_read(
    window: MainWindow, last: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    window.reception.show_patient(last.patient_id)
    read = window.desk.records.open_visit

    def open_visit(visit_id: str) -> Consultation:
        if visit_id == "t1":
            raise ConsultError("This record cannot be read")
        return read(visit_id)

    monkeypatch.setattr(window.desk.records, "open_visit", open_visit)
    monkeypatch.setattr(window.sheets, "tell", told.append)
    person = window.desk.patients.open(last.patient_id)
    window.show_visit(window.desk.begin_again(window.desk.settings, person, last.id))
    assert told
    assert workspace_of(window).session.last is None


def test_an_unfinished_visit_asks_again_what_was_overtaken_since(
    window: MainWindow, last: Consultation
) -> None:
    person = window.desk.patients.open(last.patient_id)
    begun = window.desk.begin_again(window.desk.settings, person, last.id)
    same = Answer(state="no", reconfirmed=True)
    window.show_visit(replace(begun, answers={"pregnancy": same, "keloid": same, "sunburn": NO}))
    assert workspace_of(window).session.visit.answers.keys() == {"keloid", "sunburn"}


def test_a_no_from_before_a_record_that_says_otherwise_is_still_needed(
    window: MainWindow, clock: Clock
) -> None:
    first = make_last(window.desk)
    panel = begin_return(window, first)
    panel.session.answer("pregnancy", "no")
    begun = panel.session.visit.id
    window.show_start()
    clock.move(60)
    treated = replace(
        first,
        id="t1",
        kind="treatment",
        follows=first.id,
        visit_date=clock().date(),
        signed_at=clock(),
        answers={**first.answers, "pregnancy": YES},
        facts=replace(first.facts, pregnancy="yes"),
        treatment=Treatment(treated=False, new_medicines="no"),
    )
    window.desk.records.sign(treated, None, 0)
    clock.move(60)

    window.open_visit(begun)

    session = workspace_of(window).session
    assert "pregnancy" in {it.item for it in session.judgement.decision.needed}
    assert "Treatment record (15 Jun 2026, today): Yes: Pregnant" in tell(
        workspace_of(window).panel
    )

    session.answer("pregnancy", "no")
    window.show_start()
    window.open_visit(begun)

    said = workspace_of(window).session.visit.answers["pregnancy"]
    assert said == NO, "it was said after the record"


def test_of_two_return_visits_begun_the_one_signed_first_is_the_last_one_of_the_other(
    window: MainWindow, clock: Clock
) -> None:
    first = make_last(window.desk)
    panel = begin_return(window, first)
    with panel.session.one_step():
        panel.session.answer("pregnancy", "no")
        panel.session.answer("keloid", "no")
    begun = panel.session.visit.id
    window.show_start()
    clock.move(60)
    other = replace(
        first,
        id="v2",
        follows=first.id,
        visit_date=clock().date(),
        signed_at=clock(),
        answers={**first.answers, "pregnancy": YES},
        facts=replace(first.facts, pregnancy="yes"),
    )
    window.desk.records.sign(other, None, 0)
    clock.move(60)

    window.open_visit(begun)

    session = workspace_of(window).session
    assert session.last is not None
    assert session.last.id == "v2"
    assert "pregnancy" in {it.item for it in session.judgement.decision.needed}
    assert session.visit.answers["keloid"] == NO
    told = tell(workspace_of(window).panel)
    assert "Last visit (15 Jun 2026, today): Yes: Pregnant" in told
