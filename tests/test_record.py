"""Reading is strict and names every fault; what is written is read back the same."""

from __future__ import annotations

import importlib
import json
import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.errors import Fault, InputError
from consult_app.exchange.casefile import Case


class Colour(StrEnum):
    """A choice of words."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A value inside another."""

    code: str
    depth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One field of every type that `record` understands."""

    text: str
    count: int = 0
    depth: float = 0.0
    flag: bool = False
    day: date | None = None
    moment: datetime | None = None
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    grade: Literal[1, 2, 3] | None = None
    since: PartialDate | None = None
    leaves: tuple[Leaf, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    points: tuple[tuple[float, float], ...] = ()
    anything: object = None


def faults_of(data: object) -> list[str]:
    with pytest.raises(InputError) as raised:
        record.read(Tree, data)
    return list(raised.value.details)


def test_every_type_is_read() -> None:
    data = {
        "text": "a",
        "count": 2,
        "depth": 1,
        "flag": True,
        "day": "2027-09-06",
        "moment": "2027-09-06T09:15",
        "colour": "blue",
        "size": "large",
        "grade": 3,
        "since": "2026-03",
        "leaves": [{"code": "x", "depth": 0.5}, {"code": "y"}],
        "words": {"k": "v"},
        "points": [[0, 0.5], [1, 1]],
        "anything": [1, "two"],
    }
    assert record.read(Tree, data) == Tree(
        text="a",
        count=2,
        depth=1.0,
        flag=True,
        day=date(2027, 9, 6),
        moment=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - wall-clock time has no zone
        colour=Colour.BLUE,
        size="large",
        grade=3,
        since=PartialDate(2026, 3),
        leaves=(Leaf(code="x", depth=0.5), Leaf(code="y")),
        words={"k": "v"},
        points=((0.0, 0.5), (1.0, 1.0)),
        anything=[1, "two"],
    )


@pytest.mark.parametrize(
    ("name", "wrong", "fault"),
    [
        ("text", 3, "text: not text: 3"),
        ("text", None, "text: not text: null"),
        ("count", "3", 'count: not a whole number: "3"'),
        ("count", 3.5, "count: not a whole number: 3.5"),
        ("count", True, "count: not a whole number: true"),
        ("depth", "1.5", 'depth: not a number: "1.5"'),
        ("depth", False, "depth: not a number: false"),
        ("depth", float("nan"), "depth: not a number: NaN"),
        ("depth", float("inf"), "depth: not a number: Infinity"),
        ("depth", 10**400, "depth: not a number: 1" + "0" * 56 + "..."),
        ("flag", 1, "flag: not true or false: 1"),
        ("flag", "yes", 'flag: not true or false: "yes"'),
        ("day", "20-3-26", 'day: not a date: "20-3-26"'),
        ("day", "2027-02-29", 'day: not a date: "2027-02-29"'),
        ("day", "2027-09-06T09:15", 'day: not a date: "2027-09-06T09:15"'),
        ("day", "2027-W36-1", 'day: not a date: "2027-W36-1"'),
        ("day", 20270906, "day: not a date: 20270906"),
        ("moment", "2027-09-06", 'moment: not a date and time: "2027-09-06"'),
        ("moment", "2027-09-06T25:00", 'moment: not a date and time: "2027-09-06T25:00"'),
        (
            "moment",
            "2027-09-06T09:15+02:00",
            'moment: not a date and time: "2027-09-06T09:15+02:00"',
        ),
        ("colour", "green", 'colour: not one of red, blue: "green"'),
        ("size", "Large", 'size: not one of small, large: "Large"'),
        ("grade", "2", 'grade: not one of 1, 2, 3: "2"'),
        ("grade", True, "grade: not one of 1, 2, 3: true"),
        ("since", "20-3-26", 'since: not a date: "20-3-26"'),
        ("since", 2026, "since: not text: 2026"),
        ("leaves", "x", 'leaves: not a list: "x"'),
        ("leaves", [{"code": "x"}, 3], "leaves[1]: not a table of names and values: 3"),
        ("words", ["k"], 'words: not a table of names and values: ["k"]'),
        ("words", {"k": 1}, "words.k: not text: 1"),
        ("points", [[0.1, "b"]], 'points[0][1]: not a number: "b"'),
        ("points", [[0.1, 0.2, 0.3]], "points[0]: not a list of 2: [0.1, 0.2, 0.3]"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(name: str, wrong: object, fault: str) -> None:
    assert faults_of({"text": "a"} | {name: wrong}) == [fault]


def test_an_unknown_field_is_a_fault() -> None:
    assert faults_of({"text": "a", "depht": 1}) == ["depht: unknown field"]
    assert faults_of({"text": "a", "leaves": [{"code": "x", "mm": 1}]}) == [
        "leaves[0].mm: unknown field"
    ]


def test_a_field_without_default_must_be_there() -> None:
    assert faults_of({}) == ["text: missing"]
    assert faults_of({"text": "a", "leaves": [{}]}) == ["leaves[0].code: missing"]


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_what_is_no_table_is_one_fault(data: object) -> None:
    assert faults_of(data) == [f"not a table of names and values: {json.dumps(data)}"]


def test_all_faults_are_named_at_once() -> None:
    faults = faults_of({"count": "3", "colour": "green", "odd": 1, "leaves": [{"depth": "x"}]})
    assert sorted(faults) == [
        'colour: not one of red, blue: "green"',
        'count: not a whole number: "3"',
        "leaves[0].code: missing",
        'leaves[0].depth: not a number: "x"',
        "odd: unknown field",
        "text: missing",
    ]


def test_the_place_given_stands_before_every_fault() -> None:
    with pytest.raises(InputError) as raised:
        record.read(Tree, {"text": 1}, title="The file is damaged", place="rows[4]")
    assert raised.value.title == "The file is damaged"
    assert raised.value.details == ("rows[4].text: not text: 1",)


def test_collect_adds_to_the_faults_and_returns_nothing() -> None:
    faults = [Fault("before", "missing")]
    assert record.collect(Tree, {"text": 1}, "after", faults) is None
    assert [fault.place for fault in faults] == ["before", "after.text"]


def test_collect_returns_the_value_even_when_something_else_was_wrong() -> None:
    faults = [Fault("before", "missing")]
    assert record.collect(Tree, {"text": "a"}, "after", faults) == Tree(text="a")
    assert len(faults) == 1


def test_a_long_value_is_shortened_in_its_message() -> None:
    (fault,) = faults_of({"text": "a", "flag": "x" * 500})
    assert len(fault) < 100
    assert fault.endswith("...")


def test_fields_at_their_default_are_not_written() -> None:
    assert record.write(Tree(text="a")) == {"text": "a"}
    assert record.write(Tree(text="a", size="large", leaves=(Leaf(code="x"),))) == {
        "text": "a",
        "size": "large",
        "leaves": [{"code": "x"}],
    }


def test_everything_is_written_when_asked_for() -> None:
    """What is kept for years must not change its meaning when a default does."""
    written = record.write(Tree(text="a", leaves=(Leaf(code="x"),)), full=True)
    assert list(written) == [each.name for each in fields(Tree)]
    assert written["leaves"] == [{"code": "x", "depth": None}]


def test_moments_are_written_to_the_minute_when_they_are_whole_minutes() -> None:
    assert record.write(datetime(2027, 9, 6, 9, 15)) == "2027-09-06T09:15"  # noqa: DTZ001 - wall-clock
    assert record.write(datetime(2027, 9, 6, 9, 15, 4)) == "2027-09-06T09:15:04"  # noqa: DTZ001 - wall-clock


def values(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type can stand in a field
    """Return a strategy for the values a field of type `kind` can hold."""
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values(each) for each in arguments])
    if origin is tuple and arguments[-1] is not Ellipsis:
        return st.tuples(*[values(each) for each in arguments])
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is Mapping:
        return st.dictionaries(st.text(max_size=5), values(arguments[1]), max_size=2)
    if is_dataclass(kind) and kind is not PartialDate:
        hints = typing.get_type_hints(kind)
        return st.builds(
            typing.cast("Callable[..., Any]", kind),
            **{each.name: values(hints[each.name]) for each in fields(kind)},
        )
    return SCALARS[kind]


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
SCALARS: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(),
    float: st.floats(-1e12, 1e12),
    bool: st.booleans(),
    date: days,
    datetime: st.datetimes(
        min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - wall-clock time has no zone
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - same
    ).map(lambda moment: moment.replace(microsecond=0)),
    PartialDate: st.one_of(
        days.map(PartialDate.of),
        days.map(lambda day: PartialDate(day.year, day.month)),
        days.map(lambda day: PartialDate(day.year)),
    ),
    types.NoneType: st.none(),
    Colour: st.sampled_from(Colour),
    object: st.none() | st.text(max_size=5) | st.integers(),
}


def through_json(value: object, *, full: bool) -> object:
    return json.loads(json.dumps(record.write(value, full=full), allow_nan=False))


@given(values(Tree), st.booleans())
def test_what_is_written_is_read_back_the_same(tree: Tree, full: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    assert record.read(Tree, through_json(tree, full=full)) == tree


@given(values(Case))
def test_a_case_survives_being_written_and_read(case: Case) -> None:
    assert record.read(Case, through_json(case, full=False)) == case


@given(values(Consultation))
def test_a_consultation_survives_being_written_and_read(visit: Consultation) -> None:
    assert record.read(Consultation, through_json(visit, full=True)) == visit


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([each.name for each in fields(Tree)]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_reading_anything_gives_a_value_or_faults_and_nothing_else(data: object) -> None:
    faults: list[Fault] = []
    tree = record.collect(Tree, data, "", faults)
    assert isinstance(tree, Tree) != bool(faults)


def test_types_are_those_of_the_standard_library() -> None:
    """They are looked up by a faster way, which must not differ for any class of the program."""
    # With it comes what content is read into.
    importlib.import_module("consult_app.knowledge.loading.loader")
    compared = 0
    for module in list(sys.modules.values()):
        if not getattr(module, "__name__", "").startswith("consult_app."):
            continue
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind):
                try:
                    expected = typing.get_type_hints(kind)
                except NameError:  # imported for the type checker alone; never read by `record`
                    continue
                assert record._hints(kind) == expected, kind
                compared += 1
    assert compared > 100
