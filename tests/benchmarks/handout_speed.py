"""How long the patient's sheet takes, beside a bare canvas that writes the same words.

    python -m tests.benchmarks.handout_speed [--rounds 40]

Every number is the time of the processor, in milliseconds; ratios are what travels from one machine
to another, so everything of a table is done in turn. The bare canvas embeds the same two fonts, but
has no layout, no shaping and no tags. Nothing collects garbage meanwhile, as in the commands and in
a worker of the window.

"Draw again" is what the target of twice the bare canvas is about: a sheet whose words are known.
"The next patient" has the same kind of plan, another name and other dates; that sheet is judged,
composed, fitted and drawn. "The first of a visit" is the same after every word was forgotten, as
they are when a visit is closed.

Other engines write the same words where they are installed (`pip install typst fpdf2 weasyprint`,
which the program itself needs nowhere); those marked UA write a file for reading aloud.
"""

# ruff: noqa: T201 - what it finds out is printed

from __future__ import annotations

import argparse
import gc
import html
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path

from consult_app.app import Program
from consult_app.domain.people import Patient
from consult_app.exchange.casefile import Case, read_case
from consult_app.handout.fonts import forget_texts
from consult_app.handout.pdf import draw
from consult_app.handout.style import Size
from consult_app.handout.text import write_text
from consult_app.paths import find_resources
from consult_app.values import replace
from tests.benchmarks.bare_canvas import EVERY, FONTS, write_bare

RESOURCES = find_resources()
EXAMPLES = ("first-visit", "cold-sores", "deferred")
SIZES: tuple[Size, ...] = ("standard", "large")
FIRST = """
import gc, sys, time
from pathlib import Path
from consult_app.app import Program
from consult_app.exchange.casefile import read_case
gc.disable()
program = Program()
case = read_case(Path(sys.argv[1]).read_text(encoding="utf-8"), "handout")
program.plan(case)
began = time.process_time()
program.compose(case, paper="A4")
print(1000 * (time.process_time() - began))
"""
"""The first export of a process in which a consultation was planned, with all that is imported."""
FIRST_BARE = """
import gc, sys, time
gc.disable()
words = sys.stdin.read()
began = time.process_time()
from tests.benchmarks.bare_canvas import write_bare
write_bare(words)
print(1000 * (time.process_time() - began))
"""


def measure(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each piece of work; they are done in turn, and once before."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            began = time.process_time()
            work()
            if number:
                times[name].append(1000 * (time.process_time() - began))
    return {name: statistics.median(each) for name, each in times.items()}


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


def measure_first(times: int) -> None:
    """Print what the first export takes in processes of their own, the bare canvas beside it.

    The forms that load fast are there, as in a program that was installed.
    """
    Program().compile_content()
    sheet = Program().compose(read_example(EXAMPLES[0]), paper="A4")
    words = write_text(sheet.handout)
    works: dict[str, tuple[str, ...]] = {"bare canvas": ("-c", FIRST_BARE)}
    works |= {name: ("-c", FIRST, str(find_example(name))) for name in EXAMPLES}
    paths = [str(Path(__file__).resolve().parents[2]), *sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    took: dict[str, list[float]] = {name: [] for name in works}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            for name, command in works.items():
                run = subprocess.run(
                    [sys.executable, *command], input=words,
                    capture_output=True, check=True, text=True, cwd=folder, env=environment,
                )  # fmt: skip
                took[name].append(float(run.stdout))
    print("first export of a process, with what it imports")
    tell({name: statistics.median(each) for name, each in took.items()})
    print("the same, the least of them")
    tell({name: min(each) for name, each in took.items()})


def compare_engines(rounds: int) -> None:
    """Print what other engines take for the words of one example."""
    sheet = Program().compose(read_example(EXAMPLES[0]), paper="A4", size="standard")
    words = write_text(sheet.handout)
    works: dict[str, Callable[[], object]] = {
        "bare canvas": partial(write_bare, words),
        "draw again (UA)": partial(draw, sheet.handout, paper="A4", resources=RESOURCES),
    }
    for name, write in ENGINES.items():
        try:
            write(words)
        except (ImportError, OSError) as problem:
            print(f"{name} is not here: {problem}")
        else:
            works[name] = partial(write, words)
    print("the words of one sheet by other engines")
    tell(measure(works, max(rounds // 4, 3)))


def compare(name: str, size: Size, rounds: int) -> None:
    """Print what one example takes."""
    program = Program()
    case = read_example(name)
    sheet = program.compose(case, paper="A4", size=size)
    words = write_text(sheet.handout)
    patients = list_patients(case)

    def make_next() -> None:
        program.compose(next(patients), paper="A4", size=size)

    def make_first() -> None:
        forget_texts()
        make_next()

    print(f"{name}, {size}, {sheet.drawn.pages} pages")
    works: dict[str, Callable[[], object]] = {
        "bare canvas": partial(write_bare, words),
        "draw again": partial(draw, sheet.handout, paper="A4", size=size, resources=RESOURCES),
        "the next patient": make_next,
    }
    tell(measure(works, rounds))
    works = {"bare canvas": works["bare canvas"], "the first of a visit": make_first}
    tell(measure(works, rounds), skip=1)


def tell(took: Mapping[str, float], skip: int = 0) -> None:
    """Print times beside the first of them."""
    bare = next(iter(took.values()))
    for label, each in list(took.items())[skip:]:
        print(f"  {label:22} {each:6.1f} ms  {each / bare:5.2f} x")


def list_patients(case: Case) -> Iterator[Case]:
    """Yield the case for one patient after the other, each a day later than the one before."""
    assert case.plan is not None
    assert case.plan.first_session is not None
    for number in count(1):
        name = f"{'ABCDEFGHIKLMNOPRSTUVW'[number % 21]}nna {'aeiouy'[number % 6] * 2}rsen{number}"
        later = case.plan.first_session + timedelta(days=number)
        yield replace(
            case,
            patient=replace(case.patient or Patient(), name=name),
            plan=replace(case.plan, first_session=later),
        )


def find_example(name: str) -> Path:
    """Return where a shipped example lies."""
    return RESOURCES / "examples" / f"{name}.json"


def read_example(name: str) -> Case:
    """Return a shipped example."""
    return read_case(find_example(name).read_text(encoding="utf-8"), "handout")


def main(arguments: list[str]) -> None:
    """Compare all examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args(arguments)
    gc.disable()
    measure_first(max(chosen.rounds // 8, 3))
    for name in EXAMPLES:
        for size in SIZES:
            compare(name, size, chosen.rounds)
    compare_engines(chosen.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
