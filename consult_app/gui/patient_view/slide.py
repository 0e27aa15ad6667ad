"""What the patient's screen shows at a time: one part of the sheet, or a few words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from consult_app.gui.patient_view.blocks import is_shown, show_section
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.handout.document import Calendar, Figure, Handout, Row, Section, Table

LARGER = 1.5
"""How much larger everything is than in the practitioner's window, where there is room."""
STEPS = (1.5, 2.0, 2.5, 3.0)
"""How much larger, the larger the screen; few, because each other size is built anew."""
ROOM, TALL = 1100, 620
"""The width and height that have to be left at 100 % for type larger than `LARGER`."""
NARROWEST = 520
"""The width that the parts need at a text size of 100 %."""
LOWEST = 380
"""The height that leaves most of the screen to what is read, between the top and the buttons."""
SIDE_BY_SIDE = 900
WIDEST = 570
"""Beyond this a line of one part, of some 75 letters, is too long to be read."""
BROADEST = 800
"""The same for a part with columns, whose lines are shorter."""
COLUMNS = (Calendar, Figure, Table)


class Slide(QWidget):
    """One part of the sheet: a section, or those that stand side by side on paper.

    Attributes:
        sections: Their ids.
        pane: What scrolls where they are longer than the screen.
    """

    def __init__(
        self, theme: Theme, cards: list[Card], sections: tuple[str, ...], widest: int = WIDEST
    ) -> None:
        super().__init__()
        self.sections = sections
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.pane = pane = ScrollPane(theme)
        self._count, self._widest = len(cards), theme.px(widest)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(theme.px(14))
        widen_cards(theme, cards)
        for card in cards:
            self._cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        pane.body.addLayout(self._cards)
        pane.body.addStretch(1)
        row.addStretch(1)
        row.addWidget(pane, 100)
        row.addStretch(1)

    @property
    def is_read(self) -> bool:
        """Whether its end is in sight; asked of what it holds, which may yet be laid out."""
        seen, inside = self.pane.viewport(), self.pane.body.parentWidget()
        down = self.pane.verticalScrollBar().value() + seen.height()
        return (
            self.isVisible()
            and inside is not None
            and (inside.heightForWidth(seen.width()) <= down)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards under one another where the width is short, and keep lines readable."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._cards.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.pane.setMaximumWidth(self._widest * (min(self._count, 2) if wide else 1))


def widen_cards(theme: Theme, cards: Iterable[Card]) -> None:
    """Give the cards the room that goes with type larger than on a usual screen."""
    times = max(1.0, theme.scale / LARGER)
    for card in cards:
        card.set_room(times)


def make_slide(theme: Theme, sections: tuple[Section, ...]) -> Slide:
    """Return what shows these sections beside each other."""
    cards = [show_section(theme, section) for section in sections]
    columns = any(isinstance(it, COLUMNS) for section in sections for it in section.blocks)
    names = tuple(section.id for section in sections)
    return Slide(theme, cards, names, BROADEST if columns else WIDEST)


def list_parts(told: Handout) -> list[tuple[Section, ...]]:
    """Return the sheet part by part, without what is for paper alone."""
    rows = [row for page in told.pages for row in page.rows]
    parts = [tuple(filter(is_shown, part)) for row in rows for part in _part_row(row)]
    return [part for part in parts if part]


def _part_row(row: Row) -> list[tuple[Section, ...]]:
    """Return what is shown together: a row of the sheet, or two at a time of one that flows."""
    if not row.flows:
        return [row.sections]
    return [row.sections[start : start + 2] for start in range(0, len(row.sections), 2)]


def make_words(theme: Theme, title: str, more: str = "") -> Slide:
    """Return a few words where no part of the sheet stands."""
    card = Card(theme, title)
    if more:
        card.add(Label(theme, more, "body", wrap=True))
    return Slide(theme, [card], ())


def find_percent(theme: Theme, width: int, height: int) -> int:
    """Return the text size for a place of that size in pixels."""
    usual = theme.text_percent
    fits = min(width / ROOM, height / TALL) * 100
    large = max((usual * it for it in STEPS if usual * it <= fits), default=0)
    low = max(usual, 100 * height / LOWEST)
    return round(max(large, min(usual * LARGER, 100 * width / NARROWEST, low)))
