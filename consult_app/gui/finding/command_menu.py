"""The menu of all commands with their keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from consult_app.gui.commands import GROUPS, Command, write_keys
from consult_app.wording import t

HERE, WINDOW = t("This consultation"), t("Window")


def make_menu(
    commands: Iterable[Command],
    run: Callable[[str], None],
    parent: QWidget,
    *,
    visit: bool,
    here: Collection[str] = (),
) -> QMenu:
    """Return a menu that runs what is chosen.

    Args:
        commands: With their keys.
        run: Takes the id of a command.
        parent: Where it opens.
        visit: Whether a consultation is open; what needs one is greyed otherwise.
        here: Those of an answer row or of the map that can be done where the keyboard is.
    """
    menu = QMenu(parent)
    menu.setAccessibleName(t("Commands"))
    placed = {name: title for title, names in GROUPS for name in names}
    groups: dict[str, list[Command]] = {title: [] for title, _ in GROUPS}
    groups |= {HERE: [], WINDOW: []}
    for command in commands:
        title = placed.get(command.id, HERE if command.visit else WINDOW)
        groups[title].append(command)
    for title, members in groups.items():
        branch = menu.addMenu(title)
        for command in members:
            enabled = command.id in here if command.place else visit or not command.visit
            branch.addAction(_make_action(command, run, branch, enabled=enabled))
    return menu


def _make_action(
    command: Command, run: Callable[[str], None], menu: QMenu, *, enabled: bool
) -> QAction:
    # Behind a tab the keys are only shown: they are served by the window already.
    action = QAction(f"{command.text}\t{write_keys(command.id)}", menu)
    action.setEnabled(enabled)
    action.triggered.connect(lambda: run(command.id))
    return action
