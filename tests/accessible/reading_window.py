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

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pyatspi
from gi.repository import Atspi, GLib

APPLICATION, QUESTION = "consult-app", sys.argv[1]
PATIENCE = 60.0
ANSWER_MS = 20_000
"""A window that opens a visit on a busy machine answers late, which is no fault of its names."""
DEEPEST = 30
GROUP = "Group of questions: "
TOLD = {
    "check box": pyatspi.STATE_CHECKABLE,
    "combo box": pyatspi.STATE_EXPANDABLE,
    "list": pyatspi.STATE_ENABLED,
    "list item": pyatspi.STATE_SELECTABLE,
    "push button": None,
    "radio button": pyatspi.STATE_CHECKABLE,
    "scroll bar": pyatspi.STATE_ENABLED,
    "slider": pyatspi.STATE_ENABLED,
    "text": pyatspi.STATE_EDITABLE,
}
"""The roles that take the keyboard, and the state without which they say too little."""
Node = Any
"""What `pyatspi` hands out; it ships no types."""

heard: list[str] = []
report: dict[str, Any] = {"heard": heard, "pages": {}}


def wait_for(look: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `look` finds
    """Return what `look` finds as soon as it finds something, serving the bus meanwhile."""
    context = GLib.MainContext.default()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        while context.iteration(False):
            pass
        try:
            found = look()
        except GLib.GError:  # what was just looked at is gone: a page was turned meanwhile
            continue
        if found:
            return found
    sys.exit(f"nothing came of {look}; so far: {json.dumps(report)}")


def find_application() -> Node:
    """Return the program, once it has a window."""
    desktop = pyatspi.Registry.getDesktop(0)
    for program in desktop:
        if program is not None and program.name == APPLICATION and program.childCount:
            return program
    return None


def walk(node: Node, depth: int = 0) -> Iterator[Node]:
    """Yield a node and everything in it that is shown; what is inside something hidden is too."""
    if depth > DEEPEST:
        return
    yield node
    for child in node:
        if child is not None and is_shown(child):
            yield from walk(child, depth + 1)


def is_shown(node: Node) -> bool:
    """Return whether a node can be seen."""
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))


def find_faults(node: Node) -> list[str]:
    """Return what a node that takes the keyboard leaves unsaid: name, role, state or value."""
    state, role = node.getState(), node.getRoleName()
    if not state.contains(pyatspi.STATE_FOCUSABLE):
        return []
    faults = [] if node.name.strip() else [f"{role} without a name"]
    if role not in TOLD:
        return [*faults, f"{role} {node.name!r} is no role for what takes the keyboard"]
    needed = [pyatspi.STATE_VISIBLE, *([TOLD[role]] if TOLD[role] is not None else [])]
    missing = [pyatspi.stateToString(one) for one in needed if not state.contains(one)]
    faults += [f"{role} {node.name!r} does not say {one}" for one in missing]
    if role == "combo box" and not is_labelled(node):
        faults.append(f"{role} {node.name!r} says what is chosen, not of what")
    if role == "text" and state.contains(pyatspi.STATE_READ_ONLY):
        faults.append(f"{role} {node.name!r} can be reached and not be written in")
    if role == "slider" and not node.description.strip():
        faults.append(f"{role} {node.name!r} has a number that says little")
    return faults


def is_labelled(node: Node) -> bool:
    """Return whether a node names what labels it, as Qt does here for a box to choose from."""
    return any(
        relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
        and relation.getTarget(0).name.strip()
        for relation in node.getRelationSet()
    )


def find(*, role: str, name: str, about: str = "", inside: Node = None) -> Node:
    """Return the first shown node of a role whose name begins so, with that in what is said of it.

    None without one.
    """
    for node in walk(inside or application):
        if node.getRoleName() == role and node.name.startswith(name) and about in node.description:
            return node
    return None


def wait_to_find(*, role: str, name: str, about: str = "") -> Node:
    """Return that node as soon as there is one."""
    look = partial(find, role=role, name=name, about=about)
    return wait_for(look)


def press_button(name: str, about: str = "") -> None:
    """Press the button whose name begins so, once it is there."""
    press(wait_to_find(role="push button", name=name, about=about))


def press(node: Node) -> None:
    """Do the first thing a node offers."""
    action = node.queryAction()
    names = [action.getName(number) for number in range(action.nActions)]
    action.doAction(next((names.index(it) for it in ("Toggle", "Press") if it in names), 0))


def read_decision() -> str:
    """Return what the decision box says."""
    found = [node.name for node in walk(application) if node.name.startswith("Safety status:")]
    return found[0] if found else ""


