"""Settings of the patient's sheet: the clinic's logo, its colour and its page in the web."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from consult_app.errors import ConsultError, FileError
from consult_app.files import write_file
from consult_app.gui.files_chosen import choose_file
from consult_app.gui.practice.sheet_colour import ColourField
from consult_app.gui.practice.sheet_seal import CertificateField
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.notice import Notice
from consult_app.handout.clinic_look import ClinicLook, is_page
from consult_app.settings import SheetLook
from consult_app.wording import t

LOGO_FILE = "clinic-logo.png"
PICTURES = t("Pictures (*.png *.jpg *.jpeg *.svg)")
LARGEST = QSize(1000, 350)
"""Pixels of a logo: 120 by 42 points at 600 dots in an inch."""
SHOWN = QSize(240, 84)


def read_look(home: Path, chosen: SheetLook) -> ClinicLook:
    """Return how the sheet is to look.

    Raises:
        FileError: The logo that was chosen is no longer there.
    """
    logo = b""
    if chosen.logo:
        try:
            logo = (home / chosen.logo).read_bytes()
        except OSError as error:
            raise FileError(
                t("The clinic's logo cannot be read"),
                t(
                    "Choose it again in Settings, or take it away. ({reason})",
                    reason=error.strerror,
                ),
            ) from None
    return ClinicLook(
        colour=chosen.colour,
        logo=logo,
        logo_text=chosen.logo_text,
        page=chosen.page,
        grey=chosen.grey,
    )


def read_picture(path: Path) -> bytes:
    """Return a picture as the sheet takes it: PNG on white, no larger than it is printed.

    Raises:
        FileError: It is not a picture that can be read.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        small = size.width() > LARGEST.width() or size.height() > LARGEST.height()
        if small or bytes(reader.format().data()) == b"svg":
            reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull() and _needs_mb(size) > reader.allocationLimit():
        raise FileError(
            t("This picture is too large"),
            t("Make it smaller, such as 2,000 points wide. Nothing was changed."),
        )
    if picture.isNull():
        raise FileError(
            t("This picture cannot be read"),
            t("Choose a PNG, JPEG or SVG file. Nothing was changed."),
        )
    ground = QImage(picture.size(), QImage.Format.Format_RGB32)
    ground.fill(QColor("white"))
    with QPainter(ground) as painter:
        painter.drawImage(0, 0, picture)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    ground.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes, Qt a text
    return bytes(data.data())


def write_page(text: str) -> str:
    """Return the address of a page as it is printed: few people write how it is fetched."""
    text = text.strip()
    return f"https://{text}" if "." in text and "://" not in text else text


def _needs_mb(size: QSize) -> int:
    """Return how many megabytes a picture takes once it is read; an unknown size takes none."""
    return 4 * size.width() * size.height() // 2**20 if size.isValid() else 0


class SheetLookPage(QWidget):
    """Edits how the sheet looks; what was typed is taken when the settings are kept."""

    def __init__(self, theme: Theme, chosen: SheetLook, home: Path) -> None:
        super().__init__()
        self._theme = theme
        self._chosen = chosen
        self._home = home
        self._picture: bytes | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.page = TextField(
            theme,
            t("The clinic's own page (https://...)"),
            help_text=t("The page is printed as a code to scan, with the address beside it."),
        )
        self.colour = ColourField(theme)
        self.grey = Chip(theme, t("Make the handout in black and white"))
        self.grey.setToolTip(t("For a printer without colour; the logo becomes grey too"))
        self.logo_text = TextField(theme, t("What the logo shows, for those who hear the handout"))
        self.certificate = CertificateField(theme, chosen.certificate, home)
        self.shown = QLabel()
        self.refused = Notice(theme, tone="stop", speaks=True, parent=self)
        for field in (self.page, self.colour):
            column.addWidget(field)
        column.addWidget(self.grey, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._make_logo_row())
        column.addWidget(self.refused)
        column.addWidget(self.shown)
        column.addWidget(self.logo_text)
        column.addWidget(self.certificate)
        self._show(chosen)

    def _show(self, chosen: SheetLook) -> None:
        self.page.set_text(chosen.page)
        self.colour.set_text(chosen.colour)
        self.grey.setChecked(chosen.grey)
        self.logo_text.set_text(chosen.logo_text)
        self._show_logo()

    def _make_logo_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.choose = Button(self._theme, t("Choose a logo"), "secondary")
        self.remove = Button(self._theme, t("No logo"), "ghost")
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        return row

    def take_picture(self, path: Path) -> None:
        """Take a picture as the logo.

        Raises:
            FileError: It is not a picture that can be read.
        """
        self._picture = read_picture(path)
        self._chosen = replace(self._chosen, logo=LOGO_FILE)
        self._show_logo()

    def take(self) -> SheetLook:
        """Return what was chosen, with a new logo or certificate kept beside the settings.

        Raises:
            ConsultError: The page or the colour is not one, or the logo cannot be written.
        """
        page = write_page(self.page.text())
        if page and not is_page(page):
            raise ConsultError(
                t("The clinic's own page is not an address"),
                t("Write it whole: https://example.com."),
            )
        colour = self.colour.take()
        if self._picture:
            write_file(self._home / LOGO_FILE, self._picture)
        self.certificate.keep()
        return replace(
            self._chosen,
            page=page,
            colour=colour,
            logo_text=self.logo_text.text().strip(),
            grey=self.grey.isChecked(),
            certificate=self.certificate.chosen,
        )

    def _choose(self) -> None:
        choose_file(self, t("Choose a logo"), PICTURES, self._take)

    def _take(self, path: Path) -> None:
        try:
            self.take_picture(path)
        except FileError as error:
            self.refused.show_text(f"{error.title}. {error.advice}", "stop")

    def _remove(self) -> None:
        self._picture = None
        self._chosen = replace(self._chosen, logo="")
        self._show_logo()

    def _show_logo(self) -> None:
        self.refused.show_text("")
        self.remove.setEnabled(bool(self._chosen.logo))
        picture = QPixmap()
        if self._chosen.logo:
            if self._picture:
                picture.loadFromData(self._picture)
            else:
                picture.load(str(self._home / LOGO_FILE))
        if picture.isNull():
            self.shown.setText(t("No logo: the handout carries a neutral sign."))
            return
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self.shown.setPixmap(picture.scaled(SHOWN, ratio, smooth))
