"""A next date before the skin may be needled again is pointed out (reference 1.4 and 1.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.soonest import Soonest, find_too_early

NOW = datetime.fromisoformat("2027-03-29T09:00")
TODAY = NOW.date()
SIX_WEEKS = Soonest(day=date(2027, 5, 10), weeks=6)


def treat(pack: Pack, phototype: int, depth_mm: float | None, **written: Any) -> Consultation:  # noqa: ANN401 - fields of a treatment
    """Return a treatment of the cheeks at a depth, at which nothing stood in the way."""
    line = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=depth_mm, suggested=False)
    given: dict[str, Any] = {"treated": True, "areas": (line,)} | written
    return Consultation(
        id="t1",
        patient_id="p1",
        kind="treatment",
        follows="c1",
        visit_date=TODAY,
        started_at=NOW,
        patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
        allergy_state="none_known",
        answers={it.id: Answer(state="no") for it in pack.questions},
        facts=Facts(phototype=phototype, jurisdiction="UK"),  # type: ignore[arg-type] # of six
        plan=PlanRequest(
            primary_concern="acne_rolling",
            targets=(Target(area="cheeks", concern="acne_rolling"),),
            device_kind="automated_pen",
            device_label_max_mm=2.5,
            first_session=NOW,
        ),
        agreement=Agreement(decision="go_ahead"),
        treatment=Treatment(**given),
    )


def look(pack: Pack, visit: Consultation, after: int, what: str | None = "treatment") -> Any:  # noqa: ANN401 - or None
    """Return the first day where a date so many days after the treatment is too early."""
    assert visit.treatment is not None
    written: dict[str, Any] = {
        "next_date": TODAY + timedelta(days=after),
        "next_visit": what,
    }
    told = replace(visit, treatment=replace(visit.treatment, **written))
    return find_too_early(pack, told, judge(pack, told, today=TODAY))


@pytest.mark.parametrize("after", [0, 22, 35, 41])
def test_darker_skin_is_left_in_peace_for_six_weeks_at_one_millimetre(
    pack: Pack, after: int
) -> None:
    """20 April after 29 March was written, signed and taken into the list without a word."""
    assert look(pack, treat(pack, 4, 1.0), after) == SIX_WEEKS
    assert look(pack, treat(pack, 4, 1.0), after, None) == SIX_WEEKS, "nobody said what for"
    assert look(pack, treat(pack, 4, 1.0), after, "review") is None


@pytest.mark.parametrize(
    ("phototype", "depth_mm", "first"),
    [(4, 1.0, 42), (2, 1.0, 28), (2, 1.75, 42), (2, None, 42)],
)
def test_the_first_day_itself_is_not_too_early(
    pack: Pack, phototype: int, depth_mm: float | None, first: int
) -> None:
    """A depth that nobody wrote may have been any, as for every later visit."""
    visit = treat(pack, phototype, depth_mm)

    assert look(pack, visit, first) is None
    assert look(pack, visit, first - 1).day == TODAY + timedelta(days=first)


def test_what_was_needled_deeper_than_planned_rests_as_the_rules_say(pack: Pack) -> None:
    assert look(pack, treat(pack, 2, 1.75), 30) == Soonest(day=date(2027, 5, 10), days=42)


def test_who_was_not_treated_may_come_once_what_was_found_is_over(pack: Pack) -> None:
    visit = treat(pack, 2, None, treated=False, areas=())
    healed = Condition(
        code="herpes_simplex", status="healed", zones=("cheeks",), date_healed=PartialDate.of(TODAY)
    )
    sore = replace(
        visit,
        answers={**visit.answers, "herpes_simplex": Answer(state="yes")},
        facts=replace(visit.facts, conditions=(healed,)),
    )

    assert look(pack, visit, 1) is None
    assert look(pack, sore, 13) == Soonest(day=TODAY + timedelta(days=14))
    assert look(pack, sore, 14) is None


def test_nothing_is_pointed_out_while_nobody_said_whether_it_was_done(pack: Pack) -> None:
    assert look(pack, treat(pack, 4, 1.0, treated=None), 1) is None


def look_back(pack: Pack, done: Consultation, after: int, what: str | None) -> Any:  # noqa: ANN401 - or None
    """Return the same for a date so many days after a treatment, named by a review a week later."""
    named = Review(next_date=TODAY + timedelta(days=after), next_visit=what)  # type: ignore[arg-type] # of three
    review = replace(
        done, id="r1", kind="review", visit_date=TODAY + timedelta(days=7), treatment=None
    )
    return find_too_early(
        pack,
        replace(review, review=named),
        judge(pack, review, today=review.visit_date),
        (done,),
    )


def test_a_review_counts_from_the_last_treatment(pack: Pack) -> None:
    """It did not say what its next date is for, so that none was ever too early."""
    done = treat(pack, 4, 1.0)

    assert look_back(pack, done, 41, "treatment") == SIX_WEEKS
    assert look_back(pack, done, 41, None) == SIX_WEEKS, "nobody said what for"
    assert look_back(pack, done, 42, "treatment") is None
    assert look_back(pack, done, 8, "review") is None


def test_a_test_patch_waits_as_long_as_skin_rests_and_for_no_interval(pack: Pack) -> None:
    done = treat(pack, 4, 1.0)

    rested = Soonest(day=TODAY + timedelta(days=28), days=28)
    assert look_back(pack, done, 27, "test_patch") == rested
    assert look_back(pack, done, 28, "test_patch") is None


def test_after_a_review_without_a_treatment_no_date_is_too_early(pack: Pack) -> None:
    assert look_back(pack, treat(pack, 4, 1.0, treated=False), 8, "treatment") is None


@pytest.mark.parametrize(
    ("after", "event", "first"),
    [(28, 30, 31), (30, 30, 31), (31, 30, None), (29, 50, None), (27, 30, 31), (27, 60, 28)],
)
def test_a_date_too_near_the_event_of_the_plan_is_too_early(
    pack: Pack, after: int, event: int, first: int | None
) -> None:
    """It was far enough from the treatment, so nothing was said of it."""
    visit = treat(pack, 2, 1.0)
    told = replace(visit, plan=replace(visit.plan, event_date=TODAY + timedelta(days=event)))

    found = look(pack, told, after)

    assert (found and found.day) == (None if first is None else TODAY + timedelta(days=first))
    assert look_back(pack, told, after, "treatment") == found
    assert look(pack, told, after, "review") is None
    if found is not None and after >= 28:
        assert (found.event, found.days) == (told.plan.event_date, 21)


ISOTRETINOIN = Medication(code="isotretinoin", status="stopped", last_dose=PartialDate.of(TODAY))
UNTIL = date(2027, 9, 29)


def take(visit: Consultation) -> Consultation:
    """Tell of capsules that were stopped on the day, so that half a year is waited."""
    return replace(
        visit,
        answers={**visit.answers, "isotretinoin": Answer(state="yes")},
        facts=replace(visit.facts, medications=(ISOTRETINOIN,)),
    )


@pytest.mark.parametrize("treated", [True, False, None])
def test_what_was_found_has_the_next_treatment_wait_too(
    pack: Pack, *, treated: bool | None
) -> None:
    """A supervisor may have allowed this one; the next is another decision."""
    visit = take(treat(pack, 2, 1.0, treated=treated))

    found = look(pack, visit, 60)

    assert found == Soonest(day=UNTIL)
    assert look(pack, visit, (UNTIL - TODAY).days) is None
    assert look(pack, visit, 60, "review") is None


@pytest.mark.parametrize("what", ["treatment", "test_patch", None])
@pytest.mark.parametrize("teller", ["consultation", "put off", "treated"])
def test_a_review_keeps_what_was_found_before_it(pack: Pack, what: str | None, teller: str) -> None:
    """Its next date lay before the day until which the box had the patient wait."""
    done = treat(pack, 2, 1.0)
    told = replace(take(done), id="c1", kind="consultation", treatment=None)
    off = replace(take(done), treatment=Treatment(treated=False))
    earlier = {"consultation": (done,), "put off": (off, done), "treated": (take(done),)}[teller]
    last = LastSaid(visit=told) if teller == "consultation" else None
    day = TODAY + timedelta(days=60)

    def review(on: date, aim: str | None) -> Soonest | None:
        named = Review(next_date=on, next_visit=aim)  # type: ignore[arg-type] # of three
        visit = replace(
            done,
            id="r1",
            kind="review",
            visit_date=TODAY + timedelta(days=7),
            treatment=None,
            review=named,
        )
        judged = judge(pack, visit, today=visit.visit_date)
        return find_too_early(pack, visit, judged, earlier, last)

    assert review(day, what) == Soonest(day=UNTIL)
    assert review(UNTIL, what) is None
    assert review(day, "review") is None
    assert review(TODAY + timedelta(days=8), what) == Soonest(day=UNTIL), "the longer wait is said"
