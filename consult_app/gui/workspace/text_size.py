"""Another look, and another size of the text, for the whole window."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from consult_app.gui.theme import Theme
from consult_app.gui.workspace.workspace import Workspace
from consult_app.settings import Screen


def take_look(theme: Theme, screen: Screen, workspace: Workspace | None) -> None:
    """Take the look and text size of the settings; the panels are made anew for another size.

    What was in sight stays there, as far as the same share of a longer or shorter column shows it.
    """
    if workspace is None or screen.text_percent == theme.text_percent:
        theme.use(screen.theme, screen.text_percent)
        return
    share = workspace.panel.pane.share
    with workspace.renewed():
        theme.use(screen.theme, screen.text_percent)
    pane = workspace.panel.pane

    def show() -> None:
        workspace.bookmark.stay()  # it would bring the field with the keyboard into sight
        pane.show_share(share)

    QTimer.singleShot(0, pane, show)
