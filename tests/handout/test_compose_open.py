"""What is not decided yet, or has no day yet, is told so that it is true however it goes on."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import get_args

import pytest

from consult_app.domain.consultation import Antiviral
from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Calendar, DatedList, Handout
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, find, layout, make_composed, spaced
from tests.handout.test_compose_audit import PLANS, TOLD_IN_WORDS, name_care

LAST = layout().budget.cuts
COLD_SORES = Condition(code="herpes_simplex", status="healed")
TAKE = "Take your cold sore tablets as your doctor told you."
MAYBE = re.compile(
    r"Your doctor decides if you need tablets\. If you do, take your cold sore tablets as"
    r" your doctor told you\."
    r"|Take cold sore tablets if your doctor tells you to\."
)
SOON = datetime(2027, 7, 20, 9, 15)  # noqa: DTZ001 - wall clock


def test_there_are_three_decisions_on_tablets() -> None:
    assert set(get_args(Antiviral)) == {"yes", "no", "not_needed"}


@pytest.mark.parametrize("cut", [0, 6, LAST])
@pytest.mark.parametrize(
    ("decided", "take", "maybe"),
    [(None, False, True), ("yes", True, False), ("no", False, False), ("not_needed", False, False)],
)
def test_tablets_are_told_of_as_far_as_it_is_decided(
    decided: Antiviral | None, cut: int, *, take: bool, maybe: bool
) -> None:
    facts = Facts(phototype=2, conditions=(COLD_SORES,))
    text = spaced(make_composed(facts=facts, cut=cut, antiviral=decided))

    assert (TAKE in text) is take
    assert bool(MAYBE.search(text)) is maybe
    assert ("tablets" in text) is (take or maybe)
    assert re.search("[Cc]all us(\\.| and) [Ww]e will move your visit", text)


def _sheet(
    phototype: int, first: datetime | None, *, made_on: date = MADE_ON, cut: int = 0
) -> Handout:
    request = replace(REQUEST, first_session=first)
    facts = Facts(phototype=phototype, consult_date=made_on)  # type: ignore[arg-type]  # 1 to 6
    return make_composed(request, facts=facts, made_on=made_on, cut=cut)


NEEDED = "You need a small test patch 4 weeks before your first visit."
LATE = re.compile(
    f"{re.escape(NEEDED)} There is no time left for it"
    r"|There is no time left for the small test patch you need\."
)
MOVE = re.compile(r"If you have had none, ask us to move (your first visit|visit 1)\.")
ADVISED = re.compile("small test patch 4 weeks before your first visit( can show|\\.)")
WAIT = re.compile(r"There is no time left for .*\. Ask us if you want to wait for one\.")


def test_who_was_treated_here_before_is_told_that_another_plan_asks_for_the_patch() -> None:
    """*Before your first visit* was said to somebody who had been needled four weeks before."""
    request, facts = replace(REQUEST, first_session=SOON), Facts(phototype=5, consult_date=MADE_ON)
    told = spaced(make_composed(request, facts=facts, anew=True))

    assert "This plan is new, so you need a small test patch again, 4 weeks before visit 1" in told
    assert "your first visit" not in told


@pytest.mark.parametrize("cut", [0, LAST])
@pytest.mark.parametrize("phototype", [5, 6])
def test_a_test_patch_that_has_to_be_is_told_without_a_day(phototype: int, cut: int) -> None:
    text = spaced(_sheet(phototype, None, cut=cut))

    assert NEEDED in text
    assert "no time left" not in text
    assert "These dates may change." not in text


@pytest.mark.parametrize("cut", [0, 6, LAST])
@pytest.mark.parametrize("phototype", [5, 6])
def test_one_for_which_no_time_is_left_is_not_asked_for(phototype: int, cut: int) -> None:
    """Four weeks before a visit of tomorrow was asked for."""
    text = spaced(_sheet(phototype, SOON, cut=cut))

    assert LATE.search(text)
    assert MOVE.search(text)
    assert "These dates may change." in text


@pytest.mark.parametrize("cut", [0, 6, LAST - 1])
@pytest.mark.parametrize("first", [SOON, None])
def test_one_that_is_advised_is_not_called_needed(first: datetime | None, cut: int) -> None:
    text = spaced(_sheet(4, first, cut=cut))

    assert "You need" not in text
    assert "you need" not in text
    assert bool(WAIT.search(text)) is (first is not None)
    assert ADVISED.search(text) or first is not None
    assert "These dates may change." not in text


@pytest.mark.parametrize("cut", [0, 6, LAST - 1])
@pytest.mark.parametrize("phototype", [4, 5])
def test_one_that_falls_within_a_wait_is_told_with_the_day_from_which_it_can_be(
    phototype: int, cut: int
) -> None:
    """*No time left* stood alone, five weeks and more ahead of the first visit."""

    def wait(plan: Plan) -> Plan:
        return replace(plan, patch_waits_until=date(2027, 8, 16))

    facts = Facts(phototype=phototype, consult_date=MADE_ON)  # type: ignore[arg-type]  # 1 to 6
    text = spaced(make_composed(facts=facts, alter=wait, cut=cut))

    assert "cannot be done before Mon 16 Aug" in text
    assert not LATE.search(text)
    assert bool(MOVE.search(text)) is (phototype == 5)
    assert ("Ask us if you want to wait for one." in text) is (phototype == 4)


@pytest.mark.parametrize("first", [SOON, None])
def test_skin_that_needs_none_is_told_of_none(first: datetime | None) -> None:
    assert "test patch" not in spaced(_sheet(3, first)).lower()


def test_one_that_has_a_day_is_told_once() -> None:
    handout = _sheet(5, REQUEST.first_session)
    text = spaced(handout)

    assert NEEDED not in text
    assert "Test patch" in [visit.label for visit in find(handout, Calendar).visits]


@pytest.mark.parametrize("cut", range(LAST + 1))
def test_what_a_test_patch_is_stands_on_every_sheet_that_has_one(cut: int) -> None:
    """Beside the day alone nobody knew what would be done."""
    text = spaced(_sheet(5, REQUEST.first_session, cut=cut))

    assert re.search(
        "small test patch on|test patch is a small spot|how a small spot of skin heals", text
    )


@pytest.mark.parametrize("cut", [0, 6, LAST])
@pytest.mark.parametrize("phototype", [4, 5])
def test_who_comes_today_is_told_of_one_that_was_needed(phototype: int, cut: int) -> None:
    """Nothing tells whether it was done. Who treats without it has recorded why."""
    text = spaced(_sheet(phototype, SOON, made_on=SOON.date(), cut=cut))

    needed = re.search(
        "You need a small test patch .*\\. If you have had none, ask us about it", text
    )
    assert bool(needed) is (phototype == 5)
    assert ("test patch" in text.lower()) is (phototype == 5)
    assert "no time left" not in text


@pytest.mark.parametrize("cut", [0, 6, LAST])
def test_after_the_first_visit_no_test_patch_is_told_of(cut: int) -> None:
    """The sheet of a later treatment begins with that."""
    request = replace(REQUEST, first_session=SOON)
    facts = Facts(phototype=5, consult_date=SOON.date())
    handout = make_composed(request, facts=facts, made_on=SOON.date(), cut=cut, done=1)

    assert "test patch" not in spaced(handout).lower()


def _undated(request: PlanRequest, facts: Facts, cut: int) -> tuple[Handout, Plan]:
    plans: list[Plan] = []

    def note(plan: Plan) -> Plan:
        plans.append(plan)
        return plan

    handout = make_composed(replace(request, first_session=None), facts=facts, cut=cut, alter=note)
    return handout, plans[0]


@pytest.mark.parametrize("cut", [0, 1, 6, 8, LAST])
@pytest.mark.parametrize("name", PLANS)
def test_without_dates_every_care_rule_is_told_by_how_long(name: str, cut: int) -> None:
    """Nobody waits for a second sheet to know what to leave before and after a visit."""
    handout, plan = _undated(*PLANS[name], cut)
    text = spaced(handout)
    lists = [block for block in list_blocks(handout) if isinstance(block, DatedList)]
    listed = " ".join(item.text for block in lists for item in block.items)
    rules = _list_rules(*PLANS[name])

    assert {one.rule for one in plan.care_offsets["session_1"]} == rules - {"b_test_patch"}
    # A scalp is not washed for as long as hair is not.
    longer = {"a_wash_none", "a_wash_water"} if name == "scalp" else set()
    for rule in rules - {"b_test_patch"} - longer:
        words = name_care(name, rule)
        in_words = (IN_WORDS.get(rule, words), TOLD_IN_WORDS.get(rule, words))
        assert words in listed or any(told in text for told in in_words), rule


def _list_rules(request: PlanRequest, facts: Facts) -> set[str]:
    """Return the care rules that hold of the same plan with dates."""
    rules: set[str] = set()

    def note(plan: Plan) -> Plan:
        rules.update(entry.rule for entry in plan.care_calendar["session_1"])
        return plan

    make_composed(request, facts=facts, alter=note)
    return rules


IN_WORDS = {
    "a_photo": "Photo and skin check 4 weeks after",
    "a_checkin": "We call or message you 3 days after each visit.",
    "b_cold_sore": "Take cold sore tablets if your doctor tells you to",
}


@pytest.mark.parametrize(
    ("phototype", "told"),
    [
        (2, "x From 2 weeks before: sunbathing"),
        (5, "x From 4 weeks before: sunbathing"),
        (2, "x For 48 hours after: make-up."),
        (2, "x For 7 days after: swimming"),
        (2, "x For 10 whole days after: strong creams"),
        (2, "[ ] From 24 hours to 7 days after: gentle"),
        (2, "[ ] From 24 hours after, for 28 days at least: SPF 50"),
        (5, "x For 24 hours after: make-up"),
        (5, "You may swell more, with tiny dark dots and itching. Then wait longer:"),
        (
            5,
            "Then wait longer:\n\nx For 48 hours after: make-up",
        ),
    ],
)
def test_gaps_are_those_of_this_skin_and_depth(phototype: int, told: str) -> None:
    assert told in spaced(_sheet(phototype, None))


@pytest.mark.parametrize("name", PLANS)
def test_no_sunscreen_is_asked_for_while_only_gel_is_allowed(name: str) -> None:
    """It stood there from the next day, when a visit at noon still has a morning of gel alone."""
    handout = _undated(*PLANS[name], 0)[0]
    lists = [block for block in list_blocks(handout) if isinstance(block, DatedList)]
    told = [(item.when, item.text) for block in lists for item in block.items]
    gel = next((when for when, text in told if "only our gel" in text), "")
    sunscreen = [when.split(" after")[0] for when, text in told if "SPF\u00a050" in text]

    assert sunscreen == ([] if name == "scalp" else [gel.replace("for", "from").split(" after")[0]])


@pytest.mark.parametrize("cut", [0, LAST])
@pytest.mark.parametrize(
    ("sessions", "weeks", "told"),
    [(None, None, "We plan 4 visits, 4 weeks apart."), (3, 6, "We plan 3 visits, 6 weeks apart.")],
)
def test_without_dates_visits_are_counted(
    sessions: int | None, weeks: int | None, told: str, cut: int
) -> None:
    """What a patient agrees to is how many there are (planning reference 5.4 and 5.6)."""
    request = replace(REQUEST, sessions=sessions, interval_weeks=weeks)

    assert told in spaced(_undated(request, Facts(phototype=2), cut)[0])
    assert "We plan" not in spaced(make_composed(request, cut=cut))


def test_one_visit_is_not_apart_from_another() -> None:
    def only(plan: Plan) -> Plan:
        return replace(plan, session_plan=plan.session_plan[:1])

    text = spaced(make_composed(replace(REQUEST, first_session=None), alter=only))

    assert "We plan 1 visit." in text


def test_no_date_is_told_where_there_is_none() -> None:
    text = spaced(_sheet(5, None))
    prose = text.partition("Your visits")[2].rpartition("Maya Okafor")[0]

    assert not re.search("2027|2028|[Mm]onday|from today", prose)


@pytest.mark.parametrize("cut", [0, LAST])
def test_a_strong_cream_is_asked_about_first(cut: int) -> None:
    cream = Medication(code="adapalene", status="current")
    facts = Facts(phototype=2, medications=(cream,))
    text = spaced(_undated(REQUEST, facts, cut)[0])

    assert ("Ask the person who prescribed your strong cream" in text) is (cut < LAST)
    assert "x From 5 days before: strong creams" in text


@pytest.mark.parametrize("cut", [0, 2, LAST])
@pytest.mark.parametrize(("grams", "area"), [(None, 100), (5, None), (None, None), (5, 100)])
def test_a_cream_is_put_on_only_when_the_limits_of_its_pack_are_typed_in(
    grams: float | None, area: float | None, cut: int
) -> None:
    """What is to know of any cream at home is told all the same: it may be typed in later."""
    cream = Numbing(product="lidocaine4", contains=("lidocaine",), grams=grams, area_cm2=area)
    text = spaced(make_composed(replace(REQUEST, numbing=cream), cut=cut))

    settled = None not in (grams, area)
    put_on = "We numb your skin with cream" if cut == LAST else "We put on numbing cream"
    assert (put_on in text) is settled
    assert "Do not put numbing cream on at home." in text


@pytest.mark.parametrize("cut", range(LAST + 1))
@pytest.mark.parametrize("cream", [None, Numbing(product="emla", grams=5, area_cm2=100)])
def test_what_is_done_is_told_however_short_the_sheet_is(cream: Numbing | None, cut: int) -> None:
    request = REQUEST if cream is None else replace(REQUEST, numbing=cream)
    text = spaced(make_composed(request, cut=cut))
    assert any(done in text for done in ("We move the", "Then we move the", "needle it."))
