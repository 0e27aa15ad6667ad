"""Undo and redo: no value is lost, and quick changes to one field are one step."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from consult_app.domain.timeline import LIMIT, MERGE, Timeline

START = datetime(2027, 9, 6, 9, 15)  # noqa: DTZ001 - wall-clock time has no zone
LATER = MERGE * 2


def make_steps(values: list[int]) -> Timeline[int]:
    """Return a timeline with one step for each of `values`, after a first value of 0."""
    line = Timeline(0)
    for number, value in enumerate(values):
        line = line.change(value, "field", START + number * LATER)
    return line


@given(st.lists(st.integers(), max_size=30))
def test_undoing_everything_leads_back_through_every_value(values: list[int]) -> None:
    line = make_steps(values)
    seen = [line.present]
    while line.past:
        line = line.undo()
        seen.append(line.present)
    assert seen == [0, *values][::-1]


@given(st.lists(st.integers(), min_size=1, max_size=30), st.integers(1, 40))
def test_redo_takes_back_as_many_undos(values: list[int], steps: int) -> None:
    line = make_steps(values)
    undone = line
    for _ in range(steps):
        undone = undone.undo()
    for _ in range(steps):
        undone = undone.redo()
    assert (undone.present, undone.past, undone.future) == (line.present, line.past, ())


def test_undo_at_the_start_and_redo_at_the_end_change_nothing() -> None:
    line = Timeline("only")
    assert line.undo() == line
    assert line.redo() == line


def test_quick_changes_to_one_field_are_one_step() -> None:
    line = Timeline("").change("a", "note", START)
    line = line.change("ab", "note", START + MERGE / 2)
    line = line.change("abc", "note", START + MERGE)
    assert line.undo().present == ""


def test_a_pause_begins_a_new_step() -> None:
    line = Timeline("").change("a", "note", START).change("ab", "note", START + MERGE)
    assert line.undo().present == "a"


def test_another_field_begins_a_new_step() -> None:
    line = Timeline("").change("a", "note", START).change("b", "name", START)
    assert line.undo().present == "a"


def test_a_change_after_undo_is_a_step_of_its_own() -> None:
    """Otherwise the value undone to would be overwritten and could not be reached again."""
    line = Timeline("").change("a", "note", START).change("b", "note", START + LATER)
    line = line.undo().change("c", "note", START + LATER + MERGE / 2)
    assert line.undo().present == "a"


def test_a_change_drops_what_was_undone() -> None:
    line = make_steps([1, 2]).undo().change(3, "field", START + 9 * LATER)
    assert line.redo().present == 3


def test_only_the_newest_steps_are_kept() -> None:
    line = make_steps(list(range(1, LIMIT + 50)))
    assert len(line.past) == LIMIT
    assert line.past[-1] == line.present - 1


def test_forgetting_keeps_the_value_and_nothing_else() -> None:
    """Nothing of a visit can be brought back after lock or close."""
    line = make_steps([1, 2, 3]).undo().forget()
    assert line == Timeline(2)


class TimelineAgainstALog(RuleBasedStateMachine):
    """The timeline agrees with a plain list of values and a position in it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Timeline(0)
        self.log = [0]
        self.position = 0
        self.now = START

    @rule(value=st.integers())
    def change(self, value: int) -> None:
        """Change after a pause: always a step."""
        self.now += LATER
        self.line = self.line.change(value, "field", self.now)
        self.log = [*self.log[: self.position + 1], value]
        self.position += 1

    @rule(value=st.integers(), pause=st.timedeltas(timedelta(0), MERGE / 2))
    def change_quickly(self, value: int, pause: timedelta) -> None:
        """Change at once after a change: part of the same step, unless something was undone."""
        self.change(value)
        self.now += pause
        self.line = self.line.change(-value, "field", self.now)
        self.log[self.position] = -value

    @rule()
    def undo(self) -> None:
        """Go one step back, or stay at the start."""
        self.line = self.line.undo()
        self.position = max(0, self.position - 1)

    @rule()
    def redo(self) -> None:
        """Go one step forward, or stay at the end."""
        self.line = self.line.redo()
        self.position = min(len(self.log) - 1, self.position + 1)

    @invariant()
    def agrees(self) -> None:
        """Present, past and future are the log cut at the position."""
        assert self.line.present == self.log[self.position]
        assert list(self.line.past) == self.log[: self.position]
        assert list(self.line.future) == self.log[: self.position : -1]


test_the_timeline_agrees_with_a_log = TimelineAgainstALog.TestCase
