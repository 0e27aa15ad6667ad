"""Printing the sheet: at its actual size, on both sides of one sheet of paper."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from consult_app.errors import ConsultError
from consult_app.gui.handout.rendering import measure_paper, render_pages
from consult_app.wording import t

PRINT_DPI = 300


def prepare(printer: QPrinter, pdf: bytes) -> None:
    """Ask for the sheet's own paper, the whole of it, and both sides turned on the long edge."""
    size = QPageSize(measure_paper(pdf), QPageSize.Unit.Point)
    printer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page at its actual size, smaller only where the paper is; off the window's thread.

    Raises:
        ConsultError: The printer cannot be written to.
    """
    printer.setFullPage(True)
    pages = render_pages(pdf, PRINT_DPI)
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        pages = [page.convertToFormat(QImage.Format.Format_Grayscale8) for page in pages]
    painter = QPainter()
    if not painter.begin(printer):
        raise ConsultError(
            t("The handout could not be printed"),
            t("Check the printer and print again. The record is not affected."),
        )
    try:
        paper = QRectF(painter.viewport())
        dots = printer.resolution() / PRINT_DPI
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            width, height = page.width() * dots, page.height() * dots
            scale = min(1.0, paper.width() / width, paper.height() / height)
            left = (paper.width() - width * scale) / 2
            painter.drawImage(QRectF(left, 0, width * scale, height * scale), page)
    finally:
        painter.end()
