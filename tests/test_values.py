"""Values do what dataclasses of the standard library do, and both kinds understand one another."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from consult_app import values

Sort = Any
Kind = Any

BOTH = pytest.mark.parametrize("sort", [dataclasses, values], ids=["standard", "ours"])


def make(sort: Sort, **options: bool) -> Kind:
    """Return a class of every kind of field, by either decorator."""

    @sort.dataclass(frozen=True, **options)
    class Plan:
        known_as: ClassVar[str] = "plan"

        sessions: int
        weeks: int = 4
        areas: tuple[str, ...] = sort.field(default_factory=tuple)
        name: str = sort.field(default="", repr=False)
        note: str = sort.field(default="", compare=False)

        def total(self) -> int:
            return self.sessions * self.weeks

    return Plan


def outcome(work: Callable[[], object]) -> object:
    """Return what something gives, or the kind of error it raises."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - any kind is compared
        return type(error)


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("kw_only", [False, True])
@pytest.mark.parametrize(
    "use",
    [
        lambda plan: repr(plan(sessions=3, name="Ann", areas=("cheeks",))),
        lambda plan: plan(sessions=3).total(),
        lambda plan: plan(sessions=3) == plan(sessions=3, note="other"),
        lambda plan: plan(sessions=3) == plan(sessions=3, weeks=5),
        lambda plan: plan(sessions=3) == (3, 4, (), "", ""),
        lambda plan: hash(plan(sessions=3)) == hash(plan(sessions=3, note="other")),
        lambda plan: plan(sessions=3) < plan(sessions=4),
        lambda plan: repr(plan(3, 5)),
        lambda plan: plan(3, sessions=3),
        lambda plan: plan(3, 4, (), "", "", "too many"),
        lambda plan: plan(),
        lambda plan: plan(sessions=3, week=4),
        lambda plan: plan.__match_args__,
        lambda plan: plan.known_as,
        lambda plan: setattr(plan(sessions=3), "sessions", 4),
        lambda plan: delattr(plan(sessions=3), "sessions"),
        lambda plan: hasattr(plan(sessions=3), "__dict__"),
        lambda plan: copy.deepcopy(plan(sessions=3)) == plan(sessions=3),
        lambda plan: copy.copy(plan(sessions=3)).weeks,
        lambda plan: plan.__qualname__,
        lambda plan: [each.name for each in dataclasses.fields(plan)],
        lambda plan: dataclasses.asdict(plan(sessions=3)),
        lambda plan: repr(dataclasses.replace(plan(sessions=3), weeks=6)),
        lambda plan: repr(values.replace(plan(sessions=3), weeks=6)),
        lambda plan: values.replace(plan(sessions=3), week=6),
        lambda plan: (dataclasses.is_dataclass(plan), values.is_dataclass(plan(sessions=3))),
        lambda plan: [(each.name, each.default == 4) for each in values.fields(plan(sessions=3))],
        lambda plan: [each.default is values.MISSING for each in values.fields(plan)],
        lambda plan: [each.default_factory is values.MISSING for each in values.fields(plan)],
    ],
)
def test_a_value_answers_like_a_dataclass(
    use: Callable[[Any], object], *, slots: bool, kw_only: bool
) -> None:
    standard, ours = (make(sort, slots=slots, kw_only=kw_only) for sort in (dataclasses, values))
    assert outcome(lambda: use(ours)) == outcome(lambda: use(standard))


@BOTH
def test_a_class_takes_over_the_fields_of_another(sort: Sort) -> None:
    base: Kind = make(sort, slots=True, kw_only=True)

    @sort.dataclass(frozen=True, slots=True, kw_only=True)
    class Longer(base):  # type: ignore[misc] # made a line before
        weeks: int = 6
        device: str

    longer = Longer(sessions=2, device="pen")
    assert longer.total() == 12
    assert [each.name for each in sort.fields(Longer)] == [
        *("sessions", "weeks", "areas", "name", "note", "device")
    ]
    assert not hasattr(longer, "__dict__")
    assert longer != base(sessions=2, weeks=6)


@BOTH
def test_what_a_class_says_itself_is_kept(sort: Sort) -> None:
    @sort.dataclass(frozen=True, slots=True, order=True)
    class Day:
        year: int
        month: int = 1

        def __post_init__(self) -> None:
            if self.month > 12:
                raise ValueError("no such month")

        def __repr__(self) -> str:
            return f"{self.year}-{self.month}"

    day: Kind = Day
    assert repr(day(2027)) == "2027-1"
    assert sorted([day(2027, 2), day(2026, 3), day(2027)]) == [
        day(2026, 3),
        day(2027),
        day(2027, 2),
    ]
    assert day(2027) <= day(2027) < day(2028) > day(2026) >= day(2026)
    with pytest.raises(ValueError, match="no such month"):
        day(2027, 13)
    with pytest.raises(ValueError, match="no such month"):
        sort.replace(day(2027), month=13)


@BOTH
def test_a_default_that_can_change_is_refused(sort: Sort) -> None:
    with pytest.raises((TypeError, ValueError)):

        @sort.dataclass(frozen=True)
        class Plan:
            areas: list[str] = []  # noqa: RUF012 - the mistake


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A class that a pickle can find."""

    name: str
    weeks: int | None = None


@values.dataclass(frozen=True, slots=True)
class Single:
    """A class of one field."""

    name: str | None


@pytest.mark.parametrize("value", [Kept(name="a", weeks=2), Kept(name=""), Single(None)])
def test_a_value_survives_pickling(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - written one line before


@BOTH
def test_what_is_not_frozen_changes_and_has_no_hash(sort: Sort) -> None:
    @sort.dataclass(slots=True)
    class Element:
        kids: list[str] = sort.field(default_factory=list)
        depth: int = sort.field(init=False)

        def __post_init__(self) -> None:
            self.depth = len(self.kids)

    one, other = Element(), Element()
    one.kids.append("text")
    other.kids = ["text"]
    assert one == other == copy.copy(one)
    assert sort.replace(one).depth == 1
    with pytest.raises(TypeError):
        Element(depth=3)  # type: ignore[call-arg] # the mistake
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_no_command_waits_for_the_decorator_of_the_standard_library() -> None:
    script = "import consult_app.cli, sys; print('dataclasses' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
