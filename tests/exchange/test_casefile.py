"""The case file is read strictly: every fault with its place, and nobody's name in any of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.history import Facts
from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.errors import InputError
from consult_app.exchange.casefile import (
    Case,
    Command,
    read_case,
    settle_facts,
    write_case,
)
from consult_app.knowledge.intake import LIMITS, find_unknown
from consult_app.knowledge.pack.pack import Pack
from consult_app.paths import find_resources

COMMANDS: tuple[Command, ...] = get_args(Command)
TEXT = (find_resources() / "examples" / "first-visit.json").read_text(encoding="utf-8")
NAMES = ("Maya", "Ellison", "1994-05-17", "E-0001", "Ashdown", "EXAMPLE-1001")
MISSING = object()


def change(place: str, value: object) -> dict[str, Any]:
    """Return an example with one place changed, or taken out."""
    document: dict[str, Any] = json.loads(TEXT)
    *above, last = place.split(".")
    parent: Any = document
    for name in above:
        parent = parent[int(name)] if isinstance(parent, list) else parent.setdefault(name, {})
    if value is MISSING:
        parent.pop(last, None)
    else:
        parent[last] = value
    return document


def faults(document: object, command: Command = "screen") -> tuple[str, ...]:
    """Return the lines of what is wrong with a case."""
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(InputError) as refused:
        read_case(text, command)
    return refused.value.details


def read(document: object, command: Command = "screen") -> Case:
    """Return a case."""
    return read_case(json.dumps(document), command)


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        ("facts.medications.0.last_dose", "20-3-26", 'medications[0].last_dose: not a date: "20-'),
        ("facts.conditions.0.zones", "cheeks", 'facts.conditions[0].zones: not a list: "cheeks"'),
        ("facts.conditions.0.iga", 1.5, "facts.conditions[0].iga: not a whole number: 1.5"),
        ("facts.phototype", 9, "facts.phototype: not one of 1, 2, 3, 4, 5, 6: 9"),
        ("facts.phototype", "3", 'facts.phototype: not one of 1, 2, 3, 4, 5, 6: "3"'),
        ("facts.phototyp", 3, "facts.phototyp: unknown field"),
        ("facts.consult_date", "2027-W33-1", 'facts.consult_date: not a date: "2027-W33-1"'),
        ("facts.depth_mm", float("nan"), "facts.depth_mm: not a number: NaN"),
        ("facts.depth_mm", 10**400, "facts.depth_mm: not a number: Infinity"),
        ("facts.depth_mm", -1, "facts.depth_mm: not above 0 and up to 100: -1"),
        ("facts.procedures", [{"code": "ipl", "depth_mm": 0}], "procedures[0].depth_mm: not above"),
        ("facts.treatment_date", "2027-08-15", "facts.treatment_date: earlier than the consult"),
        ("facts.treatment_date", "0001-01-01", "facts.treatment_date: not in the years 1900 to"),
        ("facts.date_of_birth", "1994-05-18", "facts.date_of_birth: not the date of birth of"),
        ("facts.anaesthetic.grams", 0, "facts.anaesthetic.grams: not above 0 and up to 1000: 0"),
        ("facts.unanswered", "pregnancy", 'facts.unanswered: not a list: "pregnancy"'),
        ("patient.date_of_birth", "2027-08-17", "patient.date_of_birth: later than the consult"),
        ("plan.targets.0.depth", 1, "plan.targets[0].depth: unknown field"),
        ("plan.targets.1.severity", "bad", "targets[1].severity: not one of mild, moderate, sev"),
        ("plan.first_session", "2027-09-06", 'plan.first_session: not a date and time: "2027-09'),
        ("plan.first_session", "2027-08-15T09:15", "plan.first_session: earlier than the consult"),
        ("plan.event_date", "9999-12-31", "plan.event_date: not in the years 1900 to 2199"),
        ("plan.sessions", 0, "plan.sessions: not from 1 to 100: 0"),
        ("plan.sessions", 500, "plan.sessions: not from 1 to 100: 500"),
        ("plan.sessions", 10**16, "plan.sessions: not a whole number: 1e+16"),
        ("plan.interval_weeks", 0, "plan.interval_weeks: not from 1 to 520: 0"),
        ("plan.depth_mm", -0.5, "plan.depth_mm: not above 0 and up to 100: -0.5"),
        ("locale.country", "England", 'locale.country: not two capital letters: "England"'),
        ("locale.paper", "A5", 'locale.paper: not one of A4, Letter: "A5"'),
        ("clinic.name", "\ud800", "clinic.name: has characters that cannot be printed"),
        ("clinic.name", "\x1b[2J", "clinic.name: has characters that cannot be printed"),
        ("clinics", {}, "clinics: unknown field"),
        ("format", "consult-case/2", 'format: not one of consult-case/1: "consult-case/2"'),
        ("format", MISSING, "format: missing"),
    ],
)
def test_a_fault_is_one_line_that_begins_with_its_place(
    place: str, value: object, line: str
) -> None:
    (said,) = faults(change(place, value))
    assert line in said


def test_every_fault_is_listed_at_once() -> None:
    document = change("facts.phototype", 9)
    document["plan"]["sesions"] = 4
    document["clinic"]["phone"] = ""
    places = [line.split(":")[0] for line in faults(document, "handout")]
    assert places == ["facts.phototype", "plan.sesions", "clinic.phone"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "the whole case: empty"),
        (" \n", "the whole case: empty"),
        ("{", "line 1, column 2: not JSON: Expecting property name enclosed in double quotes"),
        ('{\n"a" 1}', "line 2, column 5: not JSON: Expecting ':' delimiter"),
        ("[1]", "the whole case: not a table of names and values"),
        ("[" * 100_000, "the whole case: nested too deeply"),
    ],
)
def test_what_is_no_case_at_all_is_named(text: str, line: str) -> None:
    assert faults(text) == (line,)


def test_what_is_nested_too_deeply_has_its_place() -> None:
    (line,) = faults(change("facts.zones", json.loads("[" * 100 + "]" * 100)))
    assert line.startswith("facts.zones[0]")
    assert line.endswith("nested too deeply")


def test_a_name_given_twice_is_a_fault_with_its_place() -> None:
    """JSON readers keep the last; a deferral must not vanish because the key was typed again."""
    text = TEXT.replace('"phototype": 3,', '"phototype": 3, "phototype": 1,')
    assert faults(text) == ("facts.phototype: given twice",)
    text = TEXT.replace('"code": "acne",', '"code": "acne", "code": "none",')
    assert faults(text) == ("facts.conditions[0].code: given twice",)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("patient.date_of_birth", "17 May 1994, Maya Ellison"),
        ("patient.name", ["Maya Ellison"]),
        ("patient.record_number", {"E-0001": "Maya Ellison"}),
        ("patient", "Maya Ellison"),
        ("practitioner.name", {"Robin": "Ashdown"}),
        ("practitioner", ["Ashdown", "EXAMPLE-1001"]),
        ("facts.date_of_birth", "Maya Ellison 1994-05-17"),
        ("facts.sex", ["Maya Ellison"]),
        ("clinic", [{"name": "Maya Ellison"}]),
        ("format", {"name": "Maya Ellison"}),
        ("plan.targets", {"Maya Ellison": 1}),
    ],
)
def test_no_fault_repeats_what_stands_at_the_place_of_a_person(place: str, value: object) -> None:
    said = "\n".join(faults(change(place, value)))
    assert said.startswith(place)
    assert not [name for name in NAMES if name in said]


def test_a_case_inside_a_list_is_not_repeated() -> None:
    assert faults([json.loads(TEXT)]) == ("the whole case: not a table of names and values",)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_whole_case_serves_every_command(command: Command) -> None:
    assert read_case(TEXT, command).plan is not None


@pytest.mark.parametrize("empty", [MISSING, None, ""])
@pytest.mark.parametrize(
    "place",
    [
        *("locale.country", "locale.language", "locale.paper"),
        *("clinic.name", "clinic.phone", "clinic.out_of_hours"),
        *("practitioner.name", "practitioner.role", "practitioner.registration"),
        *("patient.name", "patient.date_of_birth", "patient.sex"),
        *("facts", "facts.phototype", "plan"),
    ],
)
def test_the_handout_needs_all_but_two_fields(place: str, empty: object) -> None:
    document = change(place, empty)
    assert any(line.startswith(f"{place}") for line in faults(document, "handout"))


@pytest.mark.parametrize("place", ["clinic.address", "patient.record_number"])
def test_the_handout_can_do_without_two_fields(place: str) -> None:
    assert read(change(place, MISSING), "handout").clinic


@pytest.mark.parametrize(
    ("command", "places"), [("screen", ["facts"]), ("plan", ["plan", "facts.phototype"])]
)
def test_a_command_says_what_it_needs(command: Command, places: list[str]) -> None:
    lines = faults({"format": "consult-case/1"}, command)
    assert lines == tuple(f"{place}: missing, and `{command}` needs it" for place in places)


def test_screening_needs_nothing_but_facts() -> None:
    assert read({"format": "consult-case/1", "facts": {}}).facts == Facts(jurisdiction="OTHER")


def test_planning_needs_no_facts_but_the_skin_type() -> None:
    document = {"format": "consult-case/1", "facts": {"phototype": 2}, "plan": {}}
    assert read(document, "plan").plan is not None


def test_unknown_codes_inside_lists_are_kept() -> None:
    document = change("facts.conditions", [{"code": "new_code", "zones": ["no_such_area"]}])
    document["facts"]["allergies"] = ["kiwi"]
    document["facts"]["unanswered"] = ["no_such_item"]
    facts = read(document).facts
    assert facts is not None
    assert facts.conditions[0].zones == ("no_such_area",)
    assert (facts.allergies, facts.unanswered) == (("kiwi",), ("no_such_item",))


def test_birth_date_and_sex_come_from_the_patient() -> None:
    facts = read(change("facts.sex", MISSING)).facts
    assert facts is not None
    assert (facts.date_of_birth, facts.sex) == (date(1994, 5, 17), "F")


def test_cream_and_add_ons_that_only_the_facts_name_are_planned() -> None:
    cream = {"product": "emla", "grams": 20, "area_cm2": 200, "minutes": 60}
    document = change("facts.anaesthetic", cream)
    document["facts"]["addons"] = ["prp", "new_code"]
    document["plan"].update(numbing=None, addons=["prp"])
    case = read(document, "plan")
    assert case.plan is not None
    assert case.facts is not None
    assert case.plan.numbing == case.facts.anaesthetic
    assert case.plan.addons == ("prp", "new_code")
    document["plan"]["numbing"] = {"product": "none"}
    own = read(document, "plan").plan
    assert own is not None
    assert own.numbing is not None
    assert own.numbing.product == "none"


@pytest.mark.parametrize(
    ("country", "jurisdiction"),
    [("GB", "UK"), ("UK", "UK"), ("US", "US"), ("AU", "AU"), ("DE", "EU"), ("CH", "OTHER")],
)
def test_the_jurisdiction_follows_the_country(country: str, jurisdiction: str) -> None:
    assert jurisdiction_of(country) == jurisdiction
    assert settle_facts(Facts(), None, country).jurisdiction == jurisdiction


def test_a_jurisdiction_that_is_said_is_kept() -> None:
    assert settle_facts(Facts(jurisdiction="EU"), None, "GB").jurisdiction == "EU"


def test_dates_are_not_compared_with_a_consultation_that_has_none() -> None:
    """A script may ask what would have been said on an earlier day."""
    document = change("facts.consult_date", MISSING)
    document["facts"]["treatment_date"] = "2020-01-01"
    assert read(document).facts is not None


def test_a_blood_test_after_the_consultation_is_refused() -> None:
    """It would count as recent for ever."""
    diabetes = {"code": "diabetes", "hba1c_pct": 6.5, "hba1c_date": "2072-01"}
    (line,) = faults(change("facts.conditions", [diabetes]))
    assert line == "facts.conditions[0].hba1c_date: later than the consultation"


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        ("facts.treatment_date", "2027-08-15", "earlier than the consultation"),
        ("plan.first_session", "2027-08-15T09:00", "earlier than the consultation"),
        ("facts.date_of_birth", "2027-08-17", "later than the consultation"),
    ],
)
def test_a_date_before_what_it_follows_is_refused(place: str, value: str, problem: str) -> None:
    """The example was seen on 16 August 2027."""
    assert f"{place}: {problem}" in faults(change(place, value))


@pytest.mark.parametrize(
    ("place", "value"),
    [("facts.treatment_date", "2027-08-16"), ("plan.first_session", "2027-08-16T09:00")],
)
def test_a_treatment_on_the_day_of_the_consultation_is_none(place: str, value: str) -> None:
    assert read(change(place, value)).facts is not None


def test_a_device_profile_must_be_known_because_its_limits_would_be_lost(pack: Pack) -> None:
    (fault,) = find_unknown(pack.vocabulary, Facts(device_profile="skinpen_precison"))
    assert fault.place == "facts.device_profile"
    assert "skinpen_precision" in fault.problem
    assert find_unknown(pack.vocabulary, Facts(device_profile="exceed")) == ()


@given(number=st.floats(allow_nan=False), name=st.sampled_from(sorted(LIMITS)))
def test_a_number_is_refused_outside_its_limits_and_nowhere_else(number: float, name: str) -> None:
    limits = LIMITS[name]
    allowed = limits.low <= number <= limits.high and not (limits.open and number == limits.low)
    assert (limits.find_problem(number) is None) == allowed


@pytest.mark.parametrize("path", sorted((find_resources() / "examples").glob("*.json")))
def test_a_case_survives_writing_and_reading(path: Path) -> None:
    case = read_case(path.read_text(encoding="utf-8"), "handout")
    assert read_case(write_case(case), "handout") == case


@pytest.mark.parametrize("command", COMMANDS)
def test_a_case_that_was_written_is_right_by_the_schema(command: Command, resources: Path) -> None:
    schema = (resources / "schema" / "consult-case-1.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(write_case(read_case(TEXT, command))), json.loads(schema))


def test_no_name_is_in_the_representation_of_a_case() -> None:
    shown = repr(read_case(TEXT, "handout"))
    assert not [name for name in NAMES if name in shown]
