"""The tags of a sheet: what holds for this patient and plan, by which the layout decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.finding import Severity
from consult_app.domain.history import Medication
from consult_app.domain.plan import Plan, PlanLine
from consult_app.handout.compose_case import (
    PHOTO,
    Course,
    Recipient,
    find_jurisdiction,
    find_longer_offsets,
    find_longer_waits,
    is_past,
    list_addons,
    list_areas,
    list_concerns,
)
from consult_app.handout.compose_course import count_ahead, find_next_session, list_begun
from consult_app.handout.layout import Layout, Settling
from consult_app.handout.own_words import TALKED_ABOUT
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care_told import has_melasma
from consult_app.knowledge.planning.method import find_end_points
from consult_app.knowledge.told.planned import deepest_first, find_cream

DARK = (4, 5, 6)
"""Phototypes whose studies give other numbers for dark marks (planning reference 2.5)."""
SUNSCREEN, GEL = "a_spf", "a_gel_only"
"""Care rules of the sunscreen, and of the gel before it."""
OPEN_QUESTIONS = "screening_incomplete"
"""Condition of a plan that the patient settles, by answering."""
_GIVEN = {True: "prescribed", False: "bought", None: "unsaid"}
"""Tags of where a medicine came from, by what is known of it."""
_HEAD = ("face", "neck", "scalp", "ears")
"""What a hat shades and lies on a pillow; all else is body."""
_EYES = "periorbital"
"""What the whole face has too; care near the eyes and the days after count it likewise."""


def describe(
    pack: Pack, recipient: Recipient, course: Course, layout: Layout, made_on: date
) -> frozenset[str]:
    """Return the tags that hold: of the plan, the facts, the findings, and the layout's groups."""
    tags = {
        *_describe_plan(pack, course.plan),
        *_describe_conditions(course, layout.settling),
        *_describe_dates(course.plan),
        *_describe_begun(pack, course.plan, made_on, apart=not recipient.whole),
        *_describe_running(pack.protocol.areas, course),
        *(("continued",) if course.done else ()),
        *(("anew",) if course.anew else ()),
        *(("rest",) if course.rest else ()),
        *(("harmed",) if course.harmed else ()),
        *_describe_patch(pack, course.plan),
        *_describe_depth(course.plan),
        *_describe_end_points(pack, course),
        *_describe_facts(pack, course),
        *_describe_request(course),
        *(f"found:{name}" for one in course.screening.findings for name in (one.id, one.item)),
        f"country:{recipient.locale.country}",
        f"jurisdiction:{find_jurisdiction(recipient, course.facts)}",
    }
    if course.antiviral:
        tags.add(f"antiviral:{course.antiviral}")
    if course.soonest:
        tags.add("too_early")
    tags |= {"clinic_page"} if recipient.look.page else set()
    tags |= {"screen"} if recipient.screen else set()
    if not set(recipient.own_words.said) <= set(TALKED_ABOUT):
        tags.add("said_back")
    if course.screening.unanswered or not course.screening.complete:
        tags.add("open_questions")
    leading = list_concerns(course)[: None if recipient.screen else 2]
    tags |= {f"leading:{concern}" for concern in leading}
    for group in layout.group:
        if group.holds(frozenset(tags), group.from_cut):
            tags.add(group.tag)
    return frozenset(tags)


def _describe_plan(pack: Pack, plan: Plan) -> Iterator[str]:
    areas = pack.protocol.areas
    for line in plan.lines:
        yield f"concern:{line.concern}"
        yield f"area:{areas.normalise(line.area)}"
        if areas.within(line.area, ("face",)):
            yield "face"
        else:
            yield "elsewhere"
            yield f"elsewhere:{pack.protocol.concern_by_id[line.concern].group}"
        if "limited_by_area" in line.flags:
            yield f"limited_by:{_find_limit(pack, plan, line)}"
        yield from _describe_place(areas, line.area)
    if has_melasma(plan):
        yield "melasma"
    if len(list_areas(plan)) > 1:
        yield "several_areas"
    if plan.covered_in_part:
        yield "covered_in_part"
    yield from (f"warning:{note.id.split(':')[0]}" for note in plan.warnings)


