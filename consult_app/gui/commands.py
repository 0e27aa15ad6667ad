"""The window's commands and their keys: one table for shortcuts, the finder and the help."""

from __future__ import annotations

from dataclasses import dataclass

from consult_app.domain.steps import STEPS


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window can do.

    Attributes:
        id: Its name in code.
        keys: Key sequence as Qt writes it; empty for none of its own.
        text: What it does, in a few words.
        visit: It needs an open consultation.
    """

    id: str
    keys: str
    text: str
    visit: bool = True


PANEL_COMMANDS = tuple(
    Command(f"panel:{step.id}", f"Ctrl+{number}", f"Go to {step.name}")
    for number, step in enumerate(STEPS, 1)
)

COMMANDS: tuple[Command, ...] = (
    *PANEL_COMMANDS,
    Command("next_panel", "Ctrl+PgDown", "Next panel"),
    Command("previous_panel", "Ctrl+PgUp", "Previous panel"),
    Command("next_needed", "Ctrl+J", "Jump to the next item still needed"),
    Command("answer_rest", "Ctrl+Shift+N", "Rest of this group are No"),
    Command("accept", "Ctrl+Return", "Accept suggestions; on Finish sign and lock"),
    Command("patient_view", "F8", "Patient view on or off"),
    Command("handout", "F9", "See the handout"),
    Command("print", "Ctrl+P", "Print the handout"),
    Command("identity", "Ctrl+I", "Patient details"),
    Command("undo", "Ctrl+Z", "Undo"),
    Command("redo", "Ctrl+Shift+Z", "Redo"),
    Command("cycle", "F6", "Next part of the window: banner, rail, panel, decision"),
    Command("cycle_back", "Shift+F6", "Part of the window before"),
    Command("finder", "Ctrl+K", "Find a command or a field", visit=False),
    Command("lock", "Ctrl+L", "Lock the screen now", visit=False),
    Command("start", "Ctrl+W", "Back to the start page; everything is kept", visit=False),
    Command("new", "Ctrl+N", "New consultation; on a patient's page their next one", visit=False),
    Command("help", "F1", "Keys and help", visit=False),
)

ROW_KEYS: tuple[tuple[str, str], ...] = (
    ("N  Y  U", "In an answer row: No, Yes, Unsure, then move down"),
    ("Backspace", "In an answer row: back to Not asked"),
    ("Arrow keys, 0 to 4", "On the map: move between areas, set the grade"),
    ("Tab, Shift+Tab", "Next or previous field, in reading order"),
)
