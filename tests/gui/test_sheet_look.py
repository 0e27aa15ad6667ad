"""A clinic chooses its logo, colour and page in Settings, and the sheet carries them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from consult_app.errors import FileError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.practice.sheet_colour import COLOURS, OWN
from consult_app.gui.practice.sheet_look import LARGEST, LOGO_FILE, read_look, read_picture
from consult_app.handout.palette import GREYS, darken
from consult_app.handout.pen import paint_with
from consult_app.handout.style import BRAND, RED
from consult_app.settings import SheetLook, read_settings

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="4">'
    '<rect width="6" height="4" fill="#c03"/></svg>'
)


def _pack(chunk: bytes) -> bytes:
    """Return a part of a PNG with its length before and its check sum behind."""
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.fixture
def sheet(window: MainWindow) -> PracticeSheet:
    """The settings, on the page of the sheet."""
    window.start.settings_wanted.emit()
    found = [each for each in window.findChildren(PracticeSheet) if each.isVisible()][-1]
    found.show_page("sheet")
    return found


@pytest.mark.parametrize("name", ["logo.svg", "logo.jpg", "logo.png"])
def test_every_kind_of_picture_becomes_one_on_white(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "logo.svg":
        path.write_text(SVG)
    else:
        picture = QImage(1200, 400, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        for x in range(600):
            for y in range(0, 400, 10):
                picture.setPixelColor(x, y, QColor("#cc0033"))
        picture.save(str(path))
    read = QImage.fromData(read_picture(path))

    assert read.width() <= LARGEST.width()
    assert read.height() <= LARGEST.height()
    assert read.width() == pytest.approx(3 * read.height(), abs=3)
    assert QColor(read.pixel(read.width() - 2, 2)).lightness() > 240
    if name == "logo.svg":
        assert read.width() > 900, "a drawing is as sharp as the print"
        assert QColor(read.pixel(2, 2)).red() > 180


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_text("not a picture")

    with pytest.raises(FileError, match="cannot be read"):
        read_picture(path)


@pytest.mark.qt_log_ignore("exceeds the current allocation limit", extend=True)
def test_a_picture_that_takes_too_much_memory_is_said_to_be_too_large(tmp_path: Path) -> None:
    """It is a picture all the same, and another kind of file would not help."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(60_001))
    path = tmp_path / "logo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _pack(head) + _pack(body) + _pack(b"IEND"))

    with pytest.raises(FileError, match="too large"):
        read_picture(path)


def test_a_picture_that_is_refused_leaves_the_logo_in_sight(
    sheet: PracticeSheet, tmp_path: Path
) -> None:
    page = sheet.sheet
    (tmp_path / "mine.svg").write_text(SVG)
    (tmp_path / "broken.png").write_text("not a picture")
    page.take_picture(tmp_path / "mine.svg")

    page._take(tmp_path / "broken.png")

    assert page.refused.text().startswith("This picture cannot be read.")
    assert page.refused.isVisible()
    assert not page.shown.pixmap().isNull()
    page.take_picture(tmp_path / "mine.svg")
    assert not page.refused.isVisible()


def test_what_is_chosen_is_kept_and_stands_on_the_sheet(
    window: MainWindow, sheet: PracticeSheet, tmp_path: Path
) -> None:
    (tmp_path / "mine.svg").write_text(SVG)
    sheet.sheet.take_picture(tmp_path / "mine.svg")
    sheet.sheet.page.set_text("https://harbour.example")
    sheet.sheet.colour.set_text("#E0559A")
    sheet.sheet.logo_text.set_text("A red bar")
    sheet.sheet.grey.click()
    sheet._keep()
    chosen = SheetLook(
        page="https://harbour.example",
        colour="#E0559A",
        logo=LOGO_FILE,
        logo_text="A red bar",
        grey=True,
    )

    assert read_settings(window.desk.home).sheet == chosen
    assert window.desk.settings.sheet == chosen
    made = window.desk.make_sheet(window.desk.sample_visit())
    assert "https://harbour.example" in made.text
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert "/Logo" in pdf.pages[0].Resources.XObject
        painted = pdf.pages[0].Contents.read_bytes()
    assert paint_with(RED).encode() not in painted, "what tells danger is black"
    assert paint_with(GREYS[RED]).encode() in painted


@pytest.mark.parametrize(("field", "text"), [("page", "harbour"), ("colour", "pink")])
def test_what_cannot_be_used_is_said_and_nothing_is_kept(
    window: MainWindow, sheet: PracticeSheet, field: str, text: str
) -> None:
    getattr(sheet.sheet, field).set_text(text)
    sheet.show_page("practice")
    sheet._keep()

    assert sheet.isVisible()
    assert sheet.notice.isVisible()
    assert getattr(sheet.sheet, field).isVisible(), "its page is shown, whichever was"
    assert window.desk.settings.sheet == SheetLook()


def test_the_address_of_a_page_is_completed(window: MainWindow, sheet: PracticeSheet) -> None:
    sheet.sheet.page.set_text(" www.harbour.example ")
    sheet._keep()

    assert window.desk.settings.sheet.page == "https://www.harbour.example"


def test_a_logo_that_went_missing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="logo cannot be read") as caught:
        read_look(tmp_path, SheetLook(logo=LOGO_FILE))
    assert "Settings" in caught.value.advice


def test_a_logo_is_taken_away_only_where_there_is_one(sheet: PracticeSheet, tmp_path: Path) -> None:
    page = sheet.sheet
    assert not page.remove.isEnabled()

    (tmp_path / "mine.svg").write_text(SVG)
    page.take_picture(tmp_path / "mine.svg")
    assert page.remove.isEnabled()

    page.remove.click()
    assert not page.remove.isEnabled()


def test_a_colour_is_chosen_from_a_few_or_typed(sheet: PracticeSheet) -> None:
    field = sheet.sheet.colour
    assert (field.take(), field.choices.value()) == ("", OWN), "the program's, until one is chosen"

    field.choices.cell("#6B2F6E").click()
    assert sheet.sheet.take().colour == "#6B2F6E"
    field.typed.control.setFocus()
    field.typed.line.clear()
    QTest.keyClicks(field.typed.control, "#1f4e8c")
    assert field.choices.value() == "#1F4E8C", "typed or chosen, it is the same"
    field.set_text("#E0559A")
    assert (field.choices.value(), field.name.text()) == ("", "Colour of the handout: another")
    assert field.swatch.accessibleName() == f"Printed as {darken('#E0559A')}"
    field.choices.cell(OWN).click()
    assert sheet.sheet.take().colour == ""


def test_every_colour_offered_is_printed_as_it_is_shown() -> None:
    for option in COLOURS:
        assert darken(option.swatch) == option.swatch
    assert COLOURS[0].swatch == BRAND
