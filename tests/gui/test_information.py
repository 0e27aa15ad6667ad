"""The day of the written information: asked where the clinic gives a time to think from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import ConsentFacts
from consult_app.gui.desk import Desk
from consult_app.gui.information import InformationGiven
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.settings import LimitChange
from tests.gui.touring import make_last, workspace_of

RULE = "cooling_off_policy"


def think(window: MainWindow, days: int = 7) -> None:
    """Give patients days to think after the written information."""
    own = LimitChange(
        limit="cooling_off_days", who="Dr Hart", on=date(2026, 6, 15), before=0, after=days
    )
    window._try_settings(replace(window.desk.settings, changes=(own,)))


def tell(visit: Consultation, given: date | None) -> Consultation:
    facts = replace(visit.facts, consent=ConsentFacts(risks_given_on=given))
    return replace(visit, facts=facts)


def find_waits(window: MainWindow) -> list[tuple[bool, date | None]]:
    findings = workspace_of(window).session.judgement.decision.findings
    return [(it.open, it.until) for it in findings if it.id == RULE]


@pytest.fixture(name="field")
def _field(window: MainWindow, desk: Desk) -> InformationGiven:
    """The field of a visit today without that day, in a clinic that gives a week to think."""
    visit = tell(desk.sample_visit(), None)
    today = replace(visit.plan, first_session=datetime.fromisoformat("2026-06-15T14:00"))
    think(window)
    window.show_visit(replace(visit, plan=today))
    window.run("item:consent")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    return panel.information


def test_the_finding_leads_to_the_field(window: MainWindow, field: InformationGiven) -> None:
    assert find_waits(window) == [(True, None)]
    assert field.isVisible()
    assert QApplication.focusWidget() is field.day.control


def test_a_day_counts_the_wait_and_stays_to_be_corrected(
    window: MainWindow, field: InformationGiven
) -> None:
    QTest.keyClicks(field.day.line, "10.6.2026")
    assert find_waits(window) == [(False, date(2026, 6, 17))]

    field.day.line.clear()
    QTest.keyClicks(field.day.line, "1.6.2026")
    assert find_waits(window) == []
    assert field.isVisible()


def test_today_is_one_press(window: MainWindow, field: InformationGiven) -> None:
    field.today.click()
    assert workspace_of(window).session.visit.facts.consent.risks_given_on == date(2026, 6, 15)
    assert find_waits(window) == [(False, date(2026, 6, 22))]
    assert not field.today.isVisible()


def test_a_day_to_come_is_refused(window: MainWindow, field: InformationGiven) -> None:
    QTest.keyClicks(field.day.line, "16.6.2026")
    assert "still to come" in field.day.error
    assert find_waits(window) == [(True, None)]


def test_nothing_is_asked_where_the_clinic_gives_no_time(window: MainWindow, desk: Desk) -> None:
    window.show_visit(tell(desk.sample_visit(), None))
    window.run("item:consent")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    assert not panel.information.isVisible()


def test_it_stands_in_its_group_alone(window: MainWindow, field: InformationGiven) -> None:
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("body")
    assert not field.isVisible()


def test_a_treatment_asks_for_the_day_that_the_consultation_did_not(window: MainWindow) -> None:
    signed = tell(replace(make_last(window.desk), id="v9", visit_date=date(2026, 6, 1)), None)
    window.desk.records.sign(replace(signed, content_version=window.desk.pack.version), None, 0)
    think(window)
    window.reception.show_patient(signed.patient_id)
    window.run("treatment")
    QApplication.processEvents()
    window.run("item:consent")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    assert QApplication.focusWidget() is panel.information.day.control

    panel.information.today.click()
    assert find_waits(window) == [(False, date(2026, 6, 22))]


def test_a_return_visit_takes_the_day_of_the_last(window: MainWindow) -> None:
    signed = tell(
        replace(make_last(window.desk), id="v9", visit_date=date(2026, 6, 1)), date(2026, 5, 20)
    )
    window.desk.records.sign(replace(signed, content_version=window.desk.pack.version), None, 0)
    think(window)
    window.reception.show_patient(signed.patient_id)
    window.run("return")
    window.run("item:consent")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    assert "20 May 2026" in panel.information.same.text()

    panel.information.same.click()
    assert panel.session.visit.facts.consent.risks_given_on == date(2026, 5, 20)
