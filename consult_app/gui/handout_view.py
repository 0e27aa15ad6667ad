"""The handout on screen: its pages, reading grade, print and save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from consult_app.gui.panel import swap
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.handout.sheet import Sheet
from consult_app.wording import t, tn

if TYPE_CHECKING:
    from pypdfium2 import PdfPage


def render_pages(pdf: bytes, dots_per_inch: float) -> list[QImage]:
    """Return the pages of a PDF as pictures."""
    # Loaded behind the first frame; few visits begin with a preview.
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_render(page, dots_per_inch / 72) for page in document]
    finally:
        document.close()


def _render(page: PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )
    copy = image.copy()  # the bitmap's memory goes with it
    bitmap.close()
    page.close()
    return copy


class HandoutView(QWidget):
    """Shows the pages of a finished sheet.

    Attributes:
        print_wanted, save_wanted, close_wanted: What was asked for.
    """

    print_wanted = Signal()
    save_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(t("Handout preview"))
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        head = QHBoxLayout()
        self.back = Button(theme, t("Back"), "secondary", "chevron-left")
        self.facts = Label(theme, "", "label", "text2")
        self.grey = Chip(theme, t("In black and white"))
        self.grey.setToolTip(t("See the sheet as a printer without colour prints it"))
        self.grey.clicked.connect(self._show_pages)
        self.save = Button(theme, t("Save"), "secondary", "download")
        self.print = Button(theme, t("Print"), "primary", "printer")
        self.print.setToolTip(t("Print (Ctrl+P)"))
        head.addWidget(self.back)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.grey)
        head.addWidget(self.save)
        head.addWidget(self.print)
        column.addLayout(head)
        self._pane = ScrollPane(theme)
        self._content: QWidget | None = None
        self._pages: list[QImage] = []
        column.addWidget(self._pane, 1)
        self.back.clicked.connect(self.close_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.print.clicked.connect(self.print_wanted)

    def show_sheet(self, sheet: Sheet, pages: list[QImage]) -> None:
        """Show the sheet's pages, rendered for this screen."""
        count = tn("{n} page", "{n} pages", sheet.pages)
        kept = (
            t("as it was handed over")
            if sheet.grade is None
            else t("reading grade {grade}", grade=f"{sheet.grade:.1f}")
        )
        self.facts.setText(f"{count} · {kept}")
        self._pages = pages
        self._show_pages()

    def _show_pages(self) -> None:
        pages = self._pages
        if self.grey.isChecked():
            pages = [page.convertToFormat(QImage.Format.Format_Grayscale8) for page in pages]
        content = QWidget()
        row = QHBoxLayout(content)
        row.setSpacing(self._theme.px(16))
        row.addStretch(1)
        for number, page in enumerate(pages, 1):
            picture = QLabel()
            pixmap = QPixmap.fromImage(page)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            picture.setPixmap(pixmap)
            picture.setAccessibleName(
                t("Page {number} of {count}", number=number, count=len(pages))
            )
            row.addWidget(picture)
        row.addStretch(1)
        self._content = swap(self._pane.body, self._content, content)
