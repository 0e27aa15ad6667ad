"""A sheet that has been composed and drawn, and the same sheet in its other forms."""

# ruff: noqa: PLC0415 - each form loads what it needs and no more

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from consult_app.domain.finding import Screening
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import Plan
from consult_app.exchange.casefile import Case
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import dataclass, field, replace

if TYPE_CHECKING:
    from consult_app.domain.consultation import Consultation
    from consult_app.domain.history import Facts
    from consult_app.handout.clinic_look import ClinicLook
    from consult_app.handout.compose import Versions
    from consult_app.handout.compose_case import Course, Recipient
    from consult_app.handout.document import Handout
    from consult_app.handout.layout import Budget
    from consult_app.handout.pdf import Drawn
    from consult_app.handout.sheet import Sheet
    from consult_app.i18n.translator import Translator

Paper = Literal["A4", "Letter"]
Size = Literal["standard", "large"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A sheet in words and as drawn, with what it was made from.

    Attributes:
        handout: What it says: the longest version that fits its pages.
        drawn: The PDF.
        pack: The clinical content behind it.
        course: The plan and the findings behind it.
        locale: Country, language and paper.
        words: The reader's language.
        made_on: The consultation's date.
        whole: It tells long waits whole, for want of room.
        paper: The paper it is drawn for.
        size: Ordinary or large print.
    """

    handout: Handout = field(repr=False)
    drawn: Drawn = field(repr=False)
    pack: Pack = field(repr=False)
    course: Course
    locale: Locale
    words: Translator
    made_on: date
    whole: bool
    paper: Paper
    size: Size

    @property
    def plan(self) -> Plan:
        """The plan behind it."""
        return self.course.plan

    @property
    def screening(self) -> Screening:
        """The findings behind it."""
        return self.course.screening

    def write_text(self) -> str:
        """Return the same sheet as plain text."""
        from consult_app.handout.text import write_text

        return write_text(self.handout)

    def write_html(self) -> str:
        """Return the same sheet as HTML."""
        from consult_app.handout.web import write_html

        return write_html(self.handout)

    def write_dates(self) -> str:
        """Return the visits and the ends of its rules as the sheet has them, as an .ics file."""
        from consult_app.exchange.calendar import RUNNING, write_calendar
        from consult_app.handout.compose_course import lengthen_care
        from consult_app.handout.duration import find_duration

        # What still holds after an earlier treatment ends as what follows the visits does.
        running = self.course.running
        held = {RUNNING: running.entries} if running else {}
        plan = lengthen_care(self.plan) if self.whole else self.plan
        return write_calendar(
            self.pack,
            replace(plan, care_calendar={**plan.care_calendar, **held}),
            words=self.words,
            made_on=self.made_on,
            whose=self.handout.made_for,
            minutes=find_duration(self.pack, self.course).minutes.last,
            tentative=self.handout.tentative,
        )

    def finish(self) -> Sheet:
        """Return the sheet in all its forms."""
        from consult_app.handout.readability import measure
        from consult_app.handout.sheet import Sheet

        return Sheet(
            pdf=self.drawn.pdf,
            pages=self.drawn.pages,
            paper=self.paper,
            large=self.size == "large",
            grade=measure(self.handout).smog,
            text=self.write_text(),
            html=self.write_html(),
            dates=self.write_dates(),
            untold=self.handout.untold,
        )


def find_size(visit: Consultation | None) -> Size:
    """Return large print for who needs it."""
    return "large" if visit is not None and visit.needs.large_print else "standard"


def plan_course(
    pack: Pack,
    case: Case,
    facts: Facts,
    today: date,
    visit: Consultation | None = None,
    earlier: Sequence[Consultation] = (),
) -> Course:
    """Return the course of treatment that a sheet is about, with what still holds of earlier ones.

    Args:
        pack: The clinical content.
        case: It tells what is asked for.
        facts: What was answered in it.
        today: Today.
        visit: The consultation behind the case.
        earlier: The patient's treatments; of those by this very plan what is left is told.
    """
    from consult_app.domain.plan import PlanRequest
    from consult_app.handout.compose_case import Course
    from consult_app.knowledge.judgement import find_limits
    from consult_app.knowledge.planning.care_told import tell_care
    from consult_app.knowledge.planning.missed_patch import leave_out_decided
    from consult_app.knowledge.planning.planning import resolve
    from consult_app.knowledge.screening.decided import look_to_decide
    from consult_app.knowledge.screening.screening import screen
    from consult_app.knowledge.told.graded import find_grades
    from consult_app.knowledge.told.planned import add_planned, first_depths, plan_facts
    from consult_app.knowledge.visits.care_running import hold_on
    from consult_app.knowledge.visits.continuing import continue_plan, list_done
    from consult_app.knowledge.visits.needled_today import begin_then, date_next, tell_needled

    request = case.plan or PlanRequest()
    made_on = facts.consult_date or today
    done = list_done(visit.id, earlier, made_on) if visit else ()
    limits = find_limits(visit, find_grades(pack, visit) if visit else ())
    limits = replace(limits, today=tell_needled(visit, done))
    look = look_to_decide(pack, limits.grades)
    plan = resolve(pack, request, facts, today=today, limits=limits, look=look)
    plan = leave_out_decided(pack.protocol, facts.phototype, plan, limits)
    plan = date_next(pack, continue_plan(tell_care(pack, plan), done), visit)
    plan = begin_then(plan, visit)
    asked = plan_facts(add_planned(facts, pack.protocol.areas, request.targets), plan)
    found = screen(pack, asked, today=today, depths=first_depths(plan))
    course = Course(facts=facts, request=request, plan=plan, screening=found, done=len(done))
    course = _refuse_day(pack, course, made_on, visit)
    plan, running = hold_on(pack, facts, course.plan, made_on, earlier)
    course = replace(course, plan=plan, running=running)
    return _know_visit(pack, course, visit, earlier, done) if visit else course


def _refuse_day(pack: Pack, course: Course, made_on: date, visit: Consultation | None) -> Course:
    """Return the course without days where its first is refused now; what was done has its care."""
    from consult_app.handout.compose_refused import refuse_day
    from consult_app.knowledge.visits.supervising import list_allowed

    if visit is not None and visit.treatment is not None and visit.treatment.treated:
        return course
    return refuse_day(pack, course, made_on, list_allowed(visit) if visit else ())


def _know_visit(
    pack: Pack,
    course: Course,
    visit: Consultation,
    earlier: Sequence[Consultation],
    done: Sequence[date],
) -> Course:
    """Return the course with what no case file tells of it; `done` are its visits before."""
    from consult_app.knowledge.screening.tablets_decided import find_tablets
    from consult_app.knowledge.told.seen import find_sides
    from consult_app.knowledge.visits.course_left import begin_with, find_left
    from consult_app.knowledge.visits.done_before import find_before
    from consult_app.knowledge.visits.needled_today import is_harmed

    anew = not course.done and bool(find_before(pack.protocol.areas, visit, course.plan))
    sides = find_sides(pack, visit)
    harmed = visit.treatment is not None and is_harmed(visit.treatment)
    tablets = find_tablets(visit)
    left = find_left(pack, visit, earlier)
    plan = begin_with(course.plan, left, visit.visit_date, done)
    course = replace(course, plan=plan, rest=left is not None)
    return replace(course, sides=sides, antiviral=tablets, anew=anew, harmed=harmed)


def address(
    case: Case, locale: Locale, visit: Consultation | None, look: ClinicLook | None
) -> Recipient:
    """Return for whom a sheet is made and by whom, with what was said in the consultation."""
    from consult_app.handout import clinic_look
    from consult_app.handout.compose_case import Recipient
    from consult_app.handout.own_words import OwnWords, take_words

    return Recipient(
        patient=case.patient or Patient(),
        practitioner=case.practitioner or Practitioner(),
        clinic=case.clinic or Clinic(),
        locale=locale,
        own_words=take_words(visit) if visit else OwnWords(),
        look=look or clinic_look.ClinicLook(),
        on_paper=visit is not None and visit.agreement.signed_on_paper,
    )


def choose_locale(case: Case, language: str | None) -> tuple[Locale, str]:
    """Return the reader's locale, in another language where one is named, and where it is named."""
    locale = case.locale or Locale()
    if language is None:
        return locale, "locale.language"
    return replace(locale, language=language), "--language"


def tell_like(
    recipient: Recipient,
    versions: Versions,
    budget: Budget,
    paper: Paper,
    size: Size,
    resources: Path,
) -> Recipient:
    """Return the recipient of what tells long waits as the printed sheet of a size tells them."""
    from consult_app.handout.fitting import tells_whole

    whole = tells_whole(versions, budget, paper=paper, size=size, resources=resources)
    return replace(recipient, whole=whole)


def attach_facts(
    sheet: Composed, case: Case, *, paper: Paper, size: Size, resources: Path
) -> Composed:
    """Return the sheet drawn again with the facts of the case inside, for other programs."""
    from consult_app.exchange.fhir import MIME, NAME, write_bundle
    from consult_app.handout.attachment import Attachment
    from consult_app.handout.pdf import draw

    areas = sheet.pack.protocol.areas
    bundle = write_bundle(
        patient=case.patient or Patient(),
        practitioner=case.practitioner or Practitioner(),
        clinic=case.clinic or Clinic(),
        plan=sheet.plan,
        areas={line.area: areas.label(line.area) for line in sheet.plan.lines},
        made_on=sheet.made_on,
    )
    about = "Patient, clinic and dates of the plan (FHIR R4)"
    inside = Attachment(name=NAME, mime=MIME, about=about, data=bundle.encode())
    drawn = draw(sheet.handout, paper=paper, size=size, resources=resources, attachment=inside)
    return replace(sheet, drawn=drawn)
