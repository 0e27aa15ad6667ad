"""How long the patient's sheet takes, beside a bare canvas that writes the same words.

    python tests/benchmarks/handout_speed.py [--rounds 40]

Every number is the time of the processor, in milliseconds; ratios are what travels from one machine
to another. The bare canvas embeds the same two fonts, but has no layout, no shaping and no tags.
Other engines write the same words where they are installed (`pip install typst fpdf2 weasyprint`,
which the program itself needs nowhere); those marked UA write a file for reading aloud.
"""

# ruff: noqa: T201 - what it finds out is printed

from __future__ import annotations

import argparse
import html
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
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
FONTS = {name: RESOURCES / "fonts" / f"SourceSans3-{name}.ttf" for name in ("Regular", "Bold")}
EVERY = 8
"""One line in so many is bold, as on the sheet."""
FIRST = """
import sys, time
from pathlib import Path
from consult_app.app import Program
from consult_app.exchange.casefile import read_case
program = Program()
case = read_case(Path(sys.argv[1]).read_text(encoding="utf-8"), "handout")
program.plan(case)
began = time.process_time()
program.compose(case, paper="A4")
print(1000 * (time.process_time() - began))
"""
"""The first export of a process in which a consultation was planned, with all that is imported."""


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
    for number, line in enumerate(words.splitlines()):
        if top < low:
            canvas.showPage()
            top = height - low
        canvas.setFont("Bold" if number % EVERY == 0 else "Regular", 12)
        canvas.drawString(low, top, line)
        top -= 16
    canvas.save()
    return written.getvalue()


def write_fpdf(words: str) -> object:
    """Write the words with fpdf2."""
    pdf = import_module("fpdf").FPDF(format="A4", unit="pt")
    for name, path in FONTS.items():
        pdf.add_font(name, fname=str(path))
    pdf.add_page()
    for number, line in enumerate(words.splitlines()):
        pdf.set_font("Bold" if number % EVERY == 0 else "Regular", size=12)
        pdf.multi_cell(0, 16, line, new_x="LMARGIN", new_y="NEXT")
    written: object = pdf.output()
    return written


def write_typst(words: str) -> object:
    """Write the words with typst, for reading aloud."""
    typst = import_module("typst")
    lines = words.replace("\\", "").splitlines()
    marked = "".join(c if c.isalnum() or c.isspace() else f"\\{c}" for c in "\n\n".join(lines))
    text = f'#set document(title: "Plan")\n#set text(font: "Source Sans 3", size: 12pt)\n{marked}'
    return typst.compile(
        text.encode(), font_paths=[str(RESOURCES / "fonts")], pdf_standards=["ua-1"]
    )


def write_weasyprint(words: str) -> object:
    """Write the words with WeasyPrint, for reading aloud."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in words.splitlines())
    page = f"<html lang=en><head><title>Plan</title></head><body>{body}</body></html>"
    document = import_module("weasyprint").HTML(string=page)
    written: object = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


ENGINES: dict[str, Callable[[str], object]] = {
    "fpdf2": write_fpdf,
    "typst (UA)": write_typst,
    "WeasyPrint (UA)": write_weasyprint,
}


def measure_first(name: str, times: int = 5) -> float:
    """Return the median time of the first export in a process of its own."""
    path = RESOURCES / "examples" / f"{name}.json"
    command = [sys.executable, "-c", FIRST, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            subprocess.run(
                command, capture_output=True, check=True, text=True, cwd=folder, env=environment
            )
            for _ in range(times)
        ]
    return statistics.median(float(run.stdout) for run in runs)


def compare_engines(rounds: int) -> None:
    """Print what other engines take for the words of one example."""
    program = Program()
    sheet = program.compose(read_example(EXAMPLES[0]), paper="A4", size="standard")
    words = write_text(sheet.handout)
    bare = measure(lambda: write_bare(words), rounds)
    for name, write in ENGINES.items():
        try:
            took = measure(partial(write, words), max(rounds // 8, 3))
        except (ImportError, OSError) as problem:
            print(f"  {name:22} not here: {problem}")
            continue
        print(f"  {name:22} {took:6.1f} ms  {took / bare:5.1f} x")


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
    for name, path in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    for name in EXAMPLES:
        print(f"{name}, first export of a process {measure_first(name):.0f} ms")
        for size in SIZES:
            compare(name, size, chosen.rounds)
    compare_engines(chosen.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
