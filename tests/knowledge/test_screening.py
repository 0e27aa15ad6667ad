"""Screening: what fires, the headline, dates and what stays open."""

from collections.abc import Callable
from datetime import date

import pytest

from consult_app.domain.finding import Screening, Severity
from consult_app.domain.history import Facts
from consult_app.errors import InputError
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen
from consult_app.record import read

TODAY = date(2026, 6, 15)
ADULT = {"date_of_birth": "1990-01-01", "zones": ["cheeks"], "depth_mm": 1.0, "phototype": 2}

Screen = Callable[..., Screening]


@pytest.fixture
def judge(tiny: Pack) -> Screen:
    """Screen a healthy adult with the facts given on top."""

    def answer(**facts: object) -> Screening:
        return screen(tiny, read(Facts, ADULT | facts), today=TODAY)

    return answer


def ids(screening: Screening) -> list[str]:
    return [finding.id for finding in screening.findings]


def healed(on: str | None) -> dict[str, object]:
    return {"code": "cold_sore", "status": "healed", "zones": ["neck"], "date_healed": on}


def test_nothing_fired_and_all_answered_is_clear(judge: Screen, tiny: Pack) -> None:
    found = judge()

    assert found == Screening(
        content_id=tiny.id, content_version=tiny.version, outcome=Severity.CLEAR, complete=True
    )


def test_an_unanswered_item_alone_gives_no_outcome(judge: Screen) -> None:
    found = judge(unanswered=["metal"])

    assert (found.outcome, found.complete, found.unanswered) == (None, False, ("metal",))


def test_an_item_the_content_does_not_know_stays_open_too(judge: Screen) -> None:
    assert judge(unanswered=["a_new_item", "metal"]).unanswered == ("metal", "a_new_item")


@pytest.mark.parametrize(
    ("left_out", "item"),
    [("date_of_birth", "age"), ("zones", "site"), ("depth_mm", "site"), ("phototype", "marks")],
)
def test_what_was_not_said_is_open_under_the_item_that_asks(
    judge: Screen, left_out: str, item: str
) -> None:
    found = judge(**{left_out: None})

    assert (found.outcome, found.unanswered) == (None, (item,))
    assert {gap.place for gap in found.gaps} == {f"facts.{left_out}"}


def test_a_place_not_given_leaves_its_own_item_open(judge: Screen) -> None:
    found = judge(conditions=[{"code": "raised_scar"}])

    assert (ids(found), found.outcome, found.unanswered) == ([], None, ("raised",))
    assert found.gaps[0].place == "facts.conditions[0].zones"


def test_the_strongest_finding_is_the_headline_and_all_are_listed_in_order(judge: Screen) -> None:
    found = judge(
        pregnancy="yes",
        allergies=["steel"],
        conditions=[healed("2026-06-10"), {"code": "sugar"}],
        medications=[{"code": "aspirin"}],
    )

    assert found.outcome is Severity.ABSOLUTE
    assert ids(found) == [
        "baby",
        "steel",
        "sore_recent",
        "sugar_unknown",
        "one_platelet",
        "sore_ever",
    ]


def test_an_absolute_headline_has_no_date_but_says_what_has_to_wait(judge: Screen) -> None:
    found = judge(allergies=["steel"], conditions=[healed("2026-06-10")])

    assert (found.defer_until, found.not_before) == (None, date(2026, 6, 24))


def test_the_latest_of_several_waits_counts(judge: Screen) -> None:
    found = judge(
        conditions=[healed("2026-06-10")],
        procedures=[{"code": "needling", "zones": ["face"], "date": "2026-06-01"}],
        medications=[{"code": "retinoid", "last_dose": "2025-12-31"}],
    )

    assert found.outcome is Severity.DEFER
    assert found.defer_until == found.not_before == date(2026, 6, 30)
    assert {finding.id: finding.until for finding in found.findings} == {
        "needled_recent": date(2026, 6, 29),
        "pill_recent": date(2026, 6, 30),
        "sore_recent": date(2026, 6, 24),
        "sore_ever": None,
    }


def test_on_the_eligible_day_itself_nothing_stands_in_the_way(judge: Screen) -> None:
    dose = {"medications": [{"code": "retinoid", "last_dose": "2025-08-31"}]}

    assert judge(**dose, treatment_date="2026-02-27").defer_until == date(2026, 2, 28)
    assert judge(**dose, treatment_date="2026-02-28").outcome is Severity.CLEAR


def test_an_open_deferral_leaves_only_the_earliest_day(judge: Screen) -> None:
    found = judge(
        conditions=[{"code": "cold_sore", "status": "active", "zones": ["neck"]}],
        medications=[{"code": "retinoid", "last_dose": "2026-05-15"}],
    )

    assert found.open_events == ("sore_now",)
    assert (found.defer_until, found.not_before) == (None, date(2026, 11, 15))


def test_a_date_that_is_not_known_keeps_a_wait_open(judge: Screen) -> None:
    found = judge(conditions=[healed(None)])

    assert found.open_events == ("sore_recent",)
    assert (found.findings[0].open, found.findings[0].until) == (True, None)
    assert (found.defer_until, found.not_before) == (None, None)


def test_events_are_open_whatever_the_severity(judge: Screen) -> None:
    assert judge(pregnancy="yes").open_events == ("baby",)


