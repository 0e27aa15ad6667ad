"""A clinic may change the numbers that are policy, inside their limits, and everything says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consult_app.domain.finding import Finding
from consult_app.domain.history import Facts
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.errors import ContentError, InputError
from consult_app.knowledge.pack.clinic import (
    apply_changes,
    check_limits,
    find_ceiling,
    find_changes_of,
    settle_number,
)
from consult_app.knowledge.pack.clinic_limits import Limit
from consult_app.knowledge.pack.clinic_places import look, put
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.record import read, write
from consult_app.settings import LimitChange

TINY = Path(__file__).with_name("tiny")
TODAY = date(2026, 6, 15)


def change(limit: str, before: float, after: float) -> LimitChange:
    return LimitChange(limit=limit, who="Dr A. Example", on=TODAY, before=before, after=after)


def find(pack: Pack, rule: str, **facts: Any) -> Finding | None:  # noqa: ANN401 - facts hold any JSON
    said = {"zones": ["cheeks"], "phototype": 2, "date_of_birth": "1990-05-01", **facts}
    result = screen(pack, read(Facts, said), today=TODAY)
    return next((finding for finding in result.findings if finding.id == rule), None)


def until(pack: Pack, rule: str, **facts: Any) -> date | None:  # noqa: ANN401 - facts hold any JSON
    found = find(pack, rule, **facts)
    return found.until if found else None


def plan(pack: Pack, *targets: tuple[str, str], phototype: int = 2, **request: Any) -> Plan:  # noqa: ANN401 - a request holds any JSON
    asked = {
        "targets": [{"area": area, "concern": concern} for area, concern in targets],
        "device_label_max_mm": 2.5,
        "first_session": "2027-09-06T09:15",
        **request,
    }
    facts = {"phototype": phototype, "date_of_birth": "1990-02-14"}
    return resolve(pack, read(PlanRequest, asked), read(Facts, facts), today=TODAY)


CHEMOTHERAPY = [{"code": "chemotherapy", "status": "stopped", "last_dose": "2026-01-31"}]


def test_a_shorter_wait_ends_earlier_and_says_both_numbers(pack: Pack) -> None:
    shorter = apply_changes(pack, [change("cancer_treatment_recent", 6, 3)])
    assert until(pack, "cancer_treatment_recent", medications=CHEMOTHERAPY) == date(2026, 7, 31)
    assert find(shorter, "cancer_treatment_recent", medications=CHEMOTHERAPY) is None
    found = find(
        shorter, "cancer_treatment_recent", medications=CHEMOTHERAPY, consult_date="2026-04-01"
    )
    assert found is not None
    assert found.until == date(2026, 4, 30)
    assert "clinic setting: 3 months; reference: 6 months" in found.action


def test_two_numbers_of_one_rule_do_not_run_into_each_other(pack: Pack) -> None:
    """The longer number of the one may be the reference's number of the other."""
    changes = [change("tan_recent", 14, 28), change("tan_recent_dark", 28, 42)]
    tan = [{"code": "tan", "zones": ["cheeks"], "date": "2026-06-14"}]
    for order in (changes, changes[::-1]):
        clinic = apply_changes(pack, order)
        assert until(clinic, "tan_recent", exposures=tan) == date(2026, 7, 12)
        assert until(clinic, "tan_recent", exposures=tan, phototype=5) == date(2026, 7, 26)


def test_cooling_off_is_off_until_a_clinic_sets_it(pack: Pack) -> None:
    given = {"consent": {"risks_given_on": "2026-06-15"}}
    clinic = apply_changes(pack, [change("cooling_off_days", 0, 1)])
    assert find(pack, "cooling_off_policy", **given) is None
    assert until(clinic, "cooling_off_policy", **given) == date(2026, 6, 16)
    asked = find(clinic, "cooling_off_policy")
    assert asked is not None
    assert asked.open
    assert "clinic setting: 1 day; reference: none" in asked.action


def test_the_longer_cooling_off_is_for_those_it_is_meant_for(pack: Pack) -> None:
    clinic = apply_changes(
        pack, [change("cooling_off_days", 0, 1), change("cooling_off_careful_days", 0, 7)]
    )
    given = {"consent": {"risks_given_on": "2026-06-15"}, "depth_mm": 1.25}
    assert until(clinic, "cooling_off_policy", **given) == date(2026, 6, 16)
    assert until(clinic, "cooling_off_policy", phototype=5, **given) == date(2026, 6, 22)
    young = {"date_of_birth": "2006-01-01", **given}
    assert until(clinic, "cooling_off_policy", **young) == date(2026, 6, 22)


def test_the_seven_days_for_minors_in_australia_stay(pack: Pack) -> None:
    clinic = apply_changes(pack, [change("cooling_off_days", 0, 1)])
    minor = {"jurisdiction": "AU", "date_of_birth": "2010-01-01"}
    given = {"consent": {"risks_given_on": "2026-06-15"}}
    assert until(clinic, "cooling_off_policy", **minor, **given) == date(2026, 6, 22)


