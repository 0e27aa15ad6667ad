"""What a visit that is not signed has of the practice it is open in, and by what it is judged."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts
from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.domain.people import Clinic, Practitioner
from consult_app.settings import Practice, Settings

POLICY = Facts().isotretinoin_profile
"""How this program waits after isotretinoin; no setting chooses the laxer one of a file."""


def name_practice(
    visit: Consultation, settings: Settings, last: Consultation | None = None
) -> Consultation:
    """Return a visit as of who is at this computer, for nobody can sign in another's name.

    Whom it named before, such as a case file's practitioner, stays as who planned it. The clinic is
    this one, wherever the visit was begun: its sheet says whom to call about what is done here. So
    are the country, the policy, the device and the own maximum by which it is judged.

    Args:
        visit: The visit.
        settings: The settings.
        last: The consultation that a treatment follows: it goes no deeper than who planned it may.
    """
    if visit.state == "signed":
        return visit
    visit, treats = _judge_here(visit, settings.practice), visit.kind == "treatment"
    planned = (last or visit).operator_max_mm if treats else None
    done = treats and visit.treatment is not None and visit.treatment.treated is True
    if not done:  # else it was done with what there was
        visit = hold_to_practice(visit, settings) if treats else judge_by_device(visit, settings)
    visit = _hold_to_operator(_hold_to_label(visit, settings.practice), settings, planned)
    clinic = clinic_of(settings)
    if clinic.name.strip() and not visit.sample:
        visit = replace(visit, clinic=clinic)
    here, named = practitioner_here(settings), visit.practitioner
    if not here.name.strip():
        return visit
    planner = visit.planned_by if visit.planned_by.name.strip() else named
    alone = _fold(planner) in ("", _fold(here))
    return replace(visit, practitioner=here, planned_by=Practitioner() if alone else planner)


def follow_practice(visit: Consultation, before: Settings, now: Settings) -> Consultation:
    """Return an unfinished visit by changed settings, as far as it had the former ones.

    What a case file or the patient's details say otherwise stays.

    Args:
        visit: The visit.
        before: The settings it was shown with.
        now: The settings as they are kept from now on.
    """
    if visit.state == "signed" or before.practice == now.practice:
        return visit
    old, new = before.practice, now.practice
    locale = visit.locale
    for name in ("country", "language", "paper"):
        if getattr(locale, name) == getattr(old, name):
            locale = replace(locale, **{name: getattr(new, name)})
    facts = visit.facts
    if facts.jurisdiction == jurisdiction_of(old.country) and locale.country == new.country:
        facts = replace(facts, jurisdiction=jurisdiction_of(new.country))
    clinic = clinic_of(now) if visit.clinic == clinic_of(before) else visit.clinic
    visit = replace(visit, locale=locale, facts=facts, clinic=clinic)
    return _follow_device(visit, old, new)


def hold_to_practice(visit: Consultation, settings: Settings) -> Consultation:
    """Return what is to be done here as of what the practice has now, whatever it was planned with.

    The rules of its country hold, and so does the own maximum of who treats. Where its device is of
    the kind that was planned, the label of that device holds too, and no depth goes above the
    stored maximum of either (planning reference 1.2).
    """
    practice, visit = settings.practice, judge_by_device(visit, settings)
    visit = _hold_to_operator(visit, settings, visit.operator_max_mm)
    plan = visit.plan
    facts = replace(
        visit.facts,
        jurisdiction=jurisdiction_of(practice.country),
        isotretinoin_profile=POLICY,
    )
    if plan.device_kind == practice.device_kind:
        known = [it for it in (plan.device_label_max_mm, practice.device_label_max_mm) if it]
        plan = replace(plan, device_label_max_mm=min(known, default=None))
    return replace(visit, facts=facts, plan=plan)


def _judge_here(visit: Consultation, practice: Practice) -> Consultation:
    """Return a visit with the country, the paper and the policy of this practice.

    Closed or begun elsewhere, it had others. Where nobody said yet which practice this is, the
    country of a file stays, as its clinic does, and so does that of an invented patient.
    """
    visit = replace(visit, facts=replace(visit.facts, isotretinoin_profile=POLICY))
    said = practice.clinic_name.strip() or practice.country != Practice().country
    if visit.sample or not said:
        return visit
    return replace(
        visit,
        locale=replace(visit.locale, country=practice.country, paper=practice.paper),
        facts=replace(visit.facts, jurisdiction=jurisdiction_of(practice.country)),
    )


def judge_by_device(visit: Consultation, settings: Settings) -> Consultation:
    """Return a visit with the rules that the label of the device here adds; none is taken away."""
    practice = settings.practice
    ours = practice.device_profile
    if ours == Facts().device_profile or visit.plan.device_kind != practice.device_kind:
        return visit
    return replace(visit, facts=replace(visit.facts, device_profile=ours))


def keep_former(before: Practice, now: Practice) -> Practice:
    """Return a practice that knows what the labels of its devices said before."""
    said = before.device_label_max_mm
    kept = {*before.device_former_mm, *now.device_former_mm, *(() if said is None else (said,))}
    return replace(now, device_former_mm=tuple(sorted(kept - {now.device_label_max_mm})))


def _hold_to_label(visit: Consultation, practice: Practice) -> Consultation:
    """Return a consultation with the label of the device here, where its own said more before.

    Open, it followed that at once. What was written for another device of this kind stays, and is
    told beside it.
    """
    plan, most = visit.plan, practice.device_label_max_mm
    own = plan.device_kind != practice.device_kind or (
        plan.device_label_max_mm not in practice.device_former_mm
    )
    if visit.kind != "consultation" or own or not plan.device_label_max_mm or not most:
        return visit
    held = min(plan.device_label_max_mm, most)
    return replace(visit, plan=replace(plan, device_label_max_mm=held))


def _hold_to_operator(
    visit: Consultation, settings: Settings, planned: float | None
) -> Consultation:
    """Return a visit no deeper than who is here may needle, nor than who planned it may."""
    known = [it for it in (settings.practice.practitioner_max_mm, planned) if it is not None]
    return replace(visit, operator_max_mm=min(known, default=None))


def _follow_device(visit: Consultation, old: Practice, new: Practice) -> Consultation:
    """Return a visit with the new device where it had the former, and all that was known of it.

    What a treatment was planned for is signed: `hold_to_practice` says what of it counts here.
    """
    plan, facts = visit.plan, visit.facts
    had = (plan.device_kind, plan.device_label_max_mm, facts.device_profile)
    if visit.kind == "treatment" or had != (
        old.device_kind,
        old.device_label_max_mm,
        old.device_profile,
    ):
        return visit
    return replace(
        visit,
        plan=replace(
            plan, device_kind=new.device_kind, device_label_max_mm=new.device_label_max_mm
        ),
        facts=replace(facts, device_profile=new.device_profile),
    )


def clinic_of(settings: Settings) -> Clinic:
    """Return the clinic of this practice."""
    practice = settings.practice
    return Clinic(
        name=practice.clinic_name,
        phone=practice.clinic_phone,
        out_of_hours=practice.clinic_out_of_hours,
        address=practice.clinic_address,
    )


def practitioner_here(settings: Settings) -> Practitioner:
    """Return who is at this computer."""
    practice = settings.practice
    return Practitioner(
        name=practice.practitioner_name,
        role=practice.practitioner_role,
        registration=practice.practitioner_registration,
    )


def _fold(person: Practitioner) -> str:
    """Return a name as it is compared: a role or a number that changed makes nobody another."""
    return person.name.strip().casefold()
