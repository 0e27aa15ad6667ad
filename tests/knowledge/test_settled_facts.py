"""Scores and the body-image screen reach the facts: they add and open, and take nothing back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation, SkinAssessment
from consult_app.domain.decision import DecisionState
from consult_app.domain.entries import find_entry
from consult_app.domain.history import Condition, Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.told.assessment import (
    assess_phototype,
    list_scales,
    offer_first_depth,
    score_pigment,
    score_scale,
)

TODAY = date(2026, 6, 15)
YES, NO, BULK = Answer(state="yes"), Answer(state="no"), Answer(state="no", bulk=True)
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=TODAY,
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
    patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
    plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),)),
)
FOUR = {"G1": 3, "G2": 4, "G3": 2, "G4": 4, "S1": 2, "S2": 3, "S3": 2, "S4": 2, "E1": 0, "E2": 1}
POSITIVE = {"B1": 2, "B2": 2, "B3": 2, "B4": 0, "B5": 0, "B6": 0, "B7": 0, "P1": 1}
QUIET = {"B1": 0, "B2": 0}


def settle(pack: Pack, **changes: Any) -> Facts:  # noqa: ANN401 - fields of a consultation
    return settle_facts(pack, replace(VISIT, **changes), today=TODAY)


def skin(**scores: dict[str, float]) -> SkinAssessment:
    return SkinAssessment(scores=scores)


def test_the_higher_of_sheet_and_view_is_judged(pack: Pack) -> None:
    seen = SkinAssessment(phototype_seen=2, phototype_sheet=FOUR)

    assert settle(pack, skin=seen).phototype == 4
    assert assess_phototype(pack, seen).sun_advice == 2


def test_an_unfinished_sheet_says_nothing(pack: Pack) -> None:
    begun = {name: FOUR[name] for name in ("G1", "G2")}
    assert settle(pack, skin=SkinAssessment(phototype_sheet=begun)).phototype is None
    seen = SkinAssessment(phototype_sheet=begun, phototype_seen=3)
    assert settle(pack, skin=seen).phototype == 3


@pytest.mark.parametrize(
    ("answered", "own", "judged"),
    [(9, 2, 6), (9, 6, 6), (7, 2, 5), (6, 5, 5), (1, 2, 2), (9, None, None)],
)
def test_a_sheet_that_is_not_whole_raises_what_is_known_to_what_it_is_at_least(
    pack: Pack, answered: int, own: int | None, judged: int | None
) -> None:
    """Nine of ten answers made type VI sure, and the box was clear for type II."""
    begun = dict.fromkeys(list(FOUR)[:answered], 4)
    seen = SkinAssessment(phototype_sheet=begun, phototype_seen=own)
    assert settle(pack, skin=seen).phototype == judged
    assert assess_phototype(pack, seen).sun_advice == own


def test_a_dark_tone_raises_the_phototype_even_against_what_was_stored(pack: Pack) -> None:
    stored = Facts(phototype=2)
    assert settle(pack, facts=stored).phototype == 2, "a case file's own value stands"
    dark = SkinAssessment(phototype_seen=2, monk_tone=8)
    assert settle(pack, facts=stored, skin=dark).phototype == 5


def test_a_graded_acne_stops_the_treatment_though_the_answer_was_no(pack: Pack) -> None:
    visit = replace(VISIT, skin=skin(iga={"grade": 3}), answers={"acne": NO})
    visit = replace(visit, facts=Facts(conditions=(Condition(code="acne", zones=("cheeks",)),)))

    facts = settle_facts(pack, visit, today=TODAY)

    assert facts.conditions == (Condition(code="acne", iga=3),)
    assert "acne" in facts.unanswered, "the place is not said, and the answer contradicts"
    told = replace(visit, answers={"acne": YES})
    found = judge(pack, told, today=TODAY).screening
    assert found is not None
    assert "acne_active_moderate_severe" in {finding.id for finding in found.findings}


def test_of_two_acne_grades_the_higher_counts(pack: Pack) -> None:
    acne = Facts(conditions=(Condition(code="acne", iga=2, nodules=True),))
    for graded, counts in ((1, 2), (4, 4), (0, 2)):
        facts = settle(pack, skin=skin(iga={"grade": graded}), facts=acne, answers={"acne": YES})
        assert facts.conditions == (Condition(code="acne", iga=counts, nodules=True),)


def test_a_clear_acne_grade_answers_nothing(pack: Pack) -> None:
    facts = settle(pack, skin=skin(iga={"grade": 0}))
    assert facts.conditions == ()
    assert "acne" in facts.unanswered


def test_counted_keloidal_scars_raise_the_keloid_question_against_a_no(pack: Pack) -> None:
    counted = skin(goodman_baron_count={"keloidal": 4.5})

    facts = settle(pack, skin=counted, answers={"keloid": NO})

    assert find_entry(facts, "conditions", "keloid") is not None
    assert "keloid" in facts.unanswered
    told = settle(pack, skin=counted, answers={"keloid": YES})
    assert "keloid" not in told.unanswered


def test_no_no_of_the_same_visit_answers_what_a_grade_asks_for_unnoticed(pack: Pack) -> None:
    severe = skin(goodman_baron={"grade": 4})
    assert "keloid" in settle(pack, skin=severe, answers={"keloid": BULK}).unanswered
    assert "keloid" in settle(pack, skin=severe, answers={"keloid": NO}).unanswered
    assert "keloid" not in settle(pack, answers={"keloid": BULK}).unanswered


def test_a_positive_screen_pauses_whatever_the_question_says(pack: Pack) -> None:
    for answers in ({}, {"bdd": NO}, {"bdd": BULK}, {"bdd": YES}):
        visit = replace(VISIT, body_image=POSITIVE, answers=answers)
        found = judge(pack, visit, today=TODAY)
        assert found.decision.state is DecisionState.DEFER
        assert [item.id for item in found.decision.findings] == ["bdd_screen_positive"]


def test_an_unfinished_screen_keeps_its_question_open(pack: Pack) -> None:
    facts = settle(pack, body_image={"B1": 2}, answers={"bdd": NO})
    assert "bdd" in facts.unanswered
    facts = settle(pack, body_image=QUIET, answers={"bdd": NO})
    assert "bdd" not in facts.unanswered


def test_thoughts_of_harm_stop_at_once_though_nothing_else_was_asked(pack: Pack) -> None:
    visit = replace(VISIT, body_image={"B1": 2, "B7": 1}, answers={"consent": NO})
    found = judge(pack, visit, today=TODAY)
    assert "acute_distress_or_intoxication" in {item.id for item in found.decision.findings}


def test_a_quiet_screen_takes_back_nothing_the_practitioner_recorded(pack: Pack) -> None:
    told = Facts(conditions=(Condition(code="unrealistic_expectations"),))
    facts = settle(pack, body_image=QUIET, facts=told, answers={"bdd": YES})
    assert facts.conditions == told.conditions


def test_the_one_scale_comes_first_and_the_optional_ones_after(pack: Pack) -> None:
    scars = [scale.id for scale in list_scales(pack, "acne_rolling")]
    assert scars[0] == "goodman_baron"
    assert {"goodman_baron_count", "ecca"} <= set(scars[1:])
    assert "pigment" not in scars
    assert all(scale.optional for scale in list_scales(pack, "hair_aga")), "a photograph is enough"


def test_half_points_are_scored(pack: Pack) -> None:
    found = score_scale(pack, skin(laxity={"grade": 1.5}), "laxity")
    assert found is not None
    assert found.value == 1.5
    assert score_scale(pack, skin(), "nothing") is None


def test_the_pigment_score_offers_a_first_depth_once_it_is_sure_to_be_high(pack: Pack) -> None:
    dark = Facts(
        phototype=5, zones=("cheeks",), depth_mm=1.0, conditions=(Condition(code="pih_history"),)
    )
    begun = score_pigment(pack, skin(), dark, today=TODAY)
    assert begun is not None
    assert (begun.least, offer_first_depth(pack, begun)) == (5, None)

    changed = score_pigment(pack, skin(pigment={"hormones": 1}), dark, today=TODAY)
    assert changed is not None
    assert changed.missing == ("sun_ahead",)
    assert offer_first_depth(pack, changed) == 0.5
