"""What a command says: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress

from consult_app.errors import ConsultError, FileError, InputError

DONE, SAID_NO, WRONG = 0, 1, 2
"""Exit codes (interfaces 1)."""

_LONGEST = 500


def complain(error: ConsultError) -> None:
    """Say what is wrong: a line for each fault of what was handed in, else one line in all."""
    if isinstance(error, InputError) and error.details:
        for line in error.details:
            say(line)
        return
    details = f"({'; '.join(error.details)})" if error.details else ""
    say(" ".join(filter(None, (f"{error.title.rstrip('.')}.", error.advice, details))))


def say(line: str) -> None:
    """Write one line for people; standard output belongs to results alone.

    What would break the line or steer a terminal is written as an escape.
    """
    shown = line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."
    if sys.stderr is not None:
        with suppress(OSError):  # there is nowhere left to complain to; the exit code still tells
            sys.stderr.write("".join(map(_show, shown)) + "\n")


def confirm(question: str) -> None:
    """Ask whoever sits at a terminal whether to go on; a script is not asked.

    Raises:
        ConsultError: The answer was not yes.
    """
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return
    sys.stderr.write(f"{question} Type yes to go on: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise ConsultError("Not confirmed.", "Nothing was changed.")


def _show(letter: str) -> str:
    return letter if letter.isprintable() else ascii(letter)[1:-1]


def print_text(text: str) -> None:
    """Write a result.

    Raises:
        BrokenPipeError: Nobody reads it any more.
        FileError: It cannot be written.
    """
    if sys.stdout is None:
        raise FileError("there is no standard output", "Send it to a file or another program.")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python would try again at the end and complain with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise FileError(
            f"standard output: {error.strerror}", "What was printed is not complete."
        ) from None


def print_json(value: object) -> None:
    """Write a result as JSON; raises as `print_text` does."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
