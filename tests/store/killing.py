"""Running a script that writes for ever, and killing it at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import consult_app

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(consult_app.__file__).parents[1])}


def run_and_kill(command: list[str], wait: float, lines: int = 1) -> list[str]:
    """Run a script, kill it so long after it told so many lines, and return all it told."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
        threading.Event().wait(wait)  # waits for nothing: the moment of the kill is random
        process.kill()
        told += process.stdout.readlines()
    # The last line may have been cut off by the kill.
    return [line.decode().strip() for line in told if line.endswith(b"\n")]
