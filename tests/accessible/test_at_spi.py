"""A real screen reader's way in: another process reads the window, answers, and is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OPENBOX, SYSTEM_PYTHON = shutil.which("openbox") or "", "/usr/bin/python3"
QUESTION = "Do you have shingles or chickenpox now?"
PATIENCE = 280.0


def has_client() -> bool:
    """Return whether the system's Python can speak AT-SPI and a window manager is there."""
    if not (OPENBOX and Path(SYSTEM_PYTHON).exists()):
        return False
    asked = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    )
    return asked.returncode == 0


pytestmark = [
    pytest.mark.timeout(300),  # reading a window over the bus takes long on a busy machine
    pytest.mark.screen,
    pytest.mark.skipif(not has_client(), reason="needs openbox and python3-pyatspi"),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the other process read and heard."""
    home = tmp_path_factory.mktemp("home")
    told = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "CONSULT_APP_HOME": str(home)}
    own = {**told, "PYTHONPATH": os.pathsep.join(sys.path)}
    showing = [sys.executable, str(HERE / "showing_window.py"), str(home), "safety"]
    reading = [SYSTEM_PYTHON, str(HERE / "reading_window.py"), QUESTION]
    with (
        subprocess.Popen([OPENBOX], stderr=subprocess.DEVNULL) as manager,
        subprocess.Popen(showing, cwd=ROOT, env=own) as window,
    ):
        try:
            done = subprocess.run(
                reading, capture_output=True, text=True, timeout=PATIENCE, check=False, env=told
            )
            assert done.returncode == 0, done.stderr
            yield json.loads(done.stdout)
        finally:
            window.kill()
            manager.terminate()


def test_everything_that_takes_the_keyboard_has_name_role_and_state(read: dict[str, Any]) -> None:
    pages = read["pages"]
    faults = {name: page["faults"] for name, page in pages.items() if page["faults"]}
    assert faults == {}
    assert all(page["focusable"] for page in pages.values()), pages
    assert read["roles"]["radio button"] >= 30, "each answer is a button of its own"
    assert read["roles"]["frame"] == 1


def test_every_kind_of_page_was_opened(read: dict[str, Any]) -> None:
    kinds = Counter(page.partition(",")[0] for page in read["pages"])

    assert kinds.pop("patient view") >= 8
    assert kinds == {
        "the practice's settings": 1,
        "consultation": 7,
        "Patient details": 1,
        "Find": 1,
        "safety": 6,
        "start page": 1,
        "patient": 1,
        "Treatment record": 3,
        "Review visit": 1,
    }


def test_an_answer_is_given_and_says_that_it_is_chosen(read: dict[str, Any]) -> None:
    assert read["checked"] is True


def test_the_decision_is_announced_once_each_time_it_changes(read: dict[str, Any]) -> None:
    """The answer changed it, and so did beginning a treatment; a review is not judged."""
    assert read["before"] == "Safety status: Precautions."
    assert len(read["heard"]) == 2
    assert read["heard"][0] == read["after"]
    assert "Not complete" in read["heard"][1]
