"""What a test patch showed is recorded before the first treatment, and answers the plan or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import MISSED_PATCH, REACTED
from consult_app.domain.treatment import Patch, Result, Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.patched import AGREED, ANSWERED, UNDATED
from consult_app.gui.panels.treatment.patched import TO_DECIDE as DECIDE
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.phrases import write_day
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.patched import find_patch, tell_patch
from tests.gui.conftest import Clock
from tests.gui.test_depth_of_day import CHEEKS
from tests.gui.test_needled_before import WEEK, treat
from tests.gui.test_unpatched import consult
from tests.gui.touring import make_last, workspace_of

NOON = datetime.fromisoformat("2026-06-15T12:00")


def begin(window: MainWindow, last: Consultation) -> RecheckPanel:
    """Begin a treatment after a consultation, and return what is asked in it."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    return panel


def found(panel: RecheckPanel) -> set[str]:
    return {it.id for it in panel.session.judgement.decision.findings} & {MISSED_PATCH, REACTED}


def record(panel: RecheckPanel, result: str, day: date | None = None, words: str = "") -> None:
    """Record it as somebody does at the screen."""
    panel.patched.result.cell(result).click()
    if day is not None:
        panel.patched.day.edited.emit(PartialDate.of(day))
    if words:
        panel.patched.words.edited.emit(words)
    QApplication.processEvents()


def day_of(panel: RecheckPanel) -> date:
    return panel.session.visit.visit_date


def told(panel: RecheckPanel) -> str:
    return panel.patched._told.text()


