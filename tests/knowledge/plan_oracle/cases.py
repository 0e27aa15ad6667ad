"""Plans by chance: areas in both vocabularies, on days at the edge of what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from tests.knowledge.oracle.cases import CaseMaker
from tests.knowledge.oracle.reckoning import add
from tests.knowledge.plan_oracle import creams
from tests.knowledge.plan_oracle.tables import AIMS, GROUPS, OFFERED, ROW_OF, find_zones
from tests.knowledge.plan_oracle.told import Asked

AREAS = (*OFFERED, *OFFERED, *ROW_OF, *GROUPS)
FIRST_DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2027-09-06", "2027-02-28", "2028-02-29", "2027-12-31", "2028-01-01"),
            *("2027-03-27", "2027-03-28", "2027-10-30", "2027-10-31", "2026-08-31"),
            *("2027-01-30", "2028-02-01", "2027-11-06", "2027-11-07", "2027-03-13"),
        ),
    )
)
"""Ends of months and years, leap days, and changes of the clock."""
CLOCK = (time(9, 15), time(0, 0), time(1, 30), time(2, 30), time(12, 0), time(18, 45), time(23, 59))
LABELS = (2.5, 2.5, 2.5, 2.0, 1.5, 1.5, 1.3, 1.0, 0.8, 0.5, 3.0, None)
DEPTHS = (None, None, None, None, 0.25, 0.5, 0.6, 0.75, 1.0, 1.2, 1.5, 1.75, 2.0, 2.5, 3.0)
KINDS = ("automated_pen", "automated_pen", "automated_pen", "stamp", "dermaroller")
Severity = Literal["mild", "moderate", "severe"]
SEVERITIES: tuple[Severity, ...] = ("mild", "moderate", "severe")
Phototype = Literal[1, 2, 3, 4, 5, 6]
PHOTOTYPES: tuple[Phototype, ...] = (1, 2, 3, 4, 5, 6)
FORBIDDING = ("g6pd", "methaemoglobinaemia", "pseudocholinesterase_deficiency", "liver_severe")
ALLERGIES = ("amide_la", "ester_la", "paba", "latex")
OPERATORS = (None, None, None, None, 0.5, 1.0, 1.5, 2.0)


def make_plan_case(seed: int) -> Asked:
    """Return the case of a seed, always the same."""
    chance = Random(seed)  # noqa: S311 - it has to come again
    day = chance.choice(FIRST_DAYS) + timedelta(days=chance.choice((0, 0, 0, 1, -1, 30, 200)))
    told = day - timedelta(days=chance.choice((0, 0, 7, 27, 28, 29, 60, 120)))
    request = make_request(chance, day)
    facts = make_facts(chance, told, day, request.targets)
    places = {find_zones(it.area): it.area for it in request.targets}
    deeper = sorted(places.values() if request.depth_mm else ())
    reasons = tuple((area, chance.choice((None, 1.25, 2.0))) for area in deeper)
    return Asked(
        plan=request,
        facts=facts,
        told=told,
        operator_mm=chance.choice(OPERATORS),
        reasons=reasons if chance.random() < 0.2 else (),
    )


def make_cream_case(seed: int) -> Asked:
    """Return the case of a numbing cream."""
    chance = Random(seed)  # noqa: S311 - it has to come again
    cream = Numbing(
        product=chance.choice(sorted(creams.CREAMS)),
        grams=chance.choice((None, 5.0, 29.0, 52.0, 52.5, 60.0, 60.5, 100.0)),
        area_cm2=chance.choice((None, 50.0, 200.0, 400.0, 400.5, 600.0, 601.0, 900.0)),
        minutes=chance.choice((None, 10.0, 20.0, 30.0, 31.0, 60.0, 61.0, 300.0, 301.0)),
        after_needling=chance.random() < 0.1,
        prescribed=chance.random() < 0.5,
        self_applied=chance.random() < 0.15,
    )
    request = PlanRequest(
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_label_max_mm=2.5,
        first_session=datetime.combine(FIRST_DAYS[0], CLOCK[0]),
        numbing=cream,
    )
    told = date(2027, 6, 1)
    return Asked(plan=request, facts=make_cream_facts(chance, told), told=told)


def make_cream_facts(chance: Random, told: date) -> Facts:
    """Return what may forbid a cream."""
    conditions = [Condition(code=code) for code in FORBIDDING if chance.random() < 0.06]
    if chance.random() < 0.15:
        eczema = Condition(code="eczema", status="history", zones=("thighs",))
        conditions.append(replace(eczema, atopic=chance.random() < 0.7))
    taken = [
        Medication(code=code, status=chance.choice(("current", "current", "stopped")))
        for code in sorted(creams.RHYTHM | creams.INDUCING)
        if chance.random() < 0.04
    ]
    return Facts(
        consult_date=told,
        phototype=2,
        date_of_birth=date(1990, 5, 1),
        conditions=tuple(conditions),
        medications=tuple(taken),
        allergies=tuple(it for it in ALLERGIES if chance.random() < 0.06),
        breastfeeding=chance.random() < 0.06,
    )


def make_request(chance: Random, day: date) -> PlanRequest:
    """Return what is asked for."""
    targets = tuple(make_target(chance) for _ in range(chance.choice((1, 1, 2, 3))))
    primary = chance.choice((None, *(it.concern for it in targets)))
    event = day + timedelta(days=chance.choice((-1, 0, 1, 6, 7, 13, 14, 20, 21, 27, 28, 40, 100)))
    return PlanRequest(
        primary_concern=primary,
        targets=targets,
        device_kind=chance.choice(KINDS),
        device_label_max_mm=chance.choice(LABELS),
        first_session=None
        if chance.random() < 0.05
        else datetime.combine(day, chance.choice(CLOCK)),
        sessions=chance.choice((None, None, None, 1, 3, 4, 5, 6, 9, 12)),
        interval_weeks=chance.choice((None, None, None, 2, 4, 5, 6, 7, 8, 10, 14)),
        depth_mm=chance.choice(DEPTHS),
        fragile=chance.random() < 0.1,
        event_date=event if chance.random() < 0.3 else None,
    )


def make_target(chance: Random) -> Target:
    """Return an area and a concern, mostly one that is offered there."""
    area = chance.choice(AREAS)
    rows = GROUPS.get(area, (ROW_OF.get(area, area),))
    usual = sorted({it for row in rows for it in OFFERED[row]})
    concern = chance.choice(usual) if chance.random() < 0.85 else chance.choice(sorted(AIMS))
    return Target(
        area=area,
        concern=concern,
        severity=chance.choice((None, *SEVERITIES)),
        melasma_here=chance.random() < 0.06,
    )


def make_facts(chance: Random, told: date, day: date, targets: tuple[Target, ...]) -> Facts:
    """Return what is known of the patient; half of them have nothing to tell."""
    zones = tuple(zone for it in targets for zone in find_zones(it.area))
    facts = Facts(
        consult_date=told,
        phototype=chance.choice(PHOTOTYPES),
        date_of_birth=choose_birth(chance, day),
        jurisdiction=chance.choice((None, "UK", "UK", "US")),
        device_profile=chance.choice(
            ("generic", "generic", "generic", "skinpen_precision", "exceed")
        ),
    )
    if chance.random() < 0.5:
        facts = replace(facts, **CaseMaker(chance, told, day, zones).tell())
        facts = replace(facts, medications=tuple(it for it in facts.medications if is_long(it)))
    if any(it.concern == "scar_burn" for it in targets) and chance.random() < 0.7:
        closed = add(day, (-12, "months")) + timedelta(days=chance.choice((-1, 0, 1, 9)))
        when = chance.choice((PartialDate.of(closed), PartialDate(closed.year, closed.month), None))
        scar = Condition(code="scar", zones=zones, closed_on=when)
        facts = replace(facts, conditions=(*facts.conditions, scar))
    if chance.random() < 0.4:
        before = CaseMaker(chance, told, day, zones).make_procedure()
        facts = replace(facts, procedures=(*facts.procedures, before))
    if chance.random() < 0.08:
        facts = replace(facts, medications=(*facts.medications, make_steroid(chance)))
    return facts


def is_long(it: Medication) -> bool:
    """Return whether steroid tablets are stopped or long-term: no number of days is given (1.2)."""
    return it.code != "prednisolone" or it.status == "stopped" or (it.days or 0) > 90


def choose_birth(chance: Random, day: date) -> date:
    """Return when the patient was born; now and then 70 or 22 on the day, or almost."""
    if chance.random() < 0.8:
        return date(1990, 5, 1)
    almost = add(day, (-chance.choice((70, 70, 22)) * 12, "months"))
    return chance.choice((almost, almost + timedelta(days=1), date(1956, 2, 29), date(1958, 2, 28)))


def make_steroid(chance: Random) -> Medication:
    """Return a small dose of steroid tablets that is still taken."""
    return Medication(
        code="prednisolone",
        status="current",
        mg_per_day=3.0,
        days=chance.choice((91, 400, None)),
    )