def note(page: str) -> None:
    """Note what is wrong on the page that is shown, and how much there takes the keyboard."""
    found = list(walk(application))
    faults = [fault for node in found for fault in find_faults(node)]
    focusable = sum(node.getState().contains(pyatspi.STATE_FOCUSABLE) for node in found)
    report["pages"][page] = {"faults": faults, "focusable": focusable}


def note_steps(kind: str, count: int) -> None:
    """Press every step of a visit and note its page once it is the one shown."""
    wait_to_find(role="push button", name=f"Step 1 of {count}")
    steps = [it for it in walk(application) if it.name.startswith("Step ")]
    assert len(steps) == count, steps
    for number, step in enumerate(steps, 1):
        press(step)
        wait_for(partial(is_current, step))
        note(f"{kind}, step {number}")


def note_groups(count: int) -> None:
    """Press every group of questions and note what it asks."""
    step = wait_to_find(role="push button", name=f"Step 3 of {count}")
    press(step)
    wait_for(partial(is_current, step))
    wait_to_find(role="radio button", name=GROUP)
    for group in [it for it in walk(application) if it.name.startswith(GROUP)]:
        press(group)
        wait_for(partial(is_checked, group))
        application.clearCache()
        note(f"safety, {group.name.removeprefix(GROUP)}")


def note_sheet(button: str, title: str) -> None:
    """Open a sheet and note it."""
    press_button(button)
    wait_to_find(role="dialog", name=title)
    note(title)


def is_checked(node: Node) -> bool:
    """Return whether a node says that it is chosen."""
    node.clearCache()
    return bool(node.getState().contains(pyatspi.STATE_CHECKED))


def is_current(step: Node) -> bool:
    """Return whether a step says that its panel is the one shown."""
    step.clearCache()
    return "current" in step.name


def answer() -> None:
    """Answer the question with *Yes* and wait for what is said of it."""
    asked = wait_for(partial(find, role="panel", name=QUESTION))
    nodes = list(walk(application))
    report["roles"] = Counter(node.getRoleName() for node in nodes)
    report["before"] = read_decision()
    yes = find(role="radio button", name=f"{QUESTION}: Yes", inside=asked)
    press(yes)

    def look_changed() -> str:
        said = read_decision()
        return said if said != report["before"] else ""

    report["after"] = wait_for(look_changed)
    wait_for(heard.copy)
    report["checked"] = yes.getState().contains(pyatspi.STATE_CHECKED)


def read_on(label: str, button: str) -> None:
    """Press a button until that is shown; a part that is longer than the screen scrolls first."""
    while not find(role="label", name=label):
        before = read_share()
        press(find(role="push button", name=button))

        def look_on(before: float | None = before) -> bool:
            application.clearCache()
            turned = find(role="label", name=label) is not None
            return turned or read_share() != before

        wait_for(look_on)
        application.clearCache()


def read_share() -> float | None:
    """Return how far down what is shown is scrolled; None where it is seen whole."""
    bar = find(role="scroll bar", name="")
    return None if bar is None else float(bar.queryValue().currentValue)


def read_patient_view() -> None:
    """Turn every part of the patient's own pages."""
    press_button("Patient view")
    wait_to_find(role="label", name="1 of ")
    number = 1
    while True:
        note(f"patient view, part {number}")
        if find(role="push button", name="Done"):
            break
        number += 1
        read_on(f"{number} of ", "Next")
    read_on("Thank you", "Done")
    note("patient view, last page")
    press_button("End patient view")


def follow_up(button: str, count: int) -> None:
    """Begin what follows a signed visit, from the patient's page, and read it."""
    press_button(button)
    note_steps(button, count)


Atspi.set_timeout(ANSWER_MS, ANSWER_MS)
application = wait_for(find_application)
pyatspi.Registry.registerEventListener(
    lambda event: heard.append(str(event.any_data)), "object:announcement"
)
wait_to_find(role="push button", name="Keep these settings")
note("the practice's settings")
press_button("Keep these settings")
answer()
note_steps("consultation", 7)
note_groups(7)
read_patient_view()
press_button("Finish later")
wait_to_find(role="push button", name="Open Maya Ellison", about="seen ")
note("start page")
press_button("Open Maya Ellison", "seen ")
wait_to_find(role="push button", name="Treatment record")
note("patient")
follow_up("Treatment record", 3)
press_button("Finish later")
press_button("Open Maya Ellison", "seen ")
wait_to_find(role="push button", name="Treatment record")
follow_up("Review visit", 1)
note_sheet("Find", "Find")  # at the end: they stay open
note_sheet("Details", "Patient details")
sys.stdout.write(json.dumps(report))
