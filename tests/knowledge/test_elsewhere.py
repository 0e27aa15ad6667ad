"""What an unfinished visit finds in the way of a treatment, and what of it does not concern it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Agreement, Answer, Consultation, SkinAssessment
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.history import Condition, Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Review, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.elsewhere import (
    Stops,
    find_said,
    find_stops,
    lay_plan,
    lay_stops,
    place_scored,
)

DAY, LATER = date(2026, 6, 15), date(2026, 7, 15)
BLEEDS = Finding(id="bleeds", item="bleeding_disorder", severity=Severity.ABSOLUTE)
SORE = Finding(id="sore", item="herpes_simplex", severity=Severity.DEFER, resolves_by="event")
CLEARED = Finding(
    id="cleared", item="immunosuppression", severity=Severity.RELATIVE, resolves_by="clearance"
)
CARE = Finding(id="care", item="keloid", severity=Severity.PRECAUTION)
OWN = Decision(state=DecisionState.PRECAUTION, headline="Precautions", blocks_treatment=False)
OTHER = Consultation(
    id="v2",
    patient_id="p1",
    follows="v1",
    visit_date=DAY,
    started_at=datetime.fromisoformat("2026-06-15T09:00"),
)
TREATMENT = replace(
    OTHER,
    id="t1",
    kind="treatment",
    plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),)),
)
YES, NO = Answer(state="yes"), Answer(state="no")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def find(pack: Pack, *found: Finding, **how: Consultation | Decision) -> tuple[str, ...]:
    """Return what stands in the way, as it is named."""
    given = {"treatment": TREATMENT, "own": OWN, "other": OTHER, **how}
    decision = replace(OWN, findings=found)
    stops = find_stops(pack, decision=decision, **given)  # type: ignore[arg-type] # named as it names them
    return stops.labels if stops is not None else ()


def look(pack: Pack, other: Consultation) -> Stops | None:
    """Return what a visit with these answers finds in the way of the treatment."""
    laid = lay_plan(other, TREATMENT)
    facts = judge(pack, laid, today=DAY).facts
    assert facts is not None
    judged = judge(pack, place_scored(pack, laid, facts), today=DAY)
    return find_stops(pack, TREATMENT, OWN, other, judged.decision)


def tell(pack: Pack, other: Consultation) -> tuple[str, ...]:
    stops = look(pack, other)
    return stops.labels if stops is not None else ()


def test_what_bars_a_treatment_is_found_and_what_asks_for_care_is_not(pack: Pack) -> None:
    assert find(pack, BLEEDS, SORE, CARE) == ("Bleeding disorder", "Cold sores")


def test_what_the_treatment_finds_just_so_itself_is_said_there(pack: Pack) -> None:
    assert find(pack, BLEEDS, own=replace(OWN, findings=(BLEEDS,))) == ()
    longer = replace(SORE, until=date(2026, 7, 1))
    assert find(pack, longer, own=replace(OWN, findings=(SORE,))) == ("Cold sores",)


def test_the_day_on_which_it_is_over_is_known_where_all_of_it_has_one(pack: Pack) -> None:
    days = [date(2026, 7, day) for day in (1, 9)]
    first, later = (replace(SORE, id=f"s{day}", until=day) for day in days)

    def end(*found: Finding, other: Consultation = OTHER) -> date | None:
        told = replace(OWN, findings=found)
        stops = find_stops(pack, TREATMENT, OWN, other, told)
        assert stops is not None
        laid = lay_stops(Judgement(decision=OWN), other, stops).decision
        assert laid.visit_until == stops.until
        return stops.until

    assert end(first, later) == days[1]
    assert end(first, SORE) is None
    assert end(first, CLEARED) is None
    thinks = replace(OTHER, agreement=Agreement(decision="think"))
    assert end(first, other=thinks) is None


@pytest.mark.parametrize(("days", "waits"), [(1, True), (13, True), (14, False)])
def test_a_no_of_the_day_ends_no_wait_of_what_was_told_there(
    pack: Pack, days: int, *, waits: bool
) -> None:
    """A cold sore of last week was in a visit that nobody signed, and a No took it away."""
    active = Condition(code="herpes_simplex", status="active", zones=("cheeks",))
    told = replace(
        OTHER,
        visit_date=DAY - timedelta(days=days),
        answers={"herpes_simplex": YES},
        facts=Facts(conditions=(active,)),
    )
    denied = replace(TREATMENT, answers={"herpes_simplex": NO})
    assert find(pack, SORE, treatment=denied, other=told) == (("Cold sores",) if waits else ())
    over = replace(TREATMENT, answers={"herpes_simplex": YES})
    assert find(pack, SORE, treatment=over, other=told) == (), "said there with its day"


@pytest.mark.parametrize("state", ["draft", "signed"])
@pytest.mark.parametrize(("after", "counts"), [(-30, True), (-1, True), (0, False), (1, False)])
def test_nor_does_an_end_before_the_day_on_which_it_was_still_there(
    pack: Pack, state: Literal["draft", "signed"], after: int, *, counts: bool
) -> None:
    """The end of the sore before it was told, and that of now was in no box."""
    active = Condition(code="herpes_simplex", status="active", zones=("cheeks",))
    day = DAY - timedelta(days=3)
    told = replace(OTHER, state=state, visit_date=day, answers={"herpes_simplex": YES})
    told = replace(told, facts=Facts(conditions=(active,)))
    ended = PartialDate.of(day + timedelta(days=after))
    over = replace(active, status=None, date_healed=ended)
    treatment = replace(TREATMENT, answers={"herpes_simplex": YES})
    treatment = replace(treatment, facts=Facts(conditions=(over,)))
    found = find(pack, SORE, treatment=treatment, other=told)
    assert found == (("Cold sores",) if counts else ())


ACNE = Condition(code="acne", zones=("cheeks",), iga=3)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"answers": {"acne": YES}, "facts": Facts(conditions=(ACNE,))}, ("Active acne today",)),
        ({"skin": SkinAssessment(scores={"iga": {"grade": 4.0}})}, ("Active acne today",)),
        (
            {"skin": SkinAssessment(scores={"iga": {"grade": 3.0}}), "answers": {"acne": NO}},
            ("Active acne today",),
        ),
        ({"skin": SkinAssessment(scores={"iga": {"grade": 2.0}})}, ()),
        (
            {
                "skin": SkinAssessment(scores={"ecca": {"keloid_late": 50.0}}),
                "answers": {"keloid": NO},
            },
            ("Keloid or raised scars",),
        ),
        (
            {"answers": {"la_allergy": YES}, "facts": Facts(allergies=("amide_la",))},
            ("Numbing-cream allergy",),
        ),
    ],
)
def test_what_it_says_is_held_against_the_areas_of_the_treatment(
    pack: Pack, said: dict[str, object], told: tuple[str, ...]
) -> None:
    """Where acne was scored nobody may have said yet, and it plans nothing yet itself."""
    other = replace(OTHER, **said)  # type: ignore[arg-type] # named as a visit names them
    assert tell(pack, other) == told
    elsewhere = replace(
        other, plan=PlanRequest(targets=(Target(area="abdomen", concern="striae"),))
    )
    assert tell(pack, elsewhere) == told, "its own plan is another"


def test_what_lies_elsewhere_than_the_treatment_is_none_of_it(pack: Pack) -> None:
    on_the_back = Facts(conditions=(replace(ACNE, zones=("back",)),))
    assert tell(pack, replace(OTHER, answers={"acne": YES}, facts=on_the_back)) == ()


def test_what_it_plans_itself_is_none_of_this_plan(pack: Pack) -> None:
    planned = Facts(topicals_planned=("exosome",), modality="rf_needling")
    wrong = PlanRequest(targets=(Target(area="eyelid", concern="fine_lines"),))
    assert tell(pack, replace(OTHER, plan=wrong, facts=planned)) == ()


def test_what_was_asked_again_counts_over_an_earlier_day_and_not_over_the_same(pack: Pack) -> None:
    again = replace(TREATMENT, answers={"herpes_simplex": Answer(state="no")})
    earlier = replace(OTHER, visit_date=date(2026, 6, 1))
    assert find(pack, BLEEDS, SORE, treatment=again, other=earlier) == ("Bleeding disorder",)
    assert find(pack, SORE, treatment=again) == ("Cold sores",)


def test_a_visit_of_a_later_day_does_not_concern_the_treatment(pack: Pack) -> None:
    assert find(pack, BLEEDS, other=replace(OTHER, visit_date=date(2026, 6, 16))) == ()


def test_a_decision_that_the_treatment_carries_is_taken(pack: Pack) -> None:
    both, one, more = (replace(CLEARED, digest=f"rule:{it}") for it in ("a.b", "a", "a.c"))
    own = replace(OWN, findings=(both,), recorded={"cleared": "Seen by the doctor"})
    assert find(pack, BLEEDS, one, own=own) == ("Bleeding disorder",)
    assert find(pack, more, own=own) == ("Lowered immunity",), "it was decided for other facts"


@pytest.mark.parametrize("item", ["tan", "injectables", "anticoagulants", "healing", "melasma"])
def test_so_does_one_that_has_to_wait_or_be_decided(pack: Pack, item: str) -> None:
    """Only what asks one by one counted, and a Yes to anything else left the treatment calm."""
    for state in ("yes", "unsure"):
        other = replace(OTHER, answers={item: Answer(state=state)})
        stops = look(pack, other)
        assert stops is not None, state
        assert stops.labels == (pack.question_by_id[item].label,)
    assert look(pack, replace(OTHER, answers={"urticaria": Answer(state="unsure")})) is None


@pytest.mark.parametrize("state", ["yes", "unsure"])
def test_a_stop_question_that_is_not_denied_counts_before_its_details_are_told(
    pack: Pack, state: Literal["yes", "unsure"]
) -> None:
    other = replace(OTHER, answers={"bleeding_disorder": Answer(state=state)})
    stops = look(pack, other)
    assert stops is not None
    assert stops.labels == ("Bleeding disorder",)
    laid = lay_stops(Judgement(decision=OWN), other, stops).decision
    assert laid.blocks_treatment
    assert laid.headline.startswith("Not known yet whether it can be treated")


def test_questions_that_nobody_asked_yet_stop_nothing(pack: Pack) -> None:
    assert judge(pack, lay_plan(OTHER, TREATMENT), today=DAY).decision.needed
    assert look(pack, OTHER) is None


def test_a_new_medicine_of_another_treatment_record_counts(pack: Pack) -> None:
    asked = Treatment(new_medicines="yes")
    other = replace(OTHER, kind="treatment", treatment=asked)
    assert tell(pack, other) == ("New medicines",)


def test_the_treatment_is_refused_and_says_which_visit_and_what_of_it(pack: Pack) -> None:
    found = replace(OWN, findings=(BLEEDS, SORE))
    stops = find_stops(pack, TREATMENT, OWN, OTHER, found)
    assert stops is not None
    laid = lay_stops(Judgement(decision=OWN), OTHER, stops).decision
    assert laid.state is DecisionState.ABSOLUTE
    assert laid.headline == "Do not treat (return visit of 15 June 2026, not finished)"
    assert laid.blocks_treatment
    assert laid.visit == "v2"
    assert "Bleeding disorder, Cold sores" in laid.advice


def test_the_stronger_headline_stays(pack: Pack) -> None:
    """*Decide* of another visit stood over a skin that has to heal first."""
    waits = replace(
        OWN,
        state=DecisionState.DEFER,
        headline="Not before 13 July 2026",
        findings=(SORE,),
        blocks_treatment=True,
    )
    stops = find_stops(pack, TREATMENT, waits, OTHER, replace(OWN, findings=(CLEARED,)))
    assert stops is not None

    laid = lay_stops(Judgement(decision=waits), OTHER, stops).decision

    assert (laid.state, laid.headline) == (DecisionState.DEFER, "Not before 13 July 2026")
    assert laid.blocks_treatment
    assert laid.advice.startswith("Decision or clearance needed (return visit of 15 June 2026")
    assert "There it says: Lowered immunity" in laid.advice


def test_what_has_to_wait_is_not_said_to_be_for_good() -> None:
    stops = Stops(severity=Severity.DEFER, labels=("Cold sores",))
    laid = lay_stops(Judgement(decision=OWN), OTHER, stops).decision
    assert laid.state is DecisionState.DEFER
    assert laid.blocks_treatment


def test_the_other_visit_is_judged_for_the_day_of_the_treatment() -> None:
    at = datetime.fromisoformat("2026-07-01T09:15")
    moved = replace(TREATMENT, plan=replace(TREATMENT.plan, first_session=at))
    for treatment, time in ((moved, "09:15"), (TREATMENT, "12:00")):
        first = lay_plan(OTHER, treatment).plan.first_session
        assert first == datetime.fromisoformat(f"2026-06-15T{time}")


def test_an_allergy_written_there_and_denied_here_counts(pack: Pack) -> None:
    other = replace(OTHER, allergy_state="known", allergies="Lidocaine, Peanuts")
    denies = replace(TREATMENT, answers={"la_allergy": NO})
    assert find(pack, treatment=denies, other=other) == ("Numbing-cream allergy: Lidocaine",)
    knows = replace(denies, allergy_state="known", allergies="Lidocaine")
    assert find(pack, treatment=knows, other=other) == (), "it is told of there itself"
    assert find(pack, treatment=denies, other=replace(other, allergy_state="none_known")) == ()


def test_without_areas_in_the_treatment_those_of_the_other_visit_count() -> None:
    planned = PlanRequest(targets=(Target(area="neck", concern="fine_lines"),))
    laid = lay_plan(replace(OTHER, plan=planned), replace(TREATMENT, plan=PlanRequest()))
    assert laid.plan.targets == planned.targets


REVIEW = replace(OTHER, kind="review")
ADDENDUM = replace(OTHER, kind="addendum")


def find_words(**said: object) -> tuple[str, ...]:
    """Return what an unfinished review says that counts."""
    review = Review(**said)  # type: ignore[arg-type] # named as a review names them
    stops = find_said(TREATMENT, replace(REVIEW, review=review))
    return stops.labels if stops is not None else ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"changes": " pregnant since last week "}, "pregnant since last week"),
        ({"adverse": "ongoing"}, "side effects still there"),
        ({"adverse": "new", "adverse_event": "blisters"}, "side effects new: blisters"),
        ({"adverse": "resolved", "adverse_event": "on cream"}, "side effects settled: on cream"),
        ({"decision": "stop"}, "stop"),
        ({"changes": "a" * 200}, f"{'a' * 90}…"),
    ],
)
def test_what_a_begun_review_says_counts(said: dict[str, object], told: str) -> None:
    assert find_words(**said) == (told,)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"changes": " "},
        {"adverse": "none", "adverse_event": "hidden by now"},
        {"adverse": "resolved"},
        {"decision": "continue", "by_patient": 2, "bother": {"pores": 4}},
    ],
)
def test_a_review_that_says_nothing_against_it_refuses_nothing(said: dict[str, object]) -> None:
    assert find_words(**said) == ()


def test_words_of_a_later_day_do_not_concern_the_treatment() -> None:
    before = replace(TREATMENT, visit_date=date(2026, 6, 14))
    assert find_said(before, replace(REVIEW, review=Review(changes="pregnant"))) is None


def test_an_addendum_counts_by_its_words_alone() -> None:
    assert find_said(TREATMENT, ADDENDUM) is None
    stops = find_said(TREATMENT, replace(ADDENDUM, addendum="stop, started isotretinoin"))
    assert stops is not None
    laid = lay_stops(Judgement(decision=OWN), ADDENDUM, stops).decision
    assert laid.blocks_treatment
    assert laid.headline.endswith("(addendum of 15 June 2026, not finished)")
    assert "There it says: stop, started isotretinoin." in laid.advice


def test_what_a_review_decided_is_stronger_than_its_words() -> None:
    stops = find_said(TREATMENT, replace(REVIEW, review=Review(changes="x", decision="change")))
    assert stops == Stops(severity=Severity.ABSOLUTE, labels=("x", "change the plan"))
    assert stops.rank < Stops(severity=None, labels=("x",)).rank
