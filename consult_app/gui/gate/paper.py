"""Putting the recovery code on paper: a printer, or a PDF to print elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from consult_app.errors import ConsultError
from consult_app.files import write_file
from consult_app.gui.dialogs import put_up
from consult_app.gui.files_chosen import choose_target
from consult_app.gui.gate.code_sheet import draw_sheet, write_pdf
from consult_app.wording import t

FILE_NAME = "recovery-code.pdf"


def print_code(parent: QWidget, code: str, made_on: date) -> None:
    """Send the sheet to a printer chosen in the system's dialog."""
    # Loaded on demand: it costs the start of every visit, and this is done once.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(t("Recovery code"))
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: draw_sheet(printer, code, made_on))
    put_up(dialog)


def save_code(
    parent: QWidget,
    code: str,
    made_on: date,
    *,
    paper: str,
    failed: Callable[[Exception], None],
) -> None:
    """Write the sheet as a PDF to a place chosen in the system's dialog."""

    def save(path: Path) -> None:
        try:
            write_file(path, write_pdf(code, made_on, paper=paper))
        except ConsultError as error:
            failed(error)

    choose_target(parent, t("Save the sheet"), FILE_NAME, t("PDF (*.pdf)"), save)
