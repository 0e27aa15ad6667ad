"""What is installed is whole: commands, data, and nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

import consult_app

HEAVY = ("PySide6", "reportlab", "pypdfium2", "cryptography", "tinydb", "uharfbuzz")


def run_python(code: str, cwd: Path) -> str:
    """Run a line of Python in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_version_is_the_same_everywhere() -> None:
    assert distribution("consult-app").version == consult_app.__version__


@pytest.mark.parametrize(
    ("group", "name"),
    [("console_scripts", "consult-app"), ("gui_scripts", "consult-app-window")],
)
def test_the_commands_lead_to_one_program(group: str, name: str) -> None:
    (entry,) = entry_points(group=group, name=name)
    assert entry.value == "consult_app.cli:main"
    assert callable(entry.load())


@pytest.mark.parametrize(
    "place",
    [
        "content/microneedling/pack.toml",
        "examples/first-visit.json",
        "fonts/Inter-Regular.ttf",
        "icons/check.svg",
        "licences/THIRD_PARTY.md",
        "licences/lgpl-3.0.txt",
        "schema/consult-case-1.schema.json",
        "themes/light.toml",
    ],
)
def test_the_data_came_along(resources: Path, place: str) -> None:
    assert (resources / place).stat().st_size > 0


def test_every_room_is_a_package_that_came_along() -> None:
    """A folder without `__init__.py` would be left out of the wheel by some tools."""
    folder = Path(consult_app.__file__).parent
    rooms = {
        path.parent
        for path in folder.rglob("*.py")
        if "resources" not in path.relative_to(folder).parts
    }
    assert {room.name for room in rooms if not (room / "__init__.py").is_file()} == set()


def test_the_program_runs_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "consult_app", "--version"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"consult-app {consult_app.__version__}")


def test_the_command_line_starts_without_anything_heavy(tmp_path: Path) -> None:
    """Heavy packages wait for the task that needs them; Qt for the window."""
    code = f"import consult_app.cli, sys; print(*[m for m in {HEAVY} if m in sys.modules])"
    assert run_python(code, tmp_path) == ""


@pytest.mark.parametrize("command", ["screen", "plan"])
def test_commands_work_without_qt_and_without_a_display(
    command: str, resources: Path, tmp_path: Path
) -> None:
    example = str(resources / "examples" / "first-visit.json")
    code = (
        "import sys, io, contextlib; from consult_app.cli import main\n"
        f"with contextlib.redirect_stdout(io.StringIO()): code = main([{command!r}, {example!r}])\n"
        "print(code, 'PySide6' in sys.modules)"
    )
    assert run_python(code, tmp_path) == "0 False"
