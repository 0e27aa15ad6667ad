"""The commands (interfaces 1). Only the window needs a display and Qt; none needs a network."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from consult_app import __version__
from consult_app.app import Program, open_window
from consult_app.errors import ConsultError, FileError
from consult_app.exchange.casefile import read_case
from consult_app.files import read_text, write_files

DONE, SAID_NO, WRONG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the answer is no, 2 wrong input.

    This is one of the three places that may catch every exception: a bug ends in one line with
    the kind of error, never in a traceback that could quote a patient.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a window without a console has neither
            stream.reconfigure(encoding="utf-8")
    chosen = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except ConsultError as error:
        _complain(error)
        return WRONG
    except BrokenPipeError:
        # The reader went away; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except KeyboardInterrupt:
        _say("Stopped. Nothing was written.")
        return WRONG
    except Exception as error:  # noqa: BLE001 - see above
        _say(f"This should not have happened ({type(error).__name__}). Nothing was written.")
        return WRONG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="consult-app",
        description="Microneedling consultations with a printed plan for the patient. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"consult-app {__version__}")
    parser.set_defaults(run=_open_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_case_command(commands, "screen", "print the screening result as JSON", _screen)
    _add_case_command(commands, "plan", "print the resolved plan as JSON", _plan)
    _add_handout(_add_case_command(commands, "handout", "write the patient's handout", _handout))
    _add_content(commands)
    return parser


def _add_case_command(
    commands: Any,  # noqa: ANN401 - argparse keeps the type of its sub-commands to itself
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=purpose[0].upper() + purpose[1:] + "."
    )
    command.add_argument("case", metavar="CASE.json", help="the case file, or - to read it")
    command.set_defaults(run=run)
    return command


def _add_handout(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="OUT.pdf", help="where the PDF goes")
    command.add_argument("--paper", choices=("A4", "Letter"), help="instead of the case's paper")
    command.add_argument("--print", dest="size", choices=("standard", "large"), default="standard")
    command.add_argument("--language", metavar="xx", help="instead of the case's language")
    command.add_argument("--text", action="store_true", help="print the same sheet as plain text")
    command.add_argument("--ics", metavar="OUT.ics", help="write the dates as calendar entries")


def _add_content(commands: Any) -> None:  # noqa: ANN401 - as above
    content = commands.add_parser("content", help="check the clinical content or list its sources")
    tasks = content.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = tasks.add_parser("check", help="read the whole content pack and list every fault")
    check.add_argument("folder", metavar="DIR", nargs="?", help="a content folder")
    check.set_defaults(run=_check_content)
    sources = tasks.add_parser("sources", help="print every source")
    sources.set_defaults(run=_list_sources)


def _complain(error: ConsultError) -> None:
    for line in error.details or (f"{error.title}. {error.advice}".strip(),):
        _say(line)


def _say(line: str) -> None:
    """Write one line for people; standard output belongs to results alone."""
    sys.stderr.write(line + "\n")


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _open_window(_: argparse.Namespace) -> int:
    return open_window()


def _screen(chosen: argparse.Namespace) -> int:
    case = read_case(read_text(chosen.case), "screen")
    _print_json(Program().screen(case))
    return DONE


def _plan(chosen: argparse.Namespace) -> int:
    case = read_case(read_text(chosen.case), "plan")
    _print_json(Program().plan(case))
    return DONE


def _handout(chosen: argparse.Namespace) -> int:
    if not (chosen.output or chosen.text or chosen.ics):
        raise FileError("handout: say where it goes", "Use -o OUT.pdf, --text or --ics OUT.ics.")
    case = read_case(read_text(chosen.case), "handout")
    program = Program()
    sheet = program.compose(case, language=chosen.language)
    outputs = []
    if chosen.output:
        drawn = program.draw(sheet, paper=chosen.paper, size=chosen.size)
        outputs.append((Path(chosen.output), drawn.pdf))
    if chosen.ics:
        outputs.append((Path(chosen.ics), program.write_dates(sheet).encode()))
    write_files(outputs)
    if chosen.text:
        _print(program.write_text(sheet))
    return DONE


def _check_content(chosen: argparse.Namespace) -> int:
    summary, faults = Program().check_content(Path(chosen.folder) if chosen.folder else None)
    for line in (*faults, summary):
        _say(line)
    return SAID_NO if faults else DONE


def _list_sources(_: argparse.Namespace) -> int:
    _print("".join(f"{line}\n" for line in Program().list_sources()))
    return DONE
