"""The window's commands and their keys: one table for shortcuts, the finder and the help."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from consult_app.domain.steps import STEPS
from consult_app.wording import t

ANSWERS, MAP = "answers", "map"
PLACES = {ANSWERS: t("In an answer row"), MAP: t("On the map")}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window can do.

    Attributes:
        id: Its name in code.
        keys: Key sequence as Qt writes it; empty for none of its own.
        text: What it does, in a few words.
        visit: It needs an open consultation.
        also: Further words by which the finder finds it: what stands on its sheet.
        place: ANSWERS or MAP: it acts while an answer row or the map has the keyboard, and is a
            letter in a text. Empty: the window serves it everywhere.
    """

    id: str
    keys: str
    text: str
    visit: bool = True
    also: str = ""
    place: str = ""


ON_PANELS = {
    "skin": t("another concern photo picture map grade scale phototype"),
    "safety": t("allergy allergies medicine"),
    "plan": t("sessions visits dates depth test patch"),
    "expectations": t("aftercare downtime risks results sunscreen"),
    "agree": t("signature sign consent free decision signed on paper"),
    "recheck": t("changed since allergy medicine photo"),
    "treated": t("done as planned passes end point depth product lot expiry device numbing"),
    "after": t("reaction instructions given handout call sign"),
    "review": t("GAIS result adverse event reaction photo compare"),
}
"""Words by which a panel is found, where no field says them or fields say them by the way."""
PANEL_COMMANDS = tuple(
    Command(
        f"panel:{step.id}",
        f"Ctrl+{number}",
        t("Go to {name}", name=step.name),
        also=ON_PANELS.get(step.id, ""),
    )
    for number, step in enumerate(STEPS, 1)
)

GRADES = ("grade_none", "grade_mild", "grade_moderate", "grade_marked", "grade_severe")
"""The commands that grade, from 0 to 4."""
ROW_COMMANDS = (
    Command("answer_no", "N", t("Answer No and move down"), place=ANSWERS),
    Command("answer_yes", "Y", t("Answer Yes and move down"), place=ANSWERS),
    Command("answer_unsure", "U", t("Answer Unsure and move down"), place=ANSWERS),
    Command("answer_same", "=", t("What the last visit said still holds"), place=ANSWERS),
    Command("answer_back", "Backspace", t("Take the answer back to Not asked"), place=ANSWERS),
    *(
        Command(name, str(grade), t("Grade {grade} of 4", grade=str(grade)), place=MAP)
        for grade, name in enumerate(GRADES)
    ),
    Command("area_up", "Up", t("Area above"), place=MAP),
    Command("area_down", "Down", t("Area below"), place=MAP),
    Command("area_left", "Left", t("Area to the left"), place=MAP),
    Command("area_right", "Right", t("Area to the right"), place=MAP),
)
"""What a single key does in an answer row or on the map."""

COMMANDS: tuple[Command, ...] = (
    *PANEL_COMMANDS,
    Command("next_panel", "Ctrl+PgDown", t("Next panel")),
    Command("previous_panel", "Ctrl+PgUp", t("Previous panel")),
    Command("next_needed", "Ctrl+J", t("Jump to the next item still needed")),
    Command("answer_rest", "Ctrl+Shift+N", t("Rest of this group are No")),
    Command("same", "Ctrl+=", t("Same as last visit, for the rest of this panel or group")),
    Command("compare", "Ctrl+D", t("Compare with the last visit")),
    Command("accept", "Ctrl+Return", t("Accept suggestions; on Finish sign and lock")),
    Command(
        "treatment",
        "Ctrl+T",
        t("Treatment record after the last consultation"),
        visit=False,
        also=t("next visit"),
    ),
    Command("review", "", t("Review visit after the last consultation"), visit=False),
    Command(
        "return",
        "",
        t("Return visit after the last consultation"),
        visit=False,
        also=t("next visit again"),
    ),
    Command("addendum", "Ctrl+Shift+A", t("Add an addendum to this signed record")),
    Command(
        "record",
        "",
        t("Record a decision or clearance"),
        also=t("prescriber doctor letter reason override agreed contraindication"),
    ),
    Command("patient_view", "F8", t("Patient view on or off")),
    Command("handout", "F9", t("See the handout")),
    Command("print", "Ctrl+P", t("Print the handout")),
    Command(
        "save", "", t("Save the handout as PDF"), also=t("dates for a calendar diary ics text html")
    ),
    Command(
        "identity",
        "Ctrl+I",
        t("Patient details"),
        also=t("name sex record number date of visit needs large print interpreter language"),
    ),
    Command(
        "file_away",
        "",
        t("Put this visit away"),
        also=t("wrong patient mistake discard delete remove cancel"),
    ),
    Command("phrases", "Ctrl+.", t("Insert a saved phrase, or keep one")),
    Command("own", "", t("My phrases and plans: name, forget, hand on"), visit=False),
    Command("undo", "Ctrl+Z", t("Undo")),
    Command("redo", "Ctrl+Shift+Z", t("Redo")),
    Command("cycle", "F6", t("Next part of the window: banner, rail, panel, decision")),
    Command("cycle_back", "Shift+F6", t("Part of the window before")),
    Command("finder", "Ctrl+K", t("Find a command, a field, a patient or a lot"), visit=False),
    Command("lock", "Ctrl+L", t("Lock the screen now"), visit=False),
    Command(
        "start",
        "Ctrl+W",
        t("Back to the start page; everything is kept"),
        visit=False,
        also=t("home close leave"),
    ),
    Command(
        "new", "Ctrl+N", t("New consultation; on a patient's page their next one"), visit=False
    ),
    Command("file", "", t("Open case file"), visit=False),
    Command(
        "records",
        "",
        t("Records, backup and passphrase"),
        visit=False,
        also=t("password change recovery code keyring check verify how long records are kept"),
    ),
    Command("records:restore", "", t("Restore a backup"), visit=False),
    Command("records:export", "", t("Export all records"), visit=False),
    Command("records:import", "", t("Import records"), visit=False),
    Command("records:erase", "", t("Erase a patient"), visit=False, also=t("delete remove")),
    Command(
        "settings",
        "",
        t("Settings"),
        visit=False,
        also=t(
            "clinic phone out of hours address country language paper practitioner device numbers "
            "logo colour colleague hand over"
        ),
    ),
    Command(
        "settings:look",
        "",
        t("Look and text size"),
        visit=False,
        also=t("settings screen dark mode light mode bigger larger smaller"),
    ),
    Command("menu", "F10", t("Menu of all commands"), visit=False),
    Command("help", "F1", t("Help for this field, and all keys"), visit=False),
    *ROW_COMMANDS,
)

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (t("Go to"), tuple(command.id for command in PANEL_COMMANDS)),
    (t("Move"), ("next_panel", "previous_panel", "next_needed", "cycle", "cycle_back")),
    *(
        (title, tuple(it.id for it in ROW_COMMANDS if it.place == place))
        for place, title in PLACES.items()
    ),
)
"""Headings of the menu and the commands beneath them; the others stand under the last headings."""

