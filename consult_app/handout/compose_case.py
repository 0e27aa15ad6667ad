"""What the sheet is made from: for whom, for which plan, and the tags and values that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from consult_app.domain.finding import Screening, Severity
from consult_app.domain.history import Facts, Jurisdiction, Medication
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import CareEntry, Plan, PlanLine, PlanRequest
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.layout import Layout, Settling
from consult_app.handout.own_words import TALKED_ABOUT, OwnWords
from consult_app.i18n.translator import Translator
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.planned import find_cream
from consult_app.values import dataclass, field

if TYPE_CHECKING:  # a command makes a sheet without a consultation
    from consult_app.domain.consultation import Side

DARK = (4, 5, 6)
"""Phototypes whose studies give other numbers for dark marks (planning reference 2.5)."""
_EYES = ("crows_feet", "under_eye_rim", "periorbital")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """For whom the sheet is made, and by whom."""

    patient: Patient = field(repr=False)
    practitioner: Practitioner
    clinic: Clinic
    locale: Locale
    own_words: OwnWords = field(default=OwnWords(), repr=False)
    look: ClinicLook = ClinicLook()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of treatment the sheet is about.

    Attributes:
        facts: What was asked and examined.
        request: What was asked for; add-ons, device and numbing are read here.
        plan: What was resolved.
        screening: What was found; open questions and findings decide some lines.
        sides: The side of areas of which one alone is treated.
    """

    facts: Facts = field(repr=False)
    request: PlanRequest
    plan: Plan
    screening: Screening
    sides: Mapping[str, Side] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything the builders of blocks read.

    Attributes:
        recipient, course: As handed in.
        pack: The clinical content.
        layout: The sheet's sections.
        words: The reader's language.
        made_on: The consultation's date.
        tags: What holds for this plan; the layout decides by them.
        values: What texts may ask for, in words.
        cut: Step of cutting.
        refilled: Whether what was cut and may come back is there all the same.
    """

    recipient: Recipient
    course: Course
    pack: Pack
    layout: Layout
    words: Translator
    made_on: date
    tags: frozenset[str]
    values: Mapping[str, str] = field(repr=False)
    cut: int = 0
    refilled: bool = False

    def say(self, key: str, /, **more: object) -> str:
        """Return a text with its values put in."""
        return self.words.fill(key, {**self.values, **more} if more else self.values)


def describe(pack: Pack, recipient: Recipient, course: Course, layout: Layout) -> frozenset[str]:
    """Return the tags that hold: of the plan, the facts, the findings, and the layout's groups."""
    tags = {
        *_describe_plan(pack, course.plan),
        *_describe_conditions(course, layout.settling),
        *_describe_dates(course.plan),
        *_describe_facts(pack, course),
        *_describe_request(course),
        *(f"found:{name}" for one in course.screening.findings for name in (one.id, one.item)),
        f"country:{recipient.locale.country}",
        f"jurisdiction:{find_jurisdiction(recipient, course.facts)}",
    }
    if recipient.look.page:
        tags.add("clinic_page")
    if not set(recipient.own_words.said) <= set(TALKED_ABOUT):
        tags.add("said_back")
    if course.screening.unanswered or not course.screening.complete:
        tags.add("open_questions")
    leading = list_concerns(course)[:2]
    tags |= {f"leading:{concern}" for concern in leading}
    for group in layout.group:
        if group.holds(frozenset(tags), group.from_cut):
            tags.add(group.tag)
    return frozenset(tags)


def find_jurisdiction(recipient: Recipient, facts: Facts) -> Jurisdiction:
    """Return whose rules hold; the country decides where the facts do not say."""
    if facts.jurisdiction is not None:
        return facts.jurisdiction
    known: dict[str, Jurisdiction] = {"GB": "UK", "US": "US", "AU": "AU"}
    return known.get(recipient.locale.country, "OTHER")


