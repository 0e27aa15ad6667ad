"""The window on a screen, and a screen reader's way into it in another process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OPENBOX, SYSTEM_PYTHON = shutil.which("openbox") or "", "/usr/bin/python3"
PATIENCE = 280.0
ReadThrough = Callable[..., dict[str, Any]]


def has_client() -> bool:
    """Return whether the system's Python can speak AT-SPI and what works the window is there."""
    if not (OPENBOX and shutil.which("xdotool") and Path(SYSTEM_PYTHON).exists()):
        return False
    asked = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    )
    return asked.returncode == 0


ON_SCREEN = [
    pytest.mark.timeout(300),  # reading a window over the bus takes long on a busy machine
    pytest.mark.screen,
    pytest.mark.skipif(not has_client(), reason="needs openbox, xdotool and python3-pyatspi"),
]


@pytest.fixture(scope="module")
def read_through(tmp_path_factory: pytest.TempPathFactory) -> ReadThrough:
    """Have the window shown and read by a program of this folder, and return what it found."""

    def read(program: str, *arguments: str, panel: str = "") -> dict[str, Any]:
        home = tmp_path_factory.mktemp("home")
        told = {
            **os.environ,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "CONSULT_APP_HOME": str(home),
        }
        own = {**told, "PYTHONPATH": os.pathsep.join(sys.path)}
        showing = [sys.executable, str(HERE / "showing_window.py"), str(home), panel]
        reading = [SYSTEM_PYTHON, "-m", f"tests.accessible.{program}", *arguments]
        with (
            subprocess.Popen([OPENBOX], stderr=subprocess.DEVNULL) as manager,
            subprocess.Popen(showing, cwd=ROOT, env=own) as window,
        ):
            try:
                done = subprocess.run(
                    reading,
                    cwd=ROOT,
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE,
                    check=False,
                    env=told,
                )
            finally:
                window.kill()
                manager.terminate()
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    return read
