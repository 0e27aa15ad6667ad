"""What a command costs from its start to its end, beside a Python that does nothing.

    .venv/bin/python tests/benchmarks/starting.py [ROUNDS]

Each line is the least processor time of several starts, which take turns so that a busy machine
slows them all. The content is loaded in both its forms, each in a process that did nothing before,
and each of its parts is restored, although no command needs all. The bound is four times a bare
Python and one load of the compiled form.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from consult_app.knowledge.loading.compiled import compile_pack
from consult_app.paths import find_resources

ROUNDS = 15

_TIMED = """
import time
from consult_app.knowledge.loading import compiled{modules}
from consult_app.knowledge.pack import pack
from consult_app.knowledge.protocol import protocol
from consult_app.paths import find_resources
from consult_app.values import fields
folder = find_resources() / "content" / "microneedling"
begun = time.process_time()
content = {load}(folder)
for value in (content, content.protocol):
    for part in fields(value):
        getattr(value, part.name)
print(time.process_time() - begun)
"""
LOAD = {
    "from the files": _TIMED.format(modules=", loader", load="loader.load_pack"),
    "from the compiled form": _TIMED.format(modules="", load="compiled.recall"),
}


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


def time_load(form: str) -> float:
    """Return the milliseconds of processor time that a new process takes to load the content."""
    run = subprocess.run([sys.executable, "-c", LOAD[form]], capture_output=True, check=True)
    return 1000 * float(run.stdout)


def main() -> None:
    """Take the times in turns and print them."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    resources = find_resources()
    compile_pack(resources / "content" / "microneedling")
    program = str(Path(sysconfig.get_path("scripts")) / "consult-app")
    case = str(resources / "examples" / "first-visit.json")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "consult-app --version": [program, "--version"],
        "consult-app screen": [program, "screen", case],
        "consult-app plan": [program, "plan", case],
        "consult-app handout": [program, "handout", case, "--text"],
    }
    taken: dict[str, list[float]] = {name: [] for name in (*commands, *LOAD)}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(time_start(command))
        for form in LOAD:
            taken[form].append(time_load(form))
    least = {name: min(times) for name, times in taken.items()}
    bare, load = least["python -c pass"], least["from the compiled form"]
    for name, spent in least.items():
        sys.stdout.write(f"{name:24}{spent:8.1f} ms{spent / bare:8.1f} x python -c pass\n")
    bound, screen = 4 * bare + load, least["consult-app screen"]
    sys.stdout.write(f"{'the bound':24}{bound:8.1f} ms; screen takes {screen / bound:.2f} of it\n")


if __name__ == "__main__":
    main()
