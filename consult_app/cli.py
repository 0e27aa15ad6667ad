"""The commands (interfaces 1). Only the window needs a display and Qt; none needs a network."""

# ruff: noqa: PLC0415 - the window is there before any of what the other commands need is loaded

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from consult_app import __version__
from consult_app.app import Program, open_window
from consult_app.commands.speech import DONE, SAID_NO, WRONG, complain, print_json, print_text, say
from consult_app.errors import (
    ConsultError,
    Fault,
    FileError,
    InputError,
    NoWindowError,
    UnprintableError,
)
from consult_app.files import read_text, write_files

if TYPE_CHECKING:
    from consult_app.exchange.casefile import Case


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the answer is no, 2 wrong input.

    This is one of the four places that may catch every exception: a bug ends in one line with
    the kind of error, never in a traceback that could quote a patient.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a window without a console has neither
            stream.reconfigure(encoding="utf-8")
    _leave_no_core()
    try:
        given = sys.argv[1:] if arguments is None else arguments
        chosen = _parser(given).parse_args(given)
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except ConsultError as error:
        complain(error)
    except BrokenPipeError:
        return WRONG  # the reader went away and wants to hear nothing
    except KeyboardInterrupt:
        say("Stopped. Nothing was written.")
    except Exception as error:  # noqa: BLE001 - see above
        say(f"This should not have happened ({type(error).__name__}). Nothing was written.")
    return WRONG


def _leave_no_core() -> None:
    """Have a crash leave no image of the memory, which holds what patients said."""
    try:
        import resource
    except ImportError:
        return  # Windows, where only an administrator asks for images of programs
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


_Formatter = partial(argparse.HelpFormatter, width=88)


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a call in one line."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - those of argparse
        # Asked for its width, the terminal answers through three modules that unpack archives.
        super().__init__(**{"formatter_class": _Formatter, **options})

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the call.

        Raises:
            ConsultError: Always.
        """
        raise ConsultError(f"{self.prog}: {message}", f"See {self.prog} --help.")


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return what reads a call; of the commands it has the one that is called, or else all.

    Making every parser takes as long as it takes to read a case and screen it.
    """
    parser = _Parser(
        prog="consult-app",
        description="Microneedling consultations with a printed plan for the patient. "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"consult-app {__version__}")
    parser.set_defaults(run=_open_window)
    # Without a name for the program argparse writes the whole usage to find it.
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog=parser.prog)
    called = given[0] if given and given[0] in _COMMANDS else None
    for name, add in _COMMANDS.items():
        if called in {name, None}:
            add(commands)
    return parser