def test_it_is_asked_where_the_plan_asks_for_one_until_somebody_was_needled(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    assert begin(window, make_last(desk)).patched.isHidden()
    last = consult(desk)
    assert not begin(window, last).patched.isHidden()
    treat(desk, last, CHEEKS)
    clock.move(3 * WEEK)
    assert begin(window, last).patched.isHidden()


def test_nothing_unusual_answers_the_plan_once_the_days_are_between(
    window: MainWindow, desk: Desk
) -> None:
    panel = begin(window, consult(desk))
    assert found(panel) == {MISSED_PATCH}
    record(panel, "nothing")
    assert told(panel) == UNDATED
    assert found(panel) == {MISSED_PATCH}
    record(panel, "nothing", day_of(panel) - timedelta(days=27))
    assert "28 days" in told(panel)
    assert found(panel) == {MISSED_PATCH}
    record(panel, "nothing", day_of(panel) - timedelta(days=28))
    assert told(panel) == ANSWERED
    assert found(panel) == set()
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert treatment.patch == Patch(result="nothing", done_on=day_of(panel) - timedelta(days=28))
    record(panel, "open")
    assert found(panel) == {MISSED_PATCH}


def test_a_reaction_refuses_until_it_is_decided_and_more_of_it_anew(
    window: MainWindow, desk: Desk
) -> None:
    panel = begin(window, consult(desk))
    done = day_of(panel) - timedelta(days=40)
    record(panel, "reaction", done, "a dark mark")
    assert told(panel) == DECIDE
    assert found(panel) == {REACTED}
    decision = panel.session.judgement.decision
    assert decision.blocks_treatment
    (reaction,) = (it for it in decision.findings if it.id == REACTED)
    assert "a dark mark" in reaction.action
    panel.session.override(reaction.id, "Faded, the dermatologist agrees", reaction.digest)
    assert REACTED in panel.session.judgement.decision.recorded
    record(panel, "reaction", done, "a dark mark that grows")
    assert REACTED not in panel.session.judgement.decision.recorded


@pytest.mark.parametrize(
    ("result", "expected"),
    [("reaction", {REACTED}), ("not_done", {MISSED_PATCH}), ("nothing", set())],
)
def test_what_an_earlier_record_tells_counts_however_long_after_the_consultation(
    window: MainWindow, desk: Desk, clock: Clock, result: Result, expected: set[str]
) -> None:
    """Without a record nobody knows by then whether one was done."""
    last = consult(desk)
    patch = Patch(result=result, done_on=last.visit_date)
    looked = replace(
        last,
        id="e" * 32,
        kind="treatment",
        follows=last.id,
        fingerprint="",
        treatment=Treatment(treated=False, patch=patch),
    )
    desk.records.sign(looked, None, 0)
    clock.move(4 * WEEK)
    panel = begin(window, last)
    assert found(panel) == expected
    assert panel.patched.result.value() == result
    record(panel, "nothing", last.visit_date)
    if result != "reaction":
        assert found(panel) == set()
        return
    assert found(panel) == {REACTED}, "of the same patch one click takes no reaction away"
    assert "in another record" in told(panel)
    record(panel, "nothing", last.visit_date + timedelta(days=1))
    assert found(panel) == {REACTED}, "another patch, and too soon after it"


def test_where_one_is_advised_a_clear_result_answers_and_a_reaction_does_not(
    window: MainWindow, desk: Desk
) -> None:
    dark = consult(desk)
    skin, facts = replace(dark.skin, phototype_seen=4), replace(dark.facts, phototype=4)
    lighter = replace(dark, id="z" * 32, skin=skin, facts=facts, fingerprint="")
    last = desk.records.sign(lighter, None, 0)
    panel = begin(window, last)
    assert "is advised" in told(panel)
    record(panel, "nothing", day_of(panel) - timedelta(days=28))
    assert (told(panel), found(panel)) == (ANSWERED, set())
    record(panel, "reaction", day_of(panel) - timedelta(days=28))
    assert (told(panel), found(panel)) == (DECIDE, {REACTED})


def test_what_was_decided_is_not_said_to_be_decided_still(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The card went on after the reason was written, and at the treatments that followed."""
    last = make_last(desk)
    panel = begin(window, last)
    record(panel, "reaction", day_of(panel) - timedelta(days=28))
    assert told(panel) == DECIDE
    (reaction,) = (it for it in panel.session.judgement.decision.findings if it.id == REACTED)
    panel.session.override(REACTED, "Faded, the dermatologist agrees", reaction.digest)
    assert told(panel) == ""

    done = replace(panel.session.visit.treatment or Treatment(), treated=True)
    signed = replace(panel.session.visit, state="signed", treatment=done)
    desk.records.sign(signed, None, 0)
    clock.move(5 * WEEK)
    again = begin(window, last)
    assert again.patched.isHidden()
    assert REACTED in again.session.judgement.decision.recorded, "by what was decided there"


@pytest.mark.parametrize("result", [None, "reaction"])
def test_what_was_recorded_on_a_day_without_treatment_is_asked_again(
    window: MainWindow, desk: Desk, clock: Clock, result: Result | None
) -> None:
    """Whoever was put off for a test patch came back, and nobody asked what it showed."""
    last = consult(desk)
    clock.move(WEEK)
    panel = begin(window, last)
    if result is not None:
        record(panel, result, day_of(panel) - timedelta(days=7))
    (asked,) = (it for it in panel.session.judgement.decision.findings if it.id in found(panel))
    panel.session.override(asked.id, "Spoke with the dermatologist", asked.digest)
    assert asked.id in panel.session.judgement.decision.recorded
    done = replace(panel.session.visit.treatment or Treatment(), treated=False)
    signed = replace(panel.session.visit, state="signed", treatment=done)
    desk.records.sign(signed, None, 0)
    clock.move(6 * WEEK)
    again = begin(window, last)
    assert asked.id not in again.session.judgement.decision.recorded
    assert again.session.judgement.decision.blocks_treatment
    assert not again.patched.isHidden()


@pytest.mark.parametrize("make", [consult, make_last])
def test_one_that_a_review_agreed_on_in_the_middle_of_a_course_is_asked_for(
    window: MainWindow, desk: Desk, clock: Clock, make: Callable[[Desk], Consultation]
) -> None:
    """The card was hidden once somebody was needled, and a reaction was asked about by nobody."""
    last = make(desk)
    looked(desk, last, Patch(result="nothing", done_on=last.visit_date))
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)
    agree_on_patch(desk, last)
    day = desk.clock().date()
    clock.move(5 * WEEK)
    panel = begin(window, last)
    assert not panel.patched.isHidden()
    assert panel.patched.result.value() == "open", "the first one was another"
    assert told(panel) == AGREED.format(day=write_day(day))
    record(panel, "reaction", day, "a dark mark")
    assert found(panel) == {REACTED}
    assert panel.session.judgement.decision.blocks_treatment


def test_a_reaction_that_a_record_tells_of_counts_in_the_middle_of_a_course(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = consult(desk)
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)
    agree_on_patch(desk, last)
    clock.move(WEEK)
    looked(desk, last, Patch(result="reaction", done_on=desk.clock().date()))
    clock.move(4 * WEEK)
    panel = begin(window, last)
    assert found(panel) == {REACTED}
    assert not panel.patched.isHidden()
    assert panel.patched.result.value() == "reaction"


def test_what_was_agreed_before_the_last_treatment_is_past(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = make_last(desk)
    agree_on_patch(desk, last)
    clock.move(5 * WEEK)
    assert not begin(window, last).patched.isHidden()
    treat(desk, last, CHEEKS)
    clock.move(5 * WEEK)
    assert begin(window, last).patched.isHidden()


def looked(desk: Desk, last: Consultation, patch: Patch) -> None:
    """Keep a signed treatment record of today in which nobody was treated."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("treatment", desk.settings, person, last, 0)
    told = Treatment(treated=False, patch=patch)
    desk.records.sign(replace(begun, treatment=told, state="signed"), None, 0)


def agree_on_patch(desk: Desk, last: Consultation) -> None:
    """Keep a signed review of today that agrees on a test patch."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    day = desk.clock().date() + timedelta(days=1)
    agreed = Review(decision="continue", next_visit="test_patch", next_date=day)
    desk.records.sign(replace(begun, review=agreed, state="signed"), None, 0)


def test_of_another_plan_only_a_reaction_counts(pack: Pack) -> None:
    day = date(2026, 6, 15)
    visit = Consultation(
        id="t", kind="treatment", patient_id="p", follows="new", visit_date=day, started_at=NOON
    )
    clear = Patch(result="nothing", done_on=day, words="Even")
    before = replace(visit, id="b", follows="old", treatment=Treatment(patch=clear))
    assert find_patch(pack.protocol, visit, [before]) == Patch()
    same = replace(before, follows="new")
    assert find_patch(pack.protocol, visit, [same]) == clear
    reacted = replace(before, treatment=Treatment(patch=Patch(result="reaction")))
    assert find_patch(pack.protocol, visit, [same, reacted]).result == "reaction"
    later = replace(reacted, follows="new", visit_date=day + timedelta(days=9))
    assert find_patch(pack.protocol, visit, [later]).result == "reaction"
    assert find_patch(pack.protocol, replace(visit, state="signed"), [later]) == Patch(), (
        "not told by then"
    )
    assert tell_patch(clear) == "Test patch: nothing unusual, 15 June 2026, Even"
    assert tell_patch(Patch()) == ""


def test_a_reaction_is_told_in_any_skin_where_it_is_recorded(
    window: MainWindow, desk: Desk
) -> None:
    panel = begin(window, make_last(desk))
    panel.session.set("treatment.patch", Patch(result="reaction"))
    assert not panel.patched.isHidden()
    assert found(panel) == {REACTED}
    state = panel.session.judgement.decision.state
    assert state in {DecisionState.RELATIVE, DecisionState.INCOMPLETE}
