"""Who is given no next date is expected on the day that the plan gives (reference 1.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.coming import Coming, find_coming
from consult_app.knowledge.visits.elsewhere import Stops, lay_stops
from consult_app.knowledge.visits.locking import sign_off

NOW = datetime.fromisoformat("2026-07-06T09:00")
TODAY = NOW.date()
WEEK = timedelta(weeks=1)


def needle(depth_mm: float | None) -> TreatedArea:
    """Return cheeks as they were needled."""
    return TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=depth_mm)


@pytest.fixture(scope="module")
def treated(pack: Pack) -> Consultation:
    """A treatment at which nothing stood in the way, of a course of four."""
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
        facts=Facts(phototype=2, jurisdiction="UK"),
        plan=PlanRequest(
            primary_concern="acne_rolling",
            targets=(Target(area="cheeks", concern="acne_rolling"),),
            device_label_max_mm=2.5,
            sessions=4,
            interval_weeks=5,
            first_session=NOW,
        ),
        agreement=Agreement(decision="go_ahead"),
        treatment=Treatment(treated=True, areas=(needle(1.0),)),
    )


def look(pack: Pack, visit: Consultation, *earlier: Consultation) -> Coming | None:
    """Return what follows a visit."""
    return find_coming(pack, visit, judge(pack, visit, today=TODAY), earlier)


def record(visit: Consultation, **fields: object) -> Consultation:
    """Return a treatment of which something else is recorded."""
    told = replace(visit.treatment or Treatment(), **fields)  # type: ignore[arg-type] # its fields
    return replace(visit, treatment=told)


def test_the_next_treatment_comes_after_the_interval_of_the_plan(
    pack: Pack, treated: Consultation
) -> None:
    assert look(pack, treated) == Coming(day=TODAY + 5 * WEEK, what="treatment")


def test_what_was_needled_deeper_than_planned_waits_as_long_as_its_depth_asks(
    pack: Pack, treated: Consultation
) -> None:
    """Else the list would name a day that the rules refuse."""
    assert look(pack, record(treated, areas=(needle(1.75),))) == Coming(
        day=TODAY + 6 * WEEK, what="treatment"
    )


@pytest.mark.parametrize("others", [(), (0.5,)])
def test_a_depth_that_nobody_wrote_waits_the_longest(
    pack: Pack, treated: Consultation, others: tuple[float, ...]
) -> None:
    """It counted as none at all, and the day that was named was refused when it came."""
    unknown = record(treated, areas=(needle(None), *map(needle, others)))

    assert look(pack, unknown) == Coming(day=TODAY + 6 * WEEK, what="treatment")


@pytest.mark.parametrize(
    ("after", "phototype", "day"),
    [(0, 2, 1), (20, 2, 21), (21, 2, 0), (-1, 2, 0), (27, 5, 28), (28, 5, 0)],
)
def test_the_next_treatment_keeps_clear_of_the_event_of_the_plan(
    pack: Pack, treated: Consultation, after: int, phototype: Literal[2, 5], day: int
) -> None:
    """Who came a day early was listed for the day before the wedding."""
    dark = replace(treated, facts=replace(treated.facts, phototype=phototype))
    usual = TODAY + (6 if phototype == 5 else 5) * WEEK
    event = usual + timedelta(days=after)
    told = replace(dark, plan=replace(dark.plan, event_date=event))

    assert look(pack, told) == Coming(day=usual + timedelta(days=day), what="treatment")


def test_a_review_moves_a_day_gone_by_past_the_event_and_no_day_agreed(
    pack: Pack, treated: Consultation
) -> None:
    late, event = TODAY + 6 * WEEK, TODAY + 7 * WEEK
    before = replace(treated, expected_on=TODAY + 5 * WEEK)
    before = replace(before, plan=replace(treated.plan, event_date=event))
    review = replace(
        treated,
        id="r1",
        kind="review",
        visit_date=late,
        treatment=None,
        review=Review(decision="continue"),
        plan=PlanRequest(),
    )

    assert look(pack, review, before) == Coming(day=event + timedelta(days=1), what="treatment")
    agreed = record(before, next_date=late + timedelta(days=1))
    assert look(pack, review, agreed) == Coming(day=late + timedelta(days=1), what="treatment")


def test_the_last_treatment_of_the_course_is_followed_by_the_review(
    pack: Pack, treated: Consultation
) -> None:
    done = [replace(treated, id=f"t{number}") for number in (2, 3, 4)]
    refused = record(replace(treated, id="t5"), treated=False)
    other = replace(treated, id="t6", follows="c0")

    assert look(pack, treated, *done) == Coming(day=TODAY + 12 * WEEK, what="review")
    assert look(pack, treated, *done[:2], refused, other) == look(pack, treated)


def test_a_review_that_is_named_is_counted_as_one(pack: Pack, treated: Consultation) -> None:
    """It is the one of the sheet, which counts from the last treatment of the course."""
    named = record(treated, next_visit="review")
    done = [replace(treated, id=f"t{number}") for number in (2, 3, 4)]

    assert look(pack, named) == Coming(day=TODAY + (3 * 5 + 12) * WEEK, what="review")
    assert look(pack, named, *done) == Coming(day=TODAY + 12 * WEEK, what="review")


def test_after_a_review_that_was_to_come_the_plan_goes_on(
    pack: Pack, treated: Consultation
) -> None:
    """It was expected again on its own day."""
    before = record(treated, next_visit="review", next_date=TODAY + 2 * WEEK)
    review = replace(
        treated,
        id="r1",
        kind="review",
        visit_date=TODAY + 2 * WEEK,
        treatment=None,
        review=Review(decision="continue"),
        plan=PlanRequest(),
    )
    done = [replace(treated, id=f"t{number}") for number in (2, 3, 4)]

    assert look(pack, review, before) == Coming(day=TODAY + 5 * WEEK, what="treatment")
    assert look(pack, review, before, *done) == Coming(day=TODAY + 12 * WEEK, what="review")
    late = replace(review, visit_date=TODAY + 12 * WEEK)
    assert look(pack, late, before, *done) is None


def test_who_was_not_needled_is_expected_from_the_day_the_plan_allows(
    pack: Pack, treated: Consultation
) -> None:
    assert look(pack, record(treated, treated=False)) == Coming(day=TODAY, what="treatment")
    assert look(pack, record(treated, treated=None)) is None


@pytest.mark.parametrize(
    ("until", "event", "day"),
    [(20, None, 20), (20, 30, 31), (None, None, None)],
)
def test_who_was_put_off_for_another_visit_waits_for_what_it_says(
    pack: Pack, treated: Consultation, until: int | None, event: int | None, day: int | None
) -> None:
    """Today was promised, on which it had just been refused."""
    put_off = record(treated, treated=False)
    on = None if event is None else TODAY + timedelta(days=event)
    put_off = replace(put_off, plan=replace(put_off.plan, event_date=on))
    ends = None if until is None else TODAY + timedelta(days=until)
    stops = Stops(severity=Severity.DEFER, labels=("Cold sores",), until=ends)
    other = replace(treated, id="v2", kind="consultation", treatment=None)
    judged = lay_stops(judge(pack, put_off, today=TODAY), other, stops)

    coming = find_coming(pack, put_off, judged, ())
    if day is None:
        assert coming == Coming(day=TODAY, what="treatment", settled=False)
    else:
        assert coming == Coming(day=TODAY + timedelta(days=day), what="treatment")


def test_who_was_put_off_for_what_nobody_signed_yet_is_not_forgotten(
    pack: Pack, treated: Consultation
) -> None:
    """A review begun and left refused the treatment, and the patient was expected for nothing."""
    stops = Stops(severity=Severity.ABSOLUTE, labels=("Words of a review",))
    other = replace(treated, id="v2", kind="review", treatment=None)
    put_off = record(treated, treated=False)
    judged = lay_stops(judge(pack, put_off, today=TODAY), other, stops)
    assert judged.decision.state is DecisionState.ABSOLUTE
    assert find_coming(pack, put_off, judged, ()) == Coming(
        day=TODAY, what="treatment", settled=False
    )


@pytest.mark.parametrize(
    ("code", "days"), [("acute_illness", 7), ("skin_infection", 14), ("herpes_simplex", 14)]
)
def test_who_was_put_off_for_what_goes_on_now_waits_at_least_for_its_days(
    pack: Pack, treated: Consultation, code: str, days: int
) -> None:
    ill = Condition(code=code, status="active", zones=("cheeks",))
    put_off = record(treated, treated=False)
    told = replace(
        put_off,
        answers={**put_off.answers, code: Answer(state="yes")},
        facts=replace(put_off.facts, conditions=(ill,)),
    )

    assert look(pack, told) == Coming(day=TODAY + timedelta(days=days), what="treatment")


def test_a_review_does_not_settle_the_day_of_who_was_put_off(
    pack: Pack, treated: Consultation
) -> None:
    before = replace(record(treated, treated=False), expected_on=TODAY)
    seen = TODAY + WEEK
    review = replace(
        treated,
        id="r1",
        kind="review",
        visit_date=seen,
        treatment=None,
        review=Review(decision="continue"),
    )

    assert look(pack, review, before) == Coming(day=seen, what="treatment", settled=False)
    agreed = record(before, next_date=seen)
    assert look(pack, review, agreed) == Coming(day=seen, what="treatment")


def test_who_must_not_be_treated_is_expected_for_no_treatment(
    pack: Pack, treated: Consultation
) -> None:
    pregnant = replace(
        record(treated, treated=False),
        answers={**treated.answers, "pregnancy": Answer(state="yes")},
        facts=replace(treated.facts, pregnancy="yes"),
    )

    assert look(pack, pregnant) is None


@pytest.mark.parametrize(
    ("decision", "named", "due"),
    [
        ("continue", None, TODAY + 5 * WEEK),
        ("continue", date(2026, 8, 1), date(2026, 8, 1)),
        ("continue", date(2026, 7, 1), date(2026, 7, 20)),
        ("stop", None, None),
        ("change", None, None),
    ],
)
def test_a_review_that_says_to_continue_leaves_the_day_before_it_standing(
    pack: Pack, treated: Consultation, decision: str, named: date | None, due: date | None
) -> None:
    before = replace(record(treated, next_date=named), expected_on=TODAY + 5 * WEEK)
    review = replace(
        treated,
        id="r1",
        kind="review",
        visit_date=date(2026, 7, 20),
        treatment=None,
        review=Review(decision=decision),  # type: ignore[arg-type] # one of its words
        plan=PlanRequest(),
    )

    coming = look(pack, review, before)

    assert (coming.day if coming else None) == due


def test_the_day_is_kept_with_the_record_as_it_was_signed(
    pack: Pack, treated: Consultation
) -> None:
    judged = judge(pack, treated, today=TODAY)

    assert sign_off(treated, judged, pack, at=NOW).expected_on == TODAY + 5 * WEEK


@pytest.mark.parametrize("what", ["treatment", None, "test_patch", "review"])
def test_a_day_that_a_review_agreed_stays_through_a_later_one(
    pack: Pack, treated: Consultation, what: Literal["treatment", "test_patch", "review"] | None
) -> None:
    """The day of the treatment record came back, and the one that was agreed stood nowhere."""
    before = record(treated, next_visit="treatment", next_date=TODAY + 5 * WEEK)
    said = Review(decision="continue", next_visit=what, next_date=TODAY + 4 * WEEK)
    blank = replace(treated, kind="review", treatment=None, plan=PlanRequest())
    first = replace(blank, id="r1", visit_date=TODAY + WEEK, review=said)
    later = replace(blank, id="r2", visit_date=TODAY + 2 * WEEK, review=Review(decision="continue"))

    assert look(pack, later, first, before) == Coming(
        day=TODAY + 4 * WEEK, what=what or "treatment"
    )
    past = replace(later, visit_date=TODAY + 4 * WEEK)
    planned = TODAY + (4 if what in {"treatment", None} else 5) * WEEK
    assert look(pack, past, first, before) == Coming(day=planned, what="treatment")


def test_a_check_up_that_was_agreed_beyond_the_next_treatment_does_not_hide_it(
    pack: Pack, treated: Consultation
) -> None:
    before = record(treated, next_visit="treatment", next_date=TODAY + 5 * WEEK)
    said = Review(decision="continue", next_visit="review", next_date=TODAY + 9 * WEEK)
    blank = replace(treated, kind="review", treatment=None, plan=PlanRequest())
    first = replace(blank, id="r1", visit_date=TODAY + WEEK, review=said)
    later = replace(blank, id="r2", visit_date=TODAY + 2 * WEEK, review=Review(decision="continue"))

    assert look(pack, later, first, before) == Coming(day=TODAY + 5 * WEEK, what="treatment")
