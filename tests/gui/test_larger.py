"""A sheet that was kept is handed again in large print: made anew, and the kept one stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Needs
from consult_app.domain.treatment import Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.handout import work as handout_work
from consult_app.gui.handout.larger import find_again
from consult_app.gui.handout.view import HandoutView
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.theme import TARGET, Theme
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.visits.locking import sign_off
from consult_app.settings import LimitChange
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of

TODAY = date(2026, 6, 15)
SOON = datetime.fromisoformat("2026-06-16T09:00")
WAITS = LimitChange(limit="cooling_off_days", who="Dr Hart", on=TODAY, before=0, after=7)
DAY = 24 * 60 * 60


def sign(desk: Desk, *, large: bool = False) -> Consultation:
    """Sign the sample visit, its sheet with it."""
    visit = replace(desk.sample_visit(), sample=False, plan_accepted=True)
    consent = replace(visit.facts.consent, risks_given_on=TODAY)
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    visit = replace(visit, facts=replace(visit.facts, consent=consent), agreement=agreed)
    visit = replace(visit, plan=replace(visit.plan, first_session=SOON))
    visit = replace(visit, needs=Needs(large_print=large))
    signed = sign_off(visit, desk.judge(visit), desk.pack, at=desk.clock())
    sheet = desk.make_sheet(signed)
    return desk.records.sign(signed, sheet.pdf, sheet.pages)


class Seen:
    """What the preview was given to show, and what left the house."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot
        self.sheets = list[Sheet]()
        window.handout.rendered.connect(lambda sheet, *_: self.sheets.append(sheet))

    def wait(self, do: Callable[[], object]) -> Sheet:
        """Do something, and return the sheet that is shown then."""
        count = len(self.sheets)
        do()
        self._qtbot.waitUntil(lambda: len(self.sheets) > count)
        QApplication.processEvents()
        return self.sheets[-1]

    def show(self, visit: Consultation) -> Sheet:
        """Open a visit and its preview."""
        self._window.show_visit(visit)
        return self.wait(lambda: self._window.run("handout"))

    def toggle(self) -> Sheet:
        """Ask for the other print by the keyboard."""
        chip = self._window.preview.larger
        chip.setFocus()
        return self.wait(lambda: QTest.keyClick(chip, Qt.Key.Key_Space))


@pytest.fixture
def seen(window: MainWindow, qtbot: QtBot) -> Seen:
    return Seen(window, qtbot)


def test_on_it_is_in_large_print_and_off_it_is_the_one_that_was_kept(
    window: MainWindow, seen: Seen, clock: Clock
) -> None:
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    clock.move(3 * DAY)
    preview = window.preview
    assert seen.show(visit).pdf == kept
    assert preview.larger.isVisible()
    assert not preview.larger.isChecked()
    assert preview.larger.toolTip()

    large = seen.toggle()
    assert large.large
    assert large.pdf != kept
    assert large.pages > seen.sheets[0].pages
    assert preview.larger.isChecked()
    assert preview.larger.hasFocus(), "the keyboard stays where it was"
    told = preview.facts.text()
    assert "A4, large print · made anew from the record signed on 15 Jun 2026" in told
    assert "the one kept stays as it is" in told

    assert seen.toggle().pdf == kept
    assert "as kept with the record signed on 15 Jun 2026" in preview.facts.text()
    assert window.desk.records.read_handout(visit) == kept


def test_it_is_as_easy_to_hit_as_what_stands_beside_it(window: MainWindow, seen: Seen) -> None:
    seen.show(sign(window.desk))
    size, beside = window.preview.larger.size(), window.preview.grey.size()
    assert size.height() == beside.height() >= TARGET
    assert size.expandedTo(QSize(TARGET, TARGET)) == size


