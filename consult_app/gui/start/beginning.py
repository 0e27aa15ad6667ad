"""How a consultation begins: empty, from a case file, or with the invented sample patient."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from consult_app.domain.consultation import ConcernWish, Consultation, Goals, MapFinding
from consult_app.domain.history import Facts
from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Locale, Patient
from consult_app.domain.plan import PlanRequest
from consult_app.exchange.casefile import Case, complete_request
from consult_app.gui.start.of_practice import clinic_of, practitioner_here
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import answers_of
from consult_app.knowledge.told.still_taken import say_states
from consult_app.knowledge.told.unsaid import say_denied
from consult_app.settings import Settings

_NOT_ENTERED = (
    *("id", "patient_id", "visit_date", "started_at", "panel", "focus", "cursor"),
    *("locale", "clinic", "practitioner", "operator_max_mm", "sample"),
)
"""What of a visit comes from the settings and the clock, and where the work stands."""
GRADES = {None: 0, "mild": 1, "moderate": 2, "severe": 3}
PAIRED = frozenset({"temples", "crows_feet", "under_eye_rim", "cheeks", "jawline"})


def begin_visit(
    settings: Settings, patient: Patient, *, visit_id: str, patient_id: str, now: datetime
) -> Consultation:
    """Return an empty consultation with what the practice chose; nothing counts as asked."""
    practice = settings.practice
    return Consultation(
        id=visit_id,
        patient_id=patient_id,
        visit_date=now.date(),
        started_at=now.replace(microsecond=0),
        patient=patient,
        locale=Locale(country=practice.country, language=practice.language, paper=practice.paper),
        clinic=clinic_of(settings),
        practitioner=practitioner_here(settings),
        operator_max_mm=practice.practitioner_max_mm,
        facts=Facts(
            jurisdiction=jurisdiction_of(practice.country),
            device_profile=practice.device_profile,
        ),
        plan=PlanRequest(
            device_kind=practice.device_kind,
            device_label_max_mm=practice.device_label_max_mm,
        ),
    )


def is_blank(visit: Consultation, begun: Consultation) -> bool:
    """Return whether nothing was entered in an unfinished visit but who it is for.

    An empty line where the keyboard stands at first is nothing.

    Args:
        visit: The visit.
        begun: An empty one of the same patient, with what the practice chose by now.
    """
    same = replace(
        visit,
        goals=replace(visit.goals, own_words=visit.goals.own_words.strip()),
        facts=replace(
            visit.facts,
            jurisdiction=begun.facts.jurisdiction,
            device_profile=begun.facts.device_profile,
        ),
        plan=replace(
            visit.plan,
            device_kind=begun.plan.device_kind,
            device_label_max_mm=begun.plan.device_label_max_mm,
        ),
        **{name: getattr(begun, name) for name in _NOT_ENTERED},
    )
    return same == begun


def continue_case(
    case: Case, pack: Pack, settings: Settings, *, visit_id: str, patient_id: str, now: datetime
) -> Consultation:
    """Return a consultation with everything a case file says.

    What the file leaves out was asked and denied, as the case format defines it.
    """
    patient = _patient_of(case)
    empty = begin_visit(settings, patient, visit_id=visit_id, patient_id=patient_id, now=now)
    facts = case.facts or empty.facts
    plan = complete_request(case.plan or empty.plan, facts)
    allergic = bool(facts.allergies)
    return replace(
        empty,
        visit_date=facts.consult_date or empty.visit_date,
        locale=case.locale or empty.locale,
        clinic=case.clinic or empty.clinic,
        practitioner=case.practitioner or empty.practitioner,
        facts=replace(
            say_states(say_denied(pack, facts, open_now=facts.unanswered)), unanswered=()
        ),
        answers=answers_of(pack, facts),
        allergy_state="known" if allergic else "none_known",
        allergies=", ".join(pack.vocabulary.label("allergies", it) for it in facts.allergies),
        goals=_goals(plan),
        plan=plan,
        skin=replace(empty.skin, phototype_seen=facts.phototype),
    )


def _patient_of(case: Case) -> Patient:
    """Return the patient, with the birth date and sex that only the facts name."""
    patient = case.patient or Patient()
    if case.facts is None:
        return patient
    born = patient.date_of_birth or case.facts.date_of_birth
    return replace(patient, date_of_birth=born, sex=patient.sex or case.facts.sex)


def begin_sample(
    case: Case, pack: Pack, settings: Settings, *, visit_id: str, patient_id: str, now: datetime
) -> Consultation:
    """Return the invented patient's consultation, moved so that its visit is today."""
    visit = continue_case(case, pack, settings, visit_id=visit_id, patient_id=patient_id, now=now)
    later = timedelta(days=(now.date() - visit.visit_date).days // 7 * 7)
    first = visit.plan.first_session
    event = visit.plan.event_date
    plan = replace(
        visit.plan,
        first_session=first + later if first else None,
        event_date=event + later if event else None,
    )
    skin = replace(visit.skin, findings=_findings(visit.plan, pack))
    born = visit.facts.date_of_birth
    facts = replace(_move(visit.facts, later), date_of_birth=born)
    here = practitioner_here(settings)
    return replace(
        visit,
        sample=True,
        visit_date=now.date(),
        practitioner=here if here.name.strip() else visit.practitioner,
        plan=plan,
        skin=skin,
        facts=facts,
    )


def _move(value: Any, later: timedelta) -> Any:  # noqa: ANN401 - any value of a record
    """Return a value with every date in it moved; what is still to come cannot be judged."""
    if isinstance(value, date):
        return value + later
    if isinstance(value, PartialDate):
        day = value.first_day() + later
        month = day.month if value.month else None
        return PartialDate(day.year, month, day.day if value.day else None)
    if isinstance(value, tuple):
        return tuple(_move(item, later) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        moved = {it.name: _move(getattr(value, it.name), later) for it in fields(value)}
        return replace(value, **moved)
    return value


def _findings(plan: PlanRequest, pack: Pack) -> tuple[MapFinding, ...]:
    """Return what the sample patient's skin shows: each target on both sides of its areas."""
    tree = pack.protocol.areas
    return tuple(
        MapFinding(area=area, side=side, concern=target.concern, grade=GRADES[target.severity])
        for target in plan.targets
        for area in tree.children(target.area) or (tree.normalise(target.area),)
        for side in (("right", "left") if area in PAIRED else ("",))
    )


def _goals(plan: PlanRequest) -> Goals:
    """Return the concerns that a plan's targets amount to."""
    concerns = dict.fromkeys(target.concern for target in plan.targets)
    wishes = tuple(
        ConcernWish(
            concern=concern,
            areas=tuple(item.area for item in plan.targets if item.concern == concern),
        )
        for concern in concerns
    )
    return Goals(concerns=wishes, first=plan.primary_concern, event_date=plan.event_date)