def _add_screen(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    _add_case_command(commands, "screen", "print the screening result as JSON", _screen)


def _add_plan(commands: Any) -> None:  # noqa: ANN401 - as above
    _add_case_command(commands, "plan", "print the resolved plan as JSON", _plan)


def _add_case_command(
    commands: Any,  # noqa: ANN401 - as above
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=purpose,
        description=purpose[0].upper() + purpose[1:] + ".",
        allow_abbrev=False,
    )
    command.add_argument("case", metavar="CASE.json", help="the case file, or - for standard input")
    command.set_defaults(run=partial(_run_at_once, run))
    return command


def _run_at_once(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    """Run a command about one case without looking for garbage.

    That takes a twentieth of the time of a screening and a sixth of that of a sheet, and there is
    an end before there is any.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return run(chosen)
    finally:
        if collects:
            gc.enable()


def _add_handout(commands: Any) -> None:  # noqa: ANN401 - as above
    command = _add_case_command(commands, "handout", "write the patient's handout", _handout)
    command.add_argument("-o", "--output", metavar="OUT.pdf", help="where the PDF goes")
    command.add_argument("--paper", choices=("A4", "Letter"), help="instead of the case's paper")
    command.add_argument("--print", dest="size", choices=("standard", "large"), default="standard")
    command.add_argument("--language", metavar="xx", help="instead of the case's language")
    command.add_argument("--text", action="store_true", help="print the same sheet as plain text")
    command.add_argument(
        "--attach-facts", action="store_true", help="put the facts into the PDF as FHIR (PDF/A-3)"
    )
    command.add_argument("--html", metavar="OUT.html", help="write the same sheet as HTML")
    command.add_argument("--ics", metavar="OUT.ics", help="write the dates as calendar entries")


def _add_content(commands: Any) -> None:  # noqa: ANN401 - as above
    content = commands.add_parser("content", help="check the clinical content or list its sources")
    tasks = content.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = tasks.add_parser("check", help="read the whole content pack and list every fault")
    check.add_argument("folder", metavar="DIR", nargs="?", help="a content folder")
    check.set_defaults(run=_check_content)
    sources = tasks.add_parser("sources", help="print every source")
    sources.set_defaults(run=_list_sources)


def _add_records(commands: Any) -> None:  # noqa: ANN401 - as above
    from consult_app.commands.records import add_records

    add_records(commands)


_COMMANDS: dict[str, Callable[[Any], None]] = {
    "screen": _add_screen,
    "plan": _add_plan,
    "handout": _add_handout,
    "content": _add_content,
    "records": _add_records,
}


def _open_window(_: argparse.Namespace) -> int:
    try:
        return open_window()
    except NoWindowError:
        raise
    except Exception as error:
        # Whoever clicks an icon sees no terminal.
        from consult_app.gui.starting_faults import tell_and_end

        tell_and_end(error)
        raise


def _screen(chosen: argparse.Namespace) -> int:
    return _answer(chosen.case, "screen", lambda program, case: program.screen(case))


def _plan(chosen: argparse.Namespace) -> int:
    return _answer(chosen.case, "plan", lambda program, case: program.plan(case))


def _answer(
    name: str, command: Literal["screen", "plan"], work: Callable[[Program, Case], dict[str, Any]]
) -> int:
    from consult_app.exchange.casefile import read_case

    case = read_case(read_text(name), command)
    answer = work(program := Program(), case)
    _tell_unknown(program, case)
    print_json(answer)
    return DONE


def _tell_unknown(program: Program, case: Case) -> None:
    """Say which codes of the case no rule knows; they change no answer."""
    from consult_app.knowledge.told.unknown_codes import find_unknown_codes

    for found in find_unknown_codes(program.pack, case.facts) if case.facts else ():
        say(found.line)


def _handout(chosen: argparse.Namespace) -> int:
    targets = _find_targets(chosen)
    from consult_app.commands.dates import write_dates
    from consult_app.commands.stopping import stoppable
    from consult_app.composed import attach_facts
    from consult_app.exchange.casefile import TITLE, find_letter, read_case

    case, program = read_case(read_text(chosen.case), "handout"), Program()
    try:
        sheet = program.compose(
            case, language=chosen.language, paper=chosen.paper, size=chosen.size
        )
        if chosen.attach_facts:
            paper = chosen.paper or sheet.locale.paper
            sheet = attach_facts(
                sheet, case, paper=paper, size=chosen.size, resources=program.resources
            )
    except UnprintableError as error:
        problem = f"{error.title} {error.details[0]}".rstrip()
        fault = Fault(find_letter(case, error.letter), problem)
        raise InputError(TITLE, (fault,), error.advice) from None
    text = sheet.write_text() if chosen.text else ""
    outputs = []
    if "pdf" in targets:
        outputs.append((targets["pdf"], sheet.drawn.pdf))
    if "html" in targets:
        outputs.append((targets["html"], sheet.write_html().encode()))
    if "dates" in targets:
        outputs.append((targets["dates"], write_dates(sheet)))
    with stoppable():
        write_files(outputs)
    _tell_unknown(program, case)
    print_text(text)
    return DONE


def _find_targets(chosen: argparse.Namespace) -> dict[str, Path]:
    """Return the files to write.

    Raises:
        FileError: There is nothing to do, or one file would overwrite another.
    """
    named = {"pdf": chosen.output, "html": chosen.html, "dates": chosen.ics}
    targets = {name: Path(target) for name, target in named.items() if target is not None}
    if not targets and not chosen.text:
        raise FileError("handout: say where it goes", "Use -o OUT.pdf, --text, --html or --ics.")
    if "-" in named.values():
        raise FileError("handout: standard output takes --text only", "Give the name of a file.")
    files = [os.path.realpath(target) for target in targets.values()]
    if chosen.case != "-":
        files.append(os.path.realpath(chosen.case))
    if len(set(files)) < len(files):
        raise FileError("handout: one file would overwrite another", "Give different names.")
    return targets


def _check_content(chosen: argparse.Namespace) -> int:
    if chosen.folder is not None and not Path(chosen.folder).is_dir():
        raise FileError(f"{chosen.folder}: not a folder", "Check the name and try again.")
    summary, faults = Program().check_content(Path(chosen.folder) if chosen.folder else None)
    for line in (*faults, summary):
        say(line)
    return SAID_NO if faults else DONE


def _list_sources(_: argparse.Namespace) -> int:
    print_json(Program().sources())
    return DONE
