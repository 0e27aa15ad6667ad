"""A visit that names a day after its own cannot be judged, and says which day that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import MISDATED
from consult_app.knowledge.visits.elsewhere import find_misdated, lay_plan
from consult_app.knowledge.visits.locking import find_obstacles
from tests.knowledge.visits import make_denied, plan_for

TOLD = "Medium (TCA) peel, 20 Jun 2026: after the day of the visit, 15 June 2026"


def tell(visit: Consultation, when: PartialDate | None) -> Consultation:
    """Return the visit of 15 June with a peel of some day."""
    peel = Procedure(code="tca_peel_medium", date=when, zones=("cheeks",))
    answers = {**visit.answers, "resurfacing": Answer(state="yes")}
    return replace(visit, answers=answers, facts=replace(visit.facts, procedures=(peel,)))


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=visit.visit_date)


@pytest.fixture
def misdated(pack: Pack) -> Consultation:
    return tell(make_denied(pack, plan_for("cheeks", "pores")), PartialDate(2026, 6, 20))


def test_it_is_refused_and_names_the_question_with_the_day(
    pack: Pack, misdated: Consultation
) -> None:
    box = look(pack, misdated).decision
    assert (box.state, box.headline) == (DecisionState.COULD_NOT_CHECK, MISDATED)
    assert box.blocks_treatment
    assert [(it.step, it.item, it.against) for it in box.needed] == [
        ("safety", "resurfacing", TOLD)
    ]


def test_what_holds_the_signature_leads_there(pack: Pack, misdated: Consultation) -> None:
    found = find_obstacles(misdated, look(pack, misdated), pack)
    (told,) = [it.text for it in found if it.place == "item:resurfacing"]
    assert TOLD in told


def test_a_day_that_may_be_before_is_no_fault(pack: Pack, misdated: Consultation) -> None:
    for when in (PartialDate(2026, 6), PartialDate(2026), PartialDate(2026, 6, 15), None):
        assert look(pack, tell(misdated, when)).screening is not None
    denied = replace(misdated, answers=make_denied(pack, misdated.plan).answers)
    assert look(pack, denied).screening is not None, "what was denied counts for nothing"


def test_a_treatment_beside_it_says_so_too(pack: Pack, misdated: Consultation) -> None:
    now = datetime.fromisoformat("2026-07-06T09:15")
    treatment = replace(
        make_denied(pack, misdated.plan),
        id="t1",
        kind="treatment",
        visit_date=now.date(),
        treatment=Treatment(),
    )
    beside = look(pack, lay_plan(misdated, treatment)).decision
    stops = find_misdated(treatment, misdated, beside)
    assert stops is not None
    assert stops.labels == (TOLD,)
    assert stops.until is None
