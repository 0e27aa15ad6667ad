"""The call that every patient is promised after a treatment is listed until somebody made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.domain.treatment import Consumable, Treatment
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due import AFTER_HARM, NO_DATE
from consult_app.gui.start.patients import Patients
from consult_app.gui.start.visits import Visits
from consult_app.store.memory import MemoryStore
from consult_app.store.writer import Writer

NOW = datetime.fromisoformat("2026-06-15T10:00")
DAY, CALL = date(2026, 6, 15), date(2026, 6, 18)
WORDS = "Promised call; a review or an addendum records it"
CHECK_WORDS = "Promised photo and skin check; a review or an addendum records it"
CHECK = date(2026, 7, 13)
PROMISES = {"a_checkin": timedelta(days=3), "a_photo": timedelta(days=28)}
TREATED = Consultation(
    id="t1",
    patient_id="p1",
    visit_date=DAY,
    started_at=NOW,
    kind="treatment",
    patient=Patient(name="Åda Berg", date_of_birth=date(1990, 5, 1)),
    treatment=Treatment(treated=True, next_date=date(2026, 7, 13)),
)
REVIEW = replace(TREATED, id="r1", kind="review", treatment=None, visit_date=CALL)
ADDENDUM = replace(TREATED, id="a1", kind="addendum", treatment=None, follows="t1", visit_date=CALL)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def patients(store: MemoryStore) -> Patients:
    return Patients(store, lambda: NOW, lambda: PROMISES)


@pytest.fixture
def visits(store: MemoryStore) -> Iterator[Visits]:
    made = Visits(store, Writer(NOW.astimezone), lambda: NOW)
    yield made
    made.close()


def sign(visits: Visits, *signed: Consultation) -> None:
    for visit in signed:
        visits.sign(replace(visit, state="signed"), None, 0)


def calls(patients: Patients, today: date) -> list[date]:
    return [it.due for it in patients.list_due(today) if it.what == WORDS]


def test_who_was_needled_is_to_be_called_and_is_due_later_all_the_same(
    visits: Visits, patients: Patients
) -> None:
    sign(visits, TREATED)

    assert calls(patients, DAY) == [CALL]
    assert calls(patients, date(2026, 7, 10)) == [CALL], "nobody recorded it"
    listed = patients.list_due(date(2026, 7, 10))
    assert [(it.due, it.what) for it in listed] == [
        (CALL, WORDS),
        (date(2026, 7, 13), "Next visit"),
    ]
    assert [it.due for it in patients.list_due(date(2026, 7, 10), 1)] == [date(2026, 7, 13)]


@pytest.mark.parametrize(
    "contact", [REVIEW, ADDENDUM, replace(ADDENDUM, visit_date=date(2026, 6, 17))]
)
def test_a_review_or_an_addendum_of_a_later_day_records_it(
    visits: Visits, patients: Patients, contact: Consultation
) -> None:
    sign(visits, TREATED, contact)

    assert calls(patients, CALL) == []


def test_an_addendum_of_the_day_itself_is_no_call(visits: Visits, patients: Patients) -> None:
    sign(visits, TREATED, replace(ADDENDUM, visit_date=DAY))

    assert calls(patients, CALL) == [CALL]


@pytest.mark.parametrize("treated", [False, None])
def test_who_was_not_needled_is_promised_none(
    visits: Visits, patients: Patients, *, treated: bool | None
) -> None:
    sign(visits, replace(TREATED, treatment=Treatment(treated=treated)))

    assert calls(patients, CALL) == []


def test_the_start_page_lists_it_with_its_day(window: MainWindow) -> None:
    """The wait is that of the content, which the sheet names too."""
    today = window.desk.clock().date()
    visit = replace(TREATED, visit_date=today - timedelta(days=3), state="signed")
    window.desk.records.sign(replace(visit, signed_at=window.desk.clock()), None, 0)

    listed = window.desk.patients.list_due(today)

    assert [(it.due, it.what) for it in listed if it.what == WORDS] == [(today, WORDS)]


def checks(patients: Patients, today: date) -> list[date]:
    return [it.due for it in patients.list_due(today) if it.what == CHECK_WORDS]


@pytest.mark.parametrize(
    ("coming", "listed"), [(CHECK, []), (date(2026, 7, 1), []), (date(2026, 7, 27), [CHECK])]
)
def test_the_skin_is_looked_at_on_its_day_or_at_the_next_visit_if_that_is_sooner(
    visits: Visits, patients: Patients, coming: date, listed: list[date]
) -> None:
    """The sheet names the day; the start page knew of the call alone."""
    sign(visits, replace(TREATED, treatment=Treatment(treated=True, next_date=coming)))

    assert checks(patients, CHECK) == listed


@pytest.mark.parametrize(("told", "listed"), [(CALL, [CHECK]), (CHECK, [])])
def test_who_recorded_the_call_has_not_looked_at_the_skin(
    visits: Visits, patients: Patients, told: date, listed: list[date]
) -> None:
    later = Treatment(treated=True, next_date=date(2026, 7, 27))
    sign(visits, replace(TREATED, treatment=later), replace(ADDENDUM, visit_date=told))

    assert checks(patients, CHECK) == listed
    assert calls(patients, CHECK) == []


def test_a_visit_that_tells_nothing_of_it_does_not_take_it_off_the_list(
    visits: Visits, patients: Patients
) -> None:
    """The call fell out of the list with a return visit of the next day."""
    again = replace(TREATED, id="c2", kind="consultation", treatment=None)
    again = replace(again, visit_date=DAY + timedelta(days=1))
    missed = replace(TREATED, id="t2", treatment=Treatment(treated=False))
    missed = replace(missed, visit_date=CALL + timedelta(days=1))
    sign(visits, TREATED, again, missed)
    assert calls(patients, CALL) == [CALL]

    sign(visits, replace(again, id="c3", visit_date=CALL))
    assert calls(patients, CALL) == []


def test_the_day_of_the_plan_is_listed_beside_a_side_effect_without_a_date(
    visits: Visits, patients: Patients
) -> None:
    """A patient came on the day of her sheet, and the list named her side effect alone."""
    planned = date(2026, 7, 13)
    hurt = Treatment(treated=True, adverse="described")
    sign(visits, replace(TREATED, treatment=hurt, expected_on=planned))
    told = {it.due: it.what for it in patients.list_due(planned)}
    assert told[DAY] == NO_DATE
    listed = [it.what for it in patients.list_due(planned) if it.due == planned]
    assert AFTER_HARM.format(what="Next visit") in listed
    early = patients.list_due(planned - timedelta(days=8))
    assert AFTER_HARM.format(what="Next visit") not in [it.what for it in early]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("LOT77", "lot 77"), ("LOT77", "LOT-77"), ("LOT 77", "lot77"), ("L.77-A", "l77a")],
)
@pytest.mark.parametrize("away", [False, True])
def test_a_lot_is_found_however_it_is_spaced_also_where_its_record_was_put_away(
    visits: Visits, patients: Patients, kept: str, typed: str, *, away: bool
) -> None:
    """A recall read that nobody was treated with it."""
    used = replace(TREATED, treatment=Treatment(treated=True, cartridge=Consumable(lot=kept)))
    if away:
        visits.keep_draft(used, lambda _: None, lambda _: None)
        visits.finish_writing()
        visits.put_away(used.id, "wrong_patient")
    else:
        sign(visits, used)
    assert [(it.id, it.put_away) for it in patients.find_lots(typed, 9)] == [("t1", away)]
    assert not patients.find_lots("78", 9)