def list_areas(plan: Plan) -> tuple[str, ...]:
    """Return the planned areas, each once, in the order of the plan."""
    return tuple(dict.fromkeys(line.area for line in plan.lines))


def list_concerns(course: Course) -> tuple[str, ...]:
    """Return the planned concerns, each once, the primary one first."""
    planned = dict.fromkeys(line.concern for line in course.plan.lines)
    primary = course.request.primary_concern
    return tuple(sorted(planned, key=lambda concern: concern != primary))


def list_addons(course: Course) -> tuple[str, ...]:
    """Return the add-ons that the plan has kept."""
    removed = [
        change.requested for change in course.plan.adjustments if change.field.startswith("addons")
    ]
    return tuple(addon for addon in course.request.addons if addon not in removed)


def day_of(moment: date) -> date:
    """Return the day of a date or of a date with a time."""
    return date(moment.year, moment.month, moment.day)


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
        if not areas.within(line.area, ("face", "neck", "scalp", "ears")):
            yield "body"
        if areas.within(line.area, _EYES):
            yield "near_eyes"
        yield "scalp" if areas.within(line.area, ("scalp",)) else "beside_scalp"
    if _has_melasma(plan):
        yield "melasma"
    if len(list_areas(plan)) > 1:
        yield "several_areas"
    yield from (f"warning:{note.id.split(':')[0]}" for note in plan.warnings)


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


def _describe_conditions(course: Course, settling: Settling) -> Iterator[str]:
    """Yield what is recorded first, and who settles it."""
    waits = list_waits(course)
    unnamed = any(note.id == "waits_for_event" for note in course.plan.warnings) and not waits
    if unnamed or not set(waits) <= set(settling.doctor):
        yield "waits"
    for note in course.plan.conditions:
        yield f"condition_of_plan:{note.id}"
        if note.id == "screening_incomplete":
            yield "open_questions"
        elif note.id in settling.talk:
            yield "talk"
        elif note.id not in waits or note.id in settling.doctor:
            yield "doctor"


def _has_melasma(plan: Plan) -> bool:
    """Return whether melasma is treated, or lies where something else is."""
    treated = any(line.concern == "melasma" for line in plan.lines)
    return treated or any(note.id == "melasma" for note in plan.warnings)


def _describe_dates(plan: Plan) -> Iterator[str]:
    if plan.session_dates:
        yield "dates"
    if len(plan.session_dates) > 1:
        yield "several_visits"
    if plan.coming_patch:
        yield "test_patch"
    if plan.earliest_first_session:
        yield "moved"
    if plan.first_visible_window:
        yield "first_change"
    for session in plan.session_plan[:1]:
        yield f"band:{session.intensity_band}"
    yield from (f"care:{entry.rule}" for entry in plan.care_calendar.get("session_1", ()))
    if find_longer_waits(plan):
        yield "deeper_later"


def find_deeper_session(plan: Plan) -> int | None:
    """Return the first session of a stronger band than the first, or None."""
    if not plan.session_plan:
        return None
    first = plan.session_plan[0].intensity_band
    later = (one.session for one in plan.session_plan if one.intensity_band != first)
    return next(later, None)


def find_longer_waits(plan: Plan) -> tuple[CareEntry, ...]:
    """Return the rules that last longer after the first deeper session than after the first."""
    number = find_deeper_session(plan)
    if number is None or number > len(plan.session_dates):
        return ()
    first = {entry.rule: entry.allowed_from for entry in plan.care_calendar.get("session_1", ())}
    gap = day_of(plan.session_dates[number - 1]) - day_of(plan.session_dates[0])
    return tuple(
        entry
        for entry in plan.care_calendar.get(f"session_{number}", ())
        if entry.allowed_from is not None
        and (before := first.get(entry.rule)) is not None
        and day_of(entry.allowed_from) > day_of(before) + gap
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


def is_past(day: date, made_on: date) -> bool:
    """Return whether a day has begun when the sheet is made."""
    return day_of(day) <= made_on
