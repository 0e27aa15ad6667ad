"""A request becomes a plan: depths, sessions, dates, care and conditions (reference 1 to 3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.history import Facts
from consult_app.domain.plan import (
    WAITS,
    Evidence,
    Plan,
    PlanLine,
    PlanOutcome,
    PlanRequest,
)
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.addons import check_addons
from consult_app.knowledge.planning.care import (
    Care,
    CareCase,
    MakeCare,
    Visit,
    care_calendar,
    care_offsets,
)
from consult_app.knowledge.planning.checks import (
    check_findings,
    has_facial_cold_sores,
    is_outside_label,
)
from consult_app.knowledge.planning.course import Course, plan_course, take_needled
from consult_app.knowledge.planning.dates import (
    Calendar,
    Schedule,
    deepest_mm,
    find_second_session,
)
from consult_app.knowledge.planning.depth import describe_line
from consult_app.knowledge.planning.least_interval import find_interval_end, find_patch_wait
from consult_app.knowledge.planning.numbing import settle_numbing
from consult_app.knowledge.planning.request import (
    ClinicLimits,
    Order,
    Remarks,
    describe_facts,
    settle_order,
)
from consult_app.knowledge.planning.thin_skin import is_fragile
from consult_app.knowledge.protocol.concern import Span
from consult_app.knowledge.screening.screening import Look, look_once
from consult_app.knowledge.told.planned import depths_of
from consult_app.values import dataclass, replace

NO_LIMITS = ClinicLimits()

_MOVES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What screening said of the plan: at the day asked for, where it moved to, of the patch."""

    first: Screening
    findings: tuple[Finding, ...]
    schedule: Schedule
    earliest: date | None
    patch_waits: date | None


def resolve(  # noqa: PLR0913 - what is known, asked and set, and by what it is worked out
    pack: Pack,
    request: PlanRequest,
    facts: Facts,
    *,
    today: date,
    limits: ClinicLimits = NO_LIMITS,
    look: Look | None = None,
    care: MakeCare = care_calendar,
) -> Plan:
    """Return the plan that the protocol allows, with every change to what was asked for.

    The case is screened at the planned areas and the deepest resolved depth of session 1, on the
    day of the first session.

    Args:
        pack: The content.
        request: What was asked for.
        facts: What is known of the patient; the phototype is needed.
        today: The day of planning unless the facts name it; no date is proposed before it.
        limits: The operator's maximum, and areas whose soft cap was set aside with a reason.
        look: Screens by `pack`, for who goes on to screen the same facts; else it is done anew.
        care: Makes the calendars, for who resolves one plan after another.

    Raises:
        InputError: Something named is unknown, out of scope or missing; every fault is listed.
    """
    order = settle_order(pack.protocol, request, facts, today=today, limits=limits)
    told = facts.consult_date or today
    order, course, judgement = _settle(look or look_once(pack), order, told)
    remarks = _gather(pack, order, course, judgement)
    course = take_needled(order, course)
    outcome = _find_outcome(order, judgement, remarks)
    plan = Plan(
        content_id=pack.id,
        content_version=pack.version,
        outcome=outcome,
        adjustments=remarks.adjustments,
        conditions=tuple({note.id: note for note in remarks.conditions}.values()),
        warnings=tuple(dict.fromkeys(remarks.warnings)),
        lines=_describe_lines(order, course, judgement),
        interval_weeks=course.interval,
        session_plan=course.sessions,
        evidence=_grade(order),
    )
    if outcome is PlanOutcome.DO_NOT_TREAT:
        return plan
    plan = replace(plan, earliest_first_session=judgement.earliest)
    return _add_dates(order, course, judgement, plan, care)


def _describe_lines(order: Order, course: Course, judgement: _Judgement) -> tuple[PlanLine, ...]:
    sessions, findings = len(course.sessions), judgement.findings
    return tuple(
        replace(
            describe_line(order, line),
            outside_label=is_outside_label(order, line, sessions, findings),
        )
        for line in course.lines
    )


def _settle(look: Look, order: Order, today: date) -> tuple[Order, Course, _Judgement]:
    """Return the plan as it is on the day that it moves to, by when skin may count as thin."""
    course = plan_course(order)
    judgement = _judge(look, order, course, today)
    later = judgement.earliest
    if later is None or later <= order.day:
        return order, course, judgement
    fragile = is_fragile(order.protocol, order.request, order.facts, later)
    moved = replace(order, moved_to=later, fragile=fragile)
    course = plan_course(moved)
    if fragile != order.fragile:
        judgement = _judge(look, moved, course, today)
    return moved, course, judgement


