"""Starting and ending the window."""

from __future__ import annotations

import errno
import faulthandler
import importlib
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from consult_app import log
from consult_app.display import explain_no_window
from consult_app.errors import ConsultError
from consult_app.gui import crash
from consult_app.gui.access import Access
from consult_app.gui.collecting import Collector
from consult_app.gui.dialogs import MessageDialog, show_on_screen
from consult_app.gui.fonts import load_fonts
from consult_app.gui.frame import Frame
from consult_app.gui.single import SingleWindow
from consult_app.gui.theme import Theme
from consult_app.settings import Settings
from consult_app.wording import is_mirrored, t

BEHIND_GATE = (
    "consult_app.knowledge.pack.pack",
    "consult_app.knowledge.judgement",
    "consult_app.gui.building",
    "consult_app.gui.workspace.workspace",
    "consult_app.gui.main_window",
    "pypdfium2",
    "consult_app.handout.pdf",
)
"""What is needed once the records are open, then what the handout needs."""


def run_window(settings: Settings, access: Access, *, home: Path, secret: str = "") -> int:
    """Show the window until it is closed and return the exit code.

    Args:
        settings: What the practice chose.
        access: Opens the records.
        home: Where the log is kept.
        secret: Opens the records without asking; for scripts and tests.

    Raises:
        ConsultError: The home cannot be used, or another window does not answer.
    """
    application = make_application()
    theme = Theme(settings.screen.theme, settings.screen.text_percent)
    theme.apply(application)
    try:
        handler = log.open_log(home / "logs")
    except OSError as error:
        raise _report_home(home, error) from None
    single = SingleWindow(home)
    if not single.take_over():
        return 0
    window = Frame(theme, access)
    single.wanted.connect(window.come_forward)
    window.closing.connect(single.fall_silent)
    _guard(theme, window, home)
    show_on_screen(window, 1366, 768)
    window.gate.begin(secret)
    QTimer.singleShot(0, window, window.gate.keyring.ask)
    QTimer.singleShot(0, single, single.listen)
    QTimer.singleShot(0, window, window.absence.listen_to_system)
    QTimer.singleShot(0, window, lambda: _warm_up(BEHIND_GATE))
    log.note("window.opened")
    code = application.exec()
    log.note("window.closed")
    single.give_up()
    log.LOGGER.removeHandler(handler)
    handler.close()
    return code


def make_application() -> QApplication:
    """Return the one application of this process, with the program's fonts.

    Where Qt finds nothing to draw on it ends the whole process with a dozen lines and an image of
    the memory; one line and the exit code of wrong input are said instead.
    """
    application = QApplication.instance()
    if application is None:
        said: list[str] = []
        qInstallMessageHandler(lambda kind, _, text: _hear(kind, text, said))
        application = QApplication(sys.argv[:1])
        qInstallMessageHandler(None)
        load_fonts(application)
    assert isinstance(application, QApplication)  # noqa: S101 - nothing else makes one
    application.setApplicationName("consult-app")
    if is_mirrored():
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return application


def _hear(kind: QtMsgType, text: str, said: list[str]) -> None:
    said.append(text)
    if kind == QtMsgType.QtFatalMsg:
        if sys.stderr is not None:
            sys.stderr.write(f"{explain_no_window(said[0])}\n")
            sys.stderr.flush()
        os._exit(2)  # Qt calls abort when this returns


def _report_home(home: Path, error: OSError) -> ConsultError:
    title = t("{folder} cannot be written: {reason}", folder=home, reason=error.strerror)
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    advice = (
        t("Free some space there and start again. Everything that was saved is kept.")
        if full
        else t(
            "Allow this user to write there, or choose another folder with CONSULT_APP_HOME; then "
            "start again. Everything that was saved is kept."
        )
    )
    return ConsultError(title, advice)


def _guard(theme: Theme, window: Frame, home: Path) -> None:
    # The file stays open as long as the process lives; it receives stacks without values. Those of
    # earlier stay: whose program ended starts it again at once, and asks about it later.
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    faulthandler.enable(os.fdopen(os.open(home / "logs" / "fault.log", flags, 0o600), "a"))
    qInstallMessageHandler(_note_qt)

    shown: list[MessageDialog] = []

    def tell(report: str) -> None:
        if shown and shown[0].isVisible():
            return  # a fault that repeats, as while painting, is told once
        dialog = MessageDialog(
            theme,
            t("Something went wrong in the program"),
            t(
                "Your work is kept. Close and open the program before you go on. The details below "
                "hold nothing about a patient."
            ),
            report,
            parent=window,
        )
        shown[:] = [dialog]
        dialog.open()

    Collector(window)
    crash.install_hooks(crash.Reporter(window.keep_draft, tell, window).report)


def _note_qt(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Log that Qt complained and in which category; its words may quote what was typed."""
    level = logging.INFO if kind == QtMsgType.QtInfoMsg else logging.WARNING
    if kind != QtMsgType.QtDebugMsg:
        log.LOGGER.log(level, "qt.%s category=%s", kind.name, context.category)


def _warm_up(modules: tuple[str, ...]) -> None:
    """Load one module after the other while nobody waits; between two the window answers."""
    if modules:
        importlib.import_module(modules[0])
        QTimer.singleShot(0, lambda: _warm_up(modules[1:]))
