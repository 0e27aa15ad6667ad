"""The plan that both references ask for, as far as a script may read it (interfaces 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from consult_app.domain.history import Condition, Medication
from tests.knowledge.oracle.asking import Say, find_all, gather
from tests.knowledge.oracle.reckoning import Found, Meant, add, find_around
from tests.knowledge.plan_oracle.care import Cared, tell_care
from tests.knowledge.plan_oracle.labels import is_beyond_label
from tests.knowledge.plan_oracle.resolving import (
    Line,
    Weeks,
    find_band,
    find_sessions,
    find_weeks,
    list_days,
    plan_depth,
    resolve_line,
)
from tests.knowledge.plan_oracle.tables import AIMS, find_guide, find_zones
from tests.knowledge.plan_oracle.told import Asked, find_skin, has_melasma
from tests.knowledge.plan_oracle.windows import Course, add_weeks, find_first, find_last, find_patch

CHANGES = {"allergy_amide_la", "allergy_ester_la_paba", "allergy_latex_or_antiseptic"}
CHANGES |= {"device_label_mismatch", "depth_beyond_guide"}
"""Findings that another plan resolves."""
SPECIALIST = "scar_specialist_opinion"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is to come of a case, in the shape in which a script reads it."""

    lines: tuple[Line, ...]
    weeks: Weeks
    depths: list[list[float]]
    bands: list[str]
    needs_patch: bool
    asked_for: Say
    findings: Say
    first: date
    moved: bool
    by_event: tuple[date | None, date] | None
    said: dict[str, Any]


def resolve(asked: Asked) -> Answer:
    """Return the plan of a case, with the skin as it is on the day of the first visit."""
    request = asked.plan
    wanted = request.first_session.date() if request.first_session else asked.told
    answer = _resolve_on(asked, wanted, wanted)
    return _resolve_on(asked, wanted, answer.first) if answer.moved else answer


def _resolve_on(asked: Asked, wanted: date, day: date) -> Answer:
    """Return the plan with the skin as it is on a day, which is the soonest."""
    request = asked.plan
    skin = find_skin(asked, day)
    lines = tuple(resolve_line(it, request, skin) for it in request.targets)
    count = find_sessions(asked.aim, request)
    depths = [[plan_depth(it, n, request) for it in lines] for n in range(1, count + 1)]
    deepest = max(max(of_day) for of_day in depths)
    wide = skin.is_dark and max(it.cap for it in lines) >= 1.0
    weeks = find_weeks(asked.aim, request, wide=wide, deep=deepest > 1.5)
    bands = [find_band(max(of_day)) for of_day in depths]
    patch = skin.is_dark and deepest >= 0.75
    course = Course(
        bands=bands,
        weeks=weeks.used,
        dark=skin.is_dark,
        event=request.event_date if request.first_session else None,
        patch_from=asked.told if patch else None,
    )

    def screen(on: date) -> Say:
        found = gather(screen_on(asked, on, max(depths[0])))
        if is_beyond_label(asked, on, max(depths[0])):
            found["device_label_mismatch"] = ("precaution", None)
        if any(mm > find_guide(it.area) for it, mm in zip(lines, depths[0], strict=True)):
            found["depth_beyond_guide"] = ("precaution", None)
        return found

    def wait(on: date) -> date | None:
        ends = [until for _, _, until in screen_on(asked, on, max(depths[0])) if until]
        return max((end for end in (*ends, *find_burns(asked)) if end > on), default=None)

    first = find_first(day, course, wait)
    free = find_first(wanted, replace(course, event=None), wait)
    before = find_last(wanted, asked.told, course, wait)
    return Answer(
        lines=lines,
        weeks=weeks,
        depths=depths,
        bands=bands,
        needs_patch=patch,
        asked_for=screen(wanted),
        findings=screen(first if request.first_session else wanted),
        first=first,
        moved=first != wanted,
        by_event=(before, first) if first != free else None,
        said=_say_dates(asked, first, weeks, bands, patch=patch),
    )


def screen_on(asked: Asked, day: date, depth_mm: float) -> list[Found]:
    """Return what screening finds on a day, of the oracle of the screening reference."""
    assert asked.facts.date_of_birth is not None
    meant = Meant(
        day=day,
        told=asked.told,
        areas=asked.areas,
        depth_mm=depth_mm,
        phototype=asked.phototype,
        device=asked.facts.device_profile,
    )
    planned = [it for it in asked.plan.targets if it.melasma_here or it.concern == "melasma"]
    melasma = tuple(Condition(code="melasma", zones=find_zones(it.area)) for it in planned)
    facts = replace(
        asked.facts,
        conditions=(*asked.facts.conditions, *melasma),
        medications=tuple(_as_said(it, (day - asked.told).days) for it in asked.facts.medications),
    )
    return find_all(facts, asked.facts.date_of_birth, meant)


def _as_said(it: Medication, later: int) -> Medication:
    """Return a medicine still taken with its days as a case file says them for the visit."""
    still = it.status == "current" and it.days is not None
    return replace(it, days=it.days - later) if still and it.days is not None else it