def _judge(look: Look, order: Order, course: Course, today: date) -> _Judgement:
    """Screen on the day asked for, and again on each day that a deferral or event moves it to."""
    on = partial(_screen, look, order, course, today)
    kept = find_interval_end(order, course.interval)
    calendar = Calendar(
        order=order,
        sessions=course.sessions,
        weeks=course.interval.used,
        today=today,
        waits=lambda day: bool((kept and day < kept) or on(day).not_before),
    )
    first = screening = on(order.day)
    findings = {finding.id: finding for finding in first.findings}
    earliest = _find_later(first.not_before, kept)
    schedule = calendar.schedule(earliest)
    for _ in range(_MOVES):
        if not schedule.moved:
            break
        screening = on(schedule.moments[0].date())
        for finding in screening.findings:
            findings.setdefault(finding.id, finding)
        if screening.not_before is None:
            break
        earliest = _find_later(screening.not_before, kept)
        schedule = calendar.schedule(earliest)
    earliest = schedule.moments[0].date() if schedule.moved else earliest
    found = tuple(sorted(findings.values(), key=lambda item: (item.severity.rank, item.id)))
    patch, days = schedule.test_patch, [moment.date() for moment in schedule.moments]
    return _Judgement(
        first=first,
        findings=found,
        schedule=schedule,
        earliest=earliest,
        patch_waits=find_patch_wait(on, patch, days[0]) if patch and patch >= today else None,
    )


def _find_later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _screen(look: Look, order: Order, course: Course, today: date, day: date) -> Screening:
    first = course.sessions[0]
    deepest = deepest_mm(first) if first.depths else order.facts.depth_mm
    facts = describe_facts(order, deepest, day)
    consulted = facts.consult_date or order.day
    return look(replace(facts, consult_date=consulted), today, depths_of(first))


def _gather(pack: Pack, order: Order, course: Course, judgement: _Judgement) -> Remarks:
    findings = judgement.findings
    waiting = any(found.open and found.severity is Severity.DEFER for found in findings)
    provisional = (order.warn(WAITS),) if waiting else ()
    return (
        course.remarks
        + settle_numbing(order, findings).remarks
        + check_addons(order, findings)
        + check_findings(pack, order, judgement.first, findings, course.sessions)
        + Remarks(warnings=(*judgement.schedule.warnings, *provisional))
    )


def _find_outcome(order: Order, judgement: _Judgement, remarks: Remarks) -> PlanOutcome:
    findings = judgement.findings
    if not order.targets or any(_forbids(finding) for finding in findings):
        return PlanOutcome.DO_NOT_TREAT
    deferred = any(finding.severity is Severity.DEFER for finding in findings)
    if deferred or judgement.schedule.moved:
        return PlanOutcome.DEFER_THEN_PROCEED
    if remarks.conditions:
        return PlanOutcome.PROCEED_WITH_CONDITIONS
    if remarks.adjustments or any(item.resolves_by == "change_plan" for item in findings):
        return PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    return PlanOutcome.PROCEED


def _forbids(finding: Finding) -> bool:
    """Return whether a finding stops the treatment whatever the plan."""
    return finding.severity is Severity.ABSOLUTE and finding.resolves_by != "change_plan"


def _grade(order: Order) -> dict[str, Evidence]:
    concerns = (order.concern(target) for target in order.targets)
    return {concern.id: Evidence(grade=concern.grade) for concern in concerns}


def _add_dates(
    order: Order, course: Course, judgement: _Judgement, plan: Plan, care: MakeCare
) -> Plan:
    schedule = judgement.schedule
    if not schedule.moments:
        bands = (session.intensity_band for session in course.sessions)
        rules, tree = order.protocol.care, order.protocol.areas
        offsets = care_offsets(rules, tree, _describe_care(order, judgement), bands)
        return replace(plan, care_offsets=offsets)
    first, last = schedule.moments[0].date(), schedule.moments[-1].date()
    deepest = deepest_mm(course.sessions[0])
    review = last + timedelta(days=order.protocol.plan.limits.review_days)
    return replace(
        plan,
        session_dates=schedule.moments,
        earliest_session_2=find_second_session(order, first, deepest, course.interval),
        test_patch_date=schedule.test_patch,
        patch_waits_until=judgement.patch_waits,
        first_visible_window=_window(first, order.primary.first_change_weeks),
        review_date=review,
        peak_window=_window(last, order.primary.peak_weeks),
        care_calendar=_care(order, course, judgement, care),
    )


def _window(day: date, weeks: Span) -> tuple[date, date]:
    return day + timedelta(weeks=weeks.first), day + timedelta(weeks=weeks.last)


def _care(order: Order, course: Course, judgement: _Judgement, care: MakeCare) -> Care:
    case = _describe_care(order, judgement)
    visits = tuple(
        Visit(session=session.session, start=moment, band=session.intensity_band)
        for session, moment in zip(course.sessions, judgement.schedule.moments, strict=True)
    )
    return care(order.protocol.care, order.protocol.areas, case, visits)


def _describe_care(order: Order, judgement: _Judgement) -> CareCase:
    return CareCase(
        areas=tuple(target.area for target in order.targets),
        phototype=order.phototype,
        sex=order.facts.sex,
        pigment=any(order.concern(target).pigment for target in order.targets),
        melasma=any(order.melasma_in(target.area) for target in order.targets),
        facial_cold_sores=has_facial_cold_sores(judgement.findings),
        test_patch=judgement.schedule.test_patch,
    )
