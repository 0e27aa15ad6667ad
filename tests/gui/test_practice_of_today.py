"""What is not signed yet is judged by the country and the policy of the practice it is open in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Locale
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.start.of_practice import name_practice
from consult_app.settings import Settings
from tests.gui.test_other_device import begin_treatment, choose
from tests.gui.touring import make_last, workspace_of

ABROAD = Locale(country="US", language="en-GB", paper="Letter")


def find_ids(session: Session) -> set[str]:
    return {it.id for it in session.judgement.decision.findings}


def make_young(desk: Desk) -> Consultation:
    """Return an unfinished visit of somebody of 20, whom US labels leave out (age_legal)."""
    visit = replace(desk.sample_visit(), sample=False)
    return replace(visit, patient=replace(visit.patient, date_of_birth=date(2006, 1, 1)))


def take_isotretinoin(visit: Consultation, day: date) -> Consultation:
    """Return a visit that was told of isotretinoin, judged by the laxer policy of a case file."""
    taken = Medication(code="isotretinoin", status="stopped", last_dose=PartialDate.of(day))
    facts = replace(visit.facts, medications=(taken,), isotretinoin_profile="consensus")
    answers = {**visit.answers, "isotretinoin": Answer(state="yes")}
    return replace(visit, facts=facts, answers=answers, sample=False)


@pytest.mark.parametrize("kind", ["consultation", "treatment"])
def test_one_gone_on_with_is_of_the_country_that_was_chosen_meanwhile(
    window: MainWindow, kind: str
) -> None:
    """It was judged as in the former country, and its sheet named the emergency number there."""
    young = make_young(window.desk)
    if kind == "treatment":
        session = begin_treatment(window, patient=young.patient)
    else:
        window.show_visit(young)
        session = workspace_of(window).session
    session.set("goals.own_words", "dents")
    assert "device_label_mismatch" not in find_ids(session)
    window.show_start()
    choose(window, country="US", paper="Letter")

    window.open_visit(session.visit.id)

    session = workspace_of(window).session
    assert "device_label_mismatch" in find_ids(session)
    assert session.visit.locale == ABROAD


def test_one_begun_elsewhere_is_of_the_country_here(window: MainWindow) -> None:
    young = make_young(window.desk)
    facts = replace(young.facts, jurisdiction="US")
    window.show_visit(replace(young, locale=ABROAD, facts=facts))

    visit = workspace_of(window).session.visit
    assert (visit.locale.country, visit.locale.paper) == ("GB", "A4")
    assert visit.facts.jurisdiction == "UK"


def test_where_no_practice_is_named_yet_a_file_keeps_its_country(desk: Desk) -> None:
    """Nobody said that it is to be another; the clinic to call is that of the file then too."""
    read = replace(desk.read_case(desk.resources / "examples" / "first-visit.json"), locale=ABROAD)
    assert name_practice(read, Settings()).locale == ABROAD


def test_a_laxer_policy_of_elsewhere_makes_nothing_calmer_here(window: MainWindow) -> None:
    """A record from elsewhere asked for a decision where this practice waits six months."""
    today = window.desk.clock().date()
    window.show_visit(take_isotretinoin(window.desk.sample_visit(), today))
    decision = workspace_of(window).session.judgement.decision
    assert decision.state is DecisionState.DEFER
    assert decision.blocks_treatment


def test_a_treatment_after_one_that_was_signed_so_waits_too(window: MainWindow) -> None:
    told = take_isotretinoin(window.desk.sample_visit(), window.desk.clock().date())
    session = begin_treatment(window, facts=told.facts, answers=told.answers)
    assert session.visit.facts.isotretinoin_profile == "label"
    (found,) = (it for it in session.judgement.decision.findings if it.item == "isotretinoin")
    assert found.until is not None


def test_what_is_unfinished_beside_a_treatment_is_judged_by_its_country_and_policy(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    told = take_isotretinoin(last, desk.clock().date())
    beside = replace(told, id="beside", state="draft", follows=last.id)
    desk.records.keep_draft(beside, lambda _at: None, lambda _error: None)
    desk.records.finish_writing()
    window.open_visit(last.id)
    window.run("treatment")
    decision = workspace_of(window).session.judgement.decision
    assert decision.visit == beside.id
    assert decision.state is DecisionState.DEFER


def test_the_depth_of_a_case_file_is_none_of_a_plan_that_is_not_complete(
    window: MainWindow,
) -> None:
    """Where dark marks ask for a decision at the depth to come, the box said *Precautions*."""
    visit = window.desk.sample_visit()
    had = Condition(code="pih_history")
    facts = replace(visit.facts, phototype=5, depth_mm=0.25, conditions=(had,))
    skin = replace(visit.skin, phototype_seen=5)
    answers = {**visit.answers, "pih": Answer(state="yes")}
    plan = replace(visit.plan, first_session=None)
    window.show_visit(replace(visit, facts=facts, skin=skin, answers=answers, plan=plan))
    session = workspace_of(window).session
    assert session.judgement.plan is None
    assert session.judgement.decision.blocks_treatment
    found = {it.id: it.severity for it in session.judgement.decision.findings}
    assert found["pih_tendency"] is Severity.RELATIVE
