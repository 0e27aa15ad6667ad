"""A treatment on another day than planned says what on the sheet handed over no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_anew, find_moved
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.handout.sheet import Sheet
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of


def hand_over(desk: Desk, days: int) -> Consultation:
    """Sign a consultation with its sheet, whose first visit is so many days before today."""
    visit = replace(desk.sample_visit(), state="signed", sample=False)
    early = desk.clock() - timedelta(days=days)
    plan = replace(visit.plan, first_session=early.replace(second=0, microsecond=0))
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    told = replace(visit, plan=plan, agreement=agreed, visit_date=early.date())
    sheet = desk.make_sheet(replace(told, state="draft"))
    return desk.records.sign(told, sheet.pdf, sheet.pages)


def show(window: MainWindow, qtbot: QtBot, wish: str = "show") -> None:
    """Ask for the sheet, and wait until its pages are seen."""
    shown = list[Sheet]()
    window.handout.rendered.connect(lambda sheet, *_: shown.append(sheet))
    getattr(window.handout, wish)()
    qtbot.waitUntil(lambda: bool(shown))
    QApplication.processEvents()


def test_its_day_and_what_no_longer_holds_stand_above_the_pages(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """It said that make-up and washing are allowed already, and offered a visit too soon."""
    window.show_visit(begin(desk, "treatment", hand_over(desk, 6)))

    show(window, qtbot)

    told = window.preview.moved.text()
    assert window.preview.moved.isVisible()
    assert "count from 9 June 2026; this treatment is on 15 June 2026" in told
    assert "visit 2 (" in told
    assert "the check-up (" in told
    handed = datetime.fromisoformat("2026-06-15")
    assert f"as kept with the record signed on {handed.day} Jun 2026" in window.preview.facts.text()


@pytest.mark.parametrize("wish", ["print", "save"])
def test_it_is_seen_once_before_it_is_printed_or_saved(
    window: MainWindow,
    qtbot: QtBot,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
) -> None:
    given = list[Sheet]()
    for way in ("_choose_printer", "_choose_file"):
        monkeypatch.setattr(window.handout, way, given.append)
    window.show_visit(begin(desk, "treatment", hand_over(desk, 6)))

    show(window, qtbot, wish)

    assert given == []
    assert window.preview.moved.isVisible()
    getattr(window.handout, wish)()
    qtbot.waitUntil(lambda: bool(given))


def test_it_is_seen_once_for_each_patient(
    window: MainWindow, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a second patient in the same words the sheet went to the printer unseen."""
    given = list[Sheet]()
    monkeypatch.setattr(window.handout, "_choose_printer", given.append)
    for number in (1, 2):
        kept = replace(hand_over(desk, 6), id=f"c{number}")
        desk.records.sign(kept, desk.records.read_handout(hand_over(desk, 6)), 2)
        window.show_visit(replace(begin(desk, "treatment", kept), id=f"t{number}"))
        show(window, qtbot, "print")
        assert window.preview.moved.isVisible()
    assert given == []


