"""The typeface of the window: three weights of Inter, carried with the program."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from consult_app.errors import FileError
from consult_app.paths import find_resources
from consult_app.wording import t

FAMILY = "Inter"
FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
_LOADED = "consult_fonts_loaded"


def load_fonts(app: QApplication) -> None:
    """Make the bundled weights (400, 500, 600) known to this application, once.

    Raises:
        FileError: A font file is missing or cannot be read.
    """
    if app.property(_LOADED):
        return
    folder = find_resources() / "fonts"
    broken = tuple(
        name for name in FILES if QFontDatabase.addApplicationFont(str(folder / name)) == -1
    )
    if broken:
        raise FileError(
            t("A font of the program could not be read."),
            t("Install the program again; no record is affected."),
            broken,
        )
    app.setProperty(_LOADED, True)
