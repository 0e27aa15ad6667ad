"""A visit dated back before a day that it names says which, and leads to its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.overtaking import MISDATED
from consult_app.knowledge.screening.decision import MISDATED as NOT_CHECKED
from consult_app.knowledge.visits.begun import move_to
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of


def put_back(window: MainWindow) -> Consultation:
    """Begin a return visit that names a peel of a fortnight ago, and date it back before that."""
    first = make_last(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    session, today = workspace_of(window).session, window.desk.clock().date()
    peel = PartialDate.of(today - timedelta(days=14))
    with session.one_step():
        session.answer("resurfacing", "yes")
        session.add_entry("procedures", "tca_peel_medium")
        session.change_entry("procedures", "tca_peel_medium", date=peel, zones=("cheeks",))
    day = today - timedelta(days=20)
    session.take(move_to(window.desk.pack, session.visit, day), "visit_date")
    return session.visit


def test_the_box_names_it_and_leads_to_its_date(window: MainWindow) -> None:
    put_back(window)
    workspace = workspace_of(window)
    session = workspace.session
    assert session.judgement.decision.headline == NOT_CHECKED
    told = [it.text() for it in workspace.box.findChildren(Label) if not it.isHidden()]
    assert any(it.startswith("Medium (TCA) peel, 1 Jun 2026: after the day") for it in told)

    workspace.box.go_wanted.emit("resurfacing")

    focused = QApplication.focusWidget()
    assert workspace.panel.step == "safety"
    assert focused is not None
    (date,) = (it for it in workspace.panel.findChildren(DateField) if it.isAncestorOf(focused))
    assert date.value() == PartialDate(2026, 6, 1)
    session.change_entry("procedures", "tca_peel_medium", date=PartialDate(2026, 5, 1))
    assert session.judgement.screening is not None


def test_a_treatment_beside_it_names_the_visit_and_the_day(window: MainWindow) -> None:
    back = put_back(window)
    window.reception.show_patient(back.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    decision = panel.session.judgement.decision
    assert decision.blocks_treatment
    assert decision.visit == back.id
    assert "return visit of 26 May 2026, not finished" in decision.headline
    assert "Medium (TCA) peel, 1 Jun 2026" in panel.refusal.text()
    assert "Finish that visit" in panel.refusal.text()


def test_none_is_begun_by_a_signed_one(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a record of another place may be; it was an error without a word of which day."""
    last = make_last(window.desk)
    ahead = PartialDate.of(last.visit_date + timedelta(days=3))
    peel = Procedure(code="tca_peel_medium", date=ahead, zones=("cheeks",))
    facts = replace(last.facts, procedures=(peel,))
    answers = {**last.answers, "resurfacing": Answer(state="yes")}
    arrived = replace(last, id="r1", patient_id="p9", facts=facts, answers=answers)
    window.desk.records.sign(arrived, None, 0)
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        window.reception._sheets, "tell", lambda it: told.append((it.title, it.advice))
    )
    window.reception.show_patient("p9")
    window.run("treatment")
    ((title, advice),) = told
    assert title == MISDATED
    assert "Medium (TCA) peel" in advice
    assert "Begin a return visit" in advice