def test_days_later_it_still_says_what_was_handed_over(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """A treatment begun since, and the day by the clock, are none of that record."""
    visit = sign(desk)
    handed = desk.make_sheet(visit)
    clock.move(3 * DAY)
    window.show_visit(begin(desk, "treatment", visit))
    window.settle()

    assert desk.make_sheet(visit).text == handed.text
    large = desk.enlarge_sheet(visit)
    assert large.large
    assert large.dates == handed.dates


@pytest.mark.parametrize("days", [2, 0])
def test_what_was_entered_since_is_not_on_it(desk: Desk, clock: Clock, days: int) -> None:
    """A treatment of the days before, entered late, stood on a sheet made anew from that record."""
    visit = sign(desk)
    large = desk.enlarge_sheet(visit)
    clock.move(3 * DAY)
    begun = begin(desk, "treatment", visit)
    done = replace(begun.treatment or Treatment(), treated=True)
    day = TODAY - timedelta(days=days)
    late = replace(begun, state="signed", visit_date=day, treatment=done)
    desk.records.sign(replace(late, signed_at=desk.clock()), None, 0)

    told = desk.make_sheet(visit).text.replace("\xa0", " ")
    running = f"Your treatment of {day:%A} {day.day} June still counts."
    gel = "Use only our gel until Tuesday 16 June."  # the next visit is on that day
    assert (f"{running} {gel}" in told) is (days == 0)
    assert running in told
    assert desk.enlarge_sheet(visit).text == large.text


def test_nothing_is_allowed_sooner_than_on_the_one_that_was_kept(desk: Desk) -> None:
    """The kept one had no room for hours, so it told whole days, and the longer wait of two."""
    visit = sign(desk)
    kept, large = (
        make(visit).text.replace("\xa0", " ") for make in (desk.make_sheet, desk.enlarge_sheet)
    )
    of_itself = desk.make_sheet(replace(visit, needs=Needs(large_print=True)))
    assert "Before 9 am on Fri 19 Jun: direct sun" in of_itself.text.replace("\xa0", " ")
    for text in (kept, large):
        assert "Before Sat 20 Jun: direct sun; hard exercise" in text
        assert "before Wed 7 Oct: sunbathing, tanning beds; wrinkle injections" in text


def test_printing_and_saving_go_by_it(
    window: MainWindow,
    seen: Seen,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    given, target = list[Sheet](), tmp_path / "sheet.pdf"
    monkeypatch.setattr(window.handout, "_choose_printer", given.append)
    monkeypatch.setattr(handout_work, "choose_target", lambda *it: it[-1](target))
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    seen.show(visit)
    large = seen.toggle()
    window.handout.print()
    qtbot.waitUntil(lambda: len(given) == 1)
    assert given[0].pdf == large.pdf
    window.handout.save()
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == large.pdf

    seen.toggle()
    window.handout.print()
    qtbot.waitUntil(lambda: len(given) == 2)
    assert given[1].pdf == kept


def test_finish_does_not_say_that_the_handout_changed(
    window: MainWindow, seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(handout_work, "choose_target", lambda *it: it[-1](target))
    seen.show(sign(window.desk))
    seen.toggle()
    session, told = workspace_of(window).session, list[str]()
    session.given.connect(told.append)
    window.handout.save()
    qtbot.waitUntil(lambda: bool(told))

    assert session.given_out == ""
    window.run("panel:finish")
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    words = " ".join(it.text() for it in panel.findChildren(type(window.preview.facts)))
    assert "kept with it" in words
    assert "has changed since" not in words


def test_it_is_forgotten_with_the_visit(window: MainWindow, seen: Seen) -> None:
    visit = sign(window.desk)
    seen.show(visit)
    assert seen.toggle().large
    window.show_start()
    assert not seen.show(visit).large
    assert not window.preview.larger.isChecked()


def test_it_is_forgotten_with_the_preview_where_it_is_seen(
    window: MainWindow, seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed from *Finish* later on, the sheet came in large print and nothing there said so."""
    given = list[Sheet]()
    monkeypatch.setattr(window.handout, "_choose_printer", given.append)
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    seen.show(visit)
    seen.toggle()
    QTest.keyClick(window.preview, Qt.Key.Key_Escape)

    window.run("print")
    qtbot.waitUntil(lambda: len(given) == 1)

    assert given[0].pdf == kept
    assert not seen.wait(lambda: window.run("handout")).large
    assert not window.preview.larger.isChecked()


def test_who_needs_it_by_now_gets_it_and_can_have_the_other(
    window: MainWindow, seen: Seen, clock: Clock
) -> None:
    """The consultation knew nothing of it, and the treatment does."""
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    clock.move(DAY)
    treatment = replace(begin(window.desk, "treatment", visit), needs=Needs(large_print=True))

    assert seen.show(treatment).large
    assert window.preview.larger.isChecked()
    assert seen.toggle().pdf == kept


def test_what_no_longer_holds_for_a_treatment_stands_above_it_too(
    window: MainWindow, seen: Seen, clock: Clock
) -> None:
    visit = sign(window.desk)
    clock.move(4 * DAY)
    shown = seen.show(begin(window.desk, "treatment", visit))
    assert "this treatment is on 19 June 2026" in shown.moved

    large = seen.toggle()
    assert large.large
    assert large.moved == shown.moved
    assert window.preview.moved.text() == shown.moved
    assert window.preview.moved.isVisible()


def test_it_is_not_there_where_it_is_large_already(window: MainWindow, seen: Seen) -> None:
    seen.show(sign(window.desk, large=True))
    assert not window.preview.larger.isVisible()


def test_it_is_not_there_before_the_visit_is_signed(window: MainWindow, seen: Seen) -> None:
    seen.show(sign(window.desk))
    assert window.preview.larger.isVisible()
    seen.show(window.desk.sample_visit())
    assert not window.preview.larger.isVisible()


@pytest.mark.parametrize("version", ["0.9", ""])
def test_it_is_not_there_where_nobody_knows_the_numbers(
    window: MainWindow, seen: Seen, version: str
) -> None:
    """It would be worked out by numbers of today, and might say another plan."""
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    asked = window.handout
    asked.enlarge(on=True)
    shown = seen.show(replace(visit, content_version=version))
    assert not window.preview.larger.isVisible()
    assert seen.wait(lambda: asked.enlarge(on=True)).pdf == kept == shown.pdf


def test_what_could_not_be_judged_counts_as_not_known(desk: Desk) -> None:
    def fail(_: Consultation) -> None:
        raise ConsultError("No room", "Nothing is lost.")

    visit = sign(desk)
    assert find_again(desk, visit, b"") is visit
    assert find_again(replace(desk, judge_then=fail), visit, b"") is None  # type: ignore[arg-type] # it only fails
    assert find_again(desk, replace(visit, kind="review"), b"") is None


def test_it_says_the_numbers_of_then_when_those_of_the_clinic_changed(
    window: MainWindow, seen: Seen
) -> None:
    visit = sign(window.desk)
    then = window.desk.enlarge_sheet(visit)
    window._try_settings(replace(window.desk.settings, changes=(WAITS,)))
    seen.show(visit)
    assert seen.toggle().text == then.text
    anew = replace(visit, state="draft")
    assert window.desk.enlarge_sheet(anew).text != then.text, "by those of today"


def test_a_wish_that_changes_while_it_is_made_is_the_one_that_is_shown(
    window: MainWindow, seen: Seen, qtbot: QtBot
) -> None:
    """Turned on and off again at once, the large one could come last and stay."""
    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    seen.show(visit)
    seen.sheets.clear()
    window.preview.larger.click()
    window.preview.larger.click()
    qtbot.waitUntil(lambda: window.handout._tasks.untold == 0)
    assert {it.pdf for it in seen.sheets} == {kept}
    assert not window.preview.larger.isChecked()


def test_where_it_cannot_be_made_the_kept_one_is_shown_again(
    window: MainWindow, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[Exception]()

    def fail(_: Consultation) -> Sheet:
        raise ConsultError("No room", "Nothing is lost.")

    visit = sign(window.desk)
    kept = window.desk.records.read_handout(visit)
    seen.show(visit)
    monkeypatch.setattr(window.handout, "_tell", told.append)
    window.handout.desk = replace(window.handout.desk, enlarge_sheet=fail)

    assert seen.toggle().pdf == kept
    assert [str(it) for it in told] == ["No room"]
    assert not window.preview.larger.isChecked()


@pytest.mark.parametrize(("width", "percent", "below"), [(1366, 100, False), (960, 150, True)])
def test_nothing_above_the_pages_is_cut_off(
    qtbot: QtBot, qapp: QApplication, width: int, percent: int, *, below: bool
) -> None:
    """In a small window with large text the chips lost their words."""
    theme = Theme("light", percent)
    theme.apply(qapp)
    view = HandoutView(theme)
    qtbot.addWidget(view)
    view.resize(width, 540)
    view.show_sheet(Sheet(pdf=b"", pages=2), [])
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    for can in (True, False, True):
        told = Sheet(pdf=b"", pages=2, large=True, can_enlarge=can, handed_on=TODAY)
        view.show_sheet(told, [])
        QApplication.processEvents()
    for part in (view.back, view.larger, view.grey, view.save, view.print):
        assert part.width() >= part.sizeHint().width()
        assert view.rect().contains(part.geometry())
    assert (view.facts.y() > view.back.geometry().bottom()) is below
    assert view.facts.width() >= 200
    ways = [view.larger, view.grey, view.save, view.print]
    view.back.setFocus()
    for stop in (*ways[2:], *ways[:2]) if below else ways:
        QTest.keyClick(view, Qt.Key.Key_Tab)
        assert stop.hasFocus()
