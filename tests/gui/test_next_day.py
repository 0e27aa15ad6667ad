"""A day that is to come is pointed out where it is before the visit, as with last year's number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.next_day import BEFORE, ComingDay
from consult_app.gui.workspace.obstacles import list_obstacles
from tests.gui.touring import make_last, workspace_of


def begin(desk: Desk, kind: str) -> Consultation:
    """Begin a visit of a kind on 15 June 2026."""
    if kind == "consultation":
        return desk.sample_visit()
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    return desk.begin_after(kind, desk.settings, person, last, 0)


@pytest.mark.parametrize(
    ("kind", "panel"), [("consultation", "goals"), ("treatment", "after"), ("review", "review")]
)
def test_a_day_before_the_visit_is_pointed_out_and_stays(
    window: MainWindow, desk: Desk, kind: str, panel: str
) -> None:
    window.show_visit(begin(desk, kind))
    window.run(f"panel:{panel}")
    QApplication.processEvents()
    (field,) = workspace_of(window).panel.findChildren(ComingDay)
    line = field.line
    line.clear()

    QTest.keyClicks(line, "10 1 2026")
    assert field.error == BEFORE
    line.editingFinished.emit()
    assert field.error == BEFORE, "also once it is left"
    value = field.value()
    assert value is not None
    assert value.first_day() == date(2026, 1, 10)

    line.clear()
    QTest.keyClicks(line, "10 1 2027")
    assert field.error == ""


@pytest.mark.parametrize("kind", ["treatment", "review"])
def test_a_next_day_before_the_visit_is_not_signed(
    window: MainWindow, desk: Desk, kind: str
) -> None:
    """The patient was expected on no day at all, and the sheet named visits in the past."""
    visit = begin(desk, kind)
    window.show_visit(visit)
    session = workspace_of(window).session
    field = f"{kind}.next_date"
    if kind == "treatment":
        session.set(field, date(2026, 1, 10))
    else:
        session.set(
            "review", replace(session.visit.review or Review(), next_date=date(2026, 1, 10))
        )

    (found,) = (
        it for it in list_obstacles(session.visit, session.judgement, desk) if "next" in it.text
    )
    assert found.text == "The next date, 10 Jan 2026, is before the visit. Correct it, or clear it."
    window.run(found.place)
    QApplication.processEvents()
    (line,) = workspace_of(window).panel.findChildren(ComingDay)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert line.isAncestorOf(focused)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 dec", date(2026, 12, 19)),
        ("Dec 19", date(2026, 12, 19)),
        ("19/12", date(2026, 12, 19)),
        ("19.12.", date(2026, 12, 19)),
        ("15 jun", date(2026, 6, 15)),
        ("14 June", date(2027, 6, 14)),
        ("30 feb", None),
        ("12", None),
        ("dec", None),
        ("3/2027", None),
    ],
)
def test_a_day_without_its_year_is_the_next_one(
    window: MainWindow, desk: Desk, text: str, day: date | None
) -> None:
    """It was refused on 1 December, with a day that was past for an example."""
    window.show_visit(begin(desk, "consultation"))
    window.run("panel:goals")
    panel = workspace_of(window).panel
    (field,) = panel.findChildren(ComingDay)
    field.line.clear()
    QTest.keyClicks(field.line, text)
    assert field.value() is None, "nothing is guessed while it is written"
    field.line.editingFinished.emit()
    assert workspace_of(window).session.visit.goals.event_date == day
    if day is None:
        assert field.line.text() == text
        assert "yesterday" not in field.error
        assert "Without a year it is the next such day." in field.error
    else:
        assert str(day.year) in field.words()
        assert not field.error
