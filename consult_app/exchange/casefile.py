"""The case file: one JSON document that describes one consultation (interfaces 2)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from consult_app import record
from consult_app.domain.history import Facts
from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import PlanRequest
from consult_app.errors import Fault, InputError
from consult_app.knowledge.intake import find_impossible
from consult_app.scalars import quote
from consult_app.values import dataclass, field, replace

if TYPE_CHECKING:  # the commands never need a consultation as it is kept
    from consult_app.domain.consultation import Consultation

FORMAT: Literal["consult-case/1"] = "consult-case/1"
TITLE = "This case file cannot be used"
ADVICE = "Nothing was written. Correct the places named and try again."
Command = Literal["screen", "plan", "handout"]

_COUNTRY = re.compile("[A-Z]{2}")
_PERSONAL = re.compile(r"(patient|practitioner|facts\.date_of_birth)\b")
_WHOLE = "the whole case"
_TOO_DEEP = "nested too deeply"
_DEPTH = 20
_DIGITS = 15
_NEEDED: dict[Command, tuple[str, ...]] = {
    "screen": ("facts",),
    "plan": ("plan", "facts.phototype"),
    "handout": (
        "locale.country",
        "locale.language",
        "locale.paper",
        "clinic.name",
        "clinic.phone",
        "clinic.out_of_hours",
        "practitioner.name",
        "practitioner.role",
        "practitioner.registration",
        "patient.name",
        "patient.date_of_birth",
        "patient.sex",
        "facts.phototype",
        "plan",
    ),
}
"""What each command needs (interfaces 2)."""


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

    What may be left out is taken from the rest of the case: the date of birth and the sex from the
    patient, the jurisdiction from the country, cream and add-ons of the plan from the facts.

    Raises:
        InputError: One fault for each thing that is wrong, with its place. What stands at the
            places of a person is never quoted.
    """
    data = _parse(text)
    faults = list(_find_flaws(data))
    case = record.collect(Case, data, "", faults)
    faults += _find_missing(data, command)
    if case is not None and not faults:
        faults += _find_nonsense(case)
    if case is None or faults:
        raise InputError(TITLE, tuple(map(_withhold, faults)), ADVICE)
    return _fill_in(case)


def write_case(case: Case) -> str:
    """Return the case as JSON text that `read_case` reads back.

    Every field is written, so that the file keeps its meaning when a default changes.
    """
    return json.dumps(record.write(case, full=True), ensure_ascii=False, indent=2) + "\n"


def find_letter(case: Case, letter: str) -> str:
    """Return the place of the first text that holds a letter, or an empty text."""
    return next(_walk(record.write(case), "", letter), "")


def _walk(value: object, place: str, letter: str) -> Iterator[str]:
    if isinstance(value, str) and letter in unicodedata.normalize("NFC", value):
        yield place
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, record.join(place, name), letter)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(item, f"{place}[{number}]", letter)


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


def settle_facts(facts: Facts, born: date | None, country: str | None) -> Facts:
    """Return the facts with birth date and jurisdiction filled in where they were left out."""
    jurisdiction = facts.jurisdiction or (jurisdiction_of(country) if country else None)
    return replace(
        facts, date_of_birth=facts.date_of_birth or born, jurisdiction=jurisdiction or "OTHER"
    )


def complete_request(request: PlanRequest, facts: Facts) -> PlanRequest:
    """Return the request with the numbing cream and the add-ons that only the facts name."""
    addons = dict.fromkeys((*request.addons, *facts.addons))
    return replace(request, numbing=request.numbing or facts.anaesthetic, addons=tuple(addons))


def _fill_in(case: Case) -> Case:
    if case.facts is None:
        return case
    patient = case.patient or Patient()
    country = case.locale.country if case.locale else None
    facts = settle_facts(case.facts, patient.date_of_birth, country)
    plan = complete_request(case.plan, facts) if case.plan else None
    return replace(case, facts=replace(facts, sex=facts.sex or patient.sex), plan=plan)


def _find_nonsense(case: Case) -> Iterator[Fault]:
    """Yield what cannot be true, or contradicts itself."""
    if case.locale and not _COUNTRY.fullmatch(case.locale.country):
        yield Fault("locale.country", f"not two capital letters: {quote(case.locale.country)}")
    own = case.facts.date_of_birth if case.facts else None
    born = case.patient.date_of_birth if case.patient else None
    if own and born and own != born:
        yield Fault("facts.date_of_birth", "not the date of birth of the patient")
    for fault in find_impossible(_fill_in(case).facts, case.plan):
        taken = fault.place == "facts.date_of_birth" and own is None
        yield Fault("patient.date_of_birth", fault.problem) if taken else fault


class _Table(dict[str, Any]):
    """A JSON object that remembers which names it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = sorted(name for name, n in Counter(name for name, _ in pairs).items() if n > 1)


def _parse(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    if not text.strip():
        raise InputError(TITLE, (Fault(_WHOLE, "empty"),), ADVICE)
    try:
        return json.loads(text, parse_int=_parse_whole, object_pairs_hook=_Table)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(TITLE, (Fault(place, f"not JSON: {error.msg}"),), ADVICE) from None
    except RecursionError:
        raise InputError(TITLE, (Fault(_WHOLE, _TOO_DEEP),), ADVICE) from None


def _parse_whole(digits: str) -> float:
    """Return a whole number; one that nobody counts to becomes a number that is not whole."""
    return int(digits) if len(digits) <= _DIGITS else float(digits)


def _find_flaws(data: object) -> Iterator[Fault]:
    """Yield what JSON allows and a case does not, wherever it stands.

    Raises:
        InputError: It is nested so deeply that nothing else should look at it.
    """
    waiting = [("", data, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if depth > _DEPTH:
            raise InputError(TITLE, (Fault(place, _TOO_DEEP),), ADVICE)
        if isinstance(value, _Table):
            yield from (Fault(record.join(place, name), "given twice") for name in value.twice)
            waiting += [(record.join(place, name), it, depth + 1) for name, it in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}[{n}]", item, depth + 1) for n, item in enumerate(value)]
        elif isinstance(value, str) and any(map(_is_unprintable, value)):
            yield Fault(place, "has characters that cannot be printed")


def _is_unprintable(letter: str) -> bool:
    return letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Cs")


def _find_missing(data: object, command: Command) -> Iterator[Fault]:
    for place in _NEEDED[command]:
        value = data
        for name in place.split("."):
            if value is not None:
                # What has the wrong shape altogether is a fault of its own.
                value = value.get(name) if isinstance(value, Mapping) else value
        if value is None or (isinstance(value, str) and not value.strip()):
            yield Fault(place, f"missing, and `{command}` needs it")


def _withhold(fault: Fault) -> Fault:
    """Return the fault with no word of the case, unless a single value of no person is at fault."""
    problem, colon, quoted = fault.problem.partition(": ")
    if not colon:
        return Fault(fault.place or _WHOLE, problem)
    if not fault.place or _PERSONAL.match(fault.place):
        return Fault(fault.place or _WHOLE, problem)
    kind = {"{": "a table", "[": "a list"}.get(quoted[0], quoted)
    return Fault(fault.place, f"{problem}: {kind}")
