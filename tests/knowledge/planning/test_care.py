"""Before-care and aftercare: offsets, bands, dark values, and which rules apply."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.plan import CareEntry
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import (
    CareCase,
    Visit,
    care_calendar,
    care_once,
)

Band = Literal["L", "M", "H"]
START = datetime(2027, 3, 12, 15, 0)  # noqa: DTZ001 - local wall clock
CHEEKS = CareCase(areas=("cheeks",), phototype=2, sex="F")


def entries(
    pack: Pack, case: CareCase, *, band: Band = "M", start: date | datetime = START
) -> dict[str, CareEntry]:
    rules, tree = pack.protocol.care, pack.protocol.areas
    calendar = care_calendar(rules, tree, case, [Visit(session=1, start=start, band=band)])
    return {entry.rule: entry for entry in calendar["session_1"]}


def test_the_same_calendar_is_made_once_and_any_other_anew(pack: Pack) -> None:
    rules, tree, make = pack.protocol.care, pack.protocol.areas, care_once()
    visits = (Visit(session=1, start=START, band="M"),)
    made = make(rules, tree, CHEEKS, visits)
    assert make(rules, tree, replace(CHEEKS), (replace(visits[0]),)) is made
    fewer = replace(rules, rule=rules.rule[1:])
    for other in (
        (fewer, tree, CHEEKS, visits),
        (rules, tree, replace(CHEEKS, phototype=5), visits),
        (rules, tree, CHEEKS, (replace(visits[0], start=START + timedelta(days=1)),)),
        (rules, tree, CHEEKS, (replace(visits[0], band="H"),)),
    ):
        anew = make(*other)
        assert anew == care_calendar(*other)
        assert anew != made
        assert make(rules, tree, CHEEKS, visits) == made


def test_hours_end_at_the_same_clock_time_over_a_clock_change(pack: Pack) -> None:
    """In New York clocks change on 14 March 2027; 72 hours still end at 3 pm."""
    found = entries(pack, CHEEKS)
    assert found["a_sun_none"].allowed_from == datetime(2027, 3, 15, 15, 0)  # noqa: DTZ001 - local time
    assert found["a_makeup"].start == START
    assert found["a_gel_only"].until == START + timedelta(days=1)
    assert found["a_gel_only"].allowed_from is None


def test_days_run_from_midnight_and_are_inclusive(pack: Pack) -> None:
    found = entries(pack, CHEEKS)
    assert found["a_actives"] == CareEntry(
        rule="a_actives",
        start=date(2027, 3, 12),
        last_day=date(2027, 3, 19),
        allowed_from=date(2027, 3, 20),
    )
    assert found["b_filler"] == CareEntry(
        rule="b_filler", start=date(2027, 2, 12), last_day=date(2027, 3, 12)
    )
    assert found["a_photo"].start == found["a_photo"].last_day == date(2027, 4, 9)


@pytest.mark.parametrize(
    ("rule", "ends"),
    [
        ("a_makeup", (24, 24, 48)),
        ("a_exercise", (24, 48, 72)),
        ("a_pool", (72, 72, 168)),
    ],
)
def test_hour_limits_follow_the_band(pack: Pack, rule: str, ends: tuple[int, ...]) -> None:
    bands: tuple[Band, ...] = ("L", "M", "H")
    for band, hours in zip(bands, ends, strict=True):
        assert entries(pack, CHEEKS, band=band)[rule].allowed_from == START + timedelta(hours=hours)


def test_strong_products_wait_longer_after_deeper_sessions(pack: Pack) -> None:
    bands: tuple[Band, ...] = ("L", "M", "H")
    last = [entries(pack, CHEEKS, band=band)["a_actives"].last_day for band in bands]
    assert last == [date(2027, 3, 17), date(2027, 3, 19), date(2027, 3, 22)]


@pytest.mark.parametrize(
    ("case", "sun_before", "sun_after", "actives"),
    [
        (CareCase(areas=("cheeks",), phototype=2), 14, 14, 5),
        (CareCase(areas=("cheeks",), phototype=3), 14, 28, 5),
        (CareCase(areas=("cheeks",), phototype=4), 28, 28, 7),
        (CareCase(areas=("cheeks",), phototype=1, pigment=True), 28, 28, 5),
        (CareCase(areas=("cheeks",), phototype=1, pigment=True, melasma=True), 28, 28, 7),
    ],
)
def test_darker_skin_and_pigment_concerns_take_the_dark_values(
    pack: Pack, case: CareCase, sun_before: int, sun_after: int, actives: int
) -> None:
    found = entries(pack, case)
    day = START.date()
    assert found["b_sun"].start == day - timedelta(days=sun_before)
    assert found["a_sunbathe"].last_day == day + timedelta(days=sun_after)
    assert found["b_actives"].start == day - timedelta(days=actives)


@pytest.mark.parametrize(
    ("case", "present", "absent"),
    [
        (
            CHEEKS,
            {"b_toxin", "b_filler", "a_toxin_filler"},
            {"a_eye_makeup", "a_head_up", "a_loose_clothes", "a_hair_dye", "b_shave", "a_shave"},
        ),
        (CareCase(areas=("cheeks",), phototype=2, sex="M"), {"b_shave", "a_shave"}, set()),
        (CareCase(areas=("under_eye_rim",), phototype=2), {"a_eye_makeup", "a_head_up"}, set()),
        (
            CareCase(areas=("scalp",), phototype=2),
            {"a_hair_wash", "a_hair_dye"},
            {"b_toxin", "a_loose_clothes"},
        ),
        (
            CareCase(areas=("abdomen",), phototype=2, sex="F"),
            {"a_loose_clothes"},
            {"b_toxin", "b_filler", "a_toxin_filler", "b_cold_sore"},
        ),
        (
            CareCase(areas=("hands",), phototype=2),
            {"b_filler", "a_toxin_filler"},
            {"b_toxin"},
        ),
        (
            CareCase(areas=("upper_lip",), phototype=2, facial_cold_sores=True),
            {"b_cold_sore"},
            {"b_test_patch"},
        ),
    ],
)
def test_rules_that_do_not_apply_are_absent(
    pack: Pack, case: CareCase, present: set[str], absent: set[str]
) -> None:
    found = set(entries(pack, case))
    assert present <= found
    assert not absent & found


def test_the_test_patch_stands_on_its_own_day_and_only_once(pack: Pack) -> None:
    case = CareCase(areas=("cheeks",), phototype=5, test_patch=date(2027, 2, 1))
    visits = [
        Visit(session=1, start=START, band="M"),
        Visit(session=2, start=START + timedelta(weeks=6), band="H"),
    ]
    calendar = care_calendar(pack.protocol.care, pack.protocol.areas, case, visits)
    first = {entry.rule: entry for entry in calendar["session_1"]}
    assert first["b_test_patch"].start == first["b_test_patch"].last_day == date(2027, 2, 1)
    assert "b_test_patch" not in {entry.rule for entry in calendar["session_2"]}


def test_an_unknown_time_rounds_up_to_the_next_morning(pack: Pack) -> None:
    day = START.date()
    found = entries(pack, CHEEKS, start=day)
    assert found["a_wash_none"].allowed_from == day + timedelta(days=1)
    assert found["a_makeup"].allowed_from == day + timedelta(days=2)
    assert found["a_gel_only"].last_day == day + timedelta(days=1)
    assert found["a_cleanser"].start == day + timedelta(days=2)
    assert found["a_makeup"].start == day


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), band=st.sampled_from(["L", "M", "H"]))
def test_an_unknown_time_never_allows_anything_sooner_than_a_known_one(
    pack: Pack, hour: int, minute: int, band: Band
) -> None:
    start = START.replace(hour=hour, minute=minute)
    known = entries(pack, CHEEKS, band=band, start=start)
    unknown = entries(pack, CHEEKS, band=band, start=start.date())
    for rule, entry in known.items():
        limit, rounded = entry.allowed_from, unknown[rule].allowed_from
        if isinstance(limit, datetime) and rounded is not None and rule != "a_wash_none":
            assert day_of(rounded) > day_of(limit) or limit.time() == limit.min.time(), rule


def test_every_rule_of_the_reference_is_there(pack: Pack) -> None:
    rules = pack.protocol.care.rule
    assert len(rules) == 45
    assert [rule.id for rule in rules if not (rule.sources or rule.marks)] == []
    assert all(rule.id.startswith("b_" if rule.phase == "before" else "a_") for rule in rules)


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)),  # noqa: DTZ001 - local wall clock
    band=st.sampled_from(["L", "M", "H"]),
    phototype=st.integers(1, 6),
)
def test_nothing_ends_before_it_starts_in_any_year(
    pack: Pack, start: datetime, band: Band, phototype: int
) -> None:
    case = CareCase(areas=("face", "scalp", "abdomen"), phototype=phototype)
    for entry in entries(pack, case, band=band, start=start).values():
        end = entry.last_day or entry.until or entry.allowed_from
        assert end is not None
        assert day_of(entry.start) <= day_of(end)
        if isinstance(entry.allowed_from, datetime):
            assert entry.allowed_from.time() in {start.time(), (start + timedelta(hours=6)).time()}
