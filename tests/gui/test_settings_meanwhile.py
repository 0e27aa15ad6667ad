"""What the settings say of the practice counts for a visit that is not signed yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, TypedDict, Unpack

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Clinic, Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.session import Session
from consult_app.gui.start.of_practice import name_practice
from consult_app.settings import LimitChange, Settings
from tests.gui.test_supervised import start, takes_treated, write
from tests.gui.touring import make_last, workspace_of

BERG = Patient(name="Ada Berg")


class Chosen(TypedDict, total=False):
    """What a practice changes here."""

    clinic_name: str
    clinic_phone: str
    country: str
    language: str
    paper: Literal["A4", "Letter"]
    supervisor: str


def change(window: MainWindow, **chosen: Unpack[Chosen]) -> None:
    """Keep other settings of the practice, as the sheet does."""
    settings = window.desk.settings
    window._keep_settings(replace(settings, practice=replace(settings.practice, **chosen)))


def begin(window: MainWindow) -> Session:
    """Begin a visit and enter something."""
    window.reception.begin_visit(BERG)
    session = workspace_of(window).session
    session.set("goals.own_words", "dents")
    return session


def test_a_corrected_phone_number_stands_on_the_sheet_of_the_open_visit(
    window: MainWindow,
) -> None:
    """Patients were given the number that had just been corrected."""
    session = begin(window)

    change(window, clinic_name="Lumen Two", clinic_phone="0800 1111")

    assert (session.visit.clinic.name, session.visit.clinic.phone) == ("Lumen Two", "0800 1111")
    session.undo()
    assert session.visit.goals.own_words == ""
    assert session.visit.clinic.phone == "0800 1111"


def test_it_stands_on_the_sheet_of_a_visit_that_is_gone_on_with(window: MainWindow) -> None:
    visit = begin(window).visit
    window.show_start()
    change(window, clinic_phone="0800 1111")

    window.open_visit(visit.id)

    assert workspace_of(window).session.visit.clinic.phone == "0800 1111"


def test_country_language_and_paper_follow_but_for_what_the_patient_needs(
    window: MainWindow,
) -> None:
    session = begin(window)
    session.set("locale.language", "en-IE")

    change(window, country="US", language="en-US", paper="Letter")

    locale = session.visit.locale
    assert (locale.country, locale.language, locale.paper) == ("US", "en-IE", "Letter")
    assert session.visit.facts.jurisdiction == "US"
    session.undo()
    session.undo()
    assert session.visit.locale.country == "US"
    assert session.visit.facts.jurisdiction == "US"


def test_what_is_begun_elsewhere_names_this_clinic_until_it_is_signed(
    window: MainWindow, desk: Desk
) -> None:
    """Its sheet told the patient to call the clinic that the visit had been imported from."""
    read = desk.read_case(desk.resources / "examples" / "first-visit.json")
    other = Clinic(name="Elsewhere", phone="0161 496 0000", out_of_hours="112", address="Far away")
    begun = replace(read, clinic=other)
    window.show_visit(begun)
    session = workspace_of(window).session
    ours = Clinic(name="Lumen Skin Clinic", phone="020 7946 0123", out_of_hours="111")
    assert session.visit.clinic == ours
    change(window, clinic_name="Lumen Two", clinic_phone="0800 1111", paper="Letter")
    assert (session.visit.clinic.name, session.visit.clinic.phone) == ("Lumen Two", "0800 1111")
    assert name_practice(begun, Settings()).clinic == other, "where none is named here"

    last = make_last(desk)
    window.show_visit(last)
    change(window, clinic_phone="0800 2222", paper="A4", country="US")
    assert workspace_of(window).session.visit == last


def test_a_practice_in_the_united_states_writes_the_month_first(window: MainWindow) -> None:
    """What is typed for a new patient is read again, as the start page repeats it."""
    start = window.reception.start
    start.search.set_text("Rosa Delgado 4/5/1988")
    start.refresh()
    assert "4 May 1988" in start.search.help()

    change(window, country="US")

    assert "5 Apr 1988" in start.search.help()
    start.begin_new()
    assert workspace_of(window).session.visit.patient.date_of_birth == date(1988, 4, 5)


def test_treating_today_is_refused_by_a_wait_that_was_made_longer(window: MainWindow) -> None:
    """*Plan* went on allowing it by the number with which it had been opened."""
    desk, sample = window.desk, window.desk.sample_visit()
    sunbed = PartialDate.of(sample.visit_date - timedelta(days=20))
    told = Exposure(code="sunbed", zones=("face",), date=sunbed)
    visit = replace(
        sample,
        skin=replace(sample.skin, phototype_seen=2),
        facts=replace(sample.facts, phototype=2, exposures=(told,)),
        answers={**sample.answers, "tan": Answer(state="yes")},
        plan=replace(sample.plan, first_session=desk.clock() + timedelta(days=21)),
    )
    window.show_visit(visit)
    window.run("panel:plan")
    before = workspace_of(window).panel
    assert isinstance(before, PlanPanel)
    assert not before.refusal.refuse()

    today = desk.clock().date()
    longer = LimitChange(limit="tan_recent", who="Dr Hart", on=today, before=14, after=28)
    window._keep_settings(replace(desk.settings, changes=(longer,)))

    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    panel.treat_today.click()
    assert panel.refusal.isVisible()
    assert not panel.session.visit.agreement.treat_today


def test_nobody_is_treated_on_the_word_of_a_supervisor_who_is_named_no_more(
    window: MainWindow,
) -> None:
    panel = start(window, waits=True)
    session = panel.session
    write(panel, "Seen together")
    window.run("panel:after")

    change(window, supervisor="")

    assert not takes_treated(window, session)
