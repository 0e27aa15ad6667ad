"""Reads and works the window as a screen reader does, from another process, through AT-SPI.

Run by the system's Python, which has `pyatspi`; prints what it found as JSON:

    unnamed    what takes the keyboard and is shown, but has no name; by panel, with its role
    roles      how many of each role were met on the panel it began with
    before     what the decision box said
    after      what it says once *Yes* was pressed in answer to the question QUESTION
    checked    whether that *Yes* says that it is chosen
    heard      every announcement
    finish     whether the heading of the last panel is shown after its step was pressed
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

APPLICATION, QUESTION = "consult-app", sys.argv[1]
PATIENCE = 60.0
DEEPEST = 30
Node = Any
"""What `pyatspi` hands out; it ships no types."""

heard: list[str] = []
report: dict[str, Any] = {"heard": heard}


def wait_for(look: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `look` finds
    """Return what `look` finds as soon as it finds something, serving the bus meanwhile."""
    context = GLib.MainContext.default()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        while context.iteration(False):
            pass
        found = look()
        if found:
            return found
    sys.exit(f"nothing came of {look.__name__}; so far: {json.dumps(report)}")


def find_application() -> Node:
    """Return the program, once it has a window."""
    desktop = pyatspi.Registry.getDesktop(0)
    for program in desktop:
        if program is not None and program.name == APPLICATION and program.childCount:
            return program
    return None


def walk(node: Node, depth: int = 0) -> Iterator[Node]:
    """Yield a node and everything in it."""
    if node is None or depth > DEEPEST:
        return
    yield node
    for child in node:
        yield from walk(child, depth + 1)


def is_shown(node: Node) -> bool:
    """Return whether a node can be seen."""
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))


def takes_keyboard(node: Node) -> bool:
    """Return whether a node can have the keyboard."""
    return bool(node.getState().contains(pyatspi.STATE_FOCUSABLE)) and is_shown(node)


def find(*, role: str, name: str, inside: Node = None) -> Node:
    """Return the first shown node of a role whose name begins so."""
    for node in walk(inside or application):
        if node.getRoleName() == role and node.name.startswith(name) and is_shown(node):
            return node
    return None


def press(node: Node) -> None:
    """Do the first thing a node offers."""
    action = node.queryAction()
    names = [action.getName(number) for number in range(action.nActions)]
    action.doAction(next((names.index(it) for it in ("Toggle", "Press") if it in names), 0))


def turn_to(number: int) -> str:
    """Press the step of a panel and return its name once it is the one shown."""
    press(find(role="push button", name=f"Step {number} of 7"))

    def look_current() -> str:
        step = find(role="push button", name=f"Step {number} of 7")
        return str(step.name) if step is not None and "current" in step.name else ""

    return str(wait_for(look_current))


def read_decision() -> str:
    """Return what the decision box says."""
    found = [node.name for node in walk(application) if node.name.startswith("Safety status:")]
    return found[0] if found else ""


application = wait_for(find_application)
pyatspi.Registry.registerEventListener(
    lambda event: heard.append(str(event.any_data)), "object:announcement"
)
question = wait_for(lambda: next((n for n in walk(application) if n.name == QUESTION), None))
nodes = list(walk(application))
report["roles"] = Counter(node.getRoleName() for node in nodes if is_shown(node))
report["before"] = read_decision()
yes = find(role="radio button", name=f"{QUESTION}: Yes", inside=question)
press(yes)
report["after"] = wait_for(lambda: read_decision() if read_decision() != report["before"] else "")
wait_for(lambda: heard)
report["checked"] = yes.getState().contains(pyatspi.STATE_CHECKED)
press(find(role="push button", name="Step 7 of 7, Finish"))
report["finish"] = bool(wait_for(lambda: find(role="label", name="Finish")))
report["unnamed"] = {}
for panel in range(1, 8):
    step = turn_to(panel)
    report["unnamed"][step] = [
        node.getRoleName()
        for node in walk(application)
        if takes_keyboard(node) and not node.name.strip()
    ]
sys.stdout.write(json.dumps(report))
