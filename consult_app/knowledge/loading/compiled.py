"""The clinical content in a compiled form.

Reading and checking the content files takes longer than everything else a command does.
"""

from __future__ import annotations

from pathlib import Path

from consult_app import compiled
from consult_app.knowledge.pack.pack import Pack

NAME = "__pycache__/pack.pickle"
"""Where it lies in the folder of the content."""

CODE = (
    *("domain", "knowledge"),
    *("errors.py", "record.py", "scalars.py", "values.py", "wording.py"),
)
"""What of the program has a say in what is made of the content."""


def _make(folder: Path) -> Pack:
    from consult_app.knowledge.loading.loader import load_pack  # noqa: PLC0415 - what is mostly not needed

    return load_pack(folder)


_PACK = compiled.Recipe(NAME, "", ".toml", CODE, _make)


def load(folder: Path) -> Pack:
    """Return the content in `folder`, from its compiled form where that is still true.

    Raises:
        ContentError: Something is wrong with it; every fault is listed with file and table.
    """
    return compiled.load(_PACK, folder)


def recall(folder: Path) -> Pack | None:
    """Return what the compiled form holds; None when there is none, or it is not true any more."""
    return compiled.recall(_PACK, folder)


def compile_pack(folder: Path) -> Path:
    """Keep the compiled form of the content in `folder`, if it is not there yet; return where.

    Raises:
        ContentError: Something is wrong with the content.
        OSError: It cannot be written.
    """
    return compiled.keep(_PACK, folder)
