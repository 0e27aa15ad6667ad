"""Re-check: what stands in the way of needling is said where it was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from consult_app.domain.consultation import Answer
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Exposure, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.denied_once import TWICE
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import OVER_SINCE, RecheckPanel
from consult_app.gui.phrases import write_day
from consult_app.gui.today import tell_event_of_day
from consult_app.gui.workspace.banner import list_alerts
from consult_app.gui.workspace.workspace import Workspace

HEALED = Condition(
    code="herpes_simplex",
    status="healed",
    zones=("upper_lip",),
    date_healed=PartialDate(2026, 1),
)
FEVER = Condition(code="acute_illness", status="active")


def begin(
    window: MainWindow,
    *,
    waits: bool,
    supervisor: str = "",
    had: tuple[Condition, ...] = (),
    sun: bool = False,
    taken: Medication | None = None,
) -> Workspace:
    """Begin a treatment, after a consultation that found something to wait for or nothing."""
    settings = window.desk.settings
    practice = replace(settings.practice, supervisor=supervisor)
    window.desk = window.desk.save_settings(replace(settings, practice=practice))
    window.reception.use(window.desk)
    desk = window.desk
    visit = replace(desk.sample_visit(), sample=False, state="signed")
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    for it in had:  # told ten days before the treatment
        visit = replace(visit, visit_date=desk.clock().date() - timedelta(days=10))
        facts = replace(visit.facts, conditions=(*visit.facts.conditions, it))
        visit = replace(visit, facts=facts, answers={**visit.answers, it.code: Answer(state="yes")})
    if taken is not None:
        facts = replace(visit.facts, medications=(taken,))
        answers = {**visit.answers, "cancer_treatment": Answer(state="yes")}
        visit = replace(visit, facts=facts, answers=answers)
    if waits:
        stopped = PartialDate.of(desk.clock().date())
        taken = Medication(code="isotretinoin", status="stopped", last_dose=stopped)
        facts = replace(visit.facts, medications=(*visit.facts.medications, taken))
        answers = {**visit.answers, "isotretinoin": Answer(state="yes")}
        visit = replace(visit, facts=facts, answers=answers)
    if sun:
        past = PartialDate.of(desk.clock().date() - timedelta(days=1))
        planned = Exposure(code="planned_sun_after", date=past)
        facts = replace(visit.facts, exposures=(planned,))
        visit = replace(visit, facts=facts, answers={**visit.answers, "tan": Answer(state="yes")})
    first = desk.records.sign(replace(visit, agreement=agreed), None, 0)
    person = desk.patients.open(first.patient_id)
    window.show_visit(desk.begin_after("treatment", desk.settings, person, first, 0))
    assert window.workspace is not None
    return window.workspace


def answer_all(panel: RecheckPanel) -> None:
    panel.focus_first()
    for _ in panel._rows:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_N)


def asks(panel: RecheckPanel) -> str:
    """Return the question that has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return next((it for it, row in panel._rows.items() if row.isAncestorOf(focused)), "")


def test_the_last_answer_leads_on_to_the_treatment(window: MainWindow) -> None:
    workspace = begin(window, waits=False)
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)

    answer_all(panel)

    assert workspace.panel.step == "treated"


def test_as_many_questions_are_open_as_are_asked(window: MainWindow) -> None:
    workspace = begin(window, waits=False)
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)

    assert workspace.box.block.lines == (f"{len(panel._rows)} questions still open",)

    window.run("next_needed")
    for row in list(panel._rows)[:-1]:
        panel._rows[row].answered.emit("no")
    window.run("next_needed")
    assert asks(panel) == "medicines"
    assert workspace.box.block.lines == ("1 question still open",)


def test_what_only_a_consultation_asks_is_not_the_question_of_medicines(
    window: MainWindow,
) -> None:
    workspace = begin(window, waits=False)
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    panel.focus_first()

    window.run("item:keloid")

    assert asks(panel) != "medicines"
    assert not panel.refusal.visibleRegion().isEmpty(), "it says to ask in a return visit"


def test_what_has_to_wait_is_said_and_asks_who_allows_it(window: MainWindow) -> None:
    workspace = begin(window, waits=True, supervisor="Dr Okoro")
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)

    answer_all(panel)

    assert workspace.panel is panel, "not on to fields that are all greyed"
    assert panel.supervised.control.hasFocus()
    QTest.keyClicks(panel.supervised.control, "Seen today, low dose")
    treatment = workspace.session.visit.treatment
    assert treatment is not None
    assert treatment.supervision.reason == "Seen today, low dose"
    panel.accept()
    assert workspace.panel.step == "treated"


