"""The case schema says what the program reads, and the shipped examples are right by both."""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from consult_app import record
from consult_app.domain import patient_record
from consult_app.domain.consultation import SCHEMA, Consultation
from consult_app.domain.finding import Severity
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanOutcome
from consult_app.errors import InputError
from consult_app.exchange.casefile import Case, Command, read_case
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.paths import find_resources

SCHEMA_FILE = find_resources() / "schema" / "consult-case-1.schema.json"
EXAMPLES = sorted((find_resources() / "examples").glob("*.json"))
COMMANDS: tuple[Command, ...] = get_args(Command)
NULL = {"type": "null"}
PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"$ref": "#/$defs/day"},
    datetime: {"$ref": "#/$defs/moment"},
    PartialDate: {"$ref": "#/$defs/partial_date"},
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema of the case file."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


def find_kinds(kind: Any) -> Iterator[type]:  # noqa: ANN401 - any type can stand in a field
    """Yield the dataclasses that a value of `kind` is made of, itself last."""
    if is_dataclass(kind) and kind is not PartialDate:
        for hint in typing.get_type_hints(kind).values():
            yield from find_kinds(hint)
        yield typing.cast("type", kind)
    for argument in get_args(kind):
        yield from find_kinds(argument)


def name_of(kind: type) -> str:
    """Return the name of a dataclass in the schema."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def say(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any type can stand in a field
    """Return what the schema has to say about values of `kind`, apart from words."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return say_optional(say(get_args(kind)[0]))
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": say(get_args(kind)[0])}
    if typing.get_origin(kind) is typing.Literal:
        return {"enum": list(get_args(kind))}
    if is_dataclass(kind) and kind is not PartialDate:
        return {"$ref": f"#/$defs/{name_of(typing.cast('type', kind))}"}
    return PLAIN[kind]


def say_optional(said: dict[str, Any]) -> dict[str, Any]:
    """Return what the schema has to say where the value may also be null."""
    if "enum" in said:
        return {"enum": [*said["enum"], None]}
    if "$ref" in said:
        return {"anyOf": [said, NULL]}
    return {**said, "type": [said["type"], "null"]}


def default_of(each: Field[Any]) -> object:
    """Return the default of a field, or MISSING."""
    return each.default if each.default_factory is MISSING else each.default_factory()


