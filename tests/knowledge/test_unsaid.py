"""Of a choice that nobody made the question stays open, and no rule takes it for a *No*."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.entries import LISTS
from consult_app.domain.history import Condition, Exposure, Facts, Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.exchange.casefile import Case, case_of, read_case, write_case
from consult_app.gui.start.beginning import continue_case
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.told.unsaid import ASKED, name_open
from consult_app.knowledge.visits.asked_also import list_also
from consult_app.knowledge.visits.details import DENIED, FLAGS, tell_details
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.settings import Settings

TODAY = date(2026, 11, 30)
NOW = datetime.fromisoformat("2026-11-30T10:00")
YES = Answer(state="yes")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=TODAY,
    started_at=NOW,
    patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
    plan=PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_kind="automated_pen",
        device_label_max_mm=2.5,
        first_session=datetime.fromisoformat("2026-12-14T09:15"),
        numbing=Numbing(
            product="emla",
            contains=("lidocaine", "prilocaine"),
            grams=10,
            area_cm2=100,
            minutes=60,
        ),
    ),
)
CASES = (
    ("blood_borne_virus", Condition(code="hiv"), "uncontrolled"),
    ("blood_borne_virus", Condition(code="hepatitis_b"), "uncontrolled"),
    ("blood_borne_virus", Condition(code="hepatitis_c"), "uncontrolled"),
    ("neuro", Condition(code="epilepsy"), "uncontrolled"),
    ("acne", Condition(code="acne", zones=("cheeks",), iga=1), "nodules"),
    ("eczema", Condition(code="eczema", status="history", zones=("hands",)), "atopic"),
    ("sarcoid", Condition(code="sarcoidosis"), "prior_needling_granuloma"),
    (
        "sunburn",
        Exposure(code="sunburn", zones=("cheeks",), date=PartialDate(2026, 11, 1)),
        "still_inflamed",
    ),
)
MARKED = pytest.mark.parametrize(("item", "entry", "flag"), CASES)


def put(entry: Condition | Exposure) -> Facts:
    """Return facts with one entry."""
    told: Any = {"conditions" if isinstance(entry, Condition) else "exposures": (entry,)}
    return Facts(phototype=2, **told)


def make(pack: Pack, item: str, entry: Condition | Exposure) -> Consultation:
    """Return a visit in which everything else was asked and denied."""
    answers = {question.id: Answer(state="no") for question in pack.questions} | {item: YES}
    return replace(VISIT, answers=answers, facts=put(entry), allergy_state="none_known")


def say(entry: Condition | Exposure, flag: str, so: bool | None) -> Condition | Exposure:  # noqa: FBT001 - one of three
    """Return an entry with what was said."""
    said: dict[str, Any] = {flag: so}
    return replace(entry, **said)


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def test_every_attribute_that_calms_a_rule_is_asked_for(pack: Pack) -> None:
    """The question names it among its fields, and the window has words for both."""
    for name in LISTS:
        for code in pack.vocabulary.by_list.get(name, {}).values():
            for flag in ASKED.intersection(code.attributes):
                assert all(flag in pack.question_by_id[it].fields for it in code.asked_by)
    assert DENIED.keys() == ASKED
    assert FLAGS.keys() - ASKED == {"prescribed"}, "its rule counts what is not said as bought"


@MARKED
def test_what_nobody_said_is_still_needed_and_not_calm(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    blank = look(pack, make(pack, item, entry))
    denied = look(pack, make(pack, item, say(entry, flag, so=False)))
    told = look(pack, make(pack, item, say(entry, flag, so=True)))

    assert item in {it.item for it in blank.decision.needed}
    assert blank.screening is not None
    assert not blank.screening.complete
    assert blank.decision.blocks_treatment
    assert blank.decision.state not in {DecisionState.CLEAR, DecisionState.PRECAUTION}
    for said in (denied, told):
        assert said.decision.needed == ()
        assert said.screening is not None
        assert said.screening.complete
    assert denied.decision.findings != told.decision.findings


def test_a_virus_that_may_not_be_under_control_needs_a_decision_until_it_is_said(
    pack: Pack,
) -> None:
    states = {
        so: look(pack, make(pack, "blood_borne_virus", Condition(code="hiv", uncontrolled=so)))
        for so in (None, False, True)
    }

    assert states[None].decision.state is DecisionState.RELATIVE
    assert states[False].decision.state is DecisionState.PRECAUTION
    assert states[True].decision.state is DecisionState.RELATIVE


def test_nobody_is_refused_for_good_for_what_nobody_said(pack: Pack) -> None:
    """Sarcoidosis is one to decide, and never to treat only where it came after needling."""
    judged = {
        so: look(
            pack,
            make(pack, "sarcoid", Condition(code="sarcoidosis", prior_needling_granuloma=so)),
        )
        for so in (None, False, True)
    }

    box, plan = judged[None].decision, judged[None].plan
    assert box.state is DecisionState.RELATIVE
    assert [it.item for it in box.needed] == ["sarcoid"]
    assert box.blocks_treatment
    assert plan is not None
    assert plan.outcome == "proceed_with_conditions"
    assert judged[False].decision.state is DecisionState.RELATIVE
    assert judged[True].decision.state is DecisionState.ABSOLUTE


def test_a_cream_stays_on_for_less_while_nobody_said_that_an_eczema_is_not_atopic(
    pack: Pack,
) -> None:
    eczema = Condition(code="eczema", status="history", zones=("hands",))

    def list_changed(so: bool | None) -> set[str]:  # noqa: FBT001 - one of three
        plan = look(pack, make(pack, "eczema", replace(eczema, atopic=so))).plan
        assert plan is not None
        return {it.field for it in plan.adjustments}

    assert list_changed(None) == list_changed(so=True) == {"numbing.minutes"}
    assert list_changed(so=False) == set()


@MARKED
def test_a_question_answered_no_asks_for_nothing(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    visit = make(pack, item, say(entry, flag, so=None))
    visit = replace(visit, answers={**visit.answers, item: Answer(state="no")})

    told = look(pack, visit)

    assert item not in {it.item for it in told.decision.needed}


@MARKED
def test_a_treatment_asks_for_it_where_the_consultation_was_signed_without(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    """An older program kept of a chip that was not on what it kept of one nobody asked about."""
    signed = make(pack, item, say(entry, flag, so=None))
    said = make(pack, item, say(entry, flag, so=False))

    assert list_also(pack, signed, TODAY) == (item,)
    assert list_also(pack, said, TODAY) == ()
    assert look(pack, replace(signed, kind="treatment")).decision.blocks_treatment


@MARKED
def test_what_a_visit_left_open_is_open_once_it_is_said_again(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    last = make(pack, item, say(entry, flag, so=None))
    begun = replace(last, answers={}, facts=Facts(phototype=2))

    visit = reconfirm(pack, begun, last, (item,))

    assert visit.answers[item].state == "yes"
    assert item in {it.item for it in look(pack, visit).decision.needed}


@MARKED
def test_a_case_file_that_leaves_it_out_denied_it(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    data = json.loads(write_case(Case(format="consult-case/1", facts=put(entry))))
    case = read_case(json.dumps(data), "screen")

    visit = continue_case(case, pack, Settings(), visit_id="v1", patient_id="p1", now=NOW)

    told = (*visit.facts.conditions, *visit.facts.exposures)
    assert [getattr(it, flag) for it in told] == [False]
    assert item not in {it.item for it in look(pack, visit).decision.needed}


@MARKED
def test_what_was_open_stays_open_through_a_case_file(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    """Else a Yes to the question that the file names as open would find a No beside it."""
    visit = make(pack, item, entry)
    facts = name_open(pack, settle_facts(pack, visit, today=TODAY))
    case = read_case(write_case(case_of(visit, facts)), "screen")
    assert facts.unanswered == (item,)

    back = continue_case(case, pack, Settings(), visit_id="v2", patient_id="p1", now=NOW)

    told = (*back.facts.conditions, *back.facts.exposures)
    assert [getattr(it, flag) for it in told] == [None]
    answered = replace(back, answers={**back.answers, item: YES})
    assert item in {it.item for it in look(pack, answered).decision.needed}


@MARKED
def test_both_are_told_in_words_and_nothing_where_nobody_said(
    pack: Pack, item: str, entry: Condition | Exposure, flag: str
) -> None:
    told = {
        so: tell_details(pack, make(pack, item, say(entry, flag, so)), item).lower()
        for so in (None, False, True)
    }

    so, denied = FLAGS[flag].lower(), DENIED[flag][0].lower()
    assert so not in told[None].split(", ")
    assert denied not in told[None].split(", ")
    assert denied in told[False].split(", ")
    assert so in told[True].split(", ")