def test_only_a_changed_rule_gets_another_fingerprint(pack: Pack) -> None:
    """An override that was written for the reference's number lapses with it."""
    clinic = apply_changes(pack, [change("hsv_recent", 14, 21)])
    moved = [rule.id for rule in clinic.rules if rule.digest != pack.rule_by_id[rule.id].digest]
    assert moved == ["hsv_recent"]
    assert clinic.version != pack.version
    assert clinic.version.startswith(f"{pack.version}+clinic.")
    again = apply_changes(pack, [change("hsv_recent", 14, 21)])
    assert again.version == clinic.version
    other = apply_changes(pack, [change("hsv_recent", 14, 28)])
    assert other.version != clinic.version


def test_the_changes_of_a_version_are_found_again(pack: Pack) -> None:
    """By them a record is told as it was signed."""
    made = [
        change("cooling_off_days", 0, 7),
        change("cooling_off_careful_days", 0, 7),
        change("cooling_off_days", 7, 0),
    ]
    for count in range(len(made) + 1):
        version = apply_changes(pack, made[:count]).version
        found = find_changes_of(pack, made, version)
        assert found is not None
        assert apply_changes(pack, found).version == version
    assert find_changes_of(pack, made, "0.9") is None
    assert find_changes_of(pack, made[:1], apply_changes(pack, made[:2]).version) is None


def test_a_number_set_back_leaves_the_content_as_it_ships(pack: Pack) -> None:
    changes = [change("hsv_recent", 14, 21), change("hsv_recent", 21, 14)]
    clinic = apply_changes(pack, changes)
    assert clinic.rules == pack.rules
    assert clinic.version == pack.version
    assert clinic.changes == tuple(changes)
    assert settle_number(clinic, "hsv_recent") == 14
    assert settle_number(apply_changes(pack, changes[:1]), "hsv_recent") == 21


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ([("hsv_recent", 14, 13)], "changes[0] hsv_recent.after: less than 14 days"),
        ([("cancer_treatment_recent", 6, 2)], ".after: less than 3 months"),
        ([("cancer_treatment_recent", 6, 13)], ".after: more than 12 months"),
        ([("melasma_mm", 0.5, 0.75)], ".after: more than 0.5 mm"),
        ([("melasma_mm", 0.5, 0.3)], ".after: not a multiple of 0.25 mm"),
        ([("hsv_recent", 14, 14.5)], ".after: not a multiple of 1 day"),
        ([("hsv_recent", 15, 21)], "changes[0] hsv_recent.before: until then it was 14 days"),
        ([("hsv_recent", 14, 21), ("hsv_recent", 14, 28)], "changes[1] hsv_recent.before: until"),
        ([("weather", 1, 2)], "changes[0] weather: no number of the content has this id"),
        ([("a_makeup_H", 48, 12)], ".after: less than 24 hours"),
        ([("a_sun_none", 72, 48)], ".after: less than 72 hours"),
        ([("a_exercise_L", 24, 12)], ".after: less than 24 hours"),
        ([("a_actives_L", 5, 4)], ".after: less than 5 days"),
        ([("a_spf", 28, 14)], ".after: less than 28 days"),
        ([("a_pool_LM", 72, 24)], ".after: less than 72 hours"),
        ([("ceiling_rejuv_dark", 1.0, 1.25)], ".after: more than 1 mm"),
    ],
)
def test_a_change_outside_its_limits_is_refused(
    pack: Pack, changes: list[tuple[str, float, float]], fault: str
) -> None:
    with pytest.raises(InputError) as error:
        apply_changes(pack, [change(*each) for each in changes])
    assert any(fault in line for line in error.value.details), error.value.details


def test_a_change_names_who_made_it(pack: Pack) -> None:
    with pytest.raises(InputError) as error:
        apply_changes(pack, [replace(change("hsv_recent", 14, 21), who=" ")])
    assert error.value.details == ("changes[0] hsv_recent.who: missing",)


def test_a_change_survives_being_written_and_read() -> None:
    made = change("hsv_recent", 14, 21)
    assert read(LimitChange, write(made, full=True)) == made


def test_a_lower_ceiling_holds_the_plan_and_says_so(pack: Pack) -> None:
    clinic = apply_changes(pack, [change("ceiling_scar_dark", 1.5, 1.25)])
    target = ("cheeks", "acne_rolling")
    assert plan(pack, target, phototype=5).lines[0].cap_mm == 1.5
    held = plan(clinic, target, phototype=5, depth_mm=1.5)
    assert held.lines[0].cap_mm == 1.25
    assert plan(clinic, target, phototype=2).lines[0].cap_mm == 1.5
    reasons = [adjustment.reason for adjustment in held.adjustments]
    assert any("clinic setting: 1.25 mm; reference: 1.5 mm" in reason for reason in reasons)
    assert held.content_version == clinic.version


