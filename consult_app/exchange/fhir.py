"""The facts of a sheet for other programs, as a FHIR R4 bundle (see the mapping in the notes).

It holds what the sheet says and no more: who, by whom, where, when. Codes are texts, because
national code lists need a licence. Ids are derived from the content, so the same sheet gives the
same bundle. Times of day stand in words: FHIR wants a zone, and visits keep wall-clock time.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from consult_app.domain.people import Clinic, Patient, Practitioner
from consult_app.domain.plan import Plan

NAME = "consultation.fhir.json"
MIME = "application/fhir+json"
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_GENDERS = {"F": "female", "M": "male"}
Resource = dict[str, Any]


def write_bundle(
    *,
    patient: Patient,
    practitioner: Practitioner,
    clinic: Clinic,
    plan: Plan,
    areas: dict[str, str],
    made_on: date,
) -> str:
    """Return the bundle as JSON.

    Args:
        patient: For whom.
        practitioner: By whom.
        clinic: Where.
        plan: What is planned and when.
        areas: Names of the planned areas by their ids.
        made_on: The consultation's date.
    """
    person, doer, place = _patient(patient), _practitioner(practitioner), _organization(clinic)
    seed = json.dumps([person, doer, place, made_on.isoformat()], sort_keys=True)
    links = {
        kind: f"urn:uuid:{uuid.uuid5(_SPACE, f'{kind} {seed}')}"
        for kind in ("Patient", "Practitioner", "Organization", "CarePlan")
    }
    care = _care_plan(plan, areas, links, made_on)
    resources = {"Patient": person, "Practitioner": doer, "Organization": place, "CarePlan": care}
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{made_on.isoformat()}T00:00:00Z",
        "entry": [{"fullUrl": links[kind], "resource": held} for kind, held in resources.items()],
    }
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def _patient(patient: Patient) -> Resource:
    told: Resource = {"resourceType": "Patient", "name": [{"text": patient.name}]}
    if patient.record_number:
        told["identifier"] = [{"value": patient.record_number}]
    if patient.sex in _GENDERS:
        told["gender"] = _GENDERS[patient.sex]
    if patient.date_of_birth:
        told["birthDate"] = patient.date_of_birth.isoformat()
    return told


def _practitioner(practitioner: Practitioner) -> Resource:
    told: Resource = {"resourceType": "Practitioner", "name": [{"text": practitioner.name}]}
    if practitioner.registration:
        told["identifier"] = [{"value": practitioner.registration}]
    if practitioner.role:
        told["qualification"] = [{"code": {"text": practitioner.role}}]
    return told


def _organization(clinic: Clinic) -> Resource:
    told: Resource = {"resourceType": "Organization", "name": clinic.name}
    if clinic.phone:
        told["telecom"] = [{"system": "phone", "value": clinic.phone}]
    if clinic.address:
        told["address"] = [{"text": clinic.address}]
    return told


def _care_plan(plan: Plan, areas: dict[str, str], links: dict[str, str], made_on: date) -> Resource:
    told: Resource = {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "title": "Microneedling",
        "description": f"Content {plan.content_id} {plan.content_version}",
        "subject": {"reference": links["Patient"]},
        "author": {"reference": links["Practitioner"]},
        "contributor": [{"reference": links["Organization"]}],
        "created": made_on.isoformat(),
        "activity": list(_activities(plan, areas)),
    }
    if plan.session_dates:
        last = plan.review_date or plan.session_dates[-1].date()
        told["period"] = {
            "start": plan.session_dates[0].date().isoformat(),
            "end": last.isoformat(),
        }
    return told


def _activities(plan: Plan, areas: dict[str, str]) -> Iterator[Resource]:
    if plan.coming_patch:
        yield _activity("Test patch", plan.coming_patch, "")
    places = ", ".join(areas.get(line.area, line.area) for line in plan.lines)
    for number, moment in enumerate(plan.session_dates, start=1):
        told = f"{moment:%H:%M} local time. {places}"
        yield _activity(f"Microneedling, session {number}", moment.date(), told)
    if plan.review_date:
        yield _activity("Review", plan.review_date, "")


def _activity(name: str, day: date, told: str) -> Resource:
    detail: Resource = {
        "kind": "ServiceRequest",
        "code": {"text": name},
        "status": "scheduled",
        "scheduledPeriod": {"start": day.isoformat(), "end": day.isoformat()},
    }
    if told:
        detail["description"] = told
    return {"detail": detail}
