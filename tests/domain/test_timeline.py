"""Undo and redo: no value is lost, and quick changes to one field are one step."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from consult_app.domain.timeline import LIMIT, LONGEST, MERGE, Timeline

START = datetime(2027, 9, 6, 9, 15)  # noqa: DTZ001 - wall-clock time has no zone
LATER = MERGE * 2
FIELD, NOTE, NAME = (frozenset({name}) for name in ("field", "note", "name"))


def make_steps(values: list[int]) -> Timeline[int]:
    """Return a timeline with one step for each of `values`, after a first value of 0."""
    line = Timeline(0)
    for number, value in enumerate(values):
        line = line.change(value, FIELD, START + number * LATER)
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
    line = Timeline("").change("a", NOTE, START)
    line = line.change("ab", NOTE, START + MERGE / 2)
    line = line.change("abc", NOTE, START + MERGE)
    assert line.undo().present == ""


def test_a_pause_begins_a_new_step() -> None:
    line = Timeline("").change("a", NOTE, START).change("ab", NOTE, START + MERGE)
    assert line.undo().present == "a"


def test_a_clock_that_is_set_back_joins_no_steps() -> None:
    """One undo would take back all that was written until the clock is where it was."""
    line = Timeline("").change("a", NOTE, START).change("ab", NOTE, START - LATER)
    assert line.undo().present == "a"
    line = line.change("abc", NOTE, START - LATER + MERGE / 2)
    assert line.undo().present == "a", "and begins to count anew"


def test_typing_without_a_pause_is_cut_into_steps() -> None:
    """Nobody wants a page of words gone at one press."""
    line, at = Timeline(0), START
    for number in range(1, 100):
        at += MERGE / 2
        line = line.change(number, NOTE, at)
    assert line.undo().present >= 99 - LONGEST / (MERGE / 2)
    assert len(line.past) == pytest.approx(99 * (MERGE / 2) / LONGEST, abs=1)


def test_a_change_of_no_other_fields_belongs_to_a_step_that_changed_several() -> None:
    line = Timeline("").change("a", NOTE | NAME, START).change("b", NAME, START)
    assert line.undo().present == ""
    line = line.change("c", NAME | FIELD, START)
    assert line.undo().present == "b"


def test_a_step_can_be_extended_by_what_belongs_to_it() -> None:
    line = Timeline("").change("a", NOTE, START).extend("b", NAME, START)
    assert line.undo().present == ""
    assert line.change("c", NAME, START).undo().present == ""


def test_what_is_no_step_stays_out_of_the_way() -> None:
    line = Timeline("").change("a", NOTE, START).stay("elsewhere")
    assert line.present == "elsewhere"
    assert line.undo().present == ""


def test_undo_and_redo_know_where_the_change_was_made() -> None:
    line = Timeline("").change("a", NOTE, START, "goals").change("b", NAME, START + LATER, "skin")
    assert line.past[-1].place == "skin"
    line = line.undo()
    assert (line.past[-1].place, line.future[-1].place) == ("goals", "skin")
    assert line.redo().past[-1].place == "skin"


def test_another_field_begins_a_new_step() -> None:
    line = Timeline("").change("a", NOTE, START).change("b", NAME, START)
    assert line.undo().present == "a"


def test_a_change_after_undo_is_a_step_of_its_own() -> None:
    """Otherwise the value undone to would be overwritten and could not be reached again."""
    line = Timeline("").change("a", NOTE, START).change("b", NOTE, START + LATER)
    line = line.undo().change("c", NOTE, START + LATER + MERGE / 2)
    assert line.undo().present == "a"


def test_a_change_drops_what_was_undone() -> None:
    line = make_steps([1, 2]).undo().change(3, FIELD, START + 9 * LATER)
    assert line.redo().present == 3


def test_only_the_newest_steps_are_kept() -> None:
    line = make_steps(list(range(1, LIMIT + 50)))
    assert len(line.past) == LIMIT
    assert line.past[-1].value == line.present - 1


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
        self.line = self.line.change(value, FIELD, self.now)
        self.log = [*self.log[: self.position + 1], value]
        self.position += 1

    @rule(value=st.integers(), pause=st.timedeltas(timedelta(0), MERGE / 2))
    def change_quickly(self, value: int, pause: timedelta) -> None:
        """Change at once after a change: part of the same step, unless something was undone."""
        self.change(value)
        self.now += pause
        self.line = self.line.change(-value, FIELD, self.now)
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

    @rule(more=st.integers())
    def rewrite(self, more: int) -> None:
        """Change every value alike, where it stands."""
        self.line = self.line.rewrite(lambda value: value + more)
        self.log = [value + more for value in self.log]

    @invariant()
    def agrees(self) -> None:
        """Present, past and future are the log cut at the position."""
        assert self.line.present == self.log[self.position]
        assert [step.value for step in self.line.past] == self.log[: self.position]
        assert [step.value for step in self.line.future] == self.log[: self.position : -1]


test_the_timeline_agrees_with_a_log = TimelineAgainstALog.TestCase
