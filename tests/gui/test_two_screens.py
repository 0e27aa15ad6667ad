"""The patient view on a second screen: beside the work, and gone with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen

from consult_app.gui.patient_view.screen import find_second_screen
from consult_app.gui.theme import load_tokens


def screen_at(x: int, width: int = 1366) -> QScreen:
    """Return what stands for a screen at a place of the desktop."""
    return cast("QScreen", SimpleNamespace(geometry=lambda: QRect(x, 0, width, 768)))


def test_a_second_screen_shows_nothing_of_the_practitioners() -> None:
    own, mirror, other = screen_at(0), screen_at(0, 1024), screen_at(1366)

    assert find_second_screen([own, other], own) is other
    assert find_second_screen([other, own], own) is other
    assert find_second_screen([own, mirror, other], own) is other
    assert find_second_screen([own, mirror], own) is None
    assert find_second_screen([own], own) is None
    assert find_second_screen([own, other], None) is None


@pytest.fixture(scope="module")
def two_screens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen in a process with two screens, of which one is unplugged."""
    home = tmp_path_factory.mktemp("home")
    screens = [
        {"name": name, "x": x, "y": 0, "width": 1366, "height": 768, "dpr": 1}
        | {"logicalDpi": 96, "logicalBaseDpi": 96}
        for name, x in (("own", 0), ("second", 1366))
    ]
    described = home / "screens.json"
    described.write_text(
        json.dumps({"synchronousWindowSystemEvents": True, "screens": screens}), "utf-8"
    )
    told = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "QT_QPA_PLATFORM": f"offscreen:configfile={described}",
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("showing_two_screens.py")), str(home)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **told},
    )
    assert done.returncode == 0, done.stderr
    return cast("dict[str, Any]", json.loads(done.stdout))


def test_stands_on_the_second_screen_beside_the_work(two_screens: dict[str, Any]) -> None:
    assert two_screens["screens"] == ["own", "second"]
    assert two_screens["apart"] == {"view": "second", "work": "own", "work_shown": True}
    assert two_screens["title"] == "For the patient", "a title names nobody"


def test_is_light_beside_dark_work_and_in_its_place(two_screens: dict[str, Any]) -> None:
    light, dark = load_tokens("light")["canvas"].name(), load_tokens("dark")["surface"].name()
    assert two_screens["grounds"] == [light, dark, light, dark]


def test_f6_gives_the_keyboard_back_to_the_work(two_screens: dict[str, Any]) -> None:
    assert two_screens["keyboard"] == two_screens["apart"], "the patient reads on"


def test_keys_on_the_second_screen_turn_its_pages_or_lead_the_work(
    two_screens: dict[str, Any],
) -> None:
    assert two_screens["turned"] == [3, True]
    assert two_screens["commanded"] == [two_screens["apart"], "safety"], "and the view stays"


def test_goes_on_in_the_window_once_a_screen_is_unplugged(two_screens: dict[str, Any]) -> None:
    """What is left may be what the patient looks at: nothing of the record shows there."""
    assert two_screens["after"] == {"view": "own", "work": "own", "work_shown": False}
    assert two_screens["place"][0] == two_screens["place"][1] == 2, "the same part is shown"
    assert two_screens["while"] == 1, "no sheet that stood open lies over it"
    assert two_screens["ended"] == {"view": None, "work": "own", "work_shown": True}
    assert two_screens["again"] == two_screens["before"] - 1, "the sheets are back"


def test_is_gone_from_the_second_screen_once_it_is_locked(two_screens: dict[str, Any]) -> None:
    assert two_screens["locked"] == {"view": None, "work": "own", "work_shown": False}
