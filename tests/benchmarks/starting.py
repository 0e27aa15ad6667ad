"""What a command costs from its start to its end, beside a Python that does nothing.

    .venv/bin/python tests/benchmarks/starting.py [ROUNDS]

Each line is the least processor time of several starts, which take turns so that a busy machine
slows them all. The bound is four times a bare Python and one load of the content.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from consult_app.knowledge.loader import load_pack
from consult_app.paths import find_resources

ROUNDS = 15


def time_start(command: list[str]) -> float:
    """Return the milliseconds of processor time that a command takes, start and end included."""
    silent = [
        (os.POSIX_SPAWN_OPEN, target, os.devnull, os.O_WRONLY, 0)
        for target in (sys.stdout.fileno(), sys.stderr.fileno())
    ]
    started = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(started, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return 1000 * (used.ru_utime + used.ru_stime)


def time_work(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that a piece of work takes."""
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def main() -> None:
    """Take the times in turns and print them."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    resources = find_resources()
    program = str(Path(sysconfig.get_path("scripts")) / "consult-app")
    case = str(resources / "examples" / "first-visit.json")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "consult-app --version": [program, "--version"],
        "consult-app screen": [program, "screen", case],
        "consult-app plan": [program, "plan", case],
        "consult-app handout": [program, "handout", case, "--text"],
    }
    taken: dict[str, list[float]] = {name: [] for name in (*commands, "loading the content")}
    folder = resources / "content" / "microneedling"
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(time_start(command))
        taken["loading the content"].append(time_work(lambda: load_pack(folder)))
    least = {name: min(times) for name, times in taken.items()}
    bare, load = least["python -c pass"], least["loading the content"]
    for name, spent in least.items():
        sys.stdout.write(f"{name:24}{spent:8.1f} ms{spent / bare:8.1f} x python -c pass\n")
    screen = least["consult-app screen"]
    for name, bound in {
        "4 x bare + load": 4 * bare + load,
        "4 x (bare + load)": 4 * (bare + load),
    }.items():
        sys.stdout.write(f"{name:24}{bound:8.1f} ms; screen takes {screen / bound:.2f} of it\n")


if __name__ == "__main__":
    main()
