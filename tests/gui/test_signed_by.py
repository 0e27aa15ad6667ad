"""A record is not locked as signed by somebody else, and a correction is no other person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.patient_view.choice import ASK, make_choice
from consult_app.gui.session import Session
from consult_app.gui.signed_by import SAME
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.agreeing import ANOTHER, DOUBT, WHETHER_SAME
from consult_app.knowledge.visits.obstacle import read_texts
from tests.gui.test_agree_panel import STROKES, open_agree
from tests.gui.test_identity import dialogs
from tests.gui.test_still_open import read
from tests.gui.touring import workspace_of

ANNA = Patient(name="Anna Brook", date_of_birth=date(1990, 5, 3))
ASKED = f"{DOUBT} {WHETHER_SAME}"


@pytest.fixture
def panel(window: MainWindow, desk: Desk) -> AgreePanel:
    """*Agree* of Anna's visit, who can sign."""
    panel = open_agree(window, desk)
    for part in ("name", "date_of_birth"):
        panel.session.set(f"patient.{part}", getattr(ANNA, part))
    panel.decision.edited.emit("go_ahead")
    QApplication.processEvents()
    return panel


def open_details(window: MainWindow) -> IdentitySheet:
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    return sheet


def obstacles(session: Session, desk: Desk) -> tuple[str, ...]:
    return read_texts(list_obstacles(session.visit, session.judgement, desk))


def test_another_person_typed_over_who_signed_keeps_the_record_open(
    window: MainWindow, desk: Desk, panel: AgreePanel
) -> None:
    """It was locked as signed by somebody who never saw it."""
    panel.pad.edited.emit(STROKES)
    assert ANOTHER not in obstacles(panel.session, desk)
    sheet = open_details(window)

    sheet.name.edited.emit("Bea Holt")
    assert sheet.signed_by.text() == ASKED
    sheet.born.edited.emit(PartialDate(1961, 11, 30))

    assert (sheet.signed_by.text(), sheet.signed_by.isVisible()) == (ANOTHER, True)
    assert ANOTHER in obstacles(panel.session, desk)
    assert panel.notice.text().startswith(ANOTHER)
    assert not panel.signed_by.isVisibleTo(panel), "said once"
    assert workspace_of(window).rail.steps["agree"].state == "half"
    assert not panel.pad.paper.isEnabled(), "nothing is added to what another person drew"
    assert not panel.on_paper.isEnabled()

    sheet.name.edited.emit(ANNA.name)
    sheet.born.edited.emit(PartialDate.of(ANNA.date_of_birth or date.min))
    assert not sheet.signed_by.text()
    assert ANOTHER not in obstacles(panel.session, desk)


def test_it_can_be_signed_anew_once_the_others_signature_is_cleared(
    desk: Desk, panel: AgreePanel
) -> None:
    panel.on_paper.click()
    panel.session.take(
        replace(panel.session.visit, patient=Patient(name="Bea", date_of_birth=date(1961, 11, 30))),
        "patient",
    )
    panel.show_judgement()
    assert ANOTHER in obstacles(panel.session, desk)

    panel.on_paper.click()
    assert ANOTHER not in obstacles(panel.session, desk)
    assert panel.pad.paper.isEnabled()
    panel.pad.edited.emit(STROKES)

    assert ANOTHER not in obstacles(panel.session, desk)
    assert ANOTHER not in panel.notice.text()


def test_a_corrected_letter_is_asked_about_and_settled_by_one_press(
    window: MainWindow, desk: Desk, panel: AgreePanel
) -> None:
    panel.on_paper.click()
    panel.session.set("patient.name", "Ana Brook")
    QApplication.processEvents()
    assert panel.signed_by.text() == ASKED
    assert not set(obstacles(panel.session, desk)) & {ANOTHER, ASKED}
    window.run("panel:finish")
    finish = workspace_of(window).panel
    assert isinstance(finish, FinishPanel)
    assert any(ASKED in it for it in read(finish.missing))
    assert any(it.endswith(DOUBT) for it in read(finish.summary))
    window.run("panel:agree")

    (same,) = [it for it in panel.signed_by.findChildren(Button) if it.text() == SAME]
    same.click()

    assert not panel.signed_by.text()
    window.run("panel:finish")
    assert not any(ASKED in it for it in read(finish.missing))
    panel.session.set("patient.date_of_birth", date(1961, 11, 30))
    panel.session.set("patient.name", "Bea Holt")
    assert ANOTHER in obstacles(panel.session, desk), "held against whom it was said of last"


def test_of_two_signatures_the_one_that_stays_is_of_who_gave_it(
    desk: Desk, panel: AgreePanel
) -> None:
    """Clearing one of them took the other one for given now."""
    panel.pad.edited.emit(STROKES)
    panel.on_paper.click()
    panel.session.set("patient.date_of_birth", date(1961, 11, 30))
    panel.session.set("patient.name", "Bea Holt")

    panel.pad.edited.emit(())

    assert ANOTHER in obstacles(panel.session, desk)


def test_the_patients_screen_says_nothing_of_who_signed(desk: Desk, panel: AgreePanel) -> None:
    panel.pad.edited.emit(STROKES)
    choice = make_choice(panel.theme, panel.session, desk, lambda: None)
    panel.session.set("patient.name", "Ana Brook")
    choice.refresh()
    assert not choice.signed_by.text()

    panel.session.set("patient.date_of_birth", date(1961, 11, 30))
    choice.refresh()

    assert not choice.signed_by.text()
    assert choice.notice.text() == ASK
