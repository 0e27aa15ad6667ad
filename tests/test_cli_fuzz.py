"""Whatever is handed in, a command does its work or says what is wrong, and never both."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import types
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult_app import cli
from consult_app.app import Program
from consult_app.commands import speech
from consult_app.domain.history import Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.intake import LIMITS, Limits
from consult_app.paths import find_resources

COMMANDS = ("screen", "plan", "handout")
UNKNOWN = ": not a known code, so no rule judges it: "
EXAMPLES = tuple(
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((find_resources() / "examples").glob("*.json"))
)

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 9, 500, 10**15, 10**16, -(10**400), 1e308, float("inf"), 5e-324])
    | st.floats()
    | st.text()
    | st.sampled_from(["", " ", "\ud800", "a\nb", "\x1b[2J", "\u202e", "0001-01-01", "9999-12-31"])
    | st.sampled_from(["2027-09-06", "2027", "2027-13-01", "9999-12-31T23:59", "0001-01-01T00:00"])
    | st.sampled_from(["cheeks", "chin_jaw", "face", "eyelid", "elbow", "acne_rolling", "no_such"])
)
JSON = st.recursive(
    PLAIN, lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(), part, max_size=4)
)


DATES = st.dates().map(str) | st.dates().map(lambda day: str(day)[:7])
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes"))
CODES = tuple(sorted({code.id for code in Program().pack.vocabulary.code}))
CONCERNS = tuple(Program().pack.protocol.concern_by_id)
LAST = date(2028, 12, 31)
NEAR = st.dates(date(2027, 8, 16), LAST)
PAST = st.dates(date(2024, 1, 1), date(2027, 8, 16)).map(str)
SCALARS: dict[object, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    date: NEAR.map(str),
    PartialDate: PAST | PAST.map(lambda day: day[:7]) | PAST.map(lambda day: day[:4]),
    datetime: NEAR.map(lambda day: f"{day}T09:15"),
}
AREAS = tuple(sorted(Program().pack.protocol.areas.by_id))


WORDS = defaultdict(
    lambda: CODES,
    zones=AREAS,
    area=AREAS,
    concern=CONCERNS,
    primary_concern=CONCERNS,
    device_kind=("automated_pen", "stamp", "dermaroller"),
    device_profile=("generic", "skinpen_precision", "exceed"),
    status=("active", "healed", "history", "flare", "controlled", "remission", "current"),
    unanswered=tuple(Program().pack.question_by_id),
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def one_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the content once, not for every document."""
    monkeypatch.setattr(cli, "Program", find_program)


@cache
def find_program() -> Program:
    """Return the program with its content."""
    return Program()


def run(command: str, data: bytes) -> Said:
    """Run a command on a document from standard input."""
    out, err = io.StringIO(), io.StringIO()
    options = ["--text"] if command == "handout" else []
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(data))
        )
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        code = cli.main([command, "-", *options])
    return Said(code=code, out=out.getvalue(), err=err.getvalue())


def check(command: str, data: bytes) -> None:
    """Check what holds for every document."""
    said = run(command, data)
    assert "should not have happened" not in said.err
    assert "Traceback" not in said.err
    if said.code == speech.DONE:
        assert said.out
        assert all(UNKNOWN in line for line in said.err.split("\n")[:-1]), said.err
        if command != "handout":
            assert json.loads(said.out)["format"].startswith("consult-")
    else:
        assert said.code == speech.WRONG
        assert said.out == ""
        assert said.err
        assert all(line.strip() and ": " in line for line in said.err.split("\n")[:-1]), said.err
        assert said.err.splitlines() == said.err.split("\n")[:-1]


def encode(document: object) -> bytes:
    """Return a document as a careless program writes it: NaN, half characters and all."""
    return json.dumps(document).encode()


