"""What keeps the program from starting, said in a window of its own."""

from __future__ import annotations

from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.gui.application import make_application
from consult_app.gui.dialogs import show_error
from consult_app.gui.gate.ways_out import GO_ON
from consult_app.gui.salvage import put_aside
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.settings import Settings, SettingsError
from consult_app.wording import t

MEANING = t(
    "No record is affected. Close and correct the file; or go on without what is named below. The "
    "file is then put aside in the same folder, the rest of it stays, and what is left out is as "
    "at first: look through Settings before you print a sheet."
)

GOES_ON = 2
"""How the dialog ends for whoever goes on; Qt has 0 and 1 for closing it."""


def tell_and_end(error: Exception) -> None:
    """Say in a window of its own why the program does not start, until that is closed."""
    if isinstance(error, SettingsError):
        return  # whoever was asked what to do knows already
    make_application()
    dialog = show_error(_make_theme(), error, None)
    dialog.ok.set_text(t("Close"))
    dialog.exec()


def settle_settings(error: SettingsError, home: Path) -> Settings | None:
    """Ask whether to go on without settings that cannot be used.

    Returns:
        What holds from now on; None when nobody wants to go on.

    Raises:
        FileError: The file cannot be put aside; nothing was changed.
    """
    theme = _make_theme()
    told = ConsultError(error.title, MEANING, error.details)
    dialog = show_error(theme, told, None)
    dialog.ok.set_text(t("Close"))
    wanted = Button(theme, GO_ON, "secondary")
    wanted.clicked.connect(lambda: dialog.done(GOES_ON))
    dialog.buttons.insertWidget(1, wanted)
    return put_aside(home)[0] if dialog.exec() == GOES_ON else None


def _make_theme() -> Theme:
    theme = Theme("system", 100)
    theme.apply(make_application())
    return theme
