"""Tests on the lists of the facts: codes, statuses, places, attributes and dates."""

from collections.abc import Callable
from datetime import date

import pytest

from consult_app.knowledge.condition import Match, Truth

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

Ask = Callable[..., Match]

SORE = '{ entry = "conditions", code = "cold_sore"'


@pytest.mark.parametrize(
    ("attributes", "truth"),
    [({"status": "active"}, YES), ({"status": "healed"}, NO), ({}, UNKNOWN)],
)
def test_a_status_not_given_is_unknown(
    ask: Ask, attributes: dict[str, object], truth: Truth
) -> None:
    found = ask(SORE + ', status = ["active"] }', conditions=[{"code": "cold_sore"} | attributes])

    assert found.truth is truth
    assert ("facts.conditions[0].status" in found.gaps) == (truth is UNKNOWN)


@pytest.mark.parametrize(
    ("attributes", "truth"),
    [
        ({}, YES),
        ({"last_dose": "2026-01-01"}, NO),
        ({"last_dose": "2026-06-14", "status": "current"}, YES),
        ({"status": "stopped"}, NO),
    ],
)
def test_a_medicine_without_a_status_is_taken_unless_a_last_dose_is_given(
    ask: Ask, attributes: dict[str, object], truth: Truth
) -> None:
    when = '{ entry = "medications", code = "retinoid", status = ["current"] }'

    assert ask(when, medications=[{"code": "retinoid"} | attributes]).truth is truth


@pytest.mark.parametrize(
    ("place", "own", "treated", "truth"),
    [
        ("overlap", ["cheeks"], ["face"], YES),
        ("overlap", ["cheeks"], ["brow"], NO),
        ("overlap", ["brow"], ["neck", "forehead"], YES),
        ("elsewhere", ["cheeks"], ["face"], NO),
        ("elsewhere", ["back"], ["face"], YES),
        ("region", ["neck"], ["cheeks"], YES),
        ("region", ["upper_back"], ["cheeks"], NO),
        ("region", ["upper_back"], ["back"], YES),
        ("face", ["cheeks"], None, YES),
        ("face", ["neck"], ["cheeks"], NO),
        ("anywhere", None, None, YES),
        ("overlap", None, ["cheeks"], UNKNOWN),
        ("elsewhere", ["back"], None, UNKNOWN),
        ("overlap", [], ["cheeks"], UNKNOWN),
        ("overlap", ["cheeks"], [], UNKNOWN),
        ("overlap", ["cheeks"], ["a_new_area"], UNKNOWN),
        ("elsewhere", ["a_new_area"], ["cheeks"], UNKNOWN),
        ("overlap", ["a_new_area", "cheeks"], ["cheeks"], YES),
    ],
)
def test_a_place_not_given_or_not_known_is_never_a_no(
    ask: Ask, place: str, own: list[str] | None, treated: list[str] | None, truth: Truth
) -> None:
    found = ask(
        SORE + f', place = "{place}" }}',
        conditions=[{"code": "cold_sore", "zones": own}],
        zones=treated,
    )

    assert found.truth is truth


def test_on_looks_at_the_entry_whatever_is_treated(ask: Ask) -> None:
    when = SORE + ', on = ["eyelid", "face"] }'

    assert ask(when, conditions=[{"code": "cold_sore", "zones": ["eyelid"]}]).truth is YES
    assert ask(when, conditions=[{"code": "cold_sore", "zones": ["back"]}]).truth is NO


@pytest.mark.parametrize(
    ("comparison", "value", "truth"),
    [
        ("at_least = 8.5", 8.5, YES),
        ("above = 8.5", 8.5, NO),
        ("below = 8.5", 8.5, NO),
        ("at_most = 8.5", 8.5, YES),
        ("at_least = 7, below = 8", 8, NO),
        ("is = 7", 7, YES),
        ("is_not = 7", 7, NO),
        ("in = [6, 7]", 7, YES),
        ("at_least = 8.5", None, UNKNOWN),
        ('at_least = 8.5, missing = "no"', None, NO),
        ('at_least = 8.5, missing = "yes"', None, YES),
    ],
)
def test_an_attribute_compares_and_is_unknown_when_not_given(
    ask: Ask, comparison: str, value: float | None, truth: Truth
) -> None:
    when = (
        f'{{ entry = "conditions", code = "sugar", where = {{ hba1c_pct = {{ {comparison} }} }} }}'
    )

    assert ask(when, conditions=[{"code": "sugar", "hba1c_pct": value}]).truth is truth


@pytest.mark.parametrize("wanted", [True, False])
def test_a_flag_not_given_is_unknown_and_not_denied(ask: Ask, *, wanted: bool) -> None:
    when = (
        '{ entry = "exposures", code = "sunburn", '
        f"where = {{ still_inflamed = {{ is = {str(wanted).lower()} }} }} }}"
    )

    def look(said: object) -> Match:
        return ask(when, exposures=[{"code": "sunburn", "still_inflamed": said}])

    assert look(said=None).gaps == {"facts.exposures[0].still_inflamed"}
    assert look(said=None).truth is UNKNOWN
    assert look(said=wanted).truth is YES
    assert look(said=not wanted).truth is NO