def test_what_is_still_going_on_is_open_and_keeps_its_earliest_day(judge: Screen) -> None:
    burn = {"code": "sunburn", "zones": ["face"], "date": "2026-06-14", "still_inflamed": True}
    found = judge(exposures=[burn])

    assert (found.findings[0].open, found.findings[0].until) == (True, None)
    assert (found.defer_until, found.not_before) == (None, date(2026, 6, 28))


def test_a_wait_that_depends_on_what_is_not_known_is_given_its_longest(judge: Screen) -> None:
    burn = {"code": "sunburn", "zones": ["face"], "date": "2026-06-14"}

    assert judge(exposures=[burn]).defer_until == date(2026, 6, 28)
    assert judge(exposures=[burn], phototype=5).defer_until == date(2026, 7, 12)
    unsure = judge(exposures=[burn], phototype=None)
    assert (unsure.defer_until, unsure.complete) == (date(2026, 7, 12), False)


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"depth_mm": 0.5}, "relative"),
        ({"depth_mm": 0.25}, "precaution"),
        ({"depth_mm": None}, "relative"),
        ({"depth_mm": 0.25, "device_profile": "strict"}, "absolute"),
        ({"depth_mm": 0.25, "device_profile": "a_new_device"}, "precaution"),
    ],
)
def test_severity_follows_depth_and_device_and_takes_the_strictest_possible(
    judge: Screen, facts: dict[str, object], severity: str
) -> None:
    found = judge(medications=[{"code": "warfarin"}], **facts)

    assert found.findings[0].severity == severity


def test_a_severity_that_depth_would_raise_is_raised_while_the_depth_is_not_known(
    judge: Screen,
) -> None:
    assert judge(phototype=5).findings[0].severity is Severity.PRECAUTION
    assert judge(phototype=5, depth_mm=None).findings[0].severity is Severity.RELATIVE


def test_a_deferral_without_a_date_is_open_although_its_rule_names_no_event(
    judge: Screen,
) -> None:
    planned = {"exposures": [{"code": "holiday", "date": "2026-06-20"}]}
    found = judge(**planned, device_profile="strict")

    assert judge(**planned).open_events == ()
    assert (found.outcome, found.open_events) == (Severity.DEFER, ("sun_planned",))


def test_a_finding_carries_its_evidence_and_words(judge: Screen, tiny: Pack) -> None:
    found = judge(conditions=[{"code": "other"}, healed("2026-06-10")]).findings[0]

    assert found.because == ("facts.conditions[1]",)
    assert (found.action, found.why) == ("See to sore_recent.", "Because of virus.")
    assert (found.sources, found.disagreement) == (("A1",), "Some say less.")
    assert found.digest == tiny.rule_by_id["sore_recent"].digest != ""


def test_an_unanswered_item_that_could_replace_a_finding_does_not_silence_it(judge: Screen) -> None:
    found = judge(medications=[{"code": "aspirin"}], unanswered=["thinner"])

    assert ids(found) == ["one_platelet"]
    assert (found.complete, found.unanswered) == (False, ("thinner",))


def test_without_a_consult_date_the_treatment_date_stands_for_it(tiny: Pack) -> None:
    told = {"code": "needling", "zones": ["face"], "date": "2027", "depth_mm": 1}
    facts = {**ADULT, "consult_date": None, "treatment_date": "2027-02-01", "procedures": [told]}
    found = screen(tiny, read(Facts, facts), today=TODAY)

    assert found.defer_until == date(2027, 3, 1)
    with pytest.raises(InputError):
        screen(tiny, read(Facts, facts | {"treatment_date": "2026-12-31"}), today=TODAY)


def test_depths_by_area_are_held_against_the_guide_of_their_own_area(tiny: Pack) -> None:
    facts = read(Facts, ADULT | {"zones": ["cheeks", "brow"], "depth_mm": 1.5})
    planned = {"cheeks": 1.5, "brow": 0.5}

    assert ids(screen(tiny, facts, today=TODAY)) == ["too_deep"]
    assert ids(screen(tiny, facts, today=TODAY, depths=planned)) == []


@pytest.mark.parametrize(
    ("day", "refused"),
    [("2026-06-15", False), ("2026-06-16", True), ("2026-06", False), ("2026-07", True)],
)
def test_a_procedure_after_the_consultation_is_an_entry_error(
    judge: Screen, day: str, *, refused: bool
) -> None:
    procedures = [{"code": "other"}, {"code": "needling", "date": day, "zones": ["back"]}]
    if not refused:
        judge(procedures=procedures)
        return
    with pytest.raises(InputError) as error:
        judge(procedures=procedures)
    assert error.value.details == ("facts.procedures[1].date: later than the consultation",)


def test_the_consult_date_counts_when_it_is_given(judge: Screen) -> None:
    facts = {"medications": [{"code": "retinoid", "last_dose": "2026-03"}]}

    assert judge(**facts).defer_until == date(2026, 9, 30)
    assert judge(**facts, consult_date="2026-03-10").defer_until == date(2026, 9, 10)


def test_stop_items_are_those_that_can_stop_a_treatment(tiny: Pack) -> None:
    assert tiny.stop_items == {
        "age", "baby", "virus", "sugar", "burn", "raised", "metal", "cream", "site"
    }  # fmt: skip
