"""What an earlier treatment still asks for stands beside what the next visit asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import CareEntry, Plan, PlanRequest, Target
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import CareCase, Visit, care_calendar
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.protocol.concern import Band
from consult_app.knowledge.told.needled import list_needled
from consult_app.knowledge.visits.care_running import hold_on

TREATED = date(2026, 11, 30)
LIGHT = Facts(phototype=2, sex="F")
DEPTHS: dict[Band, float] = {"L": 0.5, "M": 1.0, "H": 1.5}


@pytest.fixture(scope="module")
def pack(resources: Path) -> Pack:
    """The treatment that ships."""
    return load_pack(resources / "content" / "microneedling")


def needle(depth: float | None, *zones: str, day: str = "2026-11-30") -> Facts:
    """Return answers that tell of needling."""
    done = Procedure(
        code="microneedling", date=PartialDate.parse(day), zones=zones or None, depth_mm=depth
    )
    return replace(LIGHT, procedures=(done,))


def plan_visit(pack: Pack, first: date | None, facts: Facts, area: str = "cheeks") -> Plan:
    request = PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area=area, concern="acne_rolling"),),
        device_label_max_mm=2.5,
        first_session=datetime.combine(first, datetime.min.time()) if first else None,
    )
    return resolve(pack, request, facts, today=TREATED)


def list_asked(pack: Pack, band: Band) -> dict[str, CareEntry]:
    """Return what the sheet of the treatment says is off after it."""
    case = CareCase(areas=("cheeks",), phototype=2, sex="F")
    visit = Visit(session=1, start=TREATED, band=band)
    entries = care_calendar(pack.protocol.care, pack.protocol.areas, case, (visit,))["session_1"]
    kinds = {rule.id: (rule.phase, rule.kind) for rule in pack.protocol.care.rule}
    return {it.rule: it for it in entries if kinds[it.rule] == ("after", "avoid")}


@pytest.mark.parametrize("ahead", [28, 42, 60])
@pytest.mark.parametrize("band", ["L", "M", "H"])
@pytest.mark.parametrize("gone", range(28))
def test_no_date_is_earlier_than_the_older_sheet_says(
    pack: Pack, gone: int, band: Band, ahead: int
) -> None:
    """The newer sheet allowed facials until two weeks before the next visit."""
    today = TREATED + timedelta(days=gone)
    facts = needle(DEPTHS[band], "cheeks")
    made = plan_visit(pack, TREATED + timedelta(days=ahead), facts)
    rules = {rule.id: rule for rule in pack.protocol.care.rule}

    plan, running = hold_on(pack, facts, made, today)

    told = {it.rule: it for it in running.entries} if running else {}
    off = {it.rule: day_of(it.start) for it in plan.care_calendar["session_1"]}
    for name, entry in list_asked(pack, band).items():
        end = entry.allowed_from
        if end is None or day_of(end) <= today:
            continue
        if name in told:
            again = told[name].allowed_from
            assert again is not None
            assert day_of(again) >= day_of(end)
        else:  # off from today until the visit, or told by its own words with the same end
            met = [it for it in (*rules[name].joins, *rules[name].names) if it in off]
            assert met
            for it in met:
                again = told[it].allowed_from if it in told else None
                assert off[it] <= today or (again is not None and day_of(again) >= day_of(end))


def test_after_four_weeks_nothing_is_said_of_it(pack: Pack) -> None:
    facts = needle(1.5, "cheeks")
    made = plan_visit(pack, TREATED + timedelta(days=60), facts)

    assert hold_on(pack, facts, made, TREATED + timedelta(days=29)) == (made, None)


@pytest.mark.parametrize("concerns", [None, ("acne_rolling",)])
def test_the_clinic_promises_a_call_only_after_what_it_did_itself(
    pack: Pack, concerns: tuple[str, ...] | None
) -> None:
    """Of needling that the patient told of, nobody here calls three days later."""
    facts, today = needle(1.0, "cheeks"), TREATED + timedelta(days=1)
    made = plan_visit(pack, TREATED + timedelta(days=60), facts)

    _, running = hold_on(pack, facts, made, today, concerns=concerns)

    assert running is not None
    promised = {"a_checkin", "a_photo"} & {it.rule for it in running.entries}
    assert bool(promised) is (concerns is not None)
    assert "a_spf" in {it.rule for it in running.entries}


def test_of_depth_and_concern_nobody_told_the_longest_wait_counts(pack: Pack) -> None:
    facts, today = needle(None), TREATED + timedelta(days=1)
    made = plan_visit(pack, None, facts)

    _, running = hold_on(pack, facts, made, today)

    assert running is not None
    again = {it.rule: it.allowed_from for it in running.entries}
    assert again["a_actives"] == TREATED + timedelta(days=11)
    assert again["a_sunbathe"] == TREATED + timedelta(days=29)


def test_a_visit_for_another_place_leaves_the_waits_of_the_first_apart(pack: Pack) -> None:
    facts, today = needle(0.5, "forehead"), TREATED + timedelta(days=5)
    made = plan_visit(pack, TREATED + timedelta(days=28), facts)

    plan, running = hold_on(pack, facts, made, today)

    assert plan == made
    assert running is not None
    assert running.elsewhere == ("forehead",)
    assert running.joins is None
    assert "a_other_tx" in {it.rule for it in running.entries}


def test_sunscreen_goes_on_until_the_day_before_the_visit(pack: Pack) -> None:
    facts, today = needle(0.5, "cheeks"), TREATED + timedelta(days=10)
    made = plan_visit(pack, TREATED + timedelta(days=28), facts)

    _, running = hold_on(pack, facts, made, today)

    assert running is not None
    assert [(it.rule, it.last_day) for it in running.entries] == [
        ("a_spf", TREATED + timedelta(days=27))
    ]


def test_where_the_same_is_needled_again_by_today_the_later_care_counts(pack: Pack) -> None:
    facts, today = needle(0.5, "cheeks"), TREATED + timedelta(days=28)

    assert hold_on(pack, facts, plan_visit(pack, today, facts), today)[1] is None
    other = hold_on(pack, facts, plan_visit(pack, today, facts, "back"), today)[1]
    assert other is not None
    assert other.elsewhere == ("cheeks",)


@pytest.mark.parametrize(("day", "told"), [("2026", ()), ("2026-12", ()), ("2026-11", (TREATED,))])
def test_a_month_counts_to_its_end_and_a_year_not_at_all(day: str, told: tuple[date, ...]) -> None:
    found = list_needled(needle(0.5, day=day), TREATED)

    assert tuple(one.day for one in found) == told
    assert not any(one.whole for one in found)


def test_the_record_of_a_day_tells_more_than_the_answer_about_it(pack: Pack) -> None:
    """What it was for is known: no wait is as long as after a pigment."""
    line = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=0.5)
    begun = datetime(2026, 11, 30, 11)  # noqa: DTZ001 - wall clock
    record = Consultation(
        id="t1",
        patient_id="p1",
        kind="treatment",
        visit_date=TREATED,
        started_at=begun,
        plan=PlanRequest(first_session=begun),
        treatment=Treatment(treated=True, areas=(line,)),
    )
    facts = needle(0.5, "cheeks")
    made = plan_visit(pack, None, facts)

    _, running = hold_on(pack, facts, made, TREATED, (record,))

    assert running is not None
    again = {it.rule: it.allowed_from for it in running.entries}
    assert again["a_sunbathe"] == TREATED + timedelta(days=15)


def at(hour: int, minute: int = 0, day: date = TREATED) -> datetime:
    return datetime.combine(day, time(hour, minute))


NEXT_DAY = TREATED + timedelta(days=1)


@pytest.mark.parametrize(
    ("signed", "planned", "end"),
    [
        (at(11, 20), 9, at(18)),
        (at(11), 9, at(17)),
        # Its own sheet counts from the hour that was planned.
        (at(11, 20), 14, at(20)),
        # When it was is not known.
        (at(9, day=NEXT_DAY), 9, NEXT_DAY),
        (at(23, 30), 9, NEXT_DAY),
        (None, 9, NEXT_DAY),
    ],
)
def test_hours_count_from_when_the_record_was_signed(
    pack: Pack, signed: datetime | None, planned: int, end: date
) -> None:
    """Of six hours without washing a whole day was made."""
    line = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=0.5)
    record = Consultation(
        id="t1",
        patient_id="p1",
        kind="treatment",
        visit_date=TREATED,
        started_at=at(8),
        signed_at=signed,
        plan=PlanRequest(first_session=at(planned, day=TREATED - timedelta(days=42))),
        treatment=Treatment(treated=True, areas=(line,)),
    )
    made = plan_visit(pack, None, LIGHT)

    _, running = hold_on(pack, LIGHT, made, TREATED, (record,))

    assert running is not None
    again = {it.rule: it.allowed_from for it in running.entries}
    assert again["a_wash_none"] == end
    assert again["a_sunbathe"] == TREATED + timedelta(days=15)
