"""Modules that no sheet uses are loaded when somebody uses them, and then once."""

from __future__ import annotations

import subprocess
import sys

FIRST_USE = """
import sys
from consult_app.handout.putting_off import UNUSED
before = [name in sys.modules for name in UNUSED]
import consult_app.handout.objects
after = [name in sys.modules for name in UNUSED]
import reportlab.lib.rltempfile as theirs
import tempfile
print(any(before), any(after), theirs.tempfile.gettempdir() == tempfile.gettempdir())
print(theirs.tempfile is not tempfile, theirs.tempfile.mkstemp is tempfile.mkstemp)
"""


def test_they_wait_and_are_the_same_to_all_who_ask() -> None:
    """In a process of its own: here they are loaded long since."""
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_USE], capture_output=True, text=True, check=False
    )
    assert (ran.stdout.split(), ran.stderr) == (["False", "False", "True", "True", "True"], "")
