"""Layout, languages and drawings in their compiled form say what their files say, or nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import consult_app
from consult_app.app import Program
from consult_app.compiled import Recipe, keep, load, recall
from consult_app.errors import ContentError
from consult_app.figures import FIGURES
from consult_app.handout.compiled import LAYOUT
from consult_app.i18n.languages import LANGUAGES
from consult_app.paths import find_resources


class Kept(NamedTuple):
    """What is compiled, where it lies, and the module that reads it."""

    recipe: Recipe[Any]
    folder: str
    module: str


KEPT = (
    Kept(LAYOUT, "handout", "consult_app.handout.layout"),
    Kept(LANGUAGES, "translations", "consult_app.i18n.languages"),
    Kept(FIGURES, "figures", "consult_app.figures"),
)
each = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.folder)


@pytest.fixture
def folder(kept: Kept, tmp_path: Path) -> Path:
    """A folder of its own with the file and its compiled form."""
    place = tmp_path / kept.folder
    place.mkdir()
    shutil.copy(find_resources() / kept.folder / kept.recipe.files, place)
    keep(kept.recipe, place)
    return place


@each
def test_it_holds_what_the_file_says(kept: Kept, folder: Path) -> None:
    found = recall(kept.recipe, folder)
    assert found is not None
    assert found == kept.recipe.make(folder)


@each
def test_one_byte_of_the_file_counts(kept: Kept, folder: Path) -> None:
    file = folder / kept.recipe.files
    file.write_bytes(file.read_bytes() + b"\n")
    assert recall(kept.recipe, folder) is None
    assert load(kept.recipe, folder) == kept.recipe.make(folder)
    file.write_bytes(b"nothing of the kind")
    with pytest.raises(Exception, match="cannot be read"):
        load(kept.recipe, folder)


@each
def test_the_code_that_reads_the_file_counts(
    kept: Kept, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, but for what keeps the form and for the rooms' own lines."""
    package = Path(consult_app.__file__).parent
    program = tmp_path / "program"
    for part in kept.recipe.code:
        (program / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(package / part, program / part)
    monkeypatch.setattr(consult_app, "__file__", str(program / "__init__.py"))
    assert recall(kept.recipe, folder) is not None
    for part in kept.recipe.code:
        sound = (program / part).read_bytes()
        (program / part).write_bytes(sound + b"\n")
        assert recall(kept.recipe, folder) is None, part
        (program / part).write_bytes(sound)
    code = f"import sys, {kept.module}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.split(".", 1)[1] for name in run.stdout.split() if "consult_app." in name}
    rest = loaded - {part.removesuffix(".py").replace("/", ".") for part in kept.recipe.code}
    assert rest <= {"compiled", "handout", "i18n"}


def test_everything_is_compiled_together_and_a_fault_stops_it(tmp_path: Path) -> None:
    resources = shutil.copytree(
        find_resources(),
        tmp_path / "resources",
        ignore=shutil.ignore_patterns("__pycache__", "fonts", "pictures"),
    )
    made = Program(resources=resources).compile_content()
    assert {path.parent.parent.name for path in made} == {
        "microneedling",
        *(kept.folder for kept in KEPT),
    }
    assert all(recall(kept.recipe, resources / kept.folder) is not None for kept in KEPT)
    layout = resources / "handout" / LAYOUT.files
    layout.write_text(layout.read_text("utf-8").replace("[budget]", "[budgets]"), "utf-8")
    with pytest.raises(ContentError):
        Program(resources=resources).compile_content()
