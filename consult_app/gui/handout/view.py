"""The handout on screen: its pages, reading grade, print and save."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from consult_app.gui.commands import with_keys
from consult_app.gui.panel import swap
from consult_app.gui.phrases import write_day
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import GUTTER, ScrollPane
from consult_app.handout.sheet import Sheet
from consult_app.wording import t, tn

PAGE_WIDTH, LEGIBLE = 794, 480
"""A page as wide as on paper, at 96 dots to an inch; and the least at which it can be read.

On a large screen it grows until it is as high as there is room, or the dots it has are used up.
"""
EDGE, GAP, BETWEEN = 20, 16, 12
FACTS = 220
"""Room that is needed beside the buttons to say what the sheet is."""
GRADE = t(
    "The years of school that it takes to read it, from how many words of three syllables or more "
    "its sentences have. Names, dates and the patient's own words are left out. It does not tell "
    "whether the sheet was understood."
)

LARGER = t(
    "See, print and save it in large print, made anew from the signed record. The handout kept "
    "with it stays as it is."
)
FOR_DAY = t(
    "Made for the treatment of {day}: its dates count from then. It takes the place of the one "
    "kept before, and is kept with this record when it is signed."
)

OLD = t("The settings changed. These pages are as they were before; open the handout again.")


class HandoutView(QWidget):
    """Shows the pages of a finished sheet.

    Attributes:
        print_wanted, save_wanted, close_wanted: What was asked for.
        other_wanted: The other sheet of this visit is to be shown.
        larger_wanted: The sheet that was kept is to be in large print; carries whether, or no more.
    """

    print_wanted = Signal()
    save_wanted = Signal()
    close_wanted = Signal()
    other_wanted = Signal()
    larger_wanted = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(t("Handout preview"))
        self._theme = theme
        column = QVBoxLayout(self)
        edge = theme.px(EDGE)
        column.setContentsMargins(edge, theme.px(12), edge, theme.px(12))
        self._add_head(column)
        self._add_notices(column)
        self._pane = ScrollPane(theme)
        self._pane.let_read(t("Handout preview"))
        self._content: QWidget | None = None
        self._pages: list[QImage] = []
        self._measured = (0, 0)
        column.addWidget(self._pane, 1)
        self.back.clicked.connect(self.close_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.print.clicked.connect(self.print_wanted)

    def _add_head(self, column: QVBoxLayout) -> None:
        self.back = Button(self._theme, t("Back"), "secondary", "chevron-left")
        self.facts = Label(self._theme, "", "label", "text2", wrap=True)
        self.facts.setToolTip(GRADE)
        self.larger = Chip(self._theme, t("Large print"))
        self.larger.setToolTip(LARGER)
        self.larger.clicked.connect(self.larger_wanted)
        self.larger.hide()
        self.grey = Chip(self._theme, t("Black and white"))
        self.grey.setToolTip(t("See the handout as a printer without colour prints it"))
        self.grey.clicked.connect(self._show_pages)
        self.save = Button(self._theme, t("Save"), "secondary", "download")
        self.print = Button(self._theme, t("Print"), "primary", "printer")
        self.print.setToolTip(with_keys(t("Print"), "print"))
        self._head, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._head, self._below):
            row.setSpacing(self._theme.px(BETWEEN))
            column.addLayout(row)
        for part in (self.back, self.save, self.print):
            self._head.addWidget(part)
        self._head.insertStretch(1)
        self._is_narrow: bool | None = None
        self._place_facts()

    def _place_facts(self) -> None:
        """Have what the sheet is, and how it is seen, stand below where there is no room beside."""
        chips, handed = (self.larger, self.grey), (self.save, self.print)
        there = (self.back, *chips[not self.larger.isVisibleTo(self) :], *handed)
        beside = [it.sizeHint().width() for it in there]
        taken = sum(beside) + len(beside) * self._theme.px(BETWEEN) + 2 * self._theme.px(EDGE)
        narrow = self.width() - taken < self._theme.px(FACTS)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        row, first = (self._below, 0) if narrow else (self._head, 1)
        for place, part in enumerate((self.facts, self.larger, self.grey), first):
            row.insertWidget(place, part, part is self.facts)
        order = (self.back, *handed, *chips) if narrow else (self.back, *chips, *handed)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _add_notices(self, column: QVBoxLayout) -> None:
        self.moved = Notice(self._theme, "", "stop", parent=self)
        self.moved.set_dismissible(on=False)
        self.moved.acted.connect(self.other_wanted)
        self.given = Notice(self._theme, "", "ok", speaks=True, parent=self)
        self.unprinted = Notice(self._theme, "", "warn", parent=self)
        for notice in (self.moved, self.given, self.unprinted):
            column.addWidget(notice)

    def show_sheet(self, sheet: Sheet, pages: list[QImage], unprinted: str = "") -> None:
        """Show the sheet's pages, rendered with more dots than this screen has.

        What is not on it, though it was meant to be, is said above them.
        """
        count = tn("{n} page", "{n} pages", sheet.pages)
        kept = (
            _tell_kept(sheet)
            if sheet.grade is None or sheet.enlarged
            else t("reading grade {grade} by SMOG (aim: 8 or less)", grade=f"{sheet.grade:.1f}")
        )
        size = t("large print") if sheet.large else t("ordinary print")
        drawn = (f"{sheet.paper}, {size}",) if sheet.paper else ()
        self.facts.setText(" · ".join((count, *drawn, kept)))
        self._pages = pages
        self.given.show_text("")
        self.unprinted.show_text(unprinted)
        self._tell_day(sheet)
        self.larger.setVisible(sheet.can_enlarge)
        self.larger.setChecked(sheet.enlarged)
        self._place_facts()
        self._show_pages()

    def say_old(self) -> None:
        """Say that it is the sheet of other settings, until the one by those of now is shown."""
        self.unprinted.show_text(OLD)

    def show_given(self, told: str) -> None:
        """Say what became of the sheet; what that says is missing is not said twice."""
        self.given.show_text(told)
        if self.unprinted.text() in told:
            self.unprinted.show_text("")

    def _tell_day(self, sheet: Sheet) -> None:
        """Say which of two sheets it is, or what on it no longer holds."""
        if sheet.of_day is None:
            self.moved.set_action(t("See the one for this day") if sheet.other else "")
            self.moved.show_text(sheet.moved, "stop")
        else:
            self.moved.set_action(t("See the one kept before"))
            self.moved.show_text(FOR_DAY.format(day=write_day(sheet.of_day)), "info")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Escape lead back, as out of everything that stands over the panels.

        The pages are scrolled from every button.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        elif not self._pane.scroll_by_key(event.key()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the pages as large as they now can be seen whole."""
        super().resizeEvent(event)
        self._place_facts()
        if self._pages and self._measure() != self._measured:
            self._show_pages()

    def _measure(self) -> tuple[int, int]:
        """Return how many pages stand side by side, and how wide one is."""
        bar = self._pane.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * self._theme.px(EDGE) - GUTTER - bar
        half = (room - self._theme.px(GAP)) // 2
        if not self._pages:
            return 1, min(room, PAGE_WIDTH)
        page, seen = self._pages[0], self.height() - self._pane.y()
        shape, dots = page.width() / page.height(), page.width() / self.devicePixelRatioF()
        widest = max(PAGE_WIDTH, round(min(seen * shape, dots)))
        one_above_another = seen / 2 * shape
        if len(self._pages) > 1 and half >= max(LEGIBLE, one_above_another):
            return 2, min(half, widest)
        return 1, min(room, widest)

    def _show_pages(self) -> None:
        pages, ratio = self._pages, self.devicePixelRatioF()
        self._measured = beside, width = self._measure()
        if self.grey.isChecked():
            pages = [page.convertToFormat(QImage.Format.Format_Grayscale8) for page in pages]
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._theme.px(GAP))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(beside + 1, 1)
        smooth = Qt.TransformationMode.SmoothTransformation
        for number, page in enumerate(pages):
            picture = QLabel()
            pixmap = QPixmap.fromImage(page.scaledToWidth(round(width * ratio), smooth))
            pixmap.setDevicePixelRatio(ratio)
            picture.setPixmap(pixmap)
            name = t("Page {number} of {count}", number=number + 1, count=len(pages))
            picture.setAccessibleName(name)
            grid.addWidget(picture, number // beside, 1 + number % beside)
        self._content = swap(self._pane.body, self._content, content)


def _tell_kept(sheet: Sheet) -> str:
    """Return that it is the one that was kept, or made anew of it, and of which day."""
    if sheet.handed_on is None:
        return t("as kept with the signed record")
    day = write_day(sheet.handed_on)
    if sheet.enlarged:
        return t("made anew from the record signed on {day}; the one kept stays as it is", day=day)
    return t("as kept with the record signed on {day}", day=day)
