"""Panels made anew while what was in sight stays there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from consult_app.gui.desk import Desk
from consult_app.gui.workspace.workspace import Workspace


def renew(
    workspace: Workspace, change: Callable[[], object] = lambda: None, desk: Desk | None = None
) -> None:
    """Make the panels of a workspace anew around a change, or to work with another desk.

    What was in sight stays there, as far as the same share of a longer or shorter column shows it.
    """
    share = workspace.panel.pane.share
    with workspace.renewed(desk):
        change()
    pane = workspace.panel.pane

    def show() -> None:
        workspace.bookmark.stay()  # it would bring the field with the keyboard into sight
        pane.show_share(share)

    QTimer.singleShot(0, pane, show)