def test_without_a_supervisor_the_refusal_comes_into_sight(window: MainWindow) -> None:
    workspace = begin(window, waits=True)
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)

    answer_all(panel)

    assert workspace.panel is panel
    assert not panel.refusal.visibleRegion().isEmpty()
    assert panel.supervised.isHidden()


def test_what_was_told_is_kept_in_mind_until_it_is_denied_and_then_said(
    window: MainWindow,
) -> None:
    """The alert was gone while it was asked again, and a No by habit took the precaution away."""
    workspace = begin(window, waits=False, had=(HEALED,))
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    row, session = panel._rows["herpes_simplex"], workspace.session
    assert "Cold sores" in list_alerts(panel.desk.pack, session.visit)
    assert row._caption.text().startswith("At the consultation")

    row.answered.emit("no")
    assert "herpes_simplex" not in session.visit.answers, "not now is no never"
    assert "Cold sores" in list_alerts(panel.desk.pack, session.visit)
    assert row._caption.text().endswith(TWICE)
    assert session.judgement.decision.blocks_treatment

    row.answered.emit("no")
    assert session.visit.answers["herpes_simplex"].state == "no"
    assert "Cold sores" not in list_alerts(panel.desk.pack, session.visit)
    assert row._caption.text().startswith("Changed. At the consultation")
    assert "Yes: Cold sores" in row._caption.text()
    assert TWICE not in row._caption.text()

    row.answered.emit("yes")
    assert row._caption.text().startswith("At the consultation")


def test_a_cold_sore_of_today_is_not_taken_for_the_healed_one_of_the_consultation(
    window: MainWindow,
) -> None:
    """A Yes stood for what was healed in January, and treating went on under a calm box."""
    workspace = begin(window, waits=False, had=(HEALED,))
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    session, row = workspace.session, panel._rows["herpes_simplex"]
    assert "healed, healed on Jan 2026" in row._caption.text()
    for item in panel._rows:
        panel._rows[item].answered.emit("yes" if item == "herpes_simplex" else "no")

    asked = session.judgement.decision
    assert asked.state is DecisionState.INCOMPLETE
    assert [it.item for it in asked.needed] == ["herpes_simplex", "antiviral"]
    session.change_entry("conditions", "herpes_simplex", status="active", zones=("upper_lip",))

    told = session.judgement.decision
    assert told.blocks_treatment
    assert told.state is not DecisionState.INCOMPLETE
    assert row._caption.text().startswith("Changed. At the consultation")


def test_by_key_a_yes_leads_into_its_details_and_the_same_as_before_on(window: MainWindow) -> None:
    workspace = begin(window, waits=False, had=(HEALED,))
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    session, row = workspace.session, panel._rows["herpes_simplex"]
    row.take_focus()

    QTest.keyClick(in_focus(), Qt.Key.Key_Y)
    details = panel._asked["herpes_simplex"].details
    assert details is not None
    assert details.isAncestorOf(in_focus())
    row.take_focus()
    QTest.keyClick(in_focus(), Qt.Key.Key_Equal)

    assert asks(panel) == "skin_infection"
    (told,) = [it for it in session.visit.facts.conditions if it.code == "herpes_simplex"]
    assert (told.status, told.date_healed) == ("healed", PartialDate(2026, 1))
    assert session.visit.answers["herpes_simplex"].reconfirmed
    assert row._caption.text().startswith("At the consultation")


def test_details_of_today_stay_when_the_answer_wavers(window: MainWindow) -> None:
    workspace = begin(window, waits=False, had=(HEALED,))
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    session, row = workspace.session, panel._rows["herpes_simplex"]
    row.answered.emit("yes")
    session.change_entry("conditions", "herpes_simplex", status="active")

    for state in ("no", "yes"):
        row.answered.emit(state)

    (told,) = [it for it in session.visit.facts.conditions if it.code == "herpes_simplex"]
    assert told.status == "active"