def test_a_treatment_on_its_day_says_nothing(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    window.show_visit(begin(desk, "treatment", hand_over(desk, 0)))

    show(window, qtbot)

    assert window.preview.moved.text() == ""


def treat(window: MainWindow, desk: Desk, days: int = 6) -> Session:
    """Open a treatment that took place so many days after its plan."""
    begun = begin(desk, "treatment", hand_over(desk, days))
    treatment = begun.treatment or Treatment()
    areas = tuple(replace(area, suggested=False) for area in treatment.areas)
    done = replace(treatment, treated=True, areas=areas)
    window.show_visit(replace(begun, treatment=done))
    return workspace_of(window).session


def test_its_hours_are_rounded_up_to_a_quarter(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Visits at 10:03 look like a slip, and an hour that is reckoned too soon does harm."""
    clock.move(3 * 60)

    anew = find_anew(desk, treat(window, desk))

    assert anew is not None
    text = desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "10:15 am on Monday 15 June 2026" in text


def test_who_was_treated_gets_a_sheet_of_that_day(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    session = treat(window, desk)
    anew = find_anew(desk, session)
    assert anew is not None
    text = desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "10 am on Monday 15 June 2026" in text
    assert "9 June" not in text

    show(window, qtbot)

    assert "Made for the treatment of 15 Jun 2026" in window.preview.moved.text()
    assert "reading grade" in window.preview.facts.text(), "it is made anew"


def test_the_one_handed_over_is_a_press_away_with_its_day(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    treat(window, desk)
    show(window, qtbot)

    window.preview.moved.acted.emit()
    qtbot.waitUntil(lambda: "as kept with the record signed on" in window.preview.facts.text())

    assert "count from 9 June 2026" in window.preview.moved.text()
    window.preview.moved.acted.emit()
    qtbot.waitUntil(lambda: "Made for the treatment" in window.preview.moved.text())


def test_the_sheet_of_the_day_is_kept_with_the_treatment(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    session = treat(window, desk)

    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)

    kept = session.visit.handout
    assert kept is not None
    pdf = desk.records.read_handout(session.visit)
    assert sha256(pdf).hexdigest() == kept.sha256
    show(window, qtbot)
    assert "as kept with the record signed on 15 Jun 2026" in window.preview.facts.text()
    assert window.preview.moved.text() == ""


def treat_again(window: MainWindow, desk: Desk, first: Session) -> Session:
    """Sign a treatment without a sheet of its own, and open the next one as done today."""
    desk.records.sign(replace(first.visit, state="signed"), None, 0)
    last = first.last
    assert last is not None
    second = begin(desk, "treatment", last)
    done = replace(second.treatment or Treatment(), treated=True)
    window.show_visit(replace(second, treatment=done))
    return workspace_of(window).session


def test_on_its_day_and_twice_on_one_day_no_sheet_is_made_anew(
    window: MainWindow, desk: Desk
) -> None:
    assert find_anew(desk, treat(window, desk, days=0)) is None
    session = treat_again(window, desk, treat(window, desk))

    assert find_anew(desk, session) is None
    assert find_moved(desk, session) != ""


def test_a_later_treatment_gets_a_sheet_of_what_is_left(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Three weeks late, the patient had no date for the care of that day on any sheet."""
    first = treat(window, desk, days=0)
    visits = desk.judge(first.last or first.visit).plan
    assert visits is not None
    clock.now += timedelta(weeks=7)

    session = treat_again(window, desk, first)

    anew = find_anew(desk, session)
    assert anew is not None
    text = desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "Visit 2: 10 am on Monday 3 August 2026" in text
    assert "Visit 1" not in text
    assert f"Visit {len(visits.session_dates)} (4 weeks):" in text
    assert f"Visit {len(visits.session_dates) + 1}" not in text
    assert "visit 1" not in text
    assert "Before 10 am on Wed 5 Aug: make-up" in text
    assert "Jun" not in text


def test_after_that_the_sheet_of_it_is_the_one_the_patient_has(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    first = treat(window, desk, days=0)
    clock.now += timedelta(weeks=7)
    session = treat_again(window, desk, first)
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)
    assert session.visit.handout is not None
    clock.now += timedelta(weeks=4)

    window.show_visit(begin(desk, "treatment", session.last or session.visit))
    assert find_moved(desk, workspace_of(window).session) == ""
    clock.now += timedelta(days=3)
    window.show_visit(begin(desk, "treatment", session.last or session.visit))
    told = find_moved(desk, workspace_of(window).session)
    assert "count from 31 August 2026; this treatment is on 3 September 2026" in told
    assert "visit 4 (28 September 2026), the check-up (21 December 2026)" in told
    assert "visit 3" not in told


def test_later_visits_show_the_sheet_of_the_first_treatment(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    """It is the last one that the patient was given, and its dates are the ones that hold."""
    first = treat(window, desk)
    window.handout.sign()
    qtbot.waitUntil(lambda: first.locked)
    kept, last = desk.records.read_handout(first.visit), first.last
    assert last is not None
    clock.now += timedelta(weeks=4)
    window.show_visit(begin(desk, "treatment", last))
    shown = list[Sheet]()
    window.handout.rendered.connect(lambda sheet, *_: shown.append(sheet))

    window.handout.show()
    qtbot.waitUntil(lambda: bool(shown))

    assert (shown[0].pdf, shown[0].moved) == (kept, "")


@pytest.mark.parametrize("days", [0, 6])
def test_where_nobody_was_needled_the_sheet_is_not_shown_as_if_somebody_was(
    window: MainWindow, qtbot: QtBot, desk: Desk, days: int
) -> None:
    """Its care after the visit and the next visits stood there and could be printed."""
    begun = begin(desk, "treatment", hand_over(desk, days))
    treatment = begun.treatment or Treatment()
    window.show_visit(replace(begun, treatment=replace(treatment, treated=False)))

    show(window, qtbot)

    planned = 15 - days
    assert window.preview.moved.text() == (
        "Nobody was needled on 15 June 2026. This sheet counts its care and what follows from "
        f"{planned} June 2026; none of that holds now. Tell the patient what holds until the next "
        "date."
    )


def test_a_visit_still_to_come_holds_although_nobody_was_needled_today(
    window: MainWindow, desk: Desk
) -> None:
    begun = begin(desk, "treatment", hand_over(desk, -3))
    treatment = begun.treatment or Treatment()
    window.show_visit(replace(begun, treatment=replace(treatment, treated=False)))

    assert find_moved(desk, workspace_of(window).session) == ""


def test_the_sheet_of_a_day_that_was_too_early_names_none_to_move(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told to count from the day that was refused, which stands nowhere on it."""
    session = treat(window, desk)
    last = desk.records.open_visit(session.visit.follows or "")
    sore = Condition(code="eczema", status="active", zones=("cheeks",))
    first = last.plan.first_session
    assert first is not None
    ill = replace(
        last,
        facts=replace(last.facts, conditions=(sore,)),
        answers={**last.answers, "eczema": Answer(state="yes")},
        plan=replace(last.plan, first_session=first + timedelta(days=3)),
    )
    monkeypatch.setattr(desk.records, "open_visit", {last.id: ill}.__getitem__)

    told = find_moved(desk, session)
    assert told.startswith("No date of this sheet counts")
    assert "from 15 June 2026" in told


def put_off(desk: Desk, last: Consultation, healed: date) -> None:
    """Sign a treatment of today that a cold sore put off."""
    begun = begin(desk, "treatment", last)
    sore = Condition(code="herpes_simplex", zones=("cheeks",), date_healed=PartialDate.of(healed))
    told = replace(
        begun,
        id="put off",
        facts=replace(begun.facts, conditions=(sore,)),
        answers={**begun.answers, "herpes_simplex": Answer(state="yes")},
        treatment=replace(begun.treatment or Treatment(), treated=False),
    )
    desk.records.sign(replace(told, state="signed", signed_at=desk.clock()), None, 0)


def test_who_was_put_off_to_the_first_day_possible_gets_a_sheet_of_that_day(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The plan as it was after that answer began on that very day, so all on paper "held"."""
    last = hand_over(desk, 0)
    put_off(desk, last, desk.clock().date() - timedelta(days=6))
    clock.move(8 * 24 * 3600)
    begun = begin(desk, "treatment", last)
    treatment = replace(begun.treatment or Treatment(), treated=True)
    window.show_visit(replace(begun, treatment=treatment))
    session = workspace_of(window).session
    later = desk.judge(session.last or begun).plan
    assert later is not None
    assert later.session_dates[0].date() == desk.clock().date(), "as it is after that answer"

    told = find_moved(desk, session)

    assert "count from 15 June 2026; this treatment is on 23 June 2026" in told
    assert find_anew(desk, session) is not None
