"""Whom the practice expects, told with the hour, and told on the page of the patient too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Consumable, Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due import AFTER_HARM, AS_PLANNED, NEXT_VISIT
from consult_app.gui.start.lines import tell_due
from consult_app.gui.start.patient_page import PatientPage
from consult_app.knowledge.visits.coming import CHECK_IN, find_promises
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last

TODAY = date(2026, 6, 15)
AT_TEN = datetime(2026, 6, 15, 10)  # noqa: DTZ001 - wall clock


def make_planned(desk: Desk, at: datetime = AT_TEN, **said: object) -> Consultation:
    """Keep a signed consultation whose first treatment is at that hour."""
    plan = replace(desk.sample_visit().plan, first_session=at)
    return make_last(desk, plan=plan, expected_on=at.date(), **said)


def show_person(window: MainWindow, visit: Consultation) -> PatientPage:
    window.reception.show_patient(visit.patient_id)
    QApplication.processEvents()
    return window.reception.person


def tell(page: PatientPage) -> str:
    return "\n".join(it.text() for it in page.findChildren(QLabel))


def test_two_patients_of_one_day_are_listed_in_the_order_of_their_hours(desk: Desk) -> None:
    """Both stood there with the day alone."""
    late = AT_TEN.replace(hour=16)
    make_planned(desk, late, id="0-late", patient_id="p-late")  # whose record comes first
    make_planned(desk)

    due = desk.patients.list_due(TODAY)

    told = [tell_due(it, TODAY)[1] for it in due if it.due == TODAY]
    assert told == ["15 Jun 2026 at 10:00, today", "15 Jun 2026 at 16:00, today"]


def test_on_the_day_of_the_treatment_the_patient_page_says_so_and_offers_it_first(
    window: MainWindow, desk: Desk
) -> None:
    """A second Enter after the search began a consultation."""
    page = show_person(window, make_planned(desk))

    assert "Expected 15 Jun 2026 at 10:00, today: First treatment" in tell(page)
    assert (page.treat.kind, page.begin.kind) == ("primary", "secondary")
    assert page.treat.hasFocus()


@pytest.mark.parametrize(("days", "first"), [(2, "treat"), (89, "treat"), (120, "begin")])
def test_who_comes_after_the_day_is_offered_the_treatment_still(
    window: MainWindow, desk: Desk, clock: Clock, days: int, first: str
) -> None:
    """A second Enter began a return visit with who was two days late, and all was asked anew."""
    planned = make_planned(desk)
    clock.move(days * 86400)
    page = show_person(window, planned)

    assert getattr(page, first).kind == "primary"
    assert getattr(page, first).hasFocus()


def test_on_another_day_the_return_visit_comes_first_and_what_is_to_come_is_told(
    window: MainWindow, desk: Desk
) -> None:
    page = show_person(window, make_planned(desk, AT_TEN + timedelta(days=26)))

    assert "Expected 11 Jul 2026 at 10:00, in 26 days: First treatment" in tell(page)
    assert (page.treat.kind, page.begin.kind) == ("secondary", "primary")
    assert page.begin.hasFocus()


@pytest.mark.parametrize(
    ("adverse", "words"), [("ongoing", AFTER_HARM), ("none", AS_PLANNED), (None, AS_PLANNED)]
)
def test_the_day_of_the_plan_is_listed_beside_that_of_an_earlier_review(
    desk: Desk, adverse: str | None, words: str
) -> None:
    """A patient came at ten, and the list said only that a review was due 20 days ago."""
    planned = TODAY + timedelta(days=20)
    first = Review(adverse=adverse, next_date=TODAY, next_visit="review", decision="continue")  # type: ignore[arg-type]  # one of its words
    last = make_last(desk)
    review = replace(last, id="r1", kind="review", follows=last.id, visit_date=date(2026, 6, 10))
    desk.records.sign(replace(review, review=first, expected_on=planned), None, 0)

    listed = {it.due: it.what for it in desk.patients.list_due(planned)}

    assert listed[TODAY] == "Review"
    assert listed[planned] == words.format(what=NEXT_VISIT)


def test_the_page_says_what_each_lot_was_of(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    used = Treatment(
        treated=True,
        cartridge=Consumable(lot="LX-2093"),
        numbing=Consumable(lot="LC-77"),
        products=(Consumable(name="Gel", lot="HG-1"), Consumable(lot="P 9")),
    )
    done = replace(last, id="t1", kind="treatment", follows=last.id, treatment=used)
    desk.records.sign(replace(done, visit_date=TODAY), None, 0)

    told = tell(show_person(window, last))

    assert "Lots: cartridge LX-2093, numbing cream LC-77, Gel HG-1, product P 9" in told
    assert "Promised call" in told


def test_on_the_day_of_a_promised_call_the_review_that_records_it_is_offered_first(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """A second Enter after the search began a consultation with all its questions."""
    last = make_planned(desk)
    done = replace(begin(desk, "treatment", last), treatment=Treatment(treated=True))
    desk.records.sign(replace(done, state="signed"), None, 0)
    clock.move(find_promises(desk.pack)[CHECK_IN].days * 86400)

    page = show_person(window, last)

    assert "Promised call" in tell(page)
    assert (page.review.kind, page.begin.kind) == ("primary", "secondary")
    assert page.review.hasFocus()
