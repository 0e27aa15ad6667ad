"""The gate every sheet must pass: veraPDF, page-validation, outloud and qpdf.

The first three run in one process of their own for the whole session (`validators_engine.py`). If
one of them cannot be had, every test that asks the gate fails and says which and why. Where there
is no Java, `CONSULT_APP_NO_JAVA=1` leaves veraPDF out; nothing else does.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest

NO_JAVA = "CONSULT_APP_NO_JAVA"
HAS_JAVA = os.environ.get(NO_JAVA) != "1"
ENGINE = Path(__file__).with_name("validators_engine.py")


class Gate:
    """The validators, started once.

    Attributes:
        problem: Why they cannot be had, or nothing.
    """

    def __init__(self) -> None:
        self._worker = subprocess.Popen(
            [sys.executable, str(ENGINE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.close)
        first = self._listen()
        self.problem = "" if first == "ready" else str(first)

    def judge(self, path: Path) -> list[str]:
        """Return the faults of a file, each with who found it and where."""
        if self.problem:
            pytest.fail(f"the sheet cannot be validated: {self.problem}")
        assert self._worker.stdin
        self._worker.stdin.write(f"{path}\n")
        self._worker.stdin.flush()
        faults = self._listen()
        assert isinstance(faults, list), faults
        return [str(fault) for fault in faults]

    def close(self) -> None:
        """End the process that judges."""
        self._worker.communicate()

    def _listen(self) -> object:
        assert self._worker.stdout
        line = self._worker.stdout.readline()
        if not line:
            return "the process that judges has ended, see what it wrote to stderr"
        answer: object = json.loads(line)
        return answer


@lru_cache(maxsize=1)
def open_gate() -> Gate:
    """Return the gate of this session."""
    return Gate()


MANY_FORMS = "outloud TXT-004"
"""outloud wonders when several shapes stand for one letter, as in every Arabic or Hindi text."""

MARKS_ARE_NO_LETTERS = "outloud FIG-012"
"""outloud counts the vowels of Hindi, which are marks, as no letters, and so no language."""


def find_faults(pdf: bytes, *, skip: tuple[str, ...] = ()) -> list[str]:
    """Return what is wrong with a file; an empty list for PDF/UA-1 and PDF/A-2a at once.

    Args:
        pdf: The file.
        skip: False alarms that the script of the file causes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        problems = [*opened.check_pdf_syntax(), *opened.get_warnings()]
        faults = [f"qpdf: {problem}" for problem in problems]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(pdf)
        faults += open_gate().judge(path)
    return [fault for fault in faults if not fault.startswith(skip or ("no fault",))]
