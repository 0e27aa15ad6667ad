"""The sheet is printed as it is drawn: its size, both sides, every page; and never anew."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from consult_app.app import Program
from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Needs
from consult_app.errors import ConsultError
from consult_app.exchange.casefile import read_case
from consult_app.gui.handout import work as handout_work
from consult_app.gui.handout.forms import NAMES, list_forms
from consult_app.gui.handout.printing import prepare, print_pages
from consult_app.gui.handout.rendering import render_pages
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.visits.handing_over import find_told
from consult_app.paths import find_resources

DPI = 50
pytestmark = pytest.mark.usefixtures("qapp")


def _sign(window: MainWindow, pdf: bytes) -> Consultation:
    """Return a signed sample with its sheet kept."""
    visit = window.desk.sample_visit()
    signed = replace(visit, state="signed", panel="finish", signed_at=window.desk.clock())
    return window.desk.records.sign(signed, pdf, 2)


def _draw(paper: str) -> bytes:
    path = find_resources() / "examples" / "first-visit.json"
    case = read_case(path.read_text(encoding="utf-8"), "handout")
    return Program().compose(case, paper=paper).drawn.pdf  # type: ignore[arg-type] # one of the two


def _render(pdf: bytes) -> tuple[list[Image.Image], list[tuple[float, float]]]:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    sizes = [page.get_size() for page in document]
    document.close()
    return pictures, sizes


def _differ(one: Image.Image, two: Image.Image) -> float:
    """Return how far two pages differ in where their ink lies, coarsely seen."""
    size = (one.width // 5, one.height // 5)
    small = [page.resize(size, Image.Resampling.BOX) for page in (one, two)]
    return ImageStat.Stat(ImageChops.difference(*small)).mean[0]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("mode", [QPrinter.ColorMode.Color, QPrinter.ColorMode.GrayScale])
def test_what_is_printed_is_what_was_drawn(
    paper: str, mode: QPrinter.ColorMode, tmp_path: Path
) -> None:
    """Same paper, same places, no margin of its own: compared picture by picture."""
    pdf, target = _draw(paper), tmp_path / "print.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setColorMode(mode)
    prepare(printer, pdf)
    print_pages(pdf, printer)
    wanted, sizes = _render(pdf)
    printed, printed_sizes = _render(target.read_bytes())

    assert len(printed) == len(wanted) == 2
    for size, other in zip(sizes, printed_sizes, strict=True):
        assert other == pytest.approx(size, abs=1.5)
    for one, two in zip(wanted, printed, strict=True):
        shifted = _differ(one, ImageChops.offset(two, 0, 8))
        assert _differ(one, two) < 4
        assert shifted > 1.5 * _differ(one, two), "a page out of place is seen"
    assert printer.fullPage()


class Asked(QPrinter):
    """A printer that remembers what it was asked for; one that writes a file cannot turn pages."""

    turned: QPrinter.DuplexMode | None = None

    def setDuplex(self, mode: QPrinter.DuplexMode) -> None:  # noqa: N802 - Qt's name
        """Note how pages are to be turned."""
        self.turned = mode


def test_both_sides_are_asked_for_turned_on_the_long_edge() -> None:
    printer = Asked(QPrinter.PrinterMode.HighResolution)
    prepare(printer, _draw("A4"))

    assert printer.turned == QPrinter.DuplexMode.DuplexLongSide


def test_smaller_paper_shrinks_the_page_and_cuts_nothing(tmp_path: Path) -> None:
    pdf, target = _draw("A4"), tmp_path / "print.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    prepare(printer, _draw("Letter"))
    print_pages(pdf, printer)
    (page, _), sizes = _render(target.read_bytes())
    low = page.crop((0, int(page.height * 0.9), page.width, page.height))

    assert sizes[0] == pytest.approx((612, 792), abs=1.5)
    assert low.getextrema()[0] < 128, "the line at the foot is there"  # type: ignore[operator] # grey has one band


def test_grey_preview_has_no_colour_left(window: MainWindow) -> None:
    pages = render_pages(_draw("A4"), 30)
    window.preview.show_sheet(Sheet(pdf=b"", pages=2), pages)
    window.preview.grey.click()
    shown = window.preview.findChildren(type(window.preview.facts))

    assert shown
    assert window.preview.grey.isChecked()
    assert not pages[0].isGrayscale()
    assert "as kept with the signed record" in window.preview.facts.text()


def test_who_needs_large_print_gets_it(window: MainWindow) -> None:
    visit = replace(window.desk.sample_visit(), needs=Needs(large_print=True))

    sheet = window.desk.make_sheet(visit)
    window.preview.show_sheet(sheet, [])

    assert sheet.pages > 2, "in ordinary print it is two pages at most"
    told = f"{sheet.pages} pages · A4, large print · reading grade"
    words = window.preview.facts.text()
    assert words.startswith(told)
    assert words.endswith("(aim: 8 or less)"), "a number alone says neither good nor bad"
    assert sheet.grade is not None
    assert sheet.grade > 4, "no sheet about needles is for the first year of school"
    assert f" {sheet.grade:.1f} by SMOG " in words


def test_a_signed_sheet_is_never_made_anew(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Preview and save give the bytes that were kept, even where no sheet could be made today."""
    kept = b"%PDF-1.7 kept"
    visit = _sign(window, kept)
    assert visit.handout is not None
    assert visit.handout.sha256 == hashlib.sha256(kept).hexdigest()

    def refuse(_: object) -> Sheet:
        raise AssertionError("a kept sheet must not be made anew")

    window.handout.desk = replace(window.handout.desk, make_sheet=refuse)
    window.show_visit(window.desk.records.open_visit(visit.id))
    target = tmp_path / "saved.pdf"
    monkeypatch.setattr(
        "consult_app.gui.handout.work.choose_target",
        lambda _window, _title, _name, _kinds, save: save(target),
    )
    for _ in range(2):
        window.handout.save()
        qtbot.waitUntil(target.exists)
        assert target.read_bytes() == kept
        target.unlink()


