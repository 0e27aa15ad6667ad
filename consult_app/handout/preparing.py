"""Loading what every sheet is made with, before the first one is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from consult_app.figures import load_figures
from consult_app.handout.fonts import open_typeface
from consult_app.handout.icons import load_icons
from consult_app.handout.style import RHYTHMS

MODULES = tuple(
    f"consult_app.handout.{name}" for name in ("compiled", "compose", "compose_refused", "fitting")
)


def prepare(resources: Path) -> None:
    """Load modules, drawings, icons and the main typefaces; no text of any sheet is kept.

    Raises:
        FileError: Some of it cannot be read.
    """
    for name in MODULES:
        import_module(name)
    load_figures(resources)
    load_icons(resources / "handout" / "icons.json")
    for size in RHYTHMS:
        face = open_typeface(resources / "fonts", size)
        for bold in (False, True):
            face.measure("A", 12, bold=bold)
