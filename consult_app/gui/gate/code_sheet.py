"""The sheet of paper with the recovery code. It names neither a patient nor the clinic."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from consult_app.gui.fonts import FAMILY
from consult_app.gui.phrases import write_day
from consult_app.wording import t

POINT = 72
MARGIN = 20.0  # millimetres
OPENS = t(
    "It opens the records of this program when the passphrase is forgotten. Type it where the "
    "passphrase is asked for; capitals, spaces and dashes make no difference."
)
KEEP = t(
    "Keep this sheet where you would keep a spare key, away from the computer. Whoever holds it "
    "can read every record. Without it and without the passphrase nobody can."
)
ENDS = t("A new code in the program makes this sheet worthless; then destroy it.")


def write_pdf(code: str, made_on: date, *, paper: str) -> bytes:
    """Return the sheet as a PDF.

    Args:
        code: The recovery code as it is shown.
        made_on: Today.
        paper: "A4" or "Letter".
    """
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setTitle(t("Recovery code"))
    writer.setCreator("")
    size = QPageSize.PageSizeId.Letter if paper == "Letter" else QPageSize.PageSizeId.A4
    writer.setPageSize(QPageSize(size))
    draw_sheet(writer, code, made_on)
    held.close()
    return bytes(held.data().data())


def draw_sheet(device: QPagedPaintDevice, code: str, made_on: date) -> None:
    """Draw the sheet on a printer or into a PDF."""
    device.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    with QPainter(device) as painter:
        unit = painter.device().logicalDpiY() / POINT
        page = QRectF(painter.viewport())
        top = _write(painter, page, 0, t("Recovery code"), 24 * unit, QFont.Weight.DemiBold)
        top = _draw_groups(painter, page, top + 18 * unit, code.split("-"), unit)
        top += 18 * unit
        for paragraph in (OPENS, KEEP, ENDS):
            top = _write(painter, page, top, paragraph, 12 * unit) + 8 * unit
        _write(
            painter, page, top + 8 * unit, t("Made on {day}.", day=write_day(made_on)), 12 * unit
        )


def _draw_groups(
    painter: QPainter, page: QRectF, top: float, groups: list[str], unit: float
) -> float:
    painter.setFont(_font(22 * unit, QFont.Weight.Medium))
    width, height = page.width() / 3, 36 * unit
    for number, group in enumerate(groups):
        cell = QRectF(number % 3 * width, top + number // 3 * height, width, height)
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, group)
    return top + (len(groups) + 2) // 3 * height


def _write(
    painter: QPainter,
    page: QRectF,
    top: float,
    text: str,
    size: float,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> float:
    """Write a paragraph and return where it ends."""
    painter.setFont(_font(size, weight))
    room = QRectF(0, top, page.width(), page.height() - top)
    wrap = Qt.TextFlag.TextWordWrap
    taken = painter.boundingRect(room, wrap, text)
    painter.drawText(room, wrap, text)
    return taken.bottom()


def _font(pixels: float, weight: QFont.Weight) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(round(pixels))
    font.setWeight(weight)
    return font
