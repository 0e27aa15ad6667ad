"""A treatment: asked again on the day, refused while something stops it, locked when complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.expired import explain_expired
from consult_app.domain.history import Condition, Facts, Numbing
from consult_app.domain.people import Patient, Practitioner
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.steps import TREATMENT_STEPS, Progress
from consult_app.domain.treatment import OF_CREAM, Consumable, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.visits.treating import (
    answer_again,
    answer_medicines,
    begin_treatment,
    find_treatment_obstacles,
    is_blocked,
    suggest_areas,
)

FIRST, TODAY = date(2026, 6, 15), date(2026, 7, 6)
NOW = datetime.fromisoformat("2026-07-06T09:00")


@pytest.fixture(scope="module")
def last(pack: Pack) -> Consultation:
    """A signed consultation in which nothing stood in the way."""
    asked = [it.id for it in pack.questions if it.step in {"safety", "skin"}]
    return Consultation(
        id="v1",
        patient_id="p1",
        state="signed",
        visit_date=FIRST,
        started_at=datetime.fromisoformat("2026-06-15T10:00"),
        patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
        allergy_state="none_known",
        answers=dict.fromkeys(asked, Answer(state="no")),
        facts=Facts(phototype=2, jurisdiction="UK"),
        plan=PlanRequest(
            primary_concern="acne_rolling",
            targets=(Target(area="cheeks", concern="acne_rolling"),),
            device_label_max_mm=2.5,
            first_session=NOW,
        ),
        agreement=Agreement(decision="go_ahead"),
    )


@pytest.fixture
def begun(pack: Pack, last: Consultation) -> Consultation:
    """A treatment on the day of the first session."""
    empty = Consultation(
        id="v2",
        patient_id="p1",
        visit_date=TODAY,
        started_at=NOW,
        patient=last.patient,
        practitioner=Practitioner(name="Dr Lena Hart"),
    )
    plan = judge(pack, last, today=TODAY).plan
    assert plan is not None
    return begin_treatment(pack, empty, last, plan, steps=0, now=NOW)


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def ask_all(pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
    for item in pack.recheck.items:
        visit = answer_again(pack, visit, None, item, "no")
    return answer_medicines(pack, visit, last, "no")


def record(visit: Consultation, **fields: object) -> Consultation:
    treatment = visit.treatment or Treatment()
    return replace(visit, treatment=replace(treatment, **fields))  # type: ignore[arg-type] # its fields


def test_depths_come_from_the_plan_as_suggestions(pack: Pack, begun: Consultation) -> None:
    plan = look(pack, begun).plan
    assert plan is not None
    (planned,) = plan.session_plan[0].depths
    assert begun.treatment is not None
    (area,) = begun.treatment.areas
    assert (area.area, area.depth_mm, area.suggested) == ("cheeks", planned.planned_mm, True)


def test_until_all_six_are_answered_treating_is_refused(
    pack: Pack, begun: Consultation, last: Consultation
) -> None:
    visit = begun
    assert is_blocked(visit, look(pack, visit), "")
    for item in pack.recheck.items:
        visit = answer_again(pack, visit, None, item, "no")
        assert is_blocked(visit, look(pack, visit), ""), item

    visit = answer_medicines(pack, visit, last, "no")

    assert not is_blocked(visit, look(pack, visit), "")


def test_a_plan_that_cannot_be_worked_out_refuses_treating(
    pack: Pack, begun: Consultation, last: Consultation
) -> None:
    """Other content had signed it; without lines nothing was judged that a depth decides."""
    asked = ask_all(pack, begun, last)
    strange = replace(asked.plan, targets=(Target(area="cheeks", concern="of_other_content"),))
    visit = replace(asked, plan=strange)

    judgement = look(pack, visit)

    assert judgement.decision.state is DecisionState.COULD_NOT_CHECK
    assert is_blocked(visit, judgement, "Dr Okoro")
    assert not is_blocked(record(visit, treated=True), look(pack, record(visit, treated=True)), "")


def test_what_is_needed_are_the_questions_asked_on_the_day(pack: Pack, begun: Consultation) -> None:
    needed = [it.item for it in look(pack, begun).decision.needed]

    assert needed == [*pack.recheck.items, "medicines"], "in the order they are asked"


@pytest.mark.parametrize(
    "item", ["consent", "pregnancy", "herpes_simplex", "skin_infection", "sunburn"]
)
@pytest.mark.parametrize("state", ["yes", "unsure", None])
def test_any_other_answer_refuses(
    pack: Pack, begun: Consultation, last: Consultation, item: str, state: str | None
) -> None:
    visit = answer_again(pack, ask_all(pack, begun, last), last, item, state)

    assert is_blocked(visit, look(pack, visit), "")


@pytest.mark.parametrize("state", ["yes", "unsure", None])
def test_a_new_medicine_opens_every_question_about_medicines(
    pack: Pack, begun: Consultation, last: Consultation, state: str | None
) -> None:
    visit = answer_medicines(pack, ask_all(pack, begun, last), last, state)

    judgement = look(pack, visit)
    assert is_blocked(visit, judgement, "")
    assert judgement.screening is not None
    assert {it.item for it in judgement.screening.gaps} >= set(pack.medicine_items)
    assert [it.item for it in judgement.decision.needed] == ["medicines"], "asked in one question"


def test_what_was_said_at_the_consultation_is_judged_for_the_day(
    pack: Pack, begun: Consultation, last: Consultation
) -> None:
    keloid = Condition(code="keloid", zones=("cheeks",))
    told = replace(
        last,
        answers={**last.answers, "keloid": Answer(state="yes")},
        facts=replace(last.facts, conditions=(keloid,)),
    )
    empty = replace(begun, kind="consultation", answers={}, facts=Facts(), treatment=None)

    visit = ask_all(pack, begin_treatment(pack, empty, told, None, steps=0, now=NOW), told)

    assert "keloid_in_area" in {it.id for it in look(pack, visit).decision.findings}
    assert is_blocked(visit, look(pack, visit), "")


def test_a_treatment_is_locked_when_nothing_is_missing(
    pack: Pack, begun: Consultation, last: Consultation
) -> None:
    visit = ask_all(pack, begun, last)
    assert visit.treatment is not None
    done = tuple(replace(it, suggested=False) for it in visit.treatment.areas)
    ready = record(visit, treated=True, areas=done)

    assert find_treatment_obstacles(pack, ready, look(pack, ready), "") == ()
    for faulty in (
        record(ready, treated=None),
        record(ready, areas=visit.treatment.areas),
        replace(ready, practitioner=Practitioner()),
        answer_again(pack, ready, last, "consent", None),
    ):
        assert len(find_treatment_obstacles(pack, faulty, look(pack, faulty), "")) == 1
    stopped = record(answer_again(pack, ready, last, "consent", None), treated=False)
    assert find_treatment_obstacles(pack, stopped, look(pack, stopped), "") == (), (
        "that is kept too"
    )


def test_a_treatment_is_whole_once_all_of_it_is_written(begun: Consultation) -> None:
    assert begun.treatment is not None
    done = tuple(replace(it, suggested=False, passes=None) for it in begun.treatment.areas)
    cartridge = Consumable(lot="C-1", expiry=date(2026, 7, 5))
    visit = record(begun, areas=done, cartridge=cartridge, numbing=Consumable(name="Cream"))
    assert visit.treatment is not None
    assert visit.treatment.unwritten == ("passes", "end_point", *OF_CREAM)

    done = tuple(replace(it, passes=4, end_point="E2") for it in done)
    visit = record(
        visit, areas=done, numbing_on=NOW, numbing_off=NOW, numbing_grams=5, numbing_area_cm2=50
    )
    assert visit.treatment is not None
    assert visit.treatment.unwritten == ()
    (step,) = (it for it in TREATMENT_STEPS if it.id == "treated")
    assert step.progress(visit) is Progress.HALF, "why something past its date was used"
    assert step.progress(explain_expired(visit, "The only one")) is Progress.DONE


@pytest.mark.parametrize(("expiry", "expired"), [("2026-07-05", True), ("2026-07-06", False)])
def test_what_is_past_its_date_needs_a_reason(
    pack: Pack, begun: Consultation, last: Consultation, expiry: str, *, expired: bool
) -> None:
    visit = ask_all(pack, begun, last)
    gel = Consumable(name="Gel", lot="G-1", expiry=date.fromisoformat(expiry))
    visit = record(visit, treated=True, areas=(), products=(gel,))

    assert bool(visit.treatment and visit.treatment.list_expired(visit.visit_date)) is expired
    assert bool(find_treatment_obstacles(pack, visit, look(pack, visit), "")) is expired
    reasoned = explain_expired(visit, "The only one in the house; opened today")
    assert find_treatment_obstacles(pack, reasoned, look(pack, reasoned), "") == ()


@pytest.mark.parametrize(
    ("product", "named"),
    [
        ("lidocaine4", "Lidocaine 4% cream"),
        ("lido4", "Lidocaine 4% cream"),
        ("none", ""),
        ("a cream of a newer content", "a cream of a newer content"),
    ],
)
def test_the_planned_numbing_cream_stands_there_by_its_name(
    pack: Pack, last: Consultation, product: str, named: str
) -> None:
    planned = replace(last, plan=replace(last.plan, numbing=Numbing(product=product)))

    visit = begin_treatment(pack, last, planned, None, steps=0, now=NOW)

    assert visit.treatment is not None
    assert visit.treatment.numbing.name == named


@pytest.mark.parametrize(
    ("product", "allergy", "named"),
    [("emla", "amide_la", ""), ("lidocaine7_tetracaine7", "ester_la", "Lidocaine 4% cream")],
)
def test_a_numbing_cream_that_the_plan_replaced_is_not_named(
    pack: Pack, last: Consultation, product: str, allergy: str, named: str
) -> None:
    asked = replace(last.plan, numbing=Numbing(product=product))
    planned = replace(last, plan=asked)
    known = replace(last.facts, date_of_birth=date(1990, 5, 1), allergies=(allergy,))
    plan = resolve(pack, asked, known, today=FIRST)

    visit = begin_treatment(pack, last, planned, plan, steps=0, now=NOW)

    assert visit.treatment is not None
    assert visit.treatment.numbing.name == named


@pytest.mark.parametrize(
    ("concern", "expected"), [("fine_lines", ""), ("acne_icepick", ""), ("pores", "E2")]
)
def test_one_end_point_is_proposed_and_a_range_stays_open(
    pack: Pack, last: Consultation, concern: str, expected: str
) -> None:
    plan = replace(
        last.plan, targets=(Target(area="cheeks", concern=concern),), primary_concern=concern
    )
    resolved = judge(pack, replace(last, plan=plan), today=TODAY).plan
    (area,) = suggest_areas(pack, resolved, steps=0)
    assert area.end_point == expected


def test_what_was_taken_back_at_the_consultation_stops_nothing_on_the_day(
    pack: Pack, last: Consultation
) -> None:
    slip = replace(last, facts=replace(last.facts, pregnancy="yes"))
    assert slip.answers["pregnancy"].state == "no"
    empty = replace(last, id="v2", state="draft", visit_date=TODAY, answers={}, facts=Facts())

    visit = begin_treatment(pack, empty, slip, None, steps=0, now=NOW)

    found = [finding.item for finding in look(pack, visit).decision.findings]
    assert "pregnancy" not in found
    assert "pregnancy" in {needed.item for needed in look(pack, visit).decision.needed}
