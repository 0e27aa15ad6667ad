"""Who was not treated because of another visit is promised no day on which that still counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.by_plan import SIGNED_UNSETTLED, UNSETTLED_DAY
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.phrases import write_weekday
from consult_app.gui.start.due import PUT_OFF
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of

TODAY, UNTIL = date(2026, 6, 15), date(2026, 8, 1)
STOPPED = Medication(
    code="isotretinoin", status="stopped", last_dose=PartialDate.of(date(2026, 2, 1))
)


@pytest.fixture
def last(desk: Desk, clock: Clock) -> Consultation:
    """The consultation of 9 March, signed today; an hour has passed since."""
    signed = make_last(desk)
    clock.move(3600)
    return signed


def keep(desk: Desk, visit: Consultation, how: str) -> None:
    """Keep another visit: unfinished, or of an earlier day and signed now."""
    if how == "late":
        desk.records.sign(replace(visit, visit_date=date(2026, 2, 2)), None, 0)
        return
    draft = replace(visit, state="draft", signed_at=None, visit_date=TODAY, follows="m")
    desk.records.keep_draft(draft, lambda _: None, lambda _: None)
    desk.records.finish_writing()


def tell(last: Consultation, name: str, item: str, *medications: Medication) -> Consultation:
    """Return another visit that answers Yes to one question."""
    facts = replace(last.facts, medications=(*last.facts.medications, *medications))
    answers = {**last.answers, item: Answer(state="yes")}
    return replace(last, id=name, answers=answers, facts=facts)


def put_off(window: MainWindow, last: Consultation) -> AfterPanel:
    """Begin a treatment, and mark it as not done."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    window.run("panel:after")
    after = workspace_of(window).panel
    assert isinstance(after, AfterPanel)
    assert after.session.judgement.decision.visit
    after.treated.cell("no").click()
    return after


@pytest.mark.parametrize("how", ["draft", "late"])
def test_what_another_visit_says_to_wait_for_is_waited_for(
    window: MainWindow, desk: Desk, last: Consultation, how: str
) -> None:
    """It promised the very day on which the treatment was refused."""
    keep(desk, tell(last, "other", "isotretinoin", STOPPED), how)
    panel = put_off(window, last)
    day = write_weekday(UNTIL)
    assert f"By the plan the next treatment is on {day} at the earliest." in panel.by_plan.text()

    panel.session.set("treatment.next_date", date(2026, 6, 22))
    assert panel.by_plan.text().endswith(f"the plan begin on {day}.")
    panel.by_plan.acted.emit()
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert treatment.next_date == UNTIL


def test_of_what_nobody_can_tell_the_end_no_day_is_promised(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    """The patient is listed all the same, and not forgotten."""
    keep(desk, tell(last, "other", "isotretinoin", STOPPED), "late")
    keep(desk, tell(last, "unsure", "bleeding_disorder"), "draft")
    panel = put_off(window, last)
    session = panel.session
    assert panel.by_plan.text() == UNSETTLED_DAY
    panel.by_plan.acted.emit()
    assert session.visit.treatment is not None
    assert session.visit.treatment.next_date is None

    signed = sign_off(session.visit, session.judgement, desk.pack, at=clock())
    desk.records.sign(signed, None, 0)
    window.run("start")
    assert [(it.due, it.what) for it in desk.patients.list_due(TODAY)] == [(TODAY, PUT_OFF)]
    window.open_visit(session.visit.id)
    window.run("panel:after")
    after = workspace_of(window).panel
    assert isinstance(after, AfterPanel)
    assert after.by_plan.text() == SIGNED_UNSETTLED.format(day=write_weekday(TODAY))
