"""The layout of the sheet in a compiled form."""

from __future__ import annotations

from pathlib import Path

from consult_app import compiled
from consult_app.handout.layout import Layout
from consult_app.handout.layout_file import FILE, read_layout

LAYOUT = compiled.Recipe(
    name="__pycache__/layout.pickle",
    files=FILE,
    ending=".toml",
    code=(
        *("handout/clinic_look.py", "handout/document.py", "handout/layout.py"),
        *("handout/layout_file.py", "handout/layout_section.py"),
        *("errors.py", "record.py", "scalars.py", "values.py", "wording.py"),
    ),
    make=read_layout,
)
"""How the layout is compiled."""


def load_layout(folder: Path) -> Layout:
    """Return the same as `read_layout`, from its compiled form where that is still true."""
    return compiled.load(LAYOUT, folder)
