"""Ending early and cleanly when somebody asks for it: Ctrl+C, or the signal of a time limit."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from consult_app.commands.speech import say

if TYPE_CHECKING:
    from consult_app.store.watching import Watch

Handler = Callable[[int, FrameType | None], object]

_TERMINAL_SECONDS, _LOG_SECONDS = 0.2, 5.0
"""How long to wait at least before progress is told again."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a request to end, such as a time limit sends, tidy up as Ctrl+C does."""
    with _handling(signal.default_int_handler, signal.SIGTERM):
        yield


@contextmanager
def watching(what: str) -> Iterator[Watch]:
    """Yield a watch for long work: it shows how far it is, and stops where the work allows it.

    Args:
        what: The work, as the line of progress names it.
    """
    from consult_app.store.watching import Watch  # noqa: PLC0415 - only records are long work

    asked = threading.Event()
    line = _Line(what)
    with ExitStack() as ended, _handling(lambda *_: asked.set(), signal.SIGINT, signal.SIGTERM):
        ended.callback(line.clear)
        yield Watch(progress=line.show, is_stopped=asked.is_set)


class _Line:
    """Progress on standard error: one line rewritten on a terminal, a new one seldom in a log."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = ""
        self._at = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Show how much is done."""
        terminal = sys.stderr is not None and sys.stderr.isatty()
        now = time.monotonic()
        if now - self._at < (_TERMINAL_SECONDS if terminal else _LOG_SECONDS):
            return
        self._at = now
        text = f"{self._what}: {100 * done // max(total, 1)} %"
        if terminal:
            self._rewrite(text)
        else:
            say(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._rewrite("")

    def _rewrite(self, text: str) -> None:
        with suppress(OSError):  # progress is no result
            sys.stderr.write(f"\r{' ' * len(self._shown)}\r{text}")
            sys.stderr.flush()
        self._shown = text


@contextmanager
def _handling(handler: Handler, *numbers: signal.Signals) -> Iterator[None]:
    with ExitStack() as undo:
        if threading.current_thread() is threading.main_thread():  # others cannot be asked
            for number in numbers:
                undo.callback(signal.signal, number, signal.signal(number, handler))
        yield
