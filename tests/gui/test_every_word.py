"""In the made-up language no word of the window stays English, and none is cut off at 150 %."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_every_word_is_translated_and_has_room() -> None:
    walking = [sys.executable, "-m", "tests.gui.walking_words"]
    done = subprocess.run(
        walking,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1.5"},
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
