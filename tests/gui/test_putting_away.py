"""A visit of the wrong patient is put away: nothing of it is lost, and it can be taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.people import Patient
from consult_app.domain.treatment import Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.filing import COPY, OVERTAKEN, REASONS, FilingSheet
from consult_app.gui.widgets.notice import Notice
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

BO = Patient(name="Bo Lund", date_of_birth=date(1980, 2, 1))


def ask(window: MainWindow) -> FilingSheet:
    """Ask to put the open visit away."""
    window.run("file_away")
    (sheet,) = [it for it in window.findChildren(FilingSheet) if it.isVisible()]
    return sheet


def begin_wrong(window: MainWindow, desk: Desk) -> Consultation:
    """Begin a return visit of a known patient, and enter something that is another's."""
    last = make_last(desk)
    window.reception.begin_again(desk.patients.open(last.patient_id), last.id)
    workspace_of(window).session.set("goals.own_words", "my stretch marks")
    return workspace_of(window).session.visit


def press(sheet: QDialog, text: str) -> None:
    """Press the button of that name."""
    (button,) = [it for it in sheet.findChildren(QPushButton) if it.accessibleName() == text]
    button.click()


def test_a_visit_of_the_wrong_patient_is_put_away_with_its_reason(
    window: MainWindow, desk: Desk, store: SealedStore
) -> None:
    visit = begin_wrong(window, desk)

    sheet = ask(window)
    assert visit.patient.name in " ".join(it.text() for it in sheet.findChildren(QLabel))
    sheet.reasons["wrong_patient"].click()

    assert window.workspace is None
    assert window.start.away.isVisible()
    assert visit.patient.name in window.start.away.text()
    assert list(desk.records.list_drafts()) == []
    assert not window.start.unfinished.rows
    kept = desk.records.open_visit(visit.id)
    assert (kept.state, kept.put_away) == ("put_away", "wrong_patient")
    assert kept.goals.own_words == "my stretch marks"
    told = store.audit.entries(1)[0]
    assert (told.action, told.reason) == ("consultation.put_away", "wrong_patient")
    assert told.ids == (visit.id, visit.patient_id)


def test_it_stands_last_on_the_page_of_its_patient_and_is_taken_up_from_there(
    window: MainWindow, desk: Desk, store: SealedStore
) -> None:
    visit = begin_wrong(window, desk)
    window.reception.file_away("mistake")

    window.reception.show_patient(visit.patient_id)

    rows = window.reception.person.visits.rows
    assert [it.resumes for it in rows] == [False, False]
    away = rows[-1]
    assert "Put away: Begun by mistake" in away.button.accessibleDescription()
    assert away.button.accessibleName().startswith("Take up again")
    away.button.click()
    session = workspace_of(window).session
    assert session.visit.id == visit.id
    assert session.visit.goals.own_words == "my stretch marks"
    assert (session.visit.state, session.visit.put_away) == ("draft", "")
    # That the page was looked at is told beside the work, and may come after it.
    assert "consultation.taken_up" in [it.action for it in store.audit.entries(2)]
    window.show_start()
    assert len(window.start.unfinished.rows) == 1
    assert not window.start.away.isVisible()


def test_the_start_page_takes_it_up_again_at_once(window: MainWindow, desk: Desk) -> None:
    visit = begin_wrong(window, desk)
    window.reception.file_away("not_held")

    press_action = window.start.away.findChildren(QPushButton)
    (button,) = [it for it in press_action if "Take it up" in it.text()]
    button.click()

    assert workspace_of(window).session.visit.id == visit.id


def test_what_is_put_away_is_not_gone_on_with_by_another_visit(
    window: MainWindow, desk: Desk
) -> None:
    """A return visit that is begun the same day would else be the wrong one again."""
    visit = begin_wrong(window, desk)
    window.reception.file_away("wrong_patient")
    window.reception.show_patient(visit.patient_id)

    window.run("return")

    assert workspace_of(window).session.visit.id != visit.id


def test_whoever_keeps_it_open_finds_it_as_it_was(window: MainWindow, desk: Desk) -> None:
    visit = begin_wrong(window, desk)

    ask(window).leave.click()

    assert workspace_of(window).session.visit == visit


