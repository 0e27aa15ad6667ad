"""A screen reader's side of AT-SPI: finds, reads, presses and hears what the window tells.

For programs that the system's Python runs, which has `pyatspi`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pyatspi
from gi.repository import Atspi, GLib

APPLICATION, XDOTOOL = "consult-app", shutil.which("xdotool") or ""
PATIENCE = 60.0
ANSWER_MS = 20_000
"""A window that opens a visit on a busy machine answers late, which is no fault of its names."""
DEEPEST = 30
TOLD = {
    "check box": pyatspi.STATE_CHECKABLE,
    "combo box": pyatspi.STATE_EXPANDABLE,
    "list": pyatspi.STATE_ENABLED,
    "list item": pyatspi.STATE_SELECTABLE,
    "password text": pyatspi.STATE_EDITABLE,
    "push button": None,
    "radio button": pyatspi.STATE_CHECKABLE,
    "scroll bar": pyatspi.STATE_ENABLED,
    "slider": pyatspi.STATE_ENABLED,
    "text": pyatspi.STATE_EDITABLE,
}
"""The roles that take the keyboard, and the state without which they say too little."""
Node = Any
"""What `pyatspi` hands out; it ships no types."""


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


def is_checked(node: Node) -> bool:
    """Return whether a node says that it is chosen."""
    node.clearCache()
    return bool(node.getState().contains(pyatspi.STATE_CHECKED))


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


def press(node: Node) -> None:
    """Do the first thing a node offers."""
    action = node.queryAction()
    names = [action.getName(number) for number in range(action.nActions)]
    action.doAction(next((names.index(it) for it in ("Toggle", "Press") if it in names), 0))


def find_application() -> Node:
    """Return the program, once it has a window."""
    desktop = pyatspi.Registry.getDesktop(0)
    for program in desktop:
        if program is not None and program.name == APPLICATION and program.childCount:
            return program
    return None


class Reader:
    """Reads one program.

    Attributes:
        heard: Every announcement.
        met: The role and name of all that got the keyboard, in order.
        pages: What is wrong with what takes the keyboard, by page that was opened, and how much
            takes it.
        report: What is handed on at the end.
    """

    def __init__(self) -> None:
        Atspi.set_timeout(ANSWER_MS, ANSWER_MS)
        self.heard: list[str] = []
        self.met: list[tuple[str, str]] = []
        self.pages: dict[str, Any] = {}
        self.report: dict[str, Any] = {"heard": self.heard, "pages": self.pages}
        self.application = self.wait_for(find_application)
        listen = pyatspi.Registry.registerEventListener
        listen(lambda event: self.heard.append(str(event.any_data)), "object:announcement")
        listen(self._meet, "object:state-changed:focused")

    def _meet(self, event: Any) -> None:  # noqa: ANN401 - as `pyatspi` hands it out
        if event.detail1 and event.source is not None:
            self.met.append((event.source.getRoleName(), event.source.name))

    def wait_for(self, look: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `look` finds
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
        sys.exit(f"nothing came of {look}; so far: {json.dumps(self.report)}")

    def walk(self) -> Iterator[Node]:
        """Yield everything that is shown, as it is now."""
        return walk(self.application)

    def find(self, *, role: str, name: str, about: str = "", inside: Node = None) -> Node:
        """Return the first shown node of a role whose name begins so, with that said of it.

        None without one.
        """
        for node in walk(inside or self.application):
            named = node.getRoleName() == role and node.name.startswith(name)
            if named and about in node.description:
                return node
        return None

    def wait_to_find(self, *, role: str, name: str, about: str = "") -> Node:
        """Return that node as soon as there is one."""
        return self.wait_for(partial(self.find, role=role, name=name, about=about))

    def press_button(self, name: str, about: str = "") -> None:
        """Press the button whose name begins so, once it is there."""
        press(self.wait_to_find(role="push button", name=name, about=about))

    def note(self, page: str, inside: Node = None) -> None:
        """Note what is wrong on the page that is shown, and how much there takes the keyboard."""
        found = list(walk(inside or self.application))
        faults = [fault for node in found for fault in find_faults(node)]
        focusable = sum(node.getState().contains(pyatspi.STATE_FOCUSABLE) for node in found)
        self.pages[page] = {"faults": faults, "focusable": focusable}

    def find_focus(self, inside: Node = None) -> str:
        """Return role and name of what has the keyboard; empty where nothing has it that takes it.

        What stands around a field says that it has it, too; that takes no keys itself.
        """
        self.application.clearCache()
        for node in walk(inside or self.application):
            role = node.getRoleName()
            if role in TOLD and node.getState().contains(pyatspi.STATE_FOCUSED):
                return f"{role} {node.name}"
        return ""

    def finish(self) -> None:
        """Hand on what was found."""
        sys.stdout.write(json.dumps(self.report))


def press_keys(*keys: str) -> None:
    """Press keys as a person does."""
    subprocess.run([XDOTOOL, "key", "--clearmodifiers", *keys], check=True)


def type_text(text: str) -> None:
    """Type as a person does."""
    subprocess.run([XDOTOOL, "type", "--delay", "15", text], check=True)
