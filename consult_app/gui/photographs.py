"""Photographs on their way into the record: read, made small enough, and nothing but the picture.

A camera writes where, when and with what into its files; none of that is kept.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from consult_app.errors import Fault, InputError
from consult_app.wording import t

LONGEST = 2400
"""Points along the longer side at most: more than any screen shows of half a comparison."""
QUALITY = 90


def read_photograph(path: Path) -> bytes:
    """Return the picture in a file as JPEG, turned the right way up.

    Raises:
        InputError: It is no picture that can be read.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LONGEST:
        # Made small as it is read: whole, the picture of a telephone takes more than Qt allows.
        reader.setScaledSize(size.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        fault = Fault(t("the file"), t("no picture that can be read"))
        advice = t("Nothing was kept. Save it as JPEG or PNG and try again.")
        raise InputError(t("This photograph cannot be taken in"), (fault,), advice)
    size = image.size()
    if max(size.width(), size.height()) > LONGEST:
        size = size.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio)
    # Painted anew, so that nothing comes along but the points.
    plain = QImage(size, QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    with QPainter(plain) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plain.rect(), image)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(QUALITY)
    writer.write(plain)
    return bytes(kept.data())


def show_photograph(data: bytes, room: QSize) -> QImage:
    """Return a kept picture, as large as it fits into a room in device pixels."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setScaledSize(reader.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