def test_a_longer_interval_holds_for_every_concern(pack: Pack) -> None:
    clinic = apply_changes(pack, [change("interval_weeks", 4, 5)])
    for concern in pack.protocol.concerns:
        weeks = clinic.protocol.concern_by_id[concern.id].interval_weeks
        assert weeks.min == max(5, concern.interval_weeks.min)
        assert weeks.min <= weeks.typical <= weeks.max
    found = plan(clinic, ("cheeks", "fine_lines")).interval_weeks
    assert found is not None
    assert found.used == 5


def test_longer_care_is_in_the_calendar(pack: Pack) -> None:
    clinic = apply_changes(
        pack, [change("a_makeup_LM", 24, 36), change("b_sun", 14, 21), change("b_actives", 5, 6)]
    )
    entries = {
        entry.rule: entry
        for entry in plan(clinic, ("cheeks", "fine_lines")).care_calendar["session_1"]
    }
    assert str(entries["a_makeup"].allowed_from) == "2027-09-07 21:15:00"
    assert entries["b_sun"].start == date(2027, 8, 16)
    assert entries["b_actives"].start == date(2027, 8, 31)
    rule = next(rule for rule in clinic.protocol.care.rule if rule.id == "a_makeup")
    assert "clinic setting: 36 hours; reference: 24 hours" in rule.note


def test_an_earlier_test_patch_moves_its_date(pack: Pack) -> None:
    clinic = apply_changes(pack, [change("test_patch_days", 28, 42)])
    found = plan(clinic, ("cheeks", "acne_rolling"), phototype=5)
    assert found.test_patch_date == date(2027, 7, 26)


def test_every_number_stands_where_its_limit_says_and_can_be_changed(pack: Pack) -> None:
    assert list(check_limits(pack)) == []
    for limit in pack.limits:
        number = _another(limit)
        clinic = put(pack, limit, number)
        assert clinic != pack, limit.id
        if not any(place.rule or place.intervals for place in limit.at):
            assert set(look(clinic, limit)) == {number}, limit.id


def _another(limit: Limit) -> float:
    """Return an allowed number that is not the default."""
    candidates = [limit.default + limit.step, limit.default - limit.step]
    return next(number for number in candidates if not limit.refuse(number))


def test_every_policy_rule_with_a_number_has_a_limit(pack: Pack) -> None:
    """The platelet count is a code of the vocabulary, not a number that a rule holds."""
    policy = {rule.id for rule in pack.rules if rule.policy}
    limited = {place.rule for limit in pack.limits for place in limit.at}
    assert policy - limited == {"bleeding_disorder"}


def test_nothing_to_avoid_may_be_cut_below_the_minima_of_the_reference(pack: Pack) -> None:
    lowest: dict[tuple[str, str], float] = {
        (place.care, band): limit.lowest
        for limit in pack.limits
        for place in limit.at
        for band in place.ends
    }
    for rule in pack.protocol.care.rule:
        if rule.phase == "after" and rule.kind == "avoid":
            for band, end in rule.end.items():
                assert lowest[rule.id, band] == (end if rule.minimum is None else rule.minimum)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("default = 6", "default = 7", "limit pill_recent.at: no such number in the content"),
        ("lowest = 3", "lowest = 9", "limit pill_recent.default: less than 9 months"),
        ('rule = "pill_recent"', 'rule = "pill"', "limit pill_recent.at: no such number"),
        ('id = "wait"', 'id = "pill_recent"', "limit pill_recent: this id is used twice"),
        ('sources = ["A1"]', 'sources = ["B2"]', 'pill_recent.sources: unknown source "B2"'),
        ('sources = ["A1"]', "", "limit pill_recent.sources: no source and no other basis"),
        ("consent.risks_given_on", "consent.risks", "limit wait.adds.fact: unknown fact"),
        ("text = ", "txet = ", "limit[0].txet: unknown field"),
    ],
)
def test_a_fault_in_a_limit_is_named(
    load_tiny: Callable[..., Pack], old: str, new: str, fault: str
) -> None:
    text = (TINY / "limits.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(ContentError) as error:
        load_tiny(limits=text.replace(old, new, 1))
    assert any(fault in line for line in error.value.details), error.value.details


def test_a_ceiling_of_the_clinic_is_told_with_that_of_the_reference_where_it_holds(
    pack: Pack,
) -> None:
    own = apply_changes(pack, [change("ceiling_scar_light", 2.5, 1.0)])
    (line,) = plan(own, ("cheeks", "acne_rolling")).lines
    assert find_ceiling(own, "acne_rolling", 2, line.reach_mm) == (1.0, 2.5)
    assert find_ceiling(own, "acne_rolling", 5, line.reach_mm) is None, "another skin type"
    assert find_ceiling(own, "acne_rolling", None, line.reach_mm) is None
    assert find_ceiling(own, "acne_rolling", 2, 0.5) is None, "something else holds it"
    assert find_ceiling(own, "fine_lines", 2, 1.0) is None, "another group"
    assert find_ceiling(pack, "acne_rolling", 2, 2.5) is None, "that of the reference"
