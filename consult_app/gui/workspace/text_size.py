"""Another look, and another size of the text, for the whole window."""

from __future__ import annotations

from consult_app.gui.theme import Theme
from consult_app.gui.workspace.renewal import renew
from consult_app.gui.workspace.workspace import Workspace
from consult_app.settings import Screen


def take_look(theme: Theme, screen: Screen, workspace: Workspace | None) -> None:
    """Take the look and text size of the settings; the panels are made anew for another size."""

    def use() -> None:
        theme.use(screen.theme, screen.text_percent)

    if workspace is None or screen.text_percent == theme.text_percent:
        use()
    else:
        renew(workspace, use)
