"""A reason holds for a score, count, grade or dose as high as when it was written, or lower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation, MapFinding, Override
from consult_app.domain.history import Condition, Medication, Numbing
from consult_app.knowledge.judgement import find_limits, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decided import leave_out_amounts
from consult_app.knowledge.screening.opinion import OPINION
from consult_app.knowledge.told.graded import find_grades
from consult_app.knowledge.visits.treating import begin_treatment
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
REASON = "Talked over, agreed"
WORRIED = {"B1": 2, "B2": 2, "B3": 2, "B4": 0, "B5": 1, "B6": 0, "B7": 0, "P1": 3}
Change = Callable[[Consultation], Consultation]


def screen(**answers: int) -> Change:
    return lambda visit: replace(visit, body_image={**WORRIED, **answers})


def score(scale: str, **points: float) -> Change:
    told = {scale: {place.replace("__", "."): it for place, it in points.items()}}
    return lambda visit: replace(visit, skin=replace(visit.skin, scores=told))


def see(concern: str, *grades: int) -> Change:
    """Show a concern on the cheeks, and of more grades on the thighs too."""
    seen = [
        MapFinding(area=area, concern=concern, grade=grade)
        for area, grade in zip(("cheeks", "thighs"), grades, strict=False)
    ]
    return lambda visit: replace(visit, skin=replace(visit.skin, findings=tuple(seen)))


def mark(severity: Any) -> Change:  # noqa: ANN401 - how marked a line is
    def change(visit: Consultation) -> Consultation:
        (line,) = visit.plan.targets
        return replace(visit, plan=replace(visit.plan, targets=(replace(line, severity=severity),)))

    return change


def take(**dose: Any) -> Change:  # noqa: ANN401 - fields of a medicine
    steroid = Medication(code="prednisolone", status="current", **{"days": 120, **dose})
    return lambda visit: replace(visit, facts=replace(visit.facts, medications=(steroid,)))


def numb(grams: float) -> Change:
    cream = Numbing(
        product="blt_compounded", prescribed=False, grams=grams, area_cm2=60, minutes=30
    )
    return lambda visit: replace(
        visit,
        plan=replace(visit.plan, numbing=cream),
        facts=replace(visit.facts, anaesthetic=cream),
    )


def tell(pack: Pack, concern: str, item: str, *told: Condition) -> Consultation:
    denied = make_denied(pack, plan_for("cheeks", concern))
    yes = {item: Answer(state="yes")}
    facts = replace(denied.facts, conditions=told, depth_mm=1.5)
    # No plan is worked out without the maximum of its device, so that the depth is the one told.
    plan = replace(denied.plan, device_label_max_mm=None)
    return replace(denied, answers={**denied.answers, **yes}, facts=facts, plan=plan)


RAISED = Condition(code="hypertrophic_scar", zones=("cheeks",))
KERATOSES = Condition(code="actinic_keratosis", zones=("cheeks",))
MELASMA = Condition(code="melasma", zones=("cheeks",))
BODY = ("expectations_unrealistic", "pores", "bdd", ())
SCARS = (OPINION, "scar_raised", "keloid", (RAISED,))
AK = ("actinic_keratosis_in_area", "pores", "actinic_keratosis", (KERATOSES,))
SPOTS = ("melasma_in_area", "melasma", "melasma", (MELASMA,))
STEROID = ("immunosuppression", "pores", "immunosuppression", ())
CREAM = ("la_unlicensed_strength", "pores", "la_plan", ())


@pytest.mark.parametrize(
    ("told", "written", "later", "held"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("distress the same", BODY, screen(), screen(), True),
            ("distress more", BODY, screen(), screen(B3=4), False),
            ("distress less", BODY, screen(B3=4), screen(B3=3), True),
            ("time more", BODY, screen(), screen(B2=3), False),
            ("kept from work", BODY, screen(), screen(B4=2), False),
            ("less to see", BODY, screen(), screen(P1=2), False),
            ("more to see", BODY, screen(P1=2), screen(P1=3), True),
            ("another habit", BODY, screen(), screen(B5=3), False),
            ("a habit less", BODY, screen(B5=3), screen(B5=2), True),
            ("map worse", SCARS, see("scar_raised", 1), see("scar_raised", 3), False),
            ("map better", SCARS, see("scar_raised", 3), see("scar_raised", 1), True),
            ("map worse elsewhere", SCARS, see("scar_raised", 1), see("scar_raised", 1, 3), True),
            ("map graded", SCARS, see("scar_raised", 0), see("scar_raised", 1), False),
            ("line worse", SCARS, mark("mild"), mark("severe"), False),
            ("line better", SCARS, mark("severe"), mark("moderate"), True),
            (
                "counted more",
                SCARS,
                score("ecca", hypertrophic_early=40),
                score("ecca", hypertrophic_early=80),
                False,
            ),
            (
                "counted fewer",
                SCARS,
                score("ecca", hypertrophic_early=80),
                score("ecca", hypertrophic_early=40),
                True,
            ),
            (
                "other scars counted",
                SCARS,
                score("ecca", hypertrophic_early=40),
                score("ecca", hypertrophic_early=40, v_shaped=45),
                True,
            ),
            ("glogau more", AK, score("glogau", grade=3), score("glogau", grade=4), False),
            ("glogau less", AK, score("glogau", grade=4), score("glogau", grade=3), True),
            ("glogau without", AK, score("glogau", grade=1), score("glogau", grade=2), True),
            (
                "darker",
                SPOTS,
                score("mmasi", chin__area=1, chin__darkness=1),
                score("mmasi", chin__area=1, chin__darkness=3),
                False,
            ),
            (
                "lighter",
                SPOTS,
                score("mmasi", chin__area=2, chin__darkness=3),
                score("mmasi", chin__area=1, chin__darkness=3),
                True,
            ),
            ("ticked", SPOTS, score("pigment", melasma=0), score("pigment", melasma=2), False),
            ("dose higher", STEROID, take(mg_per_day=6), take(mg_per_day=15), False),
            ("dose lower", STEROID, take(mg_per_day=15), take(mg_per_day=6), True),
            ("longer", STEROID, take(mg_per_day=6), take(mg_per_day=6, days=150), True),
            ("more cream", CREAM, numb(5), numb(20), False),
            ("less cream", CREAM, numb(20), numb(5), True),
        )
    ],
)
def test_a_reason_holds_for_as_much_and_for_less(
    pack: Pack, told: tuple[Any, ...], written: Change, later: Change, *, held: bool
) -> None:
    rule, concern, item, conditions = told
    visit = written(tell(pack, concern, item, *conditions))
    found = next(it for it in judge(pack, visit, today=TODAY).decision.findings if it.id == rule)
    decided = (Override(id=rule, reason=REASON, digest=found.digest),)
    visit = replace(visit, overrides=decided)
    assert rule in judge(pack, visit, today=TODAY).decision.recorded

    changed = later(visit)
    decision = judge(pack, changed, today=TODAY).decision
    now = next(it for it in decision.findings if it.id == rule)
    assert (rule in decision.recorded) is held
    assert find_limits(changed, find_grades(pack, changed)).settles(now) is held


def test_the_plan_says_of_a_worse_scar_that_its_opinion_is_to_be_recorded(pack: Pack) -> None:
    visit = see("scar_raised", 1)(tell(pack, "scar_raised", "keloid", RAISED))
    visit = replace(visit, plan=plan_for("cheeks", "scar_raised"))
    found = next(it for it in judge(pack, visit, today=TODAY).decision.findings if it.id == OPINION)
    visit = replace(visit, overrides=(Override(id=OPINION, reason=REASON, digest=found.digest),))
    for grade, held in ((1, True), (3, False)):
        plan = judge(pack, see("scar_raised", grade)(visit), today=TODAY).plan
        assert plan is not None
        assert (OPINION not in {it.id for it in plan.conditions}) is held


def test_a_treatment_takes_an_older_reason_for_as_much_as_its_consultation_tells(
    pack: Pack,
) -> None:
    rule = BODY[0]
    visit = screen()(tell(pack, "pores", "bdd"))
    found = next(it for it in judge(pack, visit, today=TODAY).decision.findings if it.id == rule)
    older = leave_out_amounts(found.digest)
    assert older != found.digest
    kept = (Override(id=rule, reason=REASON, digest=older),)
    signed = replace(visit, state="signed", overrides=kept)
    assert rule in judge(pack, signed, today=TODAY).decision.recorded
    now = datetime.fromisoformat("2026-07-13T10:00")
    empty = replace(visit, id="t1", answers={}, body_image={}, visit_date=now.date())
    begun = begin_treatment(pack, empty, signed, None, steps=0, now=now)
    assert rule in judge(pack, begun, today=now.date()).decision.recorded
    worse = judge(pack, screen(B3=4)(begun), today=now.date()).decision
    assert rule not in worse.recorded
