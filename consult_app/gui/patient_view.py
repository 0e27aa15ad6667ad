"""What the patient sees: the words of their own sheet, large, one part after the other.

Nothing else can reach this screen: it shows the sheet as it would be printed, and at the end the
panel on which the patient decides and signs. The record's notes, other patients and the decision
box are not given to it.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from consult_app.gui.commands import with_keys
from consult_app.gui.desk import Desk
from consult_app.gui.panels.agree import AgreePanel, OwnAgreePanel
from consult_app.gui.session import Session
from consult_app.gui.sheet_blocks import is_shown, show_section
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import GUTTER, ScrollPane
from consult_app.gui.widgets.themed import is_mirrored
from consult_app.handout.document import Handout, Row, Section
from consult_app.wording import t

LARGER = 1.5
"""How much larger everything is than in the practitioner's window, where there is room."""
NARROWEST = 520
"""The width that the parts need at a text size of 100 %."""
SIDE_BY_SIDE = 900
WIDEST = 800
"""Beyond this a line of one part is too long to be read; two beside each other take more."""
SETTLE_MS = 400
HARMS = "harms"
BEGINNING = t("One moment.")
WAITING = t("Your plan is not ready yet.")
WAITING_MORE = t("We will look at it together as soon as it is.")


class Slide(QWidget):
    """One part of the sheet: a section, or those that stand side by side on paper.

    Attributes:
        sections: Their ids.
    """

    def __init__(self, theme: Theme, cards: list[Card], sections: tuple[str, ...]) -> None:
        super().__init__()
        self.sections = sections
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._pane = pane = ScrollPane(theme)
        self._count = len(cards)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(theme.px(14))
        for card in cards:
            self._cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        pane.body.addLayout(self._cards)
        pane.body.addStretch(1)
        row.addStretch(1)
        row.addWidget(pane, 100)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards under one another where the width is short, and keep lines readable."""
        super().resizeEvent(event)
        self._pane.setMaximumWidth(self._theme.px(WIDEST * min(self._count, 2)))
        wide = self.width() >= self._theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._cards.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


class PatientView(QWidget):
    """Shows the open consultation to the patient.

    Attributes:
        close_wanted: Back to the practitioner's window.
        at: The place of what is shown, from 0.
    """

    close_wanted = Signal()

    def __init__(
        self, theme: Theme, session: Session, desk: Desk, tasks: Tasks, *, width: int
    ) -> None:
        """Make the view for a place of that width in pixels."""
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(t("For the patient"))
        self._follow_look(theme, width)
        self._session = session
        self._desk = desk
        self._tasks = tasks
        self._told: Handout | None = None
        self._waiting = (BEGINNING, "")
        self._stack = QStackedWidget()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.tell)
        # By a method of its own: Qt lets go of that with the view, of a lambda it would not.
        session.changed.connect(self._wait_for_more)
        self._lay_out()
        self._agree: AgreePanel | None = None
        self._parts: list[tuple[Section, ...]] = []
        self._slides: dict[int, Slide] = {}
        self.at = -1
        self._show_parts([])
        self.tell()

    def _follow_look(self, theme: Theme, width: int) -> None:
        """Have colours like the practitioner's window and larger type."""
        self.theme = Theme(text_percent=_find_percent(theme, width), parent=self)
        self.theme.follow(theme)
        theme.changed.connect(self._take_look)
        self._base = theme

    def fit(self, width: int) -> None:
        """Have type for a place of that width in pixels."""
        self.theme.set_text_percent(_find_percent(self._base, width))

    def _wait_for_more(self, _path: str) -> None:
        self._settle.start()

    def _take_look(self) -> None:
        self.theme.follow(self._base)

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        edge = theme.px(24)
        column.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        column.setSpacing(theme.px(12))
        # The cards end where the scroll bar may stand; so do the lines above and beneath them.
        sides = (GUTTER, 0, 0, 0) if is_mirrored(self) else (0, 0, GUTTER, 0)
        head = QHBoxLayout()
        head.setContentsMargins(*sides)
        clinic = self._desk.settings.practice.clinic_name
        head.addWidget(Label(theme, clinic or t("Your plan"), "section", "text2"), 1)
        self.end = Button(self._base, t("End patient view"), "ghost", "x")
        self.end.setToolTip(with_keys(t("Back to the practitioner's window"), "patient_view"))
        self.end.clicked.connect(self.close_wanted)
        head.addWidget(self.end)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(*sides)
        self.back = Button(theme, t("Back"), "secondary", "chevron-left")
        self.onward = Button(theme, t("Next"), "primary", "chevron-right", trailing=True)
        self.place = Label(theme, "", "label", "text2")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.onward.clicked.connect(lambda: self.turn(1))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.place)
        foot.addStretch(1)
        foot.addWidget(self.onward)
        column.addLayout(foot)

    @property
    def is_told(self) -> bool:
        """Whether the sheet's words are there."""
        return self._told is not None

    @property
    def slide(self) -> QWidget | None:
        """What is shown now."""
        return self._stack.currentWidget()

    @property
    def count(self) -> int:
        """How many parts there are, the patient's own choice among them."""
        return len(self._parts) + 1

    def turn(self, by: int) -> None:
        """Show the part `by` places on (or back); at both ends nothing happens."""
        if 0 <= self.at + by < self.count:
            self.at += by
            self._show_place()

    def tell(self) -> None:
        """Say anew what the sheet says of the consultation as it is now."""
        tell, visit = self._desk.tell_patient, self._session.visit
        self._tasks.run(lambda: tell(visit), self._show_told, self._show_nothing)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Turn with the keys of a book; Escape ends it."""
        key = Qt.Key
        steps = {key.Key_Right: 1, key.Key_PageDown: 1, key.Key_Left: -1, key.Key_PageUp: -1}
        if event.key() == key.Key_Escape:
            self.close_wanted.emit()
        elif event.key() in steps:
            self.turn(steps[key(event.key())])
        else:
            super().keyPressEvent(event)

    def _show_nothing(self, _error: Exception) -> None:
        if shiboken6.isValid(self):
            self._waiting = (WAITING, WAITING_MORE)
            self._show_parts([])

    def _show_told(self, told: Handout) -> None:
        # The view may have been ended while this was being told.
        if not shiboken6.isValid(self) or told == self._told:
            return
        self._told = told
        rows = [row for page in told.pages for row in page.rows]
        parts = [tuple(filter(is_shown, part)) for row in rows for part in _part(row)]
        self._show_parts([part for part in parts if part])

    def _show_parts(self, parts: list[tuple[Section, ...]]) -> None:
        """Show these parts and the patient's own choice behind them, at the place as before."""
        chooses = self.at == len(self._parts)
        for slide in self._slides.values():
            self._stack.removeWidget(slide)
            slide.deleteLater()
        self._slides = {}
        if not parts:
            self._told = None
        self._parts = parts or [()]
        self.at = len(self._parts) if chooses else min(max(self.at, 0), len(self._parts) - 1)
        self._show_place()

    def _find_page(self) -> QWidget:
        """Return what stands at the place, made when it is first turned to."""
        if self.at == len(self._parts):
            if self._agree is None:
                self._agree = OwnAgreePanel(self.theme, self._session, self._desk)
                self._stack.addWidget(self._agree)
            return self._agree
        if self.at not in self._slides:
            sections = self._parts[self.at]
            slide = _make_slide(self.theme, sections) if sections else self._make_waiting()
            self._slides[self.at] = slide
            self._stack.addWidget(slide)
        return self._slides[self.at]

    def _make_waiting(self) -> Slide:
        title, more = self._waiting
        card = Card(self.theme, title)
        if more:
            card.add(Label(self.theme, more, "body", wrap=True))
        return Slide(self.theme, [card], ())

    def _show_place(self) -> None:
        page = self._find_page()
        self._stack.setCurrentWidget(page)
        self.back.setEnabled(self.at > 0)
        self.onward.setEnabled(self.at < self.count - 1)
        known = self._told is not None or self._waiting[0] != BEGINNING
        said = t("{n} of {count}", n=self.at + 1, count=self.count) if known else ""
        self.place.setText(said)
        if page is self._agree:
            self._agree.refresh()
            self._agree.show_lock()
        self._note_harms()
        self.setFocus()

    def _note_harms(self) -> None:
        """Record that the harms were shown, once they are."""
        slide, session = self._stack.currentWidget(), self._session
        seen = isinstance(slide, Slide) and HARMS in slide.sections
        if seen and not session.visit.discussion.risks_shown and not session.locked:
            session.set("discussion.risks_shown", value=True)


def _find_percent(theme: Theme, width: int) -> int:
    return round(min(theme.text_percent * LARGER, 100 * width / NARROWEST))


def _part(row: Row) -> list[tuple[Section, ...]]:
    """Return what is shown together: a row of the sheet, or two at a time of one that flows."""
    if not row.flows:
        return [row.sections]
    return [row.sections[start : start + 2] for start in range(0, len(row.sections), 2)]


def _make_slide(theme: Theme, sections: tuple[Section, ...]) -> Slide:
    cards = [show_section(theme, section) for section in sections]
    return Slide(theme, cards, tuple(section.id for section in sections))
