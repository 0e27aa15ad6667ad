"""Who has a test patch is listed for the treatment too, and a second treatment is called so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.domain.history import Condition, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due import TO_SETTLE, First
from consult_app.gui.start.patients import Patients
from consult_app.gui.start.visits import Visits
from consult_app.knowledge.visits.locking import sign_off
from consult_app.store.memory import MemoryStore
from consult_app.store.writer import Writer
from tests.gui.conftest import Clock

NOW = datetime.fromisoformat("2026-06-15T10:00")
PATCH, FIRST = date(2026, 7, 6), date(2026, 8, 3)
TEST, TREAT, AGAIN = "Test patch", "First treatment", "Next treatment"
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 15),
    started_at=NOW,
    patient=Patient(name="Åda Berg", date_of_birth=date(1990, 5, 1)),
    plan=PlanRequest(first_session=datetime(2026, 8, 3, 9)),  # noqa: DTZ001 - wall clock
    agreement=Agreement(decision="go_ahead"),
    expected_on=PATCH,
)
DONE = replace(
    VISIT,
    id="t1",
    kind="treatment",
    visit_date=date(2026, 3, 2),
    agreement=Agreement(),
    treatment=Treatment(treated=True),
    expected_on=None,
)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def visits(store: MemoryStore) -> Iterator[Visits]:
    made = Visits(store, Writer(NOW.astimezone), lambda: NOW)
    yield made
    made.close()


def sign(visits: Visits, *signed: Consultation) -> None:
    for visit in signed:
        visits.sign(replace(visit, state="signed"), None, 0)


def listed(
    store: MemoryStore,
    today: date,
    planned: date | None = FIRST,
    limit: int | None = None,
    *,
    waits: bool = False,
) -> list[tuple[date, str]]:
    first = First(day=planned, waits=waits)
    patients = Patients(store, lambda: NOW, find_first=lambda _: first)
    return [(it.due, it.what) for it in patients.list_due(today, limit)]


@pytest.mark.parametrize(
    ("days", "lines"),
    [
        (-36, []),
        (-35, [(PATCH, TEST)]),
        (-8, [(PATCH, TEST)]),
        (-7, [(PATCH, TEST), (FIRST, TREAT)]),
        (-1, [(PATCH, TEST), (FIRST, TREAT)]),
        (0, [(FIRST, TREAT)]),
        (9, [(FIRST, TREAT)]),
    ],
)
@pytest.mark.parametrize("planned", [FIRST, None])
def test_the_treatment_is_listed_when_its_day_comes_and_the_patch_goes(
    store: MemoryStore,
    visits: Visits,
    planned: date | None,
    days: int,
    lines: list[tuple[date, str]],
) -> None:
    sign(visits, VISIT)

    assert listed(store, FIRST + timedelta(days=days), planned) == lines


def test_the_treatment_of_today_stands_among_the_others_in_order(
    store: MemoryStore, visits: Visits
) -> None:
    other = replace(VISIT, id="v2", patient_id="p2", expected_on=FIRST - timedelta(days=2))
    plan = replace(VISIT.plan, first_session=datetime(2026, 8, 1, 9))  # noqa: DTZ001 - wall clock
    sign(visits, VISIT, replace(other, plan=plan))

    assert [day for day, _ in listed(store, FIRST)] == [FIRST - timedelta(days=2), FIRST]


@pytest.mark.parametrize(
    ("expected", "planned", "told"),
    [
        (PATCH, FIRST, TEST),
        (FIRST, FIRST, TREAT),
        (FIRST, FIRST + timedelta(days=28), TEST),
        (FIRST + timedelta(days=7), FIRST + timedelta(days=7), TREAT),
        (FIRST + timedelta(days=7), None, "First visit by the plan"),
        (FIRST + timedelta(days=7), FIRST, "First visit by the plan"),
    ],
)
def test_what_the_day_is_for_goes_by_the_plan(
    store: MemoryStore, visits: Visits, expected: date, planned: date | None, told: str
) -> None:
    plan = replace(VISIT.plan, event_date=date(2026, 8, 20))
    sign(visits, replace(VISIT, plan=plan, expected_on=expected))

    assert listed(store, expected - timedelta(days=7), planned) == [(expected, told)]


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (Treatment(treated=True), AGAIN),
        (Treatment(treated=False), TREAT),
        (Treatment(), TREAT),
    ],
)
def test_who_was_treated_before_is_not_due_for_the_first(
    store: MemoryStore, visits: Visits, done: Treatment, told: str
) -> None:
    before = replace(DONE, treatment=done)
    sign(visits, before, replace(VISIT, follows="v0", expected_on=FIRST))
    assert listed(store, FIRST) == [(FIRST, told)]

    patched = replace(VISIT, id="v3", patient_id="p3", follows="v0")
    sign(visits, replace(before, id="t3", patient_id="p3"), patched)
    assert listed(store, FIRST) == [(FIRST, told), (FIRST, told)]


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("planned", [FIRST, FIRST + timedelta(days=3)])
def test_what_has_to_settle_and_has_no_day_is_said_beside_both(
    store: MemoryStore, visits: Visits, planned: date, *, waits: bool
) -> None:
    """What has a day moves them past it; beside what moved, nothing was said of what has none."""
    sign(visits, replace(VISIT, findings={"pregnancy_possible": "defer"}))
    what = TO_SETTLE.format(what="{what}") if waits else "{what}"

    lines = listed(store, FIRST - timedelta(days=1), planned, waits=waits)
    assert lines == [(PATCH, what.format(what=TEST)), (planned, what.format(what=TREAT))]


def test_a_plan_of_the_window_with_a_patch_lists_its_first_treatment(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    visit = replace(desk.sample_visit(), sample=False)
    late = datetime.fromisoformat("2026-09-07T09:15")
    plan = replace(visit.plan, first_session=late, event_date=date(2026, 11, 30))
    agreed = replace(visit.agreement, decision="go_ahead")
    dark = replace(visit.skin, phototype_seen=6)
    visit = replace(visit, skin=dark, plan=plan, agreement=agreed)
    judged = desk.judge(visit)
    assert judged.plan is not None
    assert judged.plan.coming_patch is not None
    first = judged.plan.session_dates[0]
    desk.records.sign(sign_off(visit, judged, desk.pack, at=clock()), None, 0)
    clock.now = first

    window.show_start()

    (line,) = (row.button.accessibleDescription() for row in window.start.due.rows)
    assert line.startswith(f"{TREAT} · ")
    assert "today" in line


def test_something_open_is_told_where_something_else_has_moved_the_first_treatment(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Box and sheet said that something has to settle first; the list named the day alone."""
    visit = replace(desk.sample_visit(), sample=False)
    told = (
        Condition(code="eczema", status="active", zones=("cheeks",)),
        Condition(code="acute_illness", status="active"),
    )
    filler = Procedure(
        code="filler_ha",
        date=PartialDate.of(clock.now.date() - timedelta(days=2)),
        zones=("cheeks",),
    )
    asked = ("eczema", "acute_illness", "injectables")
    answers = {item: Answer(state="yes") for item in asked}
    facts = replace(visit.facts, conditions=told, procedures=(filler,))
    soon = clock.now.replace(hour=15) + timedelta(days=6)
    visit = replace(
        visit,
        facts=facts,
        answers={**visit.answers, **answers},
        plan=replace(visit.plan, first_session=soon),
        agreement=replace(visit.agreement, decision="go_ahead"),
    )
    judged = desk.judge(visit)
    assert judged.plan is not None
    assert judged.plan.waits
    first = judged.plan.session_dates[0]
    assert first > soon
    desk.records.sign(sign_off(visit, judged, desk.pack, at=clock()), None, 0)
    clock.now = first

    window.show_start()

    (line,) = (row.button.accessibleDescription() for row in window.start.due.rows)
    assert line.startswith(TO_SETTLE.format(what=TREAT))