def in_focus() -> QWidget:
    """Return what has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_what_was_taken_is_told_beneath_the_question_about_new_medicines(
    window: MainWindow,
) -> None:
    """A cream that was to be left off is not new, and nobody asked whether it was."""
    panel = begin(window, waits=True).panel
    assert isinstance(panel, RecheckPanel)

    told = " ".join(it.text() for it in panel._rows["medicines"].findChildren(QLabel))

    assert "Told before: Isotretinoin, stopped, last dose" in told
    assert "when a cream was last used" in told


def test_a_treatment_too_near_an_event_is_told_on_its_day(window: MainWindow) -> None:
    """The plan of the consultation told it, and the day of a treatment may be another."""
    workspace = begin(window, waits=False)
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, RecheckPanel)
    assert panel.near.isHidden()

    day = session.visit.visit_date
    session.set("plan", replace(session.visit.plan, event_date=day + timedelta(days=3)))
    assert not panel.near.isHidden()
    told = tell_event_of_day(window.desk.pack, session.visit, session.judgement)
    assert write_day(day + timedelta(days=3)) in told
    assert told in {label.text() for label in panel.near.findChildren(QLabel)}
    workspace.show_panel("after")
    after = workspace.panel
    assert isinstance(after, AfterPanel)
    assert told in after.missing.text(), "and before it is locked"


def test_a_holiday_that_was_planned_and_is_past_is_asked_about(window: MainWindow) -> None:
    workspace = begin(window, waits=False, sun=True)
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, RecheckPanel)
    assert list(panel._rows)[-1] == "tan"

    answer_all(panel)

    assert session.visit.answers["tan"].state == "no"
    assert workspace.panel.step == "treated"
    window.run("item:tan")
    assert asks(panel) == "tan"
    panel._rows["tan"].answered.emit("yes")
    assert session.judgement.decision.blocks_treatment, "which, and when?"
    assert not session.visit.facts.exposures


def test_who_was_ill_is_asked_on_the_day_and_may_be_well(window: MainWindow) -> None:
    workspace = begin(window, waits=False, had=(FEVER,))
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, RecheckPanel)
    row = panel._rows["acute_illness"]
    assert list(panel._rows)[-1] == "acute_illness", "after what every treatment asks"
    assert OVER_SINCE in row._caption.text()
    for item in list(panel._rows)[:-1]:
        panel._rows[item].answered.emit("no")
    before = session.judgement.decision
    assert before.blocks_treatment
    window.run("next_needed")
    assert asks(panel) == "acute_illness"

    QTest.keyClick(in_focus(), Qt.Key.Key_N)

    well = session.judgement.decision
    assert not well.blocks_treatment
    assert workspace.panel.step == "treated"
    window.run("item:acute_illness")
    assert asks(panel) == "acute_illness", "and it can still be answered otherwise"
    assert row._caption.text().startswith("Changed. At the consultation")
    row.answered.emit("yes")
    assert OVER_SINCE not in row._caption.text()
    day = session.visit.visit_date
    session.change_entry(
        "conditions", "acute_illness", date_cleared=PartialDate.of(day - timedelta(days=6))
    )
    assert session.judgement.decision.blocks_treatment, "a week after recovery"


def test_a_sore_of_ten_days_ago_is_not_denied_away(window: MainWindow) -> None:
    """It needs a fortnight from when it healed, and cannot have healed before it was seen."""
    sore = replace(HEALED, status="active", date_healed=None)
    workspace = begin(window, waits=False, had=(sore,), supervisor="Dr Okoro")
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    panel._rows["herpes_simplex"].answered.emit("no")  # once is "not now"

    assert workspace.panel is panel
    (asked,) = session.judgement.decision.needed
    assert asked.item == "herpes_simplex"
    assert asked.against.startswith("It was there on 5 June 2026")
    assert panel.supervised.isHidden(), "an open question is set aside by nobody"
    assert OVER_SINCE in panel._rows["herpes_simplex"]._caption.text()
    window.run("next_needed")
    assert asks(panel) == "herpes_simplex"


def test_chemotherapy_of_an_older_record_is_told_with_its_cancer(window: MainWindow) -> None:
    old = Medication(code="chemotherapy", status="stopped", last_dose=PartialDate(2020))
    workspace = begin(window, waits=False, taken=old)
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, RecheckPanel)
    for row in list(panel._rows)[:-1]:
        panel._rows[row].answered.emit("no")
    (asked,) = session.judgement.decision.needed
    assert asked.item == "cancer_treatment", "and not the question of new medicines"
    assert panel._rows["cancer_treatment"].answer() == "yes", "as the consultation said"

    window.run("next_needed")
    assert asks(panel) == "cancer_treatment"
    assert "what it is given for" in " ".join(it.text() for it in panel.findChildren(QLabel))
    session.add_entry("conditions", "internal_cancer")
    assert not session.judgement.decision.needed