def find_burns(asked: Asked) -> Iterator[date]:
    """Yield the days before which a burn that is still red is not over either."""
    meant = Meant(
        day=asked.told, told=asked.told, areas=asked.areas, depth_mm=0.5, phototype=1, device=""
    )
    for it in asked.facts.exposures:
        burnt = meant.find_last(it.date)
        if it.code == "sunburn" and it.still_inflamed and burnt and meant.touches(it.zones):
            yield add(burnt, (14, "days"))


def _say_dates(
    asked: Asked, first: date, weeks: Weeks, bands: list[str], *, patch: bool
) -> dict[str, Any]:
    """Return every date of a plan as it is written."""
    if asked.plan.first_session is None:
        return {"session_dates": [], "test_patch_date": None, "care_calendar": {}}
    at = datetime.combine(first, asked.plan.first_session.time())
    days = list_days(at, len(bands), weeks.used)
    last, aim = days[-1].date(), asked.aim
    who = describe(asked)
    patched = find_patch(first, asked.plan.event_date) if patch else None
    care = {
        f"session_{number}": tell_care(day, band, who)
        for number, (day, band) in enumerate(zip(days, bands, strict=True), 1)
    }
    if patched:
        on = patched.isoformat()
        care["session_1"]["b_test_patch"] = {"from": on, "last_day": on}
    return {
        "session_dates": [day.strftime("%Y-%m-%dT%H:%M") for day in days],
        "earliest_session_2": add_weeks(first, weeks.least).isoformat(),
        "test_patch_date": patched.isoformat() if patched else None,
        "first_visible_window": [add_weeks(first, it).isoformat() for it in aim.first],
        "review_date": add_weeks(last, 12).isoformat(),
        "peak_window": [add_weeks(last, it).isoformat() for it in aim.peak],
        "care_calendar": care,
    }


def describe(asked: Asked) -> Cared:
    """Return for whom care is told (the column *applies* of 3.2)."""
    trees = [set(find_around(zone)) for zone in asked.areas]
    groups = {AIMS[it].group for it in asked.concerns}
    face = any("face" in tree for tree in trees)
    eyes = any("periorbital" in tree for tree in trees) or "face" in asked.areas
    melasma = any(has_melasma(asked, it.area) for it in asked.plan.targets)
    sores = [it for it in asked.facts.conditions if it.code == "herpes_simplex"]
    return Cared(
        phototype=asked.phototype,
        pigment="pigment" in groups or melasma,
        melasma=melasma,
        face=face,
        face_or_hands=face or "hands" in asked.areas,
        near_eyes=eyes,
        eyes=eyes,
        body=any(not tree & {"face", "neck", "scalp"} for tree in trees),
        scalp="scalp" in asked.areas,
        hair=False,
        cold_sores=face and any(_is_on_face(it.zones) for it in sores),
    )


def _is_on_face(zones: tuple[str, ...] | None) -> bool:
    """Return whether a place is on the face, or may be where it is not given."""
    return not zones or any("face" in find_around(zone) for zone in zones)


def find_outcome(asked: Asked, answer: Answer, *, changed: bool) -> str:
    """Return the strongest outcome that applies (interfaces 4)."""
    found = answer.findings
    if any(
        severity == "absolute" and rule not in CHANGES
        for say in (answer.asked_for, found)
        for rule, (severity, _) in say.items()
    ):
        return "do_not_treat"
    if answer.moved or any(severity == "defer" for severity, _ in found.values()):
        return "defer_then_proceed"
    if find_conditions(asked, answer):
        return "proceed_with_conditions"
    if changed or CHANGES & {*found, *answer.asked_for}:
        return "proceed_with_adjustments"
    return "proceed"


def find_conditions(asked: Asked, answer: Answer) -> set[str]:
    """Return what has to be recorded before the first visit, and what has to happen first."""
    said = [*answer.asked_for.items(), *answer.findings.items()]
    found = {rule: severity for rule, (severity, _) in said}
    conditions = {
        rule for rule, severity in found.items() if severity == "relative" and rule not in CHANGES
    }
    conditions |= {rule for rule, (severity, until) in said if severity == "defer" and not until}
    if "hsv_history_face" in found:
        conditions.add("antiviral_decision")
    if "anticoagulant_current" in found:
        conditions -= {"anticoagulant_current"}
        conditions.add("anticoagulant_prescriber_view")
    raised = [it for it in asked.facts.conditions if it.code in {"hypertrophic_scar", "keloid"}]
    meets = any(_meets(it.zones, asked.areas) for it in raised)
    if meets or "scar_raised" in asked.concerns:
        conditions.add(SPECIALIST)
    return conditions


def _meets(zones: tuple[str, ...] | None, areas: tuple[str, ...]) -> bool:
    return not zones or any(
        zone in find_around(area) or area in find_around(zone) for zone in zones for area in areas
    )
