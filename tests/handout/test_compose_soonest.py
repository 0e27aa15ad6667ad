"""A visit that cannot be on its day is told so, with how long to wait once the skin has healed."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest

from consult_app.domain.history import Condition, ConsentFacts, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Plan
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Calendar, Handout
from consult_app.knowledge.visits.undated import leave_out_days
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, make_composed, pack, spaced
from tests.handout.test_compose_audit import PLANS

CUTS = pytest.mark.parametrize("cut", [0, 6, 11])
CHEEKS = ("cheeks",)
ILL = {
    "eczema": ("active", "Your eczema has to calm down first. Then wait 2 weeks more.", 14),
    "rosacea": ("flare", "Your rosacea has to calm down first. Then wait 4 weeks more.", 28),
    "herpes_simplex": ("active", "Your cold sore has to heal first. Then wait 2 weeks more.", 14),
    "acute_illness": ("active", "You have to be well again first. Then wait 1 week more.", 7),
}


def make_sheet(facts: Facts, days: int | None, cut: int, phototype: int = 2) -> Handout:
    """Return a sheet, the first visit so many days ahead."""
    ahead = None if days is None else MADE_ON + timedelta(days=days)
    first = datetime.combine(ahead, time(10)) if ahead else None
    known = replace(facts, phototype=phototype, consult_date=MADE_ON)  # type: ignore[arg-type]  # 1 to 6
    return make_composed(replace(REQUEST, first_session=first), facts=known, cut=cut)


def tell(facts: Facts, days: int | None, cut: int) -> str:
    """Return the part about the visits of a sheet, the first so many days ahead."""
    return (
        spaced(make_sheet(facts, days, cut))
        .partition("Your visits")[2]
        .partition("What happens")[0]
    )


def have(code: str) -> Facts:
    return Facts(conditions=(Condition(code=code, status=ILL[code][0], zones=CHEEKS),))


@CUTS
@pytest.mark.parametrize("code", ILL)
def test_how_long_to_wait_after_healing_is_told(code: str, cut: int) -> None:
    """Who came with a lip that had just healed was sent home."""
    _, words, days = ILL[code]

    for ahead in (days - 1, days, None):
        text = tell(have(code), ahead, cut)
        assert words in text
        assert ("visit 1 cannot be before" in text) is (ahead == days - 1)
        assert ("These dates may change." in text) is (ahead == days)
    day = MADE_ON + timedelta(days=days)
    assert f"before {day:%A} {day.day} {day:%B}." in tell(have(code), days - 1, cut)


@CUTS
@pytest.mark.parametrize("code", ILL)
def test_no_day_stands_on_the_sheet_that_it_rules_out_itself(code: str, cut: int) -> None:
    """A tile with the day is what a patient keeps; the sentence under it took it back."""
    days = ILL[code][2]
    asked = MADE_ON + timedelta(days=days - 1)

    handout = make_sheet(have(code), days - 1, cut)
    text = spaced(handout)
    assert not [block for block in list_blocks(handout) if isinstance(block, Calendar)]
    assert not re.search(rf"\b{asked.day} {asked:%b}", text)
    assert "We plan 4 visits, 4 weeks apart. We will set the dates with you." in text
    assert "x From 1 day before: alcohol." in text
    assert "[ ] For 24 hours after: only our gel" in text


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_without_its_days_is_the_plan_that_has_none(name: str) -> None:
    request, facts = PLANS[name]
    plans: list[Plan] = []

    def note(plan: Plan) -> Plan:
        plans.append(plan)
        return plan

    for asked in (request, replace(request, first_session=None)):
        make_composed(asked, facts=facts, alter=note)
    dated, undated = plans

    bare = leave_out_days(pack(), dated)
    assert bare.care_offsets == undated.care_offsets
    assert not bare.session_dates
    assert bare.coming_patch is None
    assert bare.session_plan == dated.session_plan


@CUTS
def test_of_a_cream_the_lists_say_when_to_stop(cut: int) -> None:
    """Another number of days would stand beside theirs."""
    cream = Medication(code="tretinoin_topical", status="current", zones=CHEEKS)

    text = tell(Facts(medications=(cream,)), 3, cut)
    assert "Then wait" not in text
    assert "So visit 1 cannot be before Tuesday 6 July." in text
    assert "cannot be before" not in tell(Facts(medications=(cream,)), 20, cut)


@CUTS
@pytest.mark.parametrize("phototype", [4, 5, 6])
def test_the_soonest_day_leaves_the_days_that_the_lists_ask_for(phototype: int, cut: int) -> None:
    """The rules wait five days for a cream; darker skin is asked to leave it for seven."""
    cream = Medication(code="tretinoin_topical", status="current", zones=CHEEKS)
    text = spaced(make_sheet(Facts(medications=(cream,)), 3, cut, phototype))

    assert "So visit 1 cannot be before Thursday 8 July." in text
    assert "From 1 week before: " in text
    assert "strong creams" in text.partition("From 1 week before: ")[2].partition("\n")[0]


@CUTS
def test_the_sheet_of_a_later_treatment_keeps_its_days(cut: int) -> None:
    """On its first day the patient was treated."""
    first = datetime.combine(MADE_ON, time(10))
    request, facts = replace(REQUEST, first_session=first), replace(have("eczema"), phototype=2)

    text = spaced(make_composed(request, facts=facts, cut=cut, done=1))
    assert "Visit 2: 10 am" in text
    assert "cannot be before" not in text


SETTLING = {
    "pregnancy": (Facts(pregnancy="possible"), "We must know that you are not pregnant first."),
    "distress": (
        Facts(consent=ConsentFacts(in_crisis=True)),
        "Something has to heal or settle first.",
    ),
    "acne": (
        Facts(conditions=(Condition(code="acne", zones=CHEEKS, iga=3),)),
        "Your spots have to calm down first.",
    ),
    "sugar": (
        Facts(
            conditions=(
                Condition(code="diabetes", hba1c_pct=9.0, hba1c_date=PartialDate.of(MADE_ON)),
            )
        ),
        " doctor ",  # who answers about the blood sugar
    ),
}


@CUTS
@pytest.mark.parametrize("name", SETTLING)
@pytest.mark.parametrize(("days", "dated"), [(0, False), (2, False), (6, False), (7, True)])
def test_a_day_refused_now_stands_nowhere_though_nobody_can_tell_another(
    name: str, days: int, cut: int, *, dated: bool
) -> None:
    """Who may be pregnant was told to come today at nine, and when to wash after it."""
    facts, words = SETTLING[name]
    handout = make_sheet(facts, days, cut)
    text = spaced(handout)

    assert words in text
    assert "cannot be before" not in text
    assert bool([it for it in list_blocks(handout) if isinstance(it, Calendar)]) is dated
    assert ("These dates may change." in text) is dated
    assert ("We plan 4 visits, 4 weeks apart. We will set the dates with you." in text) is not dated
    asked = MADE_ON + timedelta(days=days)
    visits, care = text.partition("Your visits")[2], text.partition("After your visit")[2]
    named = re.compile(rf"\b{asked.day} {asked:%b}|\b1[0-9] am\b")
    assert bool(named.search(visits) or named.search(care)) is dated
    assert ("[ ] For 24 hours after: only our gel" in text) is not dated


@pytest.mark.parametrize(
    ("facts", "days", "dated"),
    [
        (SETTLING["pregnancy"][0], 28, False),
        (SETTLING["pregnancy"][0], 34, False),
        (SETTLING["pregnancy"][0], 35, True),
        (have("eczema"), 28 + 13, False),
        (have("eczema"), 28 + 14, True),
    ],
)
def test_so_does_the_day_of_a_test_patch_which_is_needling_too(
    facts: Facts, days: int, *, dated: bool
) -> None:
    handout = make_sheet(facts, days, 0, 5)
    text = spaced(handout)

    assert bool([it for it in list_blocks(handout) if isinstance(it, Calendar)]) is dated
    assert ("We will set a day for it." in text) is not dated
    assert "cannot be before" not in text


@CUTS
@pytest.mark.parametrize("allowed", [(), ("pregnancy_possible",)])
def test_what_a_supervisor_allowed_takes_no_day_away(allowed: tuple[str, ...], cut: int) -> None:
    """The patient was treated then, and has to know when to wash."""
    first = datetime.combine(MADE_ON, time(10))
    request, facts = replace(REQUEST, first_session=first), SETTLING["pregnancy"][0]
    facts = replace(facts, phototype=2)

    text = spaced(make_composed(request, facts=facts, cut=cut, allowed=allowed))
    assert ("Visit 1: 10 am" in text) is bool(allowed)
