"""What the first frame waits for, and what it must not wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from consult_app.gui.application import BEHIND_GATE

OPENED = """
import sys
from pathlib import Path
from tests.benchmarks.window_start import show_program

show_program(Path(sys.argv[1]))
print(*sys.modules)
"""


@pytest.fixture(name="loaded", scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(home)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    return frozenset(done.stdout.split())


def test_the_window_is_among_what_was_loaded(loaded: frozenset[str]) -> None:
    """Else the tests below would say nothing."""
    assert {"PySide6.QtWidgets", "consult_app.gui.frame", "consult_app.gui.gate.gate"} <= loaded


def test_what_waits_behind_the_gate_is_not_loaded_before_it(loaded: frozenset[str]) -> None:
    """The judgement, the work and the handout come while nobody waits."""
    assert not loaded & set(BEHIND_GATE)


@pytest.mark.parametrize(
    "package", ["cryptography", "reportlab", "consult_app.knowledge.pack.pack"]
)
def test_no_heavy_package_is_loaded_before_the_first_frame(
    package: str, loaded: frozenset[str]
) -> None:
    """Keys are needed when somebody unlocks, content when a visit opens."""
    assert not [name for name in loaded if name == package or name.startswith(f"{package}.")]
