"""Everything the content says of one consultation, computed in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from consult_app.domain.consultation import Antiviral, Consultation, MapFinding, Override
from consult_app.domain.decision import Decision, Needed
from consult_app.domain.finding import Finding, Screening
from consult_app.domain.history import Facts, Procedure
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.errors import InputError
from consult_app.knowledge.pack.clinic import Ceiling, find_ceiling
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import MakeCare, care_calendar
from consult_app.knowledge.planning.least_interval import keep_interval
from consult_app.knowledge.planning.missed_patch import find_missed_patch
from consult_app.knowledge.planning.plan_missing import find_missing
from consult_app.knowledge.planning.planning import NO_LIMITS, resolve
from consult_app.knowledge.planning.request import ClinicLimits
from consult_app.knowledge.planning.soft_caps import list_deeper
from consult_app.knowledge.screening import decision
from consult_app.knowledge.screening.decided import find_decided, look_to_decide
from consult_app.knowledge.screening.opinion import add_findings, find_opinion, find_scars
from consult_app.knowledge.screening.screening import Look
from consult_app.knowledge.screening.tablets_decided import find_tablets
from consult_app.knowledge.screening.without_depth import find_eased
from consult_app.knowledge.told.allergies import (
    ALLERGIES,
    WHICH_ALLERGIES,
    ask_allergies,
    find_unjudged,
)
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.told.contradicted import find_unsettled
from consult_app.knowledge.told.cream_said import Cream, ask_cream, settle_by_cream, tell_cream
from consult_app.knowledge.told.decided_plan import Reach, find_reach, mark_plan
from consult_app.knowledge.told.graded import Grade, find_grades
from consult_app.knowledge.told.later_dates import find_later_dates
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.told.planned import add_planned, add_treated, depths_of_day
from consult_app.knowledge.told.unknown_codes import find_unknown_codes
from consult_app.values import dataclass, replace
from consult_app.wording import t

ANTIVIRAL = "antiviral"
"""Names the decision among what is still needed; no screening item asks for it."""
TABLETS = t("Cold sore tablets")
TABLETS_OPEN = "antiviral_decision"
"""The condition of a plan that nothing is recorded of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """All that is judged of a consultation: two of the same content are judged alike.

    Judging is given this and not the consultation, so that it cannot rest on anything else.

    Attributes:
        facts: What the answers amount to.
        plan: What was asked for, with the lines of a treatment that it lacks.
        overrides: What was set aside with a written reason.
        antiviral: What the prescriber decided about antiviral tablets.
        operator_max_mm: The practitioner's own maximum; None for none.
        today: The day on which it is judged.
        begun: Questions answered Yes, or contradicted. One that is open is named before those that
            nobody has asked.
        against: Questions whose answer is contradicted or out of date, each with what says so.
        again: It is a treatment, before which questions are asked again.
        lines: What a treatment is to needle, or needled, with its depth in mm; None where it is
            judged for none.
        needled: What the records know was needled here.
        scars: The raised scars on the map.
        grades: How much there is of what screening asks about.
        unjudged: Allergies that are written and judged by nothing.
        allergies: What nobody said yet of the allergies.
        cream: Whether nobody said yet with which numbing cream, or it is to be none.
        to_needle: It is a treatment, and nobody said yet whether the patient was needled.
    """

    facts: Facts
    plan: PlanRequest
    overrides: tuple[Override, ...]
    antiviral: Antiviral | None
    operator_max_mm: float | None = None
    today: date
    begun: frozenset[str] = frozenset()
    against: tuple[tuple[str, str], ...] = ()
    again: bool = False
    lines: tuple[tuple[str, float | None], ...] | None = None
    needled: tuple[Procedure, ...] = ()
    scars: tuple[MapFinding, ...] = ()
    grades: tuple[Grade, ...] = ()
    unjudged: tuple[str, ...] = ()
    allergies: tuple[Needed, ...] = ()
    cream: Cream = ""
    to_needle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Facts, screening, decision and plan that belong to one value of a consultation.

    Attributes:
        decision: What the decision box shows.
        facts: What was judged; None before and when judging failed.
        screening: The screening result; None likewise.
        plan: The resolved plan; None while something it needs is missing.
        plan_faults: What the plan still needs, one line each.
        ceilings: For each line of the plan the clinic's depth ceiling and the reference's, where
            that of the clinic is another and holds it.
        steps: How often a clean review followed a treatment by the plan; None where that has no
            say.
    """

    decision: Decision
    facts: Facts | None = None
    screening: Screening | None = None
    plan: Plan | None = None
    plan_faults: tuple[str, ...] = ()
    ceilings: tuple[Ceiling | None, ...] = ()
    steps: int | None = None


def checking() -> Judgement:
    """Return the judgement shown before anything was computed."""
    return Judgement(decision=decision.checking())


def could_not_judge(_error: Exception) -> Judgement:
    """Return the judgement shown when anything raised: it blocks treating and signing."""
    return Judgement(decision=decision.could_not_check())


def judge(pack: Pack, visit: Consultation, *, today: date) -> Judgement:
    """Return what the content says of the consultation."""
    return judge_basis(pack, find_basis(pack, visit, today=today))


def find_basis(pack: Pack, visit: Consultation, *, today: date) -> Basis:
    """Return what of a consultation is judged. It costs little, beside judging it."""
    facts = settle_facts(pack, visit, today=today)
    against = find_unsettled(pack, visit) | find_passed(pack, visit, visit.visit_date)
    begun = {item for item, answer in visit.answers.items() if answer.state == "yes"}
    begun |= {ALLERGIES} if visit.allergy_state is not None else set()
    if visit.treatment is not None and visit.treatment.new_medicines == "no":
        begun |= {*pack.medicine_items}  # what is open of them now is asked by its own name
    return Basis(
        facts=facts,
        plan=add_treated(pack.protocol.areas, visit),
        overrides=find_decided(visit),
        antiviral=find_tablets(visit),
        operator_max_mm=visit.operator_max_mm,
        today=today,
        begun=frozenset((*begun, *against)),
        against=tuple(against.items()),
        again=visit.kind == "treatment",
        lines=None if visit.treatment is None else find_lines(visit),
        needled=visit.needled,
        scars=find_scars(pack.protocol, visit.skin.findings),
        grades=find_grades(pack, visit),
        unjudged=find_unjudged(pack, visit),
        allergies=ask_allergies(pack, visit) if visit.kind == "consultation" else (),
        cream=tell_cream(pack, visit),
        to_needle=visit.treatment is not None and visit.treatment.treated is None,
    )


def judge_basis(pack: Pack, basis: Basis, care: MakeCare = care_calendar) -> Judgement:
    """Return what the content says of it.

    With a complete plan request the plan is resolved, and screening judges its areas and the
    deepest depth of the first session; before that it judges what is known. A treatment is judged
    at the depths that are offered or written for it. Who judges again and again says what makes the
    calendars of care, such as `care_once`.
    """
    facts = basis.facts
    if later := find_later_dates(pack, facts):
        return Judgement(decision=decision.refuse_dates(later))
    look = look_to_decide(pack, basis.grades)  # of a plan that stays on its day only once
    plan, faults = _resolve(pack, basis, look, care)
    if plan is not None:
        told = add_planned(facts, pack.protocol.areas, basis.plan.targets)
        facts = replace(told, depth_mm=None)
    depths = depths_of_day(plan, basis.lines or ())
    if depths:
        facts = replace(facts, depth_mm=max(depths.values()))
    screening = look(facts, basis.today, depths)
    unknown = dict.fromkeys(found.code for found in find_unknown_codes(pack, facts))
    begins = facts.treatment_date or basis.today
    waits = keep_interval(pack, screening, plan, basis.needled, begins)
    found = add_findings(waits, _find_by_plan(pack, basis, facts, plan))
    marked = mark_plan(pack, found, _find_reach(pack, basis, facts, plan, depths))
    box = _decide(pack, basis, marked, tuple(unknown))
    if basis.to_needle and plan is None:
        box = decision.refuse_unplanned(box)
    cream = ask_cream(pack) if basis.cream == "open" else ()
    needed = (*box.needed, *cream, *_find_unrecorded(plan, again=basis.again))
    needed = decision.arrange(pack, needed, basis.begun, basis.against, again=basis.again)
    eased = find_eased(look, facts, basis.today, screening)
    return Judgement(
        decision=replace(box, needed=needed, unjudged=basis.unjudged, eased=eased),
        facts=facts,
        screening=screening,
        plan=plan,
        plan_faults=faults,
        ceilings=_find_ceilings(pack, facts, plan),
    )


def _decide(pack: Pack, basis: Basis, screening: Screening, unknown: tuple[str, ...]) -> Decision:
    box = decision.decide(
        pack,
        screening,
        overrides=(*basis.overrides, *settle_by_cream(pack, basis.cream, screening.findings)),
        begun=basis.begun,
        again=basis.again,
        unknown=unknown,
    )
    return decision.ask_also(box, basis.allergies, begun=WHICH_ALLERGIES in basis.allergies)


def _find_ceilings(pack: Pack, facts: Facts, plan: Plan | None) -> tuple[Ceiling | None, ...]:
    lines = plan.lines if plan is not None else ()
    return tuple(find_ceiling(pack, it.concern, facts.phototype, it.reach_mm) for it in lines)


def _find_by_plan(pack: Pack, basis: Basis, facts: Facts, plan: Plan | None) -> tuple[Finding, ...]:
    """Return what a plan asks for and no rule of screening does."""
    found = [find_opinion(pack.protocol, basis.plan.targets, facts, basis.scars, basis.grades)]
    # Beside a treatment what is recorded of its test patch counts (gui.workspace.unpatched).
    if plan is not None and not basis.again and basis.lines is None:
        found.append(find_missed_patch(pack.protocol, facts.phototype, plan))
    return tuple(it for it in found if it is not None)


def _find_reach(
    pack: Pack, basis: Basis, facts: Facts, plan: Plan | None, depths: Mapping[str, float]
) -> Reach:
    """Return how far the plan goes for which something is found."""
    sessions = plan.session_plan if plan is not None else ()
    devices = (basis.plan.device_kind, facts.device_profile)
    areas = [target.area for target in basis.plan.targets]
    return find_reach(pack.protocol.areas, sessions, depths, facts.phototype, devices, areas)


def find_lines(visit: Consultation) -> tuple[tuple[str, float | None], ...]:
    """Return areas and depths of a treatment, as offered or as written; none where it was not."""
    lines = visit.treatment.lines if visit.treatment is not None else ()
    return tuple((it.area, it.depth_mm) for it in lines)


def _find_unrecorded(plan: Plan | None, *, again: bool) -> tuple[Needed, ...]:
    """Return what is to be recorded before the first session; it is said and refuses nothing."""
    conditions = {note.id for note in plan.conditions} if plan is not None else set()
    if TABLETS_OPEN not in conditions:
        return ()
    return (Needed(step="recheck" if again else "plan", item=ANTIVIRAL, label=TABLETS),)


def _resolve(
    pack: Pack, basis: Basis, look: Look, care: MakeCare
) -> tuple[Plan | None, tuple[str, ...]]:
    missing = find_missing(basis.plan, basis.facts.phototype)
    if missing:
        return None, missing
    try:
        limits = find_limits(basis, basis.grades)
        plan, facts, today = basis.plan, basis.facts, basis.today
        made = resolve(pack, plan, facts, today=today, limits=limits, look=look, care=care)
    except InputError as error:
        return None, error.details
    return made, ()


def _find_tablets(decided: Basis | Consultation) -> Antiviral | None:
    return decided.antiviral if isinstance(decided, Basis) else find_tablets(decided)


def find_limits(decided: Basis | Consultation | None, grades: tuple[Grade, ...]) -> ClinicLimits:
    """Return what was decided in a visit and counts for its plan, beside what was asked for."""
    if decided is None:
        return NO_LIMITS
    overrides = decided.overrides if isinstance(decided, Basis) else find_decided(decided)
    written = (item for item in overrides if item.reason.strip())
    return ClinicLimits(
        operator_max_mm=decided.operator_max_mm,
        deeper_areas=tuple(list_deeper(overrides, decided.plan.depth_mm)),
        antiviral_decided=_find_tablets(decided) is not None,
        recorded=frozenset((item.id, item.digest) for item in written),
        needled=decided.needled,
        scars=decided.scars if isinstance(decided, Basis) else decided.skin.findings,
        grades=grades,
    )