def find_places(
    value: object, place: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Yield every place inside a document."""
    yield place
    if isinstance(value, dict):
        for name, item in value.items():
            yield from find_places(item, (*place, name))
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from find_places(item, (*place, position))


def vary(value: object) -> st.SearchStrategy[Any]:
    """Return values of the same kind, which reach what judges and plans."""
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int | float):
        return st.integers(-1, 12) | st.floats(-1, 12) | st.integers(0, 10**6)
    if isinstance(value, str) and value[:2] == "20":
        return MOMENTS if "T" in value else DATES | st.dates(date(2027, 8, 16), LAST).map(str)
    if isinstance(value, str):
        return st.sampled_from(CODES) | st.sampled_from(AREAS) | st.text()
    return JSON


@st.composite
def spoilt(draw: st.DrawFn) -> Any:  # noqa: ANN401 - a document of any shape
    """Return an example in which up to three places were changed, removed or added to."""
    document = {"": copy.deepcopy(draw(st.sampled_from(EXAMPLES)))}
    for _ in range(draw(st.integers(1, 3))):
        places = [place for place in find_places(document) if place]
        *above, last = draw(st.sampled_from(places))
        parent: Any = document
        for step in above:
            parent = parent[step]
        how = draw(st.sampled_from(["change", "vary", "vary", "remove", "add", "double"]))
        if how == "remove" and above:
            del parent[last]
        elif how == "vary":
            parent[last] = draw(vary(parent[last]))
        elif how == "add" and isinstance(parent[last], dict):
            parent[last][draw(st.text())] = draw(JSON)
        elif how == "double" and isinstance(parent[last], list):
            parent[last] += copy.deepcopy(parent[last])
        else:
            parent[last] = draw(JSON)
    return document[""]


def make(kind: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type of a field
    """Return JSON values that are right for a field of this type and name."""
    options = get_args(kind)
    if get_origin(kind) in (types.UnionType, Union):
        return st.none() | make(options[0], name)
    if get_origin(kind) is tuple:
        return st.lists(make(options[0], name), max_size=3)
    if get_origin(kind) is Literal:
        return st.sampled_from(options)
    if kind in (int, float):
        limits = LIMITS.get(name, Limits(1, 3))
        number = st.integers(1, int(limits.high))
        return number if kind is int else number | st.floats(0.1, min(5, limits.high))
    if kind is not PartialDate and is_dataclass(kind):
        hints = get_type_hints(kind)
        optional = {each.name: make(hints[each.name], each.name) for each in fields(kind)}
        return st.fixed_dictionaries({}, optional=optional).map(lambda made: fill(made, kind))
    return SCALARS.get(kind, st.none()) if kind is not str else st.sampled_from(WORDS[name])


def fill(made: dict[str, Any], kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """Return a table with what its type cannot do without."""
    if kind is Target:
        return {"area": "cheeks", "concern": "acne_rolling", **made}
    needed = [each.name for each in fields(kind) if each.name == "code"]
    return {**dict.fromkeys(needed, "keloid"), **made}


@st.composite
def whole(draw: st.DrawFn) -> Any:  # noqa: ANN401 - a document of the right shape
    """Return a case of the right shape about anyone at all."""
    document = copy.deepcopy(draw(st.sampled_from(EXAMPLES)))
    facts = draw(make(Facts))
    facts.pop("date_of_birth", None)
    plan = draw(make(PlanRequest))
    document["facts"] |= {name: value for name, value in facts.items() if value is not None}
    document["plan"] |= {name: value for name, value in plan.items() if value is not None}
    document["facts"]["consult_date"] = "2027-08-16"
    return document


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=25)
@given(document=whole())
def test_a_case_of_the_right_shape_is_answered_or_refused(command: str, document: object) -> None:
    check(command, encode(document))


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=60)
@given(document=JSON)
@example(document={"format": "consult-case/1", "facts": {}})
@example(document={"format": "consult-case/1", "facts": {"phototype": 1}, "plan": {}})
def test_any_document_is_answered_or_refused(command: str, document: object) -> None:
    check(command, encode(document))


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=100)
@given(document=spoilt())
def test_any_slip_in_a_case_is_answered_or_refused(command: str, document: object) -> None:
    check(command, encode(document))


@pytest.mark.parametrize("command", COMMANDS)
@given(data=st.binary())
def test_any_bytes_are_refused(command: str, data: bytes) -> None:
    check(command, data)


@given(text=st.text())
@example(text="")
@example(text="{")
@example(text='{"format": "consult-case/1", "facts": {"phototype": ' + "9" * 5000 + "}}")
@example(text="[" * 100_000)
@example(text='{"a":' * 100_000)
@example(text='{"facts": ' + "[" * 300 + "]" * 300 + "}")
def test_any_text_is_refused(text: str) -> None:
    check("screen", text.encode("utf-8", "surrogatepass"))


@given(arguments=st.lists(st.text(alphabet=st.characters(exclude_characters="\0")), max_size=4))
def test_any_call_that_names_no_command_is_refused_in_one_line(arguments: list[str]) -> None:
    err, out = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
        code = cli.main(["no-such-command", *arguments])
    assert (code, out.getvalue()) == (speech.WRONG, "")
    assert err.getvalue().count("\n") == 1


def test_every_example_is_answered(resources: Path) -> None:
    for path in (resources / "examples").glob("*.json"):
        for command in COMMANDS:
            assert run(command, path.read_bytes()).code == speech.DONE
