"""The forms in which a finished handout can be saved."""

from __future__ import annotations

from pathlib import Path

from consult_app.handout.sheet import Sheet
from consult_app.wording import t

NAMES = {
    ".pdf": "PDF",
    ".html": t("Web page"),
    ".txt": t("Plain text"),
    ".ics": t("Dates for a calendar"),
}
"""What the handout can be saved as, by the ending of the file."""


def list_forms(sheet: Sheet) -> dict[str, bytes]:
    """Return what a sheet can be saved as, by the ending of the file."""
    forms = {
        ".pdf": sheet.pdf,
        ".html": sheet.html.encode(),
        ".txt": sheet.text.encode(),
        ".ics": sheet.dates.encode(),
    }
    return {suffix: data for suffix, data in forms.items() if data}


def tell_saved(path: Path) -> str:
    """Return that a sheet was saved, and where."""
    return t("Saved as {name} in {folder}.", name=path.name, folder=path.parent)


def tell_printed(sheet: Sheet) -> str:
    """Return that a sheet was printed, and where it is not the one that was kept."""
    if sheet.enlarged:
        return t("The handout went to the printer in large print.")
    return t("The handout went to the printer.")