@pytest.mark.parametrize(
    ("kind", "anchor", "truth", "until"),
    [
        ("within", "2026-06-02", YES, date(2026, 6, 16)),
        ("within", "2026-06-01", NO, None),
        ("since", "2026-06-02", NO, None),
        ("since", "2026-06-01", YES, None),
        ("older", "2026-06-01", NO, None),
        ("older", "2026-05-31", YES, None),
        ("older", "2026-06-15", NO, None),
        ("older", "2026-06-16", YES, None),
        ("older", "2026-07", YES, None),
        ("older", "2026", NO, None),
        ("starts_within", "2026-06-15", YES, None),
        ("starts_within", "2026-06-29", YES, None),
        ("starts_within", "2026-06-30", NO, None),
        ("starts_within", "2026-06-14", NO, None),
        ("starts_within", "2026-06", YES, None),
    ],
)
def test_a_rule_holds_until_the_day_before_and_frees_on_the_day(
    ask: Ask, kind: str, anchor: str, truth: Truth, until: date | None
) -> None:
    when = f'{{ entry = "exposures", code = "holiday", {kind} = {{ days = 14, of = "date" }} }}'
    found = ask(when, exposures=[{"code": "holiday", "date": anchor}])

    assert (found.truth, found.until) == (truth, until)


@pytest.mark.parametrize(
    ("kind", "truth", "is_open"),
    [
        ("within", YES, True),
        ("since", NO, False),
        ("older", YES, False),
        ("starts_within", YES, True),
    ],
)
def test_a_date_not_given_is_read_with_care(
    ask: Ask, kind: str, truth: Truth, *, is_open: bool
) -> None:
    when = f'{{ entry = "exposures", code = "holiday", {kind} = {{ days = 14, of = "date" }} }}'
    found = ask(when, exposures=[{"code": "holiday"}])

    assert (found.truth, found.open) == (truth, is_open)


def test_of_several_dates_the_later_counts(ask: Ask) -> None:
    when = (
        '{ entry = "conditions", code = "sugar", '
        'within = { days = 14, of = ["hba1c_date", "hba1c_date"] } }'
    )
    found = ask(when, conditions=[{"code": "sugar", "hba1c_date": "2026-06-10"}])

    assert found.until == date(2026, 6, 24)


@pytest.mark.parametrize(
    ("medicine", "truth", "until", "is_open"),
    [
        ({}, YES, None, False),
        ({"status": "current", "last_dose": "2020-01-01"}, YES, None, False),
        ({"last_dose": "2026-06-10"}, YES, date(2026, 6, 17), False),
        ({"last_dose": "2026-06-08"}, NO, None, False),
        ({"status": "stopped"}, YES, None, True),
    ],
)
def test_a_medicine_is_active_while_taken_and_for_its_wash_out(
    ask: Ask, medicine: dict[str, object], truth: Truth, until: date | None, *, is_open: bool
) -> None:
    when = '{ entry = "medications", code = "warfarin", active = { days = 7, of = "last_dose" } }'
    found = ask(when, medications=[{"code": "warfarin"} | medicine])

    assert (found.truth, found.until, found.open) == (truth, until, is_open)


@pytest.mark.parametrize(
    ("count", "codes", "unanswered", "truth"),
    [
        ("at_least = 2", ["aspirin"], [], NO),
        ("at_least = 2", ["aspirin", "clopidogrel"], [], YES),
        ("at_least = 2", ["aspirin"], ["platelets"], UNKNOWN),
        ("at_least = 2", ["aspirin", "clopidogrel"], ["platelets"], YES),
    ],
)
def test_a_count_is_of_different_codes_and_sure_only_when_all_are_known(
    ask: Ask, count: str, codes: list[str], unanswered: list[str], truth: Truth
) -> None:
    when = (
        '{ entry = "medications", code = ["aspirin", "clopidogrel"], '
        f'status = ["current"], count = {{ {count} }} }}'
    )
    found = ask(when, medications=[{"code": code} for code in codes], unanswered=unanswered)

    assert found.truth is truth


def test_a_count_ends_when_too_few_are_left(ask: Ask) -> None:
    when = (
        '{ entry = "medications", code = ["aspirin", "clopidogrel"], count = { at_least = 2 },'
        ' active = { days = 7, of = "last_dose" } }'
    )
    found = ask(
        when,
        medications=[{"code": "aspirin"}, {"code": "clopidogrel", "last_dose": "2026-06-10"}],
    )

    assert found.until == date(2026, 6, 17)


def test_finding_nothing_is_unknown_while_the_question_is_open(ask: Ask) -> None:
    assert ask(SORE + " }").truth is NO
    assert ask(SORE + " }", unanswered=["virus"]).truth is UNKNOWN
    assert ask(SORE + " }", unanswered=["virus"], conditions=[{"code": "cold_sore"}]).truth is YES


def test_an_entry_is_named_as_evidence(ask: Ask) -> None:
    found = ask(SORE + " }", conditions=[{"code": "other"}, {"code": "cold_sore"}])

    assert found.because == ("facts.conditions[1]",)
