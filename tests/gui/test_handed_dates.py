"""A treatment on another day than planned says what on the sheet handed over no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.handout.sheet import Sheet
from tests.gui.test_return_faults import begin


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
    assert f"as it was handed over on {handed.day} Jun 2026" in window.preview.facts.text()


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


def test_a_treatment_on_its_day_says_nothing(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    window.show_visit(begin(desk, "treatment", hand_over(desk, 0)))

    show(window, qtbot)

    assert window.preview.moved.text() == ""
