"""How long the patient's sheet takes, beside a bare canvas that writes the same words.

    python tests/benchmarks/handout_speed.py [--rounds 40]

Every number is the time of the processor, in milliseconds; ratios are what travels from one machine
to another. The bare canvas has no layout, no shaping, no tags and a font of the viewer.
"""

# ruff: noqa: T201 - what it finds out is printed

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from consult_app.app import Program
from consult_app.exchange.casefile import Case, read_case
from consult_app.handout.fonts import forget_texts
from consult_app.handout.pdf import draw
from consult_app.handout.style import PAPERS, Size
from consult_app.handout.text import write_text
from consult_app.paths import find_resources

RESOURCES = find_resources()
EXAMPLES = ("first-visit", "cold-sores", "deferred")
SIZES: tuple[Size, ...] = ("standard", "large")


def measure(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of a piece of work, after it was done once."""
    work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * statistics.median(times)


def write_bare(words: str) -> bytes:
    """Return the words on pages, line by line, as a canvas writes them by itself."""
    written = io.BytesIO()
    width, height = PAPERS["A4"]
    canvas = Canvas(written, pagesize=(width, height), invariant=1, pageCompression=1)
    low = 43.0
    top = height - low
    for line in words.splitlines():
        if top < low:
            canvas.showPage()
            top = height - low
        canvas.setFont("Helvetica", 12)
        canvas.drawString(low, top, line)
        top -= 16
    canvas.save()
    return written.getvalue()


def compare(name: str, size: Size, rounds: int) -> None:
    """Print what one example takes."""
    program = Program()
    case = read_example(name)
    sheet = program.compose(case, paper="A4", size=size)
    words = write_text(sheet.handout)

    def draw_afresh() -> None:
        forget_texts()
        draw(sheet.handout, paper="A4", size=size, resources=RESOURCES)

    bare = measure(lambda: write_bare(words), rounds)
    print(f"{name}, {size}, {sheet.drawn.pages} pages, bare canvas {bare:.1f} ms")
    rows: dict[str, Callable[[], object]] = {
        "draw again": lambda: draw(sheet.handout, paper="A4", size=size, resources=RESOURCES),
        "draw words never seen": draw_afresh,
        "compose, fit and draw": lambda: program.compose(case, paper="A4", size=size),
    }
    for label, work in rows.items():
        took = measure(work, rounds)
        print(f"  {label:22} {took:6.1f} ms  {took / bare:5.1f} x")


def read_example(name: str) -> Case:
    """Return a shipped example."""
    path: Path = RESOURCES / "examples" / f"{name}.json"
    return read_case(path.read_text(encoding="utf-8"), "handout")


def main(arguments: list[str]) -> None:
    """Compare all examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args(arguments)
    for name in EXAMPLES:
        for size in SIZES:
            compare(name, size, chosen.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
