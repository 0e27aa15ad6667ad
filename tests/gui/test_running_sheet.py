"""After a treatment was locked, a return visit prints and shows what of its care still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.handout.text import write_text
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of


@pytest.fixture
def treated(desk: Desk) -> Consultation:
    """A patient of skin type II treated today, 0.5 mm deep, with the record locked."""
    last = hand_over(desk, 0)
    begun = begin(desk, "treatment", last)
    treatment = begun.treatment or Treatment()
    areas = tuple(replace(area, suggested=False, depth_mm=0.5) for area in treatment.areas)
    done = replace(treatment, treated=True, areas=areas)
    signed = replace(begun, treatment=done, state="signed", signed_at=desk.clock())
    desk.records.sign(signed, None, 0)
    return last


def return_after(window: MainWindow, clock: Clock, last: Consultation, days: int) -> Consultation:
    """Begin a return visit so many days later, planned for eight weeks after the treatment."""
    day = clock.now
    clock.now += timedelta(days=days)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    plan = replace(last.plan, first_session=(day + timedelta(weeks=8)).replace(second=0))
    session.set("facts.phototype", 2)
    session.set("plan", plan)
    return session.visit


def test_its_sheet_has_the_days_of_what_still_holds(
    window: MainWindow, desk: Desk, clock: Clock, treated: Consultation
) -> None:
    """Facials stood under two weeks before the visit; the sheet before has four weeks after."""
    visit = return_after(window, clock, treated, 10)

    text = desk.make_sheet(visit).text.replace("\xa0", " ")

    assert "Your treatment of Monday 15 June still counts. Go on with SPF 50" in text
    assert "Before Tue 30 Jun: " in text, "no sunbathing for two weeks, as it was for no pigment"
    off = text.partition("From today: ")[2].partition(".")[0]
    assert "lasers" in off, "four weeks before the visit begin as the four weeks after end"
    assert "facials, light peels" in off
    told = write_text(desk.tell_patient(visit)).replace("\xa0", " ")
    assert "Your treatment of Monday 15 June still counts." in told


def test_the_plan_tells_the_hour_that_the_sheet_tells(
    window: MainWindow, desk: Desk, clock: Clock, treated: Consultation
) -> None:
    """It told of the whole next day what the sheet told of hours (planning reference 3.1)."""
    clock.now += timedelta(hours=1)
    visit = return_after(window, clock, treated, 0)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    told = [label.text() for label in panel.preparation.findChildren(QLabel)]

    sheet = desk.make_sheet(visit).text.replace("\xa0", " ")
    assert "Before 4 pm on Mon 15 Jun: washing" in sheet
    assert "Not before 16:00 on Mon 15 Jun 2026." in told


def test_the_plan_lists_at_home_what_the_sheet_says(
    window: MainWindow, clock: Clock, treated: Consultation
) -> None:
    return_after(window, clock, treated, 10)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    told = [label.text() for label in panel.preparation.findChildren(QLabel)]

    when = dict(zip(told[1::2], told[2::2], strict=False))
    (lasers, facials) = (
        next(told for what, told in when.items() if what.startswith(name))
        for name in ("Non-ablative fractional", "Light peel")
    )
    assert lasers == facials == "Not from today on."
    assert when["Sunbathing and tanning beds"] == "Not before Tue 30 Jun 2026."
