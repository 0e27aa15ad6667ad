"""Keeping the program's data in the form that loads fast."""

from __future__ import annotations

from pathlib import Path

from consult_app.compiled import keep
from consult_app.figures import FIGURES
from consult_app.handout.compiled import LAYOUT
from consult_app.i18n.languages import LANGUAGES
from consult_app.knowledge.loading.compiled import compile_pack


def compile_all(resources: Path, content: Path) -> tuple[Path, ...]:
    """Compile clinical content, layout, languages and drawings, and return where they lie.

    Raises:
        ContentError: Something is wrong with them; every fault is listed.
        OSError: They cannot be kept.
    """
    return (
        compile_pack(content),
        keep(LAYOUT, resources / "handout"),
        keep(LANGUAGES, resources / "translations"),
        keep(FIGURES, resources / "figures"),
    )
