"""Each block is met in the window, says why, and lets through once its cause is gone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanOutcome, PlanRequest, Target
from consult_app.domain.steps import Progress, find_step
from consult_app.domain.treatment import Consumable
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panel import Panel
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.session import Session
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.knowledge.visits.locking import UNREAD
from tests.gui.test_not_yet import find_passing
from tests.gui.touring import make_last

COLD_SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))


def show(window: MainWindow, visit: Consultation, panel: str) -> tuple[Session, Panel]:
    window.show_visit(visit)
    window.run(f"panel:{panel}")
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace.session, window.workspace.panel


def try_to_lock(window: MainWindow) -> str:
    """Return what a try to sign and lock is refused with."""
    sheet = refuse_to_lock(window)
    sheet.close()
    return "\n".join(text for text, _ in sheet.rows)


def refuse_to_lock(window: MainWindow) -> ObstacleSheet:
    """Try to sign and lock, and return what refuses it."""
    window.sign()
    (sheet,) = [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
    return sheet


def leads_to(name: str) -> bool:
    """Return whether the keyboard is in a field, or in a part, of that name."""
    part = QApplication.focusWidget()
    while part is not None and part.accessibleName() != name:
        part = part.parentWidget()
    return part is not None


def name_nobody(window: MainWindow) -> None:
    """Let the settings name no practitioner."""
    settings = window.desk.settings
    practice = replace(settings.practice, clinic_name="", practitioner_name="")
    window._keep_settings(replace(settings, practice=practice))


def test_locking_waits_for_identity_allergies_stop_questions_decision_and_practitioner(
    window: MainWindow, desk: Desk
) -> None:
    talked = replace(desk.sample_visit().discussion, discussed=True, risks_shown=True)
    ready = replace(desk.sample_visit(), discussion=talked)
    ready = change.put(ready, "agreement.decision", "think")
    (stop, *_) = sorted(desk.pack.stop_items)
    left = {item: answer for item, answer in ready.answers.items() if item != stop}
    for path, value, expected in (
        ("patient", Patient(name="Ada"), "Patient details: name and date of birth"),
        ("allergy_state", None, "Safety: are there allergies, or none known?"),
        ("answers", left, f"Not answered yet: {desk.pack.question_by_id[stop].label}."),
        ("agreement.decision", None, "Agree: what was decided?"),
    ):
        session, _ = show(window, change.put(ready, path, value), "finish")

        assert expected in try_to_lock(window)
        assert session.visit.state == "draft"
    named = replace(ready, patient=Patient(), identity_reason="Found without papers")
    show(window, replace(named, allergy_state=None), "finish")
    assert "Patient details" not in try_to_lock(window), "a reason stands in for them"


def test_all_obstacles_are_listed_and_each_leads_to_its_field(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    bare = replace(desk.sample_visit(), allergy_state=None, sample=False)
    stop = next(it.id for it in desk.pack.questions if it.id in desk.pack.stop_items)
    open_now = {item: it for item, it in bare.answers.items() if item != stop}
    bare = replace(bare, patient=replace(bare.patient, name=""), answers=open_now)
    show(window, bare, "finish")
    workspace = window.workspace
    assert workspace is not None

    told = desk.pack.question_by_id[stop]
    places = {
        "Name": "finish",
        "Allergies": "safety",
        told.asked_as or told.text: "safety",
        "Decision": "agree",
    }
    assert len(refuse_to_lock(window).rows) == len(places)
    for number, (field, step) in enumerate(places.items()):
        (sheet,) = [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
        (sheet.first if number == 0 else sheet.rows[number][1]).click()
        if step != "finish":
            window.activateWindow()  # without a screen nobody does when a sheet is closed
        qtbot.waitUntil(partial(leads_to, field))
        assert workspace.panel.step == step
        assert not [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
        window.sheets.close_identity()
        window.run("panel:finish")
        refuse_to_lock(window)


def test_enter_goes_to_the_first_obstacle_and_escape_stays(window: MainWindow, desk: Desk) -> None:
    show(window, replace(desk.sample_visit(), allergy_state=None), "finish")
    assert window.workspace is not None
    QTest.keyClick(refuse_to_lock(window), Qt.Key.Key_Escape)
    assert window.workspace.panel.step == "finish"

    QTest.keyClick(refuse_to_lock(window), Qt.Key.Key_Return)

    assert window.workspace.panel.step == "safety"


def test_what_a_plan_lacks_leads_to_its_field(window: MainWindow, desk: Desk) -> None:
    visit = change.put(desk.sample_visit(), "agreement.decision", "go_ahead")
    visit = replace(visit, plan=PlanRequest())
    panels = {"targets": "Concern", "device_label_max_mm": "Deepest", "first_session": "First"}
    show(window, visit, "finish")
    assert "Add at least one area with its concern." in try_to_lock(window)
    for field, begins in panels.items():
        window.run(f"panel:plan:{field}")
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName().startswith((begins, "Take over")), field


def test_a_visit_begun_before_anybody_was_named_can_be_signed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    name_nobody(window)
    nameless = change.put(desk.sample_visit(), "practitioner.name", "")
    session, _ = show(window, nameless, "finish")
    assert "Settings: the practitioner's name." in try_to_lock(window)
    way = next(way for text, way in refuse_to_lock(window).rows if text.startswith("Settings"))
    way.click()
    qtbot.waitUntil(partial(leads_to, "Practitioner's name"))
    next(it for it in window.findChildren(PracticeSheet) if it.isVisible()).close()

    window._keep_settings(desk.settings)

    assert session.visit.practitioner.name == desk.settings.practice.practitioner_name
    assert "Settings: the practitioner's name." not in try_to_lock(window)
    session.undo()
    assert session.visit.practitioner.name, "not a change that is taken back"
    name_nobody(window)
    session, _ = show(window, nameless, "finish")
    window._keep_settings(desk.settings)
    resumed, _ = show(window, session.visit, "finish")
    assert resumed.visit.practitioner.name


def test_a_visit_that_ends_without_a_plan_is_locked_and_has_no_handout(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    """Whoever is not suitable is not planned for; the record of that is signed all the same."""
    ready = replace(desk.sample_visit(), plan=PlanRequest(), sample=False)
    session, panel = show(window, change.put(ready, "agreement.decision", "go_ahead"), "finish")
    assert isinstance(panel, FinishPanel)
    window.handout.show()
    said = find_passing(window)
    assert "These are needed first:" in said
    assert "Add at least one area with its concern" in said
    assert not re.search(r"plan\.\w", said), "in plain words"
    assert "Add at least one area with its concern." in try_to_lock(window)

    session.set("agreement.decision", "not_suitable")
    window.sign()
    qtbot.waitUntil(lambda: session.locked)

    assert session.visit.handout is None
    assert not panel.see.isEnabled()
    assert panel.missing.accessibleName() == "This record", "nothing is before locking any more"


def find_pregnancy(session: Session) -> None:
    """Let a planned visit end with a stop."""
    session.set("facts.pregnancy", "yes")
    session.answer("pregnancy", "yes")
    plan = session.judgement.plan
    assert plan is not None
    assert plan.outcome is PlanOutcome.DO_NOT_TREAT


def test_a_planned_visit_that_must_not_be_treated_is_locked_as_not_suitable(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    """A stop that is found after the planning leaves no sheet, and has to be recorded."""
    ready = replace(desk.sample_visit(), sample=False)
    session, panel = show(window, change.put(ready, "agreement.decision", "go_ahead"), "finish")
    assert isinstance(panel, FinishPanel)
    find_pregnancy(session)
    assert "The decision is Go ahead, but the decision box says: Do not treat." in try_to_lock(
        window
    )

    session.set("agreement.decision", "not_suitable")
    window.sign()
    qtbot.waitUntil(lambda: session.locked)

    assert session.visit.handout is None
    assert not panel.see.isEnabled()
    assert find_step("finish").progress(session.visit) is Progress.DONE
    told = {label.text() for label in panel.summary.findChildren(QLabel)}
    assert "Decision: not suitable." in told, "it is not the patient's"


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ("no", "There is no handout: the patient does not go ahead."),
        ("not_suitable", "There is no handout: the patient is not suitable."),
    ],
)
def test_who_is_not_treated_is_handed_no_visits_and_no_care(
    window: MainWindow, desk: Desk, qtbot: QtBot, decision: str, why: str
) -> None:
    ready = replace(desk.sample_visit(), sample=False)
    session, panel = show(window, change.put(ready, "agreement.decision", decision), "finish")
    assert isinstance(panel, FinishPanel)
    assert panel.about.text() == why
    assert not panel.save.isEnabled()
    window.handout.show()
    assert find_passing(window).startswith(why)

    window.sign()
    qtbot.waitUntil(lambda: session.locked)

    assert session.visit.handout is None


def test_who_thinks_about_it_takes_the_sheet_home(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    ready = replace(desk.sample_visit(), sample=False)
    session, panel = show(window, change.put(ready, "agreement.decision", "think"), "finish")
    assert isinstance(panel, FinishPanel)
    assert panel.see.isEnabled()

    window.sign()
    qtbot.waitUntil(lambda: session.locked)

    assert session.visit.handout is not None


def test_treating_is_refused_while_a_stop_is_active(window: MainWindow, desk: Desk) -> None:
    session, panel = show(window, desk.sample_visit(), "plan")
    assert isinstance(panel, PlanPanel)
    session.set("answers", {**session.visit.answers, "herpes_simplex": Answer(state="yes")})
    session.set("facts.conditions", (COLD_SORE,))
    panel.treat_today.click()
    assert not session.visit.agreement.treat_today
    assert panel.refusal.text().startswith("Treat today is refused: ")

    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    session, panel = show(
        window, desk.begin_after("treatment", desk.settings, person, last, 0), "after"
    )
    assert isinstance(panel, AfterPanel)
    panel.treated.edited.emit("yes")
    assert session.visit.treatment is not None
    assert session.visit.treatment.treated is None
    assert panel.refusal.text().startswith("Treating is refused: ")


def test_what_is_past_its_date_needs_a_reason(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    visit = desk.begin_after("treatment", desk.settings, person, last, 0)
    old = Consumable(lot="C-1", expiry=date(2026, 6, 1))
    show(
        window,
        change.put(change.put(visit, "treatment.cartridge", old), "treatment.treated", True),
        "after",
    )

    assert "the reason for using something past its date" in try_to_lock(window)


@pytest.mark.parametrize("kind", ["treatment", "review"])
def test_what_is_locked_is_not_asked_to_be_locked(
    window: MainWindow, desk: Desk, qtbot: QtBot, kind: str
) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    visit = desk.begin_after(kind, desk.settings, person, last, 0)
    done: tuple[str, object] = ("treatment.treated", False)
    if kind == "review":
        done = ("review.decision", "continue")
    session, panel = show(window, change.put(visit, *done), "after")
    assert isinstance(panel, AfterPanel | ReviewPanel)
    assert panel.before.isVisible()

    window.sign()
    qtbot.waitUntil(lambda: session.locked)

    assert not panel.before.isVisible()


def test_the_patient_signs_only_what_was_shown_and_agreed_and_never_under_age(
    window: MainWindow, desk: Desk
) -> None:
    session, panel = show(window, desk.sample_visit(), "agree")
    assert isinstance(panel, AgreePanel)
    pad = panel.findChild(SignaturePad)
    assert isinstance(pad, SignaturePad)
    assert not pad.isEnabled()
    assert pad.paper.accessibleDescription() == "Cannot be signed now"
    assert UNREAD in panel.notice.text()
    session.set("discussion.risks_shown", value=True)
    assert "Nothing is decided yet." in panel.notice.text()
    panel.decision.edited.emit("go_ahead")
    assert pad.isEnabled(), "nothing stands in the way any more"
    assert pad.paper.accessibleDescription().startswith("Sign here")
    assert not panel.notice.isVisible()

    session.set("patient.date_of_birth", date(2010, 1, 1))

    assert not pad.isEnabled()
    assert not panel.on_paper.isEnabled()
    assert "The patient is under the age for consent." in panel.notice.text()


def test_a_locked_record_takes_no_change_and_offers_an_addendum(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    session, panel = show(window, desk.records.open_visit(last.id), "goals")

    session.set("goals.own_words", "Something else")

    assert session.visit == last
    assert panel.lead.text() == (
        f"Signed and locked 15 Jun 2026 10:00 by {last.practitioner.name}. "
        "What is still to be said goes into an addendum (Ctrl+Shift+A)."
    )
    assert not any(part.isEnabled() for part in panel.parts())
    assert window.workspace is not None
    assert window.workspace.footer.close_visit.words == "Close", "nothing is to be finished later"
    window.run("addendum")
    assert window.workspace.footer.close_visit.words == "Finish later"
    assert window.workspace.session.visit.kind == "addendum"
    assert window.workspace.session.visit.follows == last.id


def test_the_summary_tells_lines_of_one_area_apart(window: MainWindow, desk: Desk) -> None:
    visit = desk.sample_visit()
    both = tuple(Target(area="cheeks", concern=it) for it in ("acne_rolling", "fine_lines"))
    _, panel = show(window, replace(visit, plan=replace(visit.plan, targets=both)), "finish")

    told = [
        label.text()
        for label in panel.findChildren(QLabel)
        if " mm at the first visit" in label.text()
    ]

    assert [line.split(",")[0] for line in told] == [
        "Cheeks: Acne scars - rolling",
        "Cheeks: Fine lines",
    ]
