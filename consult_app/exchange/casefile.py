"""The case file: one JSON document that describes one consultation (interfaces 2)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NoReturn

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts, Jurisdiction
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import PlanRequest
from consult_app.errors import Fault, InputError

FORMAT: Literal["consult-case/1"] = "consult-case/1"
TITLE = "This case file cannot be used"
ADVICE = "Nothing was written. Correct the places named and try again."
Command = Literal["screen", "plan", "handout"]

_JURISDICTIONS: dict[str, Jurisdiction] = {"GB": "UK", "US": "US", "AU": "AU"}
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One consultation as a script hands it in; parts a command does not need may be None."""

    format: Literal["consult-case/1"]
    locale: Locale | None = None
    clinic: Clinic | None = None
    practitioner: Practitioner | None = None
    patient: Patient | None = field(default=None, repr=False)
    facts: Facts | None = None
    plan: PlanRequest | None = None


def read_case(text: str, command: Command) -> Case:
    """Return the case in `text`, complete enough for `command`.

    Facts that may be left out are taken from the rest of the case: the date of birth from the
    patient, the jurisdiction from the country.

    Raises:
        InputError: One fault for each thing that is wrong, with its place.
    """
    faults: list[Fault] = []
    case = record.collect(Case, _parse(text), "", faults)
    if case is None:
        raise InputError(TITLE, tuple(faults), ADVICE)
    missing = _find_missing(case, command)
    if missing:
        raise InputError(TITLE, missing, ADVICE)
    return _fill_in(case)


def write_case(case: Case) -> str:
    """Return the case as JSON text that `read_case` reads back."""
    return json.dumps({"format": FORMAT, **record.write(case)}, ensure_ascii=False, indent=2) + "\n"


def case_of(consultation: Consultation, facts: Facts) -> Case:
    """Return the case file of a consultation; `facts` are those its answers amount to."""
    return Case(
        format=FORMAT,
        locale=consultation.locale,
        clinic=consultation.clinic,
        practitioner=consultation.practitioner,
        patient=consultation.patient,
        facts=facts,
        plan=consultation.plan,
    )


def jurisdiction_of(country: str) -> Jurisdiction:
    """Return whose rules hold in a country (ISO 3166 two letters)."""
    return _JURISDICTIONS.get(country, "EU" if country in _EU else "OTHER")


def settle_facts(facts: Facts, born: date | None, country: str | None) -> Facts:
    """Return the facts with birth date and jurisdiction filled in where they were left out."""
    jurisdiction = facts.jurisdiction or (jurisdiction_of(country) if country else None)
    return replace(
        facts, date_of_birth=facts.date_of_birth or born, jurisdiction=jurisdiction or "OTHER"
    )


def _fill_in(case: Case) -> Case:
    if case.facts is None:
        return case
    born = case.patient.date_of_birth if case.patient else None
    return replace(
        case, facts=settle_facts(case.facts, born, case.locale.country if case.locale else None)
    )


def _parse(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_refuse_twins)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(TITLE, (Fault(place, f"not JSON: {error.msg}"),), ADVICE) from None
    except RecursionError:
        raise InputError(TITLE, (Fault("", "nested too deeply to be a case"),), ADVICE) from None
    except ValueError as error:
        raise InputError(TITLE, (Fault("", str(error)),), ADVICE) from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"not a number: {constant}")


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"given twice: {', '.join(twice)}")
    return dict(pairs)


_NEEDED: dict[Command, tuple[str, ...]] = {
    "screen": ("facts",),
    "plan": ("plan", "facts.phototype"),
    "handout": (
        "locale",
        "clinic.name",
        "clinic.phone",
        "clinic.out_of_hours",
        "practitioner.name",
        "practitioner.role",
        "practitioner.registration",
        "patient.name",
        "patient.date_of_birth",
        "facts.phototype",
        "plan",
    ),
}


def _find_missing(case: Case, command: Command) -> tuple[Fault, ...]:
    places = [place for place in _NEEDED[command] if _look_up(case, place) in (None, "")]
    return tuple(Fault(place, f"missing, and `{command}` needs it") for place in places)


def _look_up(case: Case, place: str) -> object:
    value: object = case
    for name in place.split("."):
        value = getattr(value, name) if value is not None else None
    return value