def _describe_place(areas: AreaTree, area: str) -> Iterator[str]:
    if areas.within(area, _HEAD):
        yield "beside_body"
    else:
        yield "body"
        yield "hands" if areas.within(area, ("hands",)) else "beside_hands"
    if areas.overlap(area, _EYES):
        yield "near_eyes"
    yield "scalp" if areas.within(area, ("scalp",)) else "beside_scalp"


def _find_limit(pack: Pack, plan: Plan, line: PlanLine) -> str:
    """Return what keeps a line less deep: how thin the skin of the area is, or melasma there."""
    concern = pack.protocol.concern_by_id[line.concern]
    caps = pack.protocol.areas.caps(line.area, among=concern.areas)
    fragile = any(note.id == "fragile" for note in plan.warnings)
    less = pack.protocol.plan.limits.fragile_less_mm if fragile else 0.0
    thin = caps is not None and caps.soft - less < concern.depth_mm.min
    return "area" if thin else "melasma"


def list_waits(course: Course) -> tuple[str, ...]:
    """Return the ids of what has to be over before the first visit."""
    found = course.screening.findings
    open_ = {one.id for one in found if one.open and one.severity is Severity.DEFER}
    return tuple(note.id for note in course.plan.conditions if note.id in open_)


def list_asked(course: Course, settling: Settling) -> tuple[str, ...]:
    """Return the ids of the plan's conditions for which a doctor, or somebody else, is asked."""
    waits = list_waits(course)
    talked = (*settling.talk, OPEN_QUESTIONS)
    return tuple(
        note.id
        for note in course.plan.conditions
        if note.id not in talked and (note.id not in waits or note.id in settling.doctor)
    )


def _describe_conditions(course: Course, settling: Settling) -> Iterator[str]:
    """Yield what is recorded first, and who settles it."""
    waits = list_waits(course)
    unnamed = course.plan.waits and not waits
    if unnamed or not set(waits) <= set(settling.doctor):
        yield "waits"
    for note in course.plan.conditions:
        yield f"condition_of_plan:{note.id}"
        if note.id == OPEN_QUESTIONS:
            yield "open_questions"
        elif note.id in settling.talk:
            yield "talk"
    if list_asked(course, settling):
        yield "asked"


def _describe_dates(plan: Plan) -> Iterator[str]:
    there = {
        "dates": plan.session_dates,
        "several_visits": plan.session_dates[1:],
        "several_planned": plan.session_plan[1:],
        "test_patch": plan.coming_patch,
        "moved": plan.earliest_first_session,
        "first_change": plan.first_visible_window,
        "deeper_later": find_longer_waits(plan) or find_longer_offsets(plan),
    }
    yield from (tag for tag, found in there.items() if found)
    yield from (f"care:{entry.rule}" for entry in plan.care_calendar.get("session_1", ()))
    yield from (f"care:{offset.rule}" for offset in plan.care_offsets.get("session_1", ()))
    if _sees_skin_at_visit(plan):
        yield "photo_at_visit"


def _describe_begun(pack: Pack, plan: Plan, made_on: date, *, apart: bool) -> Iterator[str]:
    """Yield what is over or today of the visits, and whether days before them have begun."""
    if any(is_past(first, made_on) for first in plan.session_dates[:1]):
        yield "first_begun"
    if any(day_of(day) == made_on for day in plan.session_dates):
        yield "visit_today"
    if find_next_session(plan, made_on) > 1:
        yield "later_visit"
    ahead = count_ahead(plan, made_on)
    yield from (("visit_ahead", "several_ahead") if ahead > 1 else ("visit_ahead",) * ahead)
    if list_begun(pack, plan, made_on, apart=apart):
        yield "begun"
    if list_begun(pack, plan, made_on, apart=False):
        yield "begun_joined"


