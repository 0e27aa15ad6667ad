"""A cream that was still used at the consultation: on the day it is asked when it was used last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.widgets.answer_row import NOT_ASKED
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import answer_all
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last, workspace_of

CREAMS = "topical_actives"
WEEK = 7 * 86400
RETINOL = Medication(
    code="retinol", status="current", last_dose=PartialDate(2026, 6, 14), zones=("face",)
)


@pytest.fixture
def last(desk: Desk) -> Consultation:
    """A consultation of today of somebody who used retinol the night before."""
    sample = desk.sample_visit()
    facts = replace(sample.facts, medications=(RETINOL,))
    said = {**sample.answers, CREAMS: Answer(state="yes")}
    return make_last(desk, visit_date=date(2026, 6, 15), facts=facts, answers=said)


def treat(window: MainWindow, desk: Desk, last: Consultation) -> RecheckPanel:
    """Begin its treatment, with all that every treatment asks answered."""
    window.show_visit(begin(desk, "treatment", last))
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    return panel


@pytest.mark.parametrize("key", ["yes", "same"])
def test_a_yes_or_the_same_is_no_day_on_which_it_was_used_last(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation, key: str
) -> None:
    """One press let the use of a week before count as the last one."""
    clock.move(WEEK)
    panel = treat(window, desk, last)
    row = panel._rows[CREAMS]
    row.answered.emit(NOT_ASKED)
    assert CREAMS in {it.item for it in panel.session.judgement.decision.needed}

    if key == "yes":
        row.answered.emit("yes")
    else:
        row.reconfirmed.emit()
    QApplication.processEvents()
    assert panel.session.judgement.decision.blocks_treatment

    (told,) = panel.session.visit.facts.medications
    stopped = replace(told, status="stopped", last_dose=PartialDate(2026, 6, 15))
    panel.session.set("facts.medications", (stopped,))
    assert CREAMS not in {it.item for it in panel.session.judgement.decision.needed}
    found = {it.item for it in panel.session.judgement.decision.findings if it.until}
    assert CREAMS not in found


def test_on_the_day_of_the_consultation_nothing_more_is_asked(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    assert CREAMS not in treat(window, desk, last)._rows
