"""What the program is made of, read anew and checked: the clinical content, the patient's sheet."""

from __future__ import annotations

from pathlib import Path

from consult_app.errors import ContentError
from consult_app.handout.layout_file import read_layout
from consult_app.knowledge.loading.loader import load_pack


def check_pack(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return one line about the content pack in a folder, and a line for each fault in it."""
    try:
        pack = load_pack(folder)
    except ContentError as error:
        return _count(error.details), error.details
    counted = f"{len(pack.questions)} items, {len(pack.rules)} rules, {len(pack.sources)} sources"
    return f"{pack.id} {pack.version}: {counted}, no faults.", ()


def check_own(resources: Path, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return the same about the program's own pack, and what is wrong with the sheet's layout."""
    summary, faults = check_pack(folder)
    try:
        read_layout(resources / "handout")
    except ContentError as error:
        return _count((*faults, *error.details)), (*faults, *error.details)
    return summary, faults


def _count(faults: tuple[str, ...]) -> str:
    counted = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return f"{counted}. Nothing of this pack is used."
