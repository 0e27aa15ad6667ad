"""The keys that a practice chose in its settings, in the place of the usual ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from consult_app.errors import Fault, InputError
from consult_app.gui.commands import COMMANDS, Command, read_keys
from consult_app.wording import t

_ARROWS = ("Up", "Down", "Left", "Right")
_KEPT = frozenset({*_ARROWS, "Space", "Return", "Tab", "Shift+Tab", "Backtab", "Esc"})
"""What moves and chooses everywhere else, so that no answer row and no map takes it."""


def assign_keys(chosen: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the commands with the keys a practice chose in place of their own.

    Args:
        chosen: Keys by command; an empty text takes the keys away.

    Raises:
        InputError: A command is not known, its keys are none, or two have the same.
    """
    known = {command.id: command for command in COMMANDS}
    faults = [
        Fault(t("settings.toml: keys.{name}", name=name), fault)
        for name, keys in chosen.items()
        if (fault := _find_fault(known.get(name), keys))
    ]
    commands = tuple(
        replace(command, keys=chosen.get(command.id, command.keys)) for command in COMMANDS
    )
    pressed = Counter(read_keys(command.keys) for command in commands if command.keys)
    faults += [
        Fault(
            t("settings.toml: keys.{id}", id=command.id),
            t("another command has {keys} as well", keys=command.keys),
        )
        for command in commands
        if command.id in chosen and command.keys and pressed[read_keys(command.keys)] > 1
    ]
    if faults:
        advice = t("The usual keys are used. Correct the file and start again.")
        raise InputError(t("Some keys in the settings cannot be used"), tuple(faults), advice)
    return commands


def _find_fault(command: Command | None, keys: str) -> str:
    """Return why a command cannot have keys, each by itself; empty when it can."""
    if command is None:
        return t("no command")
    read = read_keys(keys)
    if keys and not read:
        return t('no keys: "{keys}"', keys=keys)
    if not command.place or read == read_keys(command.keys):
        return ""
    if "," in read.removeprefix(","):
        return t("one key after the other does not work here: {keys}", keys=keys)
    return t("{keys} is needed to move and to choose there", keys=keys) if read in _KEPT else ""
