"""First frame and memory of the window, beside a bare one with a single button, in one run.

    python tests/benchmarks/window_start.py [PAIRS]

Both are medians of PAIRS starts of each, taken in turn.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE, PROGRAM = "bare", "program"
PAIRS = 9


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def read_memory() -> float:
    """Return what this process holds in memory, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def show_bare() -> None:
    """Show a window with one button until it is painted."""
    from PySide6.QtWidgets import QApplication, QPushButton  # noqa: PLC0415 - its cost is measured

    application = QApplication(sys.argv[:1])
    button = QPushButton("Continue")
    button.resize(1366, 768)
    button.show()
    application.processEvents()
    write(f"{read_memory():.1f}")


def show_program(home: Path) -> None:
    """Show the program's window in a fresh home until it is painted."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - its cost is measured

    from consult_app.app import Program  # noqa: PLC0415 - its cost is measured
    from consult_app.gui.frame import Frame  # noqa: PLC0415 - its cost is measured
    from consult_app.gui.opening import make_access  # noqa: PLC0415 - its cost is measured
    from consult_app.gui.theme import Theme  # noqa: PLC0415 - its cost is measured

    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply(application)
    program = Program()
    frame = Frame(theme, make_access(program, home))
    frame.resize(1366, 768)
    frame.show()
    frame.gate.begin()
    application.processEvents()
    write(f"{read_memory():.1f}")


def start(kind: str) -> tuple[float, float]:
    """Return the milliseconds until the first frame of a fresh process, and its MB."""
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, __file__, kind, home], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            memory = float(process.stdout.readline())
            return (time.perf_counter() - begun) * 1000, memory


def compare_starts(pairs: int) -> None:
    """Print first frame and memory beside those of the bare window."""
    taken: dict[str, list[tuple[float, float]]] = {BARE: [], PROGRAM: []}
    for _ in range(pairs):
        for kind, starts in taken.items():
            starts.append(start(kind))
    for number, (name, unit, most) in enumerate((("first frame", "ms", 2.5), ("memory", "MB", 2))):
        bare, ours = (statistics.median(it[number] for it in taken[kind]) for kind in taken)
        write(
            f"{name}: bare {bare:.0f} {unit}, program {ours:.0f} {unit}, "
            f"{ours / bare:.2f}x (at most {most}x)"
        )


def main() -> None:
    """Measure what the arguments ask for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:2] == [BARE]:
        show_bare()
    elif sys.argv[1:2] == [PROGRAM]:
        show_program(Path(sys.argv[2]))
    else:
        compare_starts(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)


if __name__ == "__main__":
    main()