def test_a_visit_in_which_nothing_was_entered_just_goes(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    window.reception.begin_again(desk.patients.open(last.patient_id), last.id)

    window.run("file_away")

    assert window.workspace is None
    assert not window.start.away.isVisible()
    assert list(desk.records.list_drafts()) == []


def test_a_signed_visit_is_not_put_away(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    window.open_visit(last.id)

    window.run("file_away")

    assert not [it for it in window.findChildren(FilingSheet) if it.isVisible()]
    assert desk.records.open_visit(last.id).state == "signed"


@pytest.mark.parametrize("renamed", [False, True])
def test_details_written_over_those_of_the_wrong_patient_are_pointed_out(
    window: MainWindow, desk: Desk, *, renamed: bool
) -> None:
    begin_wrong(window, desk)
    if renamed:
        workspace_of(window).session.set("patient", BO)

    said = " ".join(it.text() for it in ask(window).findChildren(QLabel))

    assert ("Correct them first" in said) == renamed


def test_the_details_offer_it_to_whoever_sees_the_wrong_name(
    window: MainWindow, desk: Desk
) -> None:
    begin_wrong(window, desk)
    window.run("identity")
    (details,) = [it for it in window.findChildren(QDialog) if it.isVisible()]

    press(details, "Wrong patient")

    (asked,) = [it for it in window.findChildren(FilingSheet) if it.isVisible()]
    assert set(asked.reasons) == set(REASONS) - {OVERTAKEN, COPY}
    assert not details.isVisible()


def test_somebody_new_stays_with_what_was_put_away(window: MainWindow, desk: Desk) -> None:
    """Taking back what holds nothing would else take the put away visit's patient with it."""
    window.reception.begin_visit(BO)
    workspace_of(window).session.set("goals.own_words", "dents")
    first = workspace_of(window).session.visit
    window.reception.file_away("wrong_patient")
    window.reception.show_patient(first.patient_id)
    said = [it.text() for it in window.reception.person.findChildren(QLabel)]
    assert "No consultation is signed yet." in said, "something is known of them"
    window.reception.begin_again(desk.patients.open(first.patient_id), None)
    window.show_start()

    assert desk.records.open_visit(first.id).goals.own_words == "dents"
    assert [it.name for it in desk.patients.find("Bo", 9)] == ["Bo Lund"]


def test_it_cannot_be_put_away_while_its_last_words_are_not_kept(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_wrong(window, desk)
    monkeypatch.setattr(window.reception, "close_visit", lambda: False)

    window.reception.file_away("wrong_patient")

    assert workspace_of(window).session.visit.state == "draft"
    monkeypatch.undo()
    window.show_start()


def test_a_treatment_is_put_away_as_a_treatment(
    window: MainWindow, desk: Desk, store: SealedStore
) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("treatment", desk.settings, person, last, 0)
    window.show_visit(begun)
    workspace_of(window).session.set("treatment", replace(begun.treatment, pain=3))  # type: ignore[type-var] # it has one

    ask(window).reasons["wrong_patient"].click()

    assert store.audit.entries(1)[0].action == "treatment.put_away"


def test_what_was_done_is_put_away_only_as_another_patients(window: MainWindow, desk: Desk) -> None:
    """It would count nowhere, and the next treatment would come too early."""
    window.open_visit(make_last(desk).id)
    window.run("treatment")
    session = workspace_of(window).session
    session.answer("pregnancy", "no")
    before = ask(window)
    assert "mistake" in before.reasons
    before.reject()

    session.set("treatment.treated", value=True)
    sheet = ask(window)
    assert list(sheet.reasons) == ["wrong_patient"]
    told = " ".join(notice.text() for notice in sheet.findChildren(Notice))
    assert "sign it: the next treatment counts from it" in told


def test_what_is_out_of_date_is_not_saved_anew_as_it_is_taken_up(
    window: MainWindow, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before its first save, an older *No* counted as said after a record that denies it."""
    left = begin_wrong(window, desk)
    workspace_of(window).session.answer("pregnancy", "no")
    window.reception.file_away("mistake")
    clock.move(60)
    first = desk.records.open_visit(left.follows or "")
    treated = replace(
        first,
        id="t1",
        kind="treatment",
        follows=first.id,
        visit_date=clock().date(),
        answers={**first.answers, "pregnancy": Answer(state="yes")},
        facts=replace(first.facts, pregnancy="yes"),
        treatment=Treatment(treated=False, new_medicines="no"),
    )
    desk.records.sign(treated, None, 0)
    clock.move(60)
    monkeypatch.setattr(desk.records, "keep_draft", lambda *_: None)  # as where it is killed

    window.open_visit(left.id)

    kept = desk.records.open_visit(left.id)
    assert (kept.state, kept.goals.own_words) == ("draft", "my stretch marks")
    assert "pregnancy" not in kept.answers


def test_one_that_cannot_be_taken_up_stays_put_away(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = begin_wrong(window, desk)
    window.reception.file_away("mistake")
    told: list[Exception] = []
    monkeypatch.setattr(window.sheets, "tell", told.append)

    def fail(_visit: Consultation) -> None:
        raise ConsultError("The disk is full")

    monkeypatch.setattr(desk.records, "take_up", fail)
    window.open_visit(visit.id)

    assert told
    assert window.workspace is None
    assert desk.records.open_visit(visit.id).state == "put_away"