def _describe_running(areas: AreaTree, course: Course) -> Iterator[str]:
    """Yield what still holds of the care after an earlier treatment, and where that is told."""
    running = course.running
    if running is None or not running.entries:
        return
    yield "running"
    if running.depth_mm is not None and running.depth_mm >= (deepest_first(course.plan) or 0):
        yield "healing_known"
    yield from (f"running:{entry.rule}" for entry in running.entries)
    if running.elsewhere:
        yield "running_elsewhere"
    where = running.elsewhere or list_areas(course.plan)
    if all(areas.within(area, ("scalp",)) for area in where):
        yield "running_scalp"
    if not any(areas.within(area, _HEAD) for area in where):
        yield "running_body"
    done = {it.rule for it in running.entries if it.allowed_from is None}
    if len(done) < len(running.entries):
        yield "running_apart" if running.joins is None else "running_joined"
    if done:
        yield "running_sunscreen" if done == {SUNSCREEN} else "running_do"


def _describe_patch(pack: Pack, plan: Plan) -> Iterator[str]:
    """Yield whether the test patch lies further ahead of the first visit, or has to wait."""
    if plan.patch_waits_until and plan.test_patch_date:
        yield "patch_waits"
    if plan.coming_patch and plan.session_dates:
        ahead = day_of(plan.session_dates[0]) - plan.coming_patch
        if ahead.days > pack.protocol.plan.test_patch.days_before:
            yield "early_patch"


def _describe_depth(plan: Plan) -> Iterator[str]:
    bands = [session.intensity_band for session in plan.session_plan]
    yield from (f"band:{band}" for band in bands[:1])
    yield from (f"later_band:{band}" for band in bands[1:] if band != bands[0])
    if set(bands) == {"L"}:
        yield "shallow"


def _describe_end_points(pack: Pack, course: Course) -> Iterator[str]:
    """Yield where needling stops in all that is planned (planning reference 1.3)."""
    for concern in list_concerns(course):
        known = pack.protocol.concern_by_id[concern]
        points = find_end_points(pack, known, course.facts.phototype)
        yield from (f"end_point:{point}" for point in points or ("unknown",))


def _sees_skin_at_visit(plan: Plan) -> bool:
    """Return whether the second visit is by the day of the photo, which is then taken there."""
    days = [entry.start for entry in plan.care_calendar.get("session_1", ()) if entry.rule == PHOTO]
    return len(plan.session_dates) > 1 and any(
        day_of(plan.session_dates[1]) <= day_of(day) for day in days
    )


def _describe_facts(pack: Pack, course: Course) -> Iterator[str]:
    facts, tree = course.facts, pack.protocol.areas
    yield from (f"condition:{condition.code}" for condition in facts.conditions)
    for medicine in facts.medications:
        areas = list_areas(course.plan)
        zones = medicine.zones or areas
        over = _is_over(medicine, facts.consult_date)
        code = pack.vocabulary.find("medications", medicine.code)
        if code and not over:
            yield f"takes:{code.item}"
        here = any(tree.overlap(zone, area) for zone in zones for area in areas)
        if here and not over:
            yield f"medicine:{medicine.code}"
            yield f"{_GIVEN[medicine.prescribed]}:{medicine.code}"
    if facts.phototype in DARK:
        yield "dark"


def _is_over(medicine: Medication, today: date | None) -> bool:
    """Return whether a medicine was stopped, and not only for a day to come."""
    last = medicine.last_dose.last_day() if medicine.last_dose else None
    to_come = last is not None and today is not None and last > today
    return medicine.status == "stopped" and not to_come


def _describe_request(course: Course) -> Iterator[str]:
    request = course.request
    for addon in list_addons(course):
        yield f"addon:{addon}"
        if addon == "prp":
            yield "prp"
    yield f"device:{request.device_kind}"
    if find_cream(request, course.plan) is not None:
        yield "numbing"
