"""Starting and ending the window."""

from __future__ import annotations

import faulthandler
import importlib
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from consult_app import log
from consult_app.errors import ConsultError
from consult_app.gui import crash
from consult_app.gui.access import Access
from consult_app.gui.collecting import Collector
from consult_app.gui.dialogs import MessageDialog, show_error, show_on_screen
from consult_app.gui.fonts import load_fonts
from consult_app.gui.frame import Frame
from consult_app.gui.single import SingleWindow
from consult_app.gui.theme import Theme
from consult_app.settings import Settings
from consult_app.wording import is_mirrored, t

BEHIND_GATE = (
    "consult_app.knowledge.pack",
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
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - nothing else makes one
    application.setApplicationName("consult-app")
    if is_mirrored():
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    load_fonts(application)
    theme = Theme(settings.screen.theme, settings.screen.text_percent)
    theme.apply(application)
    try:
        handler = log.open_log(home / "logs")
    except OSError as error:
        title = t("The log cannot be written: {reason}", reason=error.strerror)
        advice = t("Choose a folder you may write to with CONSULT_APP_HOME, then start again.")
        return _show_and_end(theme, ConsultError(title, advice))
    single = SingleWindow(home)
    try:
        if not single.take():
            single.show_other()
            return 0
    except ConsultError as error:
        return _show_and_end(theme, error)
    window = Frame(theme, access)
    single.wanted.connect(window.come_forward)
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


def _show_and_end(theme: Theme, error: ConsultError) -> int:
    dialog = show_error(theme, error, None)
    dialog.exec()
    return 2


def _guard(theme: Theme, window: Frame, home: Path) -> None:
    # The file stays open as long as the process lives; it receives stacks without values. Those of
    # earlier stay: whose program ended starts it again at once, and asks about it later.
    faulthandler.enable((home / "logs" / "fault.log").open("a"))
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
