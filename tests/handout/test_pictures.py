"""Pillow is loaded for a picture and not before, once, whoever asks."""

from __future__ import annotations

import subprocess
import sys

from tests.handout.validators_cases import make_logo

FIRST_USE = """
import sys
from threading import Barrier, Thread
from consult_app.handout.logo import read_logo
import reportlab.lib.utils
loaded = "PIL._imaging" in sys.modules
logo, together, read = bytes.fromhex(sys.argv[1]), Barrier(4), []

def ask(number):
    together.wait()
    read.append(read_logo.__wrapped__(logo).columns)

asking = [Thread(target=ask, args=(number,)) for number in range(4)]
for one in asking: one.start()
for one in asking: one.join()
print(loaded, len(read), "PIL._imaging" in sys.modules)
"""


def test_pillow_waits_for_a_picture_and_comes_whole_to_all_who_ask() -> None:
    """In a process of its own: here it is loaded long since."""
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_USE, make_logo().hex()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout.split(), ran.stderr) == (["False", "4", "True"], "")