def without_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of the schema without what is only said to people."""
    return {key: item for key, item in said.items() if key not in ("description", "default")}


KINDS = sorted(set(find_kinds(Case)) - {Case}, key=name_of)


def check_fields(kind: type, said: Mapping[str, Any]) -> None:
    """Fail unless the schema names exactly the fields of `kind`, with their types."""
    assert said["additionalProperties"] is False
    assert list(said["properties"]) == [each.name for each in fields(kind)]
    required = [each.name for each in fields(kind) if default_of(each) is MISSING]
    assert said.get("required", []) == required
    hints = typing.get_type_hints(kind)
    for name, part in said["properties"].items():
        if name != "format":
            assert without_words(part) == say(hints[name]), name


def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_case_has_the_fields_of_the_schema(schema: dict[str, Any]) -> None:
    check_fields(Case, schema)
    assert schema["properties"]["format"] == {"const": "consult-case/1"}


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_every_part_has_the_fields_of_the_schema(kind: type, schema: dict[str, Any]) -> None:
    check_fields(kind, schema["$defs"][name_of(kind)])


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_defaults_in_the_schema_are_those_of_the_program(
    kind: type, schema: dict[str, Any]
) -> None:
    said = schema["$defs"][name_of(kind)]["properties"]
    defaults = {each.name: default_of(each) for each in fields(kind)}
    for name, part in said.items():
        if "default" in part:
            assert part["default"] == record.write(defaults[name]), name


def test_the_schema_defines_nothing_that_is_not_used(schema: dict[str, Any]) -> None:
    dates = {"day", "moment", "partial_date"}
    assert set(schema["$defs"]) == dates | {name_of(kind) for kind in KINDS}


def test_there_are_three_examples() -> None:
    assert [path.stem for path in EXAMPLES] == ["cold-sores", "deferred", "first-visit"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_right_by_the_schema(path: Path, schema: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_complete_for_every_command(path: Path, command: Command) -> None:
    assert read_case(path.read_text(encoding="utf-8"), command).facts is not None


def read_example(name: str) -> Case:
    """Return an example as the plan command reads it."""
    (path,) = (each for each in EXAMPLES if each.stem == name)
    return read_case(path.read_text(encoding="utf-8"), "plan")


TODAY = date(2027, 8, 16)


@pytest.mark.parametrize(
    ("name", "screened", "planned"),
    [
        ("first-visit", Severity.PRECAUTION, PlanOutcome.PROCEED),
        ("cold-sores", Severity.RELATIVE, PlanOutcome.PROCEED_WITH_CONDITIONS),
        ("deferred", Severity.DEFER, PlanOutcome.DEFER_THEN_PROCEED),
    ],
)
def test_the_examples_show_three_different_answers(
    name: str, screened: Severity, planned: PlanOutcome, pack: Pack
) -> None:
    case = read_example(name)
    assert case.facts is not None
    assert case.plan is not None
    result = screen(pack, case.facts, today=TODAY)
    assert (result.outcome, result.complete) == (screened, True)
    assert resolve(pack, case.plan, case.facts, today=TODAY).outcome == planned


def test_a_typical_healthy_patient_raises_at_most_two_warnings(pack: Pack) -> None:
    """More than that, and the rule set is wrong: people stop reading warnings."""
    case = read_example("first-visit")
    assert case.facts is not None
    assert case.plan is not None
    assert len(screen(pack, case.facts, today=TODAY).findings) <= 2
    assert len(resolve(pack, case.plan, case.facts, today=TODAY).warnings) <= 2


def test_the_deferred_example_waits_for_the_later_of_its_two_dates(pack: Pack) -> None:
    """Filler 28 days from 12 August, isotretinoin six calendar months from 16 June."""
    case = read_example("deferred")
    assert case.facts is not None
    result = screen(pack, case.facts, today=TODAY)
    assert {finding.id: finding.until for finding in result.findings} == {
        "filler_temporary_recent": date(2027, 9, 9),
        "isotretinoin_recent": date(2027, 12, 16),
    }
    assert result.defer_until == date(2027, 12, 16)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_can_be_rung_by_nobody(path: Path) -> None:
    """Numbers come from the range that is kept free for fiction."""
    clinic = json.loads(path.read_text(encoding="utf-8"))["clinic"]
    assert clinic["phone"].startswith("020 7946 0")
    assert clinic["out_of_hours"].startswith("020 7946 0")


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("facts", {"medicatons": []}),
        ("facts", {"phototype": 7}),
        ("facts", {"phototype": "3"}),
        ("facts", {"consult_date": "16-8-27"}),
        ("facts", {"conditions": [{"status": "active"}]}),
        ("facts", {"medications": [{"code": "aspirin", "last_dose": "20-3-26"}]}),
        ("facts", {"unanswered": "pregnancy"}),
        ("plan", {"targets": [{"area": "cheeks"}]}),
        ("plan", {"sessions": 3.5}),
        ("plan", {"first_session": "2027-09-06"}),
        ("locale", {"paper": "A5"}),
        ("patient", {"name": None}),
        ("clinic", {"telephone": "1"}),
    ],
)
def test_schema_and_program_refuse_the_same(
    place: str, wrong: dict[str, object], schema: dict[str, Any]
) -> None:
    case = json.loads(EXAMPLES[0].read_text(encoding="utf-8"))
    case[place] |= wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(case, schema)
    with pytest.raises(InputError):
        read_case(json.dumps(case), "screen")


def test_the_notes_name_every_field_of_the_record() -> None:
    notes = (SCHEMA_FILE.parent / "README.md").read_text(encoding="utf-8")
    missing = [each.name for each in fields(Consultation) if f"`{each.name}`" not in notes]
    assert not missing
    assert f"The record, schema {SCHEMA}\n" in notes


def test_the_notes_name_every_field_of_a_patient() -> None:
    notes = (SCHEMA_FILE.parent / "README.md").read_text(encoding="utf-8")
    heading = f"## The patient, schema {patient_record.SCHEMA}\n"
    assert heading in notes
    section = notes.partition(heading)[2].partition("\n## ")[0]
    kept = fields(patient_record.PatientRecord)
    assert [each.name for each in kept if f"`{each.name}`" not in section] == []
