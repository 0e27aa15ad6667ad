"""What the sheet is made from: for whom, for which plan, and the tags and values that follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from consult_app.domain.finding import Screening
from consult_app.domain.history import Facts, Jurisdiction
from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import CareEntry, CareOffset, Plan, PlanRequest
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.layout import Layout
from consult_app.handout.own_words import OwnWords
from consult_app.i18n.formats import Length, bind_numbers
from consult_app.i18n.translator import Translator
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.care_running import Running
from consult_app.values import dataclass, field

if TYPE_CHECKING:  # a command makes a sheet without a consultation
    from consult_app.domain.consultation import Antiviral, Side

PHOTO = "a_photo"
"""Care rule of the day on which a photo is taken, or at the next visit if that is sooner."""
_FAR = timedelta(days=334)
"""Eleven months: without its year a day as far ahead reads as one of these weeks."""

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """For whom the sheet is made, and by whom; `screen` where it is read on one.

    Long waits are told `whole` where the printed sheet tells them so, for want of room. Who signs
    `on_paper` has lines to sign.
    """

    patient: Patient = field(repr=False)
    practitioner: Practitioner
    clinic: Clinic
    locale: Locale
    own_words: OwnWords = field(default=OwnWords(), repr=False)
    look: ClinicLook = ClinicLook()
    screen: bool = False
    whole: bool = False
    on_paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of treatment the sheet is about.

    Attributes:
        facts: What was asked and examined.
        request: What was asked for; add-ons, device and numbing are read here.
        plan: What was resolved.
        screening: What was found; open questions and findings decide some lines.
        sides: The side of areas of which one alone is treated.
        antiviral: What the prescriber decided about antiviral tablets; None while not known.
        running: What still holds of the care after an earlier treatment; None where nothing does.
        done: How many visits of the plan took place before; the plan is what is left after them.
        anew: The areas were treated here before, by another plan, and this one counts from 1.
        rest: It is what is left of the course of another plan, and begun with that.
        harmed: A side effect was told on the day, and no next date was agreed.
        unset: The day asked for is refused now, so the plan has no days.
        soonest: First day that the first visit can be then; None where nobody can tell.
    """

    facts: Facts = field(repr=False)
    request: PlanRequest
    plan: Plan
    screening: Screening
    sides: Mapping[str, Side] = field(default_factory=dict)
    antiviral: Antiviral | None = None
    running: Running | None = None
    done: int = 0
    anew: bool = False
    rest: bool = False
    harmed: bool = False
    unset: bool = False
    soonest: date | None = None


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

    @property
    def tells_whole(self) -> bool:
        """Whether waits of days end with the day, and those named in one breath together."""
        return self.recipient.whole or self.cut >= self.layout.budget.whole_days

    def say(self, key: str, /, **more: object) -> str:
        """Return a text with its values put in; no number is parted from its unit."""
        told = self.words.fill(key, {**self.values, **more} if more else self.values)
        return bind_numbers(told, self.words.language)


def find_jurisdiction(recipient: Recipient, facts: Facts) -> Jurisdiction:
    """Return whose rules hold; the country decides where the facts do not say."""
    return facts.jurisdiction or jurisdiction_of(recipient.locale.country)


def list_areas(plan: Plan) -> tuple[str, ...]:
    """Return the planned areas, each once, in the order of the plan."""
    return tuple(dict.fromkeys(line.area for line in plan.lines))


def name_area(pack: Pack, words: Translator, area: str) -> str:
    """Return the area as the patient reads it."""
    stored = pack.protocol.areas.normalise(area)
    for key in (f"area.{area}", f"area.{stored}"):
        if words.has(key):
            return words.text(key)
    return pack.protocol.areas.label(area)


def say_gap(words: Translator, days: int) -> str:
    """Say how long a gap is, in weeks where they are whole ones."""
    key, number = ("gap.days", days) if days % WEEK else ("gap.weeks", days // WEEK)
    return bind_numbers(words.count(key, number), words.language)


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


def find_longer_offsets(plan: Plan) -> list[CareOffset]:
    """Return the same of visits that have no days yet."""
    number = find_deeper_session(plan)
    first = {one.rule: one.end for one in plan.care_offsets.get("session_1", ())}
    later = plan.care_offsets.get(f"session_{number}", ())
    return [one for one in later if one.end > first[one.rule]]


def is_past(day: date, made_on: date) -> bool:
    """Return whether a day has begun when the sheet is made."""
    return day_of(day) <= made_on


def choose_length(day: date, made_on: date, *, short: bool = False) -> Length:
    """Return how a day is written on a sheet: with its year where that is not plain."""
    far = day.year != made_on.year or day_of(day) - made_on > _FAR
    if short:
        return "short_full_date" if far else "short_date"
    return "full_date" if far else "weekday_date"
