"""The log: what the program did, as codes and ids, never what a patient said.

An event is a code with ids and counts. Unexpected errors are written as type and frames, without
their message and without values, because messages quote what people typed.
"""

from __future__ import annotations

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOGGER = logging.getLogger("consult_app")
FILE_NAME = "consult-app.log"
SIZE = 512 * 1024
KEPT = 3


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on without a line that a full disk does not take; logging would write a traceback."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        Path(self.baseFilename).chmod(0o600)  # one from before may be open to others
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding=self.encoding, line_buffering=True)


def open_log(folder: Path) -> logging.Handler:
    """Start writing the log to `folder` and return the handler, for closing.

    Raises:
        OSError: The folder or file cannot be written.
    """
    for place in (folder.parent, folder):  # those above it that mkdir makes are open to others
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _PrivateFile(folder / FILE_NAME, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    return handler


def note(code: str, **ids: str | float) -> None:
    """Write one event: a code and ids or counts, never free text."""
    LOGGER.info(" ".join([code, *(f"{name}={value}" for name, value in ids.items())]))


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return type and frames of an error: no message, no values, no folders."""
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([kind.__name__, *frames])
