"""A visit gone on with on a later day says of which day it is, and is made today's by one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.begun_before import ASKED_ANEW, MAKE_TODAYS
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.session import Session
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.knowledge.visits.treating import is_blocked
from tests.gui.conftest import Clock
from tests.gui.test_identity import dialogs
from tests.gui.test_reminders import settle
from tests.gui.touring import make_last, workspace_of

DAY = 24 * 3600
JUNE, JULY = date(2026, 6, 15), date(2026, 7, 6)
TOLD = "Begun on 15 Jun 2026, 21 days ago. It is judged for that day."


def list_notices(window: MainWindow) -> list[str]:
    panel = workspace_of(window).panel
    return [panel.begun.text()] if panel.begun.isVisible() else []


def press_todays(window: MainWindow) -> None:
    buttons = workspace_of(window).panel.begun.findChildren(Button)
    (button,) = [it for it in buttons if it.isVisible() and it.words == MAKE_TODAYS]
    button.click()


def read_visible(window: MainWindow) -> str:
    labels = workspace_of(window).panel.findChildren(QLabel)
    return "\n".join(it.text() for it in labels if it.isVisible())


def resume(window: MainWindow, clock: Clock, days: int = 21) -> Session:
    """Put the open visit down, and take it up again after some days."""
    visit_id = workspace_of(window).session.visit.id
    window.show_start()
    clock.move(days * DAY)
    window.open_visit(visit_id)
    return workspace_of(window).session


def begin_treatment(window: MainWindow, **said: object) -> Session:
    """Begin a treatment in which the re-check is all denied."""
    window.open_visit(make_last(window.desk, **said).id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    deny_all(panel)
    return workspace_of(window).session


def deny_all(panel: RecheckPanel) -> None:
    for item in panel.desk.pack.recheck.items:
        panel._answer(item, "no")
    panel._medicines("no")


def begin_consultation(window: MainWindow, first: date = JUNE) -> Consultation:
    sample = replace(window.desk.sample_visit(), sample=False)
    plan = replace(sample.plan, first_session=datetime.combine(first, datetime.min.time()))
    visit = replace(sample, plan=plan)
    window.show_visit(visit)
    return visit


def blocked(session: Session) -> bool:
    return is_blocked(session.visit, session.judgement, "")


def test_a_treatment_resumed_on_its_day_is_told_nothing(window: MainWindow, clock: Clock) -> None:
    begin_treatment(window)
    session = resume(window, clock, days=0)

    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")
        assert not list_notices(window)
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    assert panel.treated.cell("yes").words == "Treated today"
    assert not blocked(session)


def test_a_treatment_resumed_later_says_its_day_on_every_panel(
    window: MainWindow, clock: Clock
) -> None:
    """Answers three weeks old stood there as those of the day, and were locked for it."""
    begin_treatment(window)
    resume(window, clock)

    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")
        (told,) = list_notices(window)
        assert told.startswith(TOLD)
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    assert panel.treated.cell("yes").words == "Treated on 15 Jun 2026"


def test_what_was_done_yesterday_is_recorded_for_yesterday(
    window: MainWindow, clock: Clock
) -> None:
    begin_treatment(window)
    session = resume(window, clock, days=1)
    window.run("panel:after")
    assert list_notices(window)[0].startswith("Begun on 15 Jun 2026, yesterday.")

    workspace_of(window).panel.treated.cell("yes").click()  # type: ignore[attr-defined] # After

    treatment = session.visit.treatment
    assert treatment is not None
    assert treatment.treated
    assert session.visit.visit_date == JUNE


def test_a_treatment_made_todays_is_asked_anew_in_one_step(
    window: MainWindow, clock: Clock
) -> None:
    begin_treatment(window)
    session = resume(window, clock)
    before = session.visit
    assert not blocked(session)

    press_todays(window)

    assert not list_notices(window)
    assert session.visit.visit_date == JULY
    assert session.visit.plan.first_session is not None
    assert session.visit.plan.first_session.date() == JULY
    assert not session.visit.answers.keys() & {*window.desk.pack.recheck.items}
    assert session.visit.treatment is not None
    assert session.visit.treatment.new_medicines is None
    assert blocked(session)

    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    assert panel.treated.cell("yes").words == "Treated today"
    session.undo()
    assert replace(session.visit, panel="", focus="", cursor=-1) == replace(
        before, panel="", focus="", cursor=-1
    )


def test_a_treatment_made_todays_is_judged_for_today(window: MainWindow, clock: Clock) -> None:
    """A value of December was recent enough in June and is not in July."""
    sample = window.desk.sample_visit()
    december = PartialDate(2025, 12, 20)
    sugar = Condition(code="diabetes", hba1c_pct=7.0, hba1c_date=december)
    facts = replace(sample.facts, conditions=(*sample.facts.conditions, sugar))
    yes = {**sample.answers, "diabetes": replace(sample.answers["diabetes"], state="yes")}
    session = begin_treatment(window, facts=facts, answers=yes)
    resume(window, clock)
    session = workspace_of(window).session
    assert not session.judgement.decision.blocks_treatment

    press_todays(window)
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    deny_all(panel)

    assert session.judgement.decision.blocks_treatment


def test_another_day_in_the_details_forgets_the_recheck(window: MainWindow, clock: Clock) -> None:
    begin_treatment(window)
    session = resume(window, clock)
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]

    sheet.visit_day.edited.emit(PartialDate.of(JUNE))
    assert not blocked(session), "the day it has is no other"
    sheet.visit_day.edited.emit(PartialDate.of(JULY))

    assert blocked(session)
    assert session.visit.plan.first_session is not None
    assert session.visit.plan.first_session.date() == JULY
    session.undo()
    assert session.visit.visit_date == JUNE
    assert not blocked(session)
    sheet.accept()


def test_a_visit_left_open_overnight_says_its_day_in_the_morning(
    window: MainWindow, clock: Clock
) -> None:
    begin_treatment(window)
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    clock.move(DAY)
    assert window.reception.visit is not None

    window.reception.visit.show_elapsed()

    assert list_notices(window)[0].startswith("Begun on 15 Jun 2026, yesterday.")
    assert panel.treated.cell("yes").words == "Treated on 15 Jun 2026"


def test_a_consultation_for_a_later_first_visit_says_how_its_answers_count(
    window: MainWindow, clock: Clock
) -> None:
    """It is judged for the first visit, though what is answered counts as said that day."""
    begin_consultation(window, JUNE + timedelta(days=35))
    resume(window, clock)

    counts = "Begun on 15 Jun 2026, 21 days ago. What is answered counts as said that day."
    assert list_notices(window) == [f"{counts} {ASKED_ANEW['consultation']}"]


def test_treat_today_is_refused_until_the_consultation_is_todays(
    window: MainWindow, clock: Clock
) -> None:
    """It was marked, judged for a day three weeks before."""
    begin_consultation(window)
    session = resume(window, clock)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    assert list_notices(window)[0].startswith(TOLD)

    panel.treat_today.click()
    assert not panel.treat_today.isChecked()
    assert panel.refusal.text() == f"Treat today is refused. {TOLD}"

    press_todays(window)
    assert TOLD not in panel.refusal.text()
    assert session.visit.visit_date == JULY
    panel.treat_today.click()
    assert not panel.treat_today.isChecked(), "what holds for a day is not asked yet"
    for item in window.desk.pack.day_items:
        session.answer(item, "no")
    panel.treat_today.click()
    assert panel.treat_today.isChecked()


def test_a_consultation_made_todays_asks_again_what_holds_for_a_day(
    window: MainWindow, clock: Clock
) -> None:
    """Answers three weeks old counted as those of today, with nothing open."""
    begin_consultation(window)
    session = resume(window, clock)
    before = session.visit
    assert list_notices(window) == [f"{TOLD} {ASKED_ANEW['consultation']}"]

    press_todays(window)

    gone = before.answers.keys() - session.visit.answers.keys()
    assert gone == window.desk.pack.day_items & before.answers.keys()
    needed = {it.item for it in session.judgement.decision.needed}
    assert {"pregnancy", "herpes_simplex", "sunburn", "topical_actives"} <= needed
    window.run("panel:safety")
    assert "Told before: Inflammatory acne today" in read_visible(window)
    session.undo()
    assert session.visit.answers == before.answers


def test_what_was_marked_on_its_day_stays_and_says_the_day(
    window: MainWindow, clock: Clock
) -> None:
    begin_consultation(window)
    workspace_of(window).session.set("agreement.treat_today", value=True)
    session = resume(window, clock, days=1)

    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    assert panel.refusal.text().startswith("Begun on 15 Jun 2026, yesterday.")
    window.run("panel:finish")
    assert "To be treated on 15 Jun 2026." in read_visible(window)
    assert session.visit.agreement.treat_today


@pytest.mark.parametrize("first", [JUNE, JUNE + timedelta(days=7)])
def test_a_first_visit_in_the_past_is_told(window: MainWindow, clock: Clock, first: date) -> None:
    """The sheet said *Visit 1* of a day two weeks ago."""
    begin_consultation(window, first)
    told = "which is past. Choose its day."
    for step in ("plan", "finish"):
        window.run(f"panel:{step}")
        assert told not in read_visible(window)

    resume(window, clock)

    for step in ("plan", "finish"):
        window.run(f"panel:{step}")
        assert told in read_visible(window)


def test_one_page_counts_all_ages_from_the_same_day(window: MainWindow, clock: Clock) -> None:
    """Above the questions the consultation was 14 days old, and beneath each of them 35."""
    begin_treatment(window, visit_date=date(2026, 6, 1))
    resume(window, clock)
    window.run("panel:recheck")

    told = read_visible(window)

    assert told.count("35 days ago") > 1
    assert "14 days ago" not in told


def test_a_visit_that_was_made_todays_was_begun_before_and_not_entered(
    window: MainWindow, clock: Clock
) -> None:
    """It read as if it had been entered before it took place."""
    begin_consultation(window)
    resume(window, clock)
    press_todays(window)

    tags = {it.text() for it in workspace_of(window).banner.findChildren(Tag)}
    assert "Visit of 6 Jul 2026, begun 15 Jun 2026" in tags


@pytest.mark.parametrize("mirrored", [False, True])
def test_it_ends_where_the_cards_do(window: MainWindow, clock: Clock, *, mirrored: bool) -> None:
    """It stuck out beyond them by the scroll bar and the room beside it."""
    if mirrored:
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    begin_consultation(window)
    resume(window, clock)
    for step in ("goals", "plan"):
        window.run(f"panel:{step}")
        panel = workspace_of(window).panel
        settle()
        card = max(panel.pane.findChildren(Card), key=QWidget.width)
        assert panel.pane.verticalScrollBar().isVisible()
        assert find_sides(panel.begun) == find_sides(card)


def find_sides(part: QWidget) -> tuple[int, int]:
    left = part.mapTo(part.window(), part.rect().topLeft()).x()
    return left, left + part.width()
