"""Reads and works the window as a screen reader does, from another process, through AT-SPI.

Run by the system's Python, which has `pyatspi`; prints what it found as JSON:

    pages      what is wrong with what takes the keyboard, by page that was opened
    roles      how many of each role were met on the panel it began with
    before     what the decision box said
    after      what it says once *Yes* was pressed in answer to the question QUESTION
    checked    whether that *Yes* says that it is chosen
    heard      every announcement
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial

import pyatspi

from tests.accessible.client import Node, Reader, is_checked, press

QUESTION = sys.argv[1]
GROUP = "Group of questions: "


def read_decision() -> str:
    """Return what the decision box says."""
    found = [node.name for node in reader.walk() if node.name.startswith("Safety status:")]
    return found[0] if found else ""


def note_steps(kind: str, count: int) -> None:
    """Press every step of a visit and note its page once it is the one shown."""
    reader.wait_to_find(role="push button", name=f"Step 1 of {count}")
    steps = [it for it in reader.walk() if it.name.startswith("Step ")]
    assert len(steps) == count, steps
    for number, step in enumerate(steps, 1):
        press(step)
        reader.wait_for(partial(is_current, step))
        reader.note(f"{kind}, step {number}")


def note_groups(count: int) -> None:
    """Press every group of questions and note what it asks."""
    step = reader.wait_to_find(role="push button", name=f"Step 3 of {count}")
    press(step)
    reader.wait_for(partial(is_current, step))
    reader.wait_to_find(role="radio button", name=GROUP)
    for group in [it for it in reader.walk() if it.name.startswith(GROUP)]:
        press(group)
        reader.wait_for(partial(is_checked, group))
        reader.application.clearCache()
        reader.note(f"safety, {group.name.removeprefix(GROUP)}")


def is_current(step: Node) -> bool:
    """Return whether a step says that its panel is the one shown."""
    step.clearCache()
    return "current" in step.name


def answer() -> None:
    """Answer the question with *Yes* and wait for what is said of it."""
    asked = reader.wait_for(partial(reader.find, role="panel", name=QUESTION))
    nodes = list(reader.walk())
    reader.report["roles"] = Counter(node.getRoleName() for node in nodes)
    reader.report["before"] = read_decision()
    yes = reader.find(role="radio button", name=f"{QUESTION}: Yes", inside=asked)
    press(yes)

    def look_changed() -> str:
        said = read_decision()
        return said if said != reader.report["before"] else ""

    reader.report["after"] = reader.wait_for(look_changed)
    reader.wait_for(reader.heard.copy)
    reader.report["checked"] = yes.getState().contains(pyatspi.STATE_CHECKED)


def read_on(label: str, button: str) -> None:
    """Press a button until that is shown; a part that is longer than the screen scrolls first."""
    while not reader.find(role="label", name=label):
        before = read_share()
        press(reader.find(role="push button", name=button))

        def look_on(before: float | None = before) -> bool:
            reader.application.clearCache()
            turned = reader.find(role="label", name=label) is not None
            return turned or read_share() != before

        reader.wait_for(look_on)
        reader.application.clearCache()


def read_share() -> float | None:
    """Return how far down what is shown is scrolled; None where it is seen whole."""
    bar = reader.find(role="scroll bar", name="")
    return None if bar is None else float(bar.queryValue().currentValue)


def read_patient_view() -> None:
    """Turn every part of the patient's own pages."""
    reader.press_button("Patient view")
    reader.wait_to_find(role="label", name="1 of ")
    number = 1
    while True:
        reader.note(f"patient view, part {number}")
        if reader.find(role="push button", name="Done"):
            break
        number += 1
        read_on(f"{number} of ", "Next")
    read_on("Thank you", "Done")
    reader.note("patient view, last page")
    reader.press_button("End patient view")


def follow_up(button: str, count: int) -> None:
    """Begin what follows a signed visit, from the patient's page, and read it."""
    reader.press_button(button)
    note_steps(button, count)


reader = Reader()
reader.wait_to_find(role="push button", name="Keep these settings")
reader.note("the practice's settings")
reader.press_button("Keep these settings")
answer()
note_steps("consultation", 7)
note_groups(7)
read_patient_view()
reader.press_button("Finish later")
reader.wait_to_find(role="push button", name="Open Maya Ellison", about="seen ")
reader.note("start page")
reader.press_button("Open Maya Ellison", "seen ")
reader.wait_to_find(role="push button", name="Treatment record")
reader.note("patient")
follow_up("Treatment record", 3)
reader.press_button("Finish later")
reader.press_button("Open Maya Ellison", "seen ")
reader.wait_to_find(role="push button", name="Treatment record")
follow_up("Review visit", 1)
reader.finish()