_HOLE = re.compile(r"\{([a-z_]+)\}", re.ASCII)
_NAMES = {
    "Return": t("Enter"),
    "Backspace": t("Backspace"),
    "Up": t("Up arrow"),
    "Down": t("Down arrow"),
    "Left": t("Left arrow"),
    "Right": t("Right arrow"),
}
_IN_USE = {command.id: command.keys for command in COMMANDS}

ROW_KEYS: tuple[tuple[str, str], ...] = (
    (t("Arrow keys"), t("Among choices that stand together: the next or the one before")),
    (t("Tab, Shift+Tab"), t("Next or previous field, in reading order")),
    (t("PgUp, PgDn, End"), t("Scroll what is only to be read")),
)


def use_keys(commands: Iterable[Command]) -> None:
    """Let tool tips and hints made from now on name the keys of these commands."""
    _IN_USE.clear()
    _IN_USE.update((command.id, command.keys) for command in commands)


def write_keys(command: str) -> str:
    """Return the keys of a command as people know them; empty when it has none."""
    return _spell(_IN_USE[command])


@cache
def _spell(keys: str) -> str:
    pressed = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    held, plus, key = pressed.toString(QKeySequence.SequenceFormat.NativeText).rpartition("+")
    return f"{held}{plus}{_NAMES.get(key, key)}"


def with_keys(text: str, command: str) -> str:
    """Return what a button does, followed by the keys that do the same."""
    keys = write_keys(command)
    return t("{text} ({keys})", text=text, keys=keys) if keys else text


def fill_keys(text: str, **values: str) -> str:
    """Return a text with its holes filled: with these values, else with the keys of a command.

    `Sign with {accept}` becomes `Sign with Ctrl+Enter`, or what the practice has chosen; what
    has no keys is in the menu.
    """

    def fill(hole: re.Match[str]) -> str:
        name = hole.group(1)
        return values[name] if name in values else write_keys(name) or t("the menu")

    filled = _HOLE.sub(fill, text)
    return filled[:1].upper() + filled[1:]


def find_keys(command: str) -> QKeySequence:
    """Return the keys in force of a command, for a window that serves them itself."""
    return QKeySequence(_IN_USE[command], QKeySequence.SequenceFormat.PortableText)


def make_shortcut(keys: str, window: QWidget) -> QShortcut:
    """Return what serves keys in a window; Enter of the keypad serves as the other one does."""
    pressed = read_keys(keys)
    both = dict.fromkeys((pressed, pressed.replace("Return", "Enter")))
    made = QShortcut(window)
    made.setKeys([QKeySequence(it, QKeySequence.SequenceFormat.PortableText) for it in both])
    return made


def read_keys(keys: str) -> str:
    """Return keys in Qt's own spelling, Enter as Return; empty when they are none.

    People know one Enter, and are shown that word where Qt says Return.
    """
    read = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return read.toString().replace("Enter", "Return")
