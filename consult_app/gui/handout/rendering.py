"""Pages of a PDF as pictures, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

POINTS = 72
_one_at_a_time = Lock()
"""PDFium may be called from any thread, but by two at once it ends the program."""


def render_pages(pdf: bytes, dots_per_inch: float) -> list[QImage]:
    """Return the pages of a PDF as pictures."""
    with _open(pdf) as document:
        return [_render(page, dots_per_inch / POINTS) for page in document]


def read_words(pdf: bytes) -> str:
    """Return what stands on the pages of a PDF, without the spaces and the ends of lines."""
    with _open(pdf) as document:
        return "".join("".join(_read(page).split()) for page in document)


def measure_paper(pdf: bytes) -> QSizeF:
    """Return width and height of the first page of a PDF, in points."""
    with _open(pdf) as document:
        return QSizeF(*document.get_page_size(0))


@contextmanager
def _open(pdf: bytes) -> Iterator[PdfDocument]:
    # Loaded behind the first frame; few visits begin with a preview.
    import pypdfium2  # noqa: PLC0415

    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        yield document


def _read(page: PdfPage) -> str:
    words = page.get_textpage()
    text: str = words.get_text_range()
    words.close()
    page.close()
    return text


def _render(page: PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )
    copy = image.copy()  # the bitmap's memory goes with it
    bitmap.close()
    page.close()
    return copy