@pytest.mark.parametrize("kind", ["treatment", "review", "addendum"])
def test_what_follows_a_consultation_shows_the_sheet_that_was_handed_over(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A sheet made of a review would tell the patient a plan that nobody made."""
    kept, told = b"%PDF-1.7 kept", list[Sheet]()
    monkeypatch.setattr("consult_app.gui.handout.work.render_pages", lambda _pdf, _dots: [])
    window.handout.rendered.disconnect()
    window.handout.rendered.connect(lambda sheet, _pages: told.append(sheet))
    visit = _sign(window, kept)
    later = replace(
        visit,
        id="later",
        kind=kind,  # type: ignore[arg-type] # one of the kinds above
        follows=visit.id,
        state="draft",
        handout=None,
        signed_at=None,
    )
    window.show_visit(later)
    window.run("handout")
    qtbot.waitUntil(lambda: bool(told))

    assert told[0].pdf == kept


def test_without_a_consultation_the_window_says_why_there_is_no_handout(
    window: MainWindow,
) -> None:
    visit = window.desk.sample_visit()
    read = {"v2": replace(visit, id="v2", kind="review", follows=visit.id), visit.id: visit}

    assert find_told(replace(read["v2"], kind="addendum", follows="v2"), read.__getitem__) is visit
    assert find_told(visit, read.__getitem__) is visit
    with pytest.raises(ConsultError, match="no handout of its own"):
        find_told(replace(visit, kind="review", follows=None), read.__getitem__)


def test_a_kept_sheet_is_offered_only_as_it_was_handed_over() -> None:
    assert [*list_forms(Sheet(pdf=b"x", pages=2))] == [".pdf"]
    whole = Sheet(pdf=b"x", pages=2, grade=1.0, text="t", html="h", dates="d")
    assert [*list_forms(whole)] == [*NAMES]


def test_a_sheet_that_changed_after_it_was_printed_is_told(
    window: MainWindow,
) -> None:
    visit = _sign(window, b"%PDF-1.7 kept")
    window.show_visit(window.desk.records.open_visit(visit.id))
    session = window.handout.session
    assert session is not None
    assert visit.handout is not None
    panel = next(iter(window.findChildren(FinishPanel)))
    for given_out, told in ((visit.handout.sha256, False), ("", False), ("other", True)):
        session.given_out = given_out
        panel.show_judgement()
        words = " ".join(label.text() for label in panel.findChildren(type(window.preview.facts)))
        assert ("The handout has changed since it was printed" in words) is told


def test_what_became_of_a_sheet_is_said_where_it_was_asked_for(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(handout_work, "choose_target", lambda *it: it[-1](target))
    window.show_visit(window.desk.sample_visit())
    window.run("panel:finish")
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, FinishPanel)
    assert panel.given.isHidden()

    window.run("save")
    qtbot.waitUntil(lambda: not panel.given.isHidden())

    assert target.exists()
    assert panel.given.text() == f"Saved as sheet.pdf in {tmp_path}."
    assert window.preview.given.text() == panel.given.text()
    window.run("handout")
    qtbot.waitUntil(window.preview.isVisible)
    assert window.preview.given.isHidden(), "a sheet that is seen anew was not saved yet"
