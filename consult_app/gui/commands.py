"""The window's commands and their keys: one table for shortcuts, the finder and the help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from consult_app.domain.steps import STEPS
from consult_app.errors import Fault, InputError
from consult_app.wording import t


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window can do.

    Attributes:
        id: Its name in code.
        keys: Key sequence as Qt writes it; empty for none of its own.
        text: What it does, in a few words.
        visit: It needs an open consultation.
        also: Further words by which the finder finds it: what stands on its sheet.
    """

    id: str
    keys: str
    text: str
    visit: bool = True
    also: str = ""


_ON_PANELS = {
    "skin": t("photo picture map grade scale phototype"),
    "safety": t("allergy allergies medicine"),
    "plan": t("sessions visits dates depth test patch"),
    "expectations": t("aftercare downtime risks results sunscreen"),
    "agree": t("signature sign consent decision"),
}
"""Words by which a panel is found, where no field says them or fields say them by the way."""
PANEL_COMMANDS = tuple(
    Command(
        f"panel:{step.id}",
        f"Ctrl+{number}",
        t("Go to {name}", name=step.name),
        also=_ON_PANELS.get(step.id, ""),
    )
    for number, step in enumerate(STEPS, 1)
)

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
)

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (t("Go to"), tuple(command.id for command in PANEL_COMMANDS)),
    (t("Move"), ("next_panel", "previous_panel", "next_needed", "cycle", "cycle_back")),
)
"""Headings of the menu and the commands beneath them; the others stand under the last headings."""

_HOLE = re.compile(r"\{([a-z_]+)\}", re.ASCII)
_IN_USE = {command.id: command.keys for command in COMMANDS}

ROW_KEYS: tuple[tuple[str, str], ...] = (
    ("N  Y  U", t("In an answer row: No, Yes, Unsure, then move down")),
    ("=", t("In an answer row or a line of the last visit: the same still holds, then move down")),
    (t("Backspace"), t("In an answer row: back to Not asked")),
    (t("Arrow keys, 0 to 4"), t("On the map: move between areas, set the grade")),
    (t("Arrow keys"), t("Among choices that stand together: the next or the one before")),
    (t("Tab, Shift+Tab"), t("Next or previous field, in reading order")),
    (t("PgUp, PgDn, End"), t("Scroll what is only to be read")),
)


def assign_keys(chosen: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the commands with the keys a practice chose in place of their own.

    Args:
        chosen: Keys by command; an empty text takes the keys away.

    Raises:
        InputError: A command is not known, its keys are none, or two have the same.
    """
    known = {command.id for command in COMMANDS}
    faults = [
        Fault(
            t("settings.toml: keys.{name}", name=name),
            t('no keys: "{keys}"', keys=keys) if name in known else t("no command"),
        )
        for name, keys in chosen.items()
        if name not in known or (keys and not _read(keys))
    ]
    commands = tuple(
        replace(command, keys=chosen.get(command.id, command.keys)) for command in COMMANDS
    )
    pressed = Counter(_read(command.keys) for command in commands if command.keys)
    faults += [
        Fault(
            t("settings.toml: keys.{id}", id=command.id),
            t("another command has {keys} as well", keys=command.keys),
        )
        for command in commands
        if command.id in chosen and command.keys and pressed[_read(command.keys)] > 1
    ]
    if faults:
        advice = t("The usual keys are used. Correct the file and start again.")
        raise InputError(t("Some keys in the settings cannot be used"), tuple(faults), advice)
    return commands


def use_keys(commands: Iterable[Command]) -> None:
    """Let tool tips and hints made from now on name the keys of these commands."""
    _IN_USE.clear()
    _IN_USE.update((command.id, command.keys) for command in commands)


def write_keys(command: str) -> str:
    """Return the keys of a command as people know them; empty when it has none."""
    keys = find_keys(command)
    return keys.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", t("Enter"))


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
    pressed = _read(keys)
    both = dict.fromkeys((pressed, pressed.replace("Return", "Enter")))
    made = QShortcut(window)
    made.setKeys([QKeySequence(it, QKeySequence.SequenceFormat.PortableText) for it in both])
    return made


def _read(keys: str) -> str:
    """Return keys in Qt's own spelling, Enter as Return; empty when they are none.

    People know one Enter, and are shown that word where Qt says Return.
    """
    read = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return read.toString().replace("Enter", "Return")
