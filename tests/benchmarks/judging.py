"""How long judging takes, as ratios that mean the same on a slow machine.

    .venv/bin/python tests/benchmarks/judging.py

Each line is the best of several runs, in milliseconds and as a multiple of reading the same case
file with `json.loads`. The last lines hold loading the content against parsing its TOML alone.
"""

from __future__ import annotations

import json
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from consult_app.app import Program
from consult_app.exchange.casefile import read_case
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources

RUNS = 15


def measure(job: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest time of several runs in milliseconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        job()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def main() -> None:
    """Print the measurements."""
    resources = find_resources()
    folder = resources / "content" / "microneedling"
    text = (resources / "examples" / "first-visit.json").read_text("utf-8")
    program = Program(resources=resources)
    case = read_case(text, "plan")
    program.screen(case)
    times = {
        "json.loads of the case": measure(lambda: json.loads(text), RUNS * 100),
        "reading the case": measure(lambda: read_case(text, "plan")),
        "a full screening": measure(lambda: program.screen(case)),
        "a resolved plan": measure(lambda: program.plan(case)),
        "loading the content": measure(lambda: load_pack(folder)),
    }
    bare = times["json.loads of the case"]
    for name, spent in times.items():
        sys.stdout.write(f"{name:24}{spent:10.3f} ms{spent / bare:10.0f} x\n")
    contents = [file.read_text("utf-8") for file in sorted(Path(folder).rglob("*.toml"))]
    parsing = measure(lambda: [tomllib.loads(each) for each in contents])
    sys.stdout.write(f"{'tomllib on the content':24}{parsing:10.3f} ms\n")
    share = times["loading the content"] / parsing
    sys.stdout.write(f"loading takes {share:.2f} of what tomllib alone would\n")


if __name__ == "__main__":
    main()
