"""What the patient sees: the words of their own sheet, large, one part after the other.

Nothing else can reach this screen: it shows the sheet as it would be printed, and at the end the
panel on which the patient decides and signs. The record's notes, other patients and the decision
box are not given to it.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.desk import Desk
from consult_app.gui.handout.meanwhile import as_said
from consult_app.gui.handout.of_view import tell_visit
from consult_app.gui.panel import swap
from consult_app.gui.patient_view.choice import OwnAgreePanel, make_choice
from consult_app.gui.patient_view.harms import HARMS, find_harms, tell_unread
from consult_app.gui.patient_view.keys import ENTERS, READS, Foot, Head, follow_page
from consult_app.gui.patient_view.places import Begin, Slides
from consult_app.gui.patient_view.slide import (
    Slide,
    find_percent,
    list_parts,
    make_slide,
    make_words,
)
from consult_app.gui.patient_view.waiting import (
    BEGINNING,
    asks_for_choice,
    say_in_place,
    say_nothing_is_there,
    say_thanks,
)
from consult_app.gui.session import Session
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.scrolling import GUTTER
from consult_app.gui.widgets.themed import is_mirrored
from consult_app.handout.document import Handout, Section
from consult_app.wording import t

SETTLE_MS = 400


class PatientView(QWidget):
    """Shows the open consultation to the patient.

    Attributes:
        close_wanted: Back to the practitioner's window.
        at: The place of what is shown, from 0.
    """

    close_wanted = Signal()

    def __init__(
        self, theme: Theme, session: Session, desk: Desk, tasks: Tasks, begin: Begin, size: QSize
    ) -> None:
        """Make the view for a room of that size in pixels; it opens at what `begin` finds."""
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # over that of the window
        self.setAccessibleName(t("For the patient"))
        self.resize(size)
        self._base = theme
        self.theme, self._usual = Theme("light", parent=self), Theme("light", parent=self)
        self._take_look()
        theme.changed.connect(self._take_look)
        self._session, self._desk, self._tasks = session, desk, tasks
        self._begin = begin
        self._told: Handout | None = None
        self._waiting, self._begins = (BEGINNING, ""), True
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.tell)
        # By a method of its own: Qt lets go of that with the view, of a lambda it would not.
        session.changed.connect(self._wait_for_more)
        self._parts: list[tuple[Section, ...]] = []
        self._body: QWidget | None = None
        self._finished = False
        self.at = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self._lay_out()
        self._show_parts([])
        self.tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Have type for the new size, and all measures that go with it."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # what Qt lays out now is not to be taken away

    def _fit(self) -> None:
        if self._find_percent() != self.theme.text_percent:
            self._take_look()
            self._lay_out()
            self._show_place()

    def _wait_for_more(self, _path: str) -> None:
        self._settle.start()

    def _find_percent(self) -> int:
        return find_percent(self._base, self.width(), self.height())

    def _take_look(self) -> None:
        """Be light, whatever the practitioner's window is, and have its contrast and larger type.

        What ends the view has type of the usual size.
        """
        sizes = {self.theme: self._find_percent(), self._usual: self._base.text_percent}
        for theme, percent in sizes.items():
            theme.set_text_percent(percent)
            theme.follow(self._base)
        self.theme.dress(self)

    def _lay_out(self) -> None:
        """Make everything at the text size there is; what was made at another is gone."""
        theme, body = self.theme, QWidget()
        self._stack = Slides()
        self._agree: OwnAgreePanel | None = None
        column = QVBoxLayout(body)
        edge = theme.px(24)
        column.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        column.setSpacing(theme.px(12))
        # The cards end where the scroll bar may stand; so do the lines above and beneath them.
        sides = (GUTTER, 0, 0, 0) if is_mirrored(self) else (0, 0, GUTTER, 0)
        head = Head(theme, self._usual, self._desk.settings.practice.clinic_name, sides)
        self.end = head.end
        self.end.clicked.connect(self.close_wanted)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        foot = Foot(theme, sides)
        self.back, self.place, self.onward = foot.back, foot.place, foot.onward
        self.back.clicked.connect(lambda: self.turn(-1))
        self.onward.clicked.connect(self.go_on)
        column.addLayout(foot)
        self._body = swap(self._column, self._body, body)

    @property
    def is_told(self) -> bool:
        """Whether the sheet's words are there."""
        return self._told is not None

    @property
    def slide(self) -> Slide | OwnAgreePanel | None:
        """What is shown now."""
        page = self._stack.currentWidget()
        return page if isinstance(page, (Slide, OwnAgreePanel)) else None

    @property
    def count(self) -> int:
        """How many parts there are, the patient's own choice among them where there is one."""
        return len(self._parts) + self._asks

    @property
    def _asks(self) -> bool:
        """Whether the patient decides here."""
        return asks_for_choice(self._session.visit, self._session.judgement)

    def turn(self, by: int) -> None:
        """Show the part `by` places on (or back); at both ends nothing happens."""
        if self._finished and by < 0:
            by += 1  # back from what follows the choice
        elif self._finished or (by > 0 and self._begins):
            return
        if 0 <= self.at + by < self.count:
            self.at += by
            self._finished = False
            self._show_place()

    def read_on(self, by: int) -> None:
        """Scroll on (or back) in a part that is longer than the screen, and turn at its end."""
        if self.slide is None or not self.slide.pane.scroll_page(by):
            self.turn(by)

    def go_on(self) -> None:
        """Show what comes next, and after the choice that this was all."""
        if self._begins or (self.slide is not None and self.slide.pane.scroll_page(1)):
            return
        if self.at < self.count - 1:
            self.turn(1)
        elif not self._finished:
            self._finished = True
            self._stack.drop(self.count)  # it goes by what is chosen now
            self._show_place()

    def use(self, desk: Desk) -> None:
        """Work with another desk, as after the settings changed, and say anew what holds by it."""
        self._desk = desk
        self._lay_out()
        self._show_place()
        self.tell()

    def tell(self) -> None:
        """Say anew what the sheet says of the consultation as it is now."""
        desk, session = self._desk, self._session
        if say_in_place(desk, session) is None:
            # A change, of the settings too, tells anew.
            take = as_said(session, self._show_told, lambda: None, lambda: self._desk)
            work = partial(tell_visit, desk, session.visit, session.last)
            self._tasks.run(work, take, self._show_nothing)
        else:
            self._show_nothing()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Read on with the keys of a book; Escape ends it."""
        key, by = event.key(), READS.get(event.key(), 0)
        if key == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        elif by:
            self.read_on(by)
        elif key in ENTERS:
            self.go_on()
        elif key == Qt.Key.Key_Left:
            self.turn(-1)
        elif self.slide is None or not self.slide.pane.scroll_by_key(key):
            super().keyPressEvent(event)

    def _show_nothing(self, _error: Exception | None = None) -> None:
        if shiboken6.isValid(self):
            self._begins = False
            session = self._session
            none = say_nothing_is_there(session.visit, session.judgement)
            self._waiting = say_in_place(self._desk, session) or none
            self._show_parts([])

    def _show_told(self, told: Handout) -> None:
        if not shiboken6.isValid(self) or told == self._told:  # it may have been ended meanwhile
            return
        parts = list_parts(told)
        if self._begins:
            self._parts = parts
            self.at = self._begin(parts, self._asks)
        self._told, self._begins = told, False
        self._show_parts(parts)

    def _show_parts(self, parts: list[tuple[Section, ...]]) -> None:
        """Show these parts and the patient's own choice behind them, at the place as before."""
        chooses = self._asks and self.at == len(self._parts)
        self._stack.drop_all()
        self._told = self._told if parts else None
        self._parts = parts or [()]
        self.at = len(self._parts) if chooses else min(max(self.at, 0), len(self._parts) - 1)
        self._show_place()

    def _find_page(self) -> QWidget:
        """Return what stands at the place, made when it is first turned to."""
        if self._asks and self.at == len(self._parts) and not self._finished:
            if self._agree is None:
                lead = self._lead_to_harms
                self._agree = make_choice(self.theme, self._session, self._desk, lead)
                self._stack.addWidget(self._agree)
                follow_page(self._agree, self.back, self.onward, self.end)
            return self._agree
        return self._stack.hold(self.count if self._finished else self.at, self._make_slide)

    def _make_slide(self) -> Slide:
        if self._finished:
            words = say_thanks(self._session.visit, asked=self._asks)
        elif sections := self._parts[self.at]:
            slide = make_slide(self.theme, sections)
            slide.pane.verticalScrollBar().valueChanged.connect(self._note_harms)
            return slide
        else:
            words = self._waiting
        return make_words(self.theme, *words)

    def _show_place(self) -> None:
        page = self._find_page()
        self._stack.setCurrentWidget(page)
        self.back.setEnabled(self.at > 0)
        self.onward.set_text(t("Next") if self.at < self.count - 1 else t("Done"))
        self.onward.setVisible(not self._finished)
        self.onward.setEnabled(not self._begins)
        known = not (self._finished or self._begins)
        said = t("{n} of {count}", n=self.at + 1, count=self.count) if known else ""
        self.place.setText(said)
        if page is self._agree:
            self._agree.unread = tell_unread(self._parts, self.count)
            self._agree.refresh()
            self._agree.show_lock()
        QTimer.singleShot(0, self, self._note_harms)
        if page is not self._agree or not self._agree.take_words():
            self.setFocus()

    def _lead_to_harms(self) -> None:
        """Turn to what has to be read before anything is signed."""
        self.turn((find_harms(self._parts) or 0) - self.at)

    def _note_harms(self) -> None:
        """Record that the harms were shown, once they are to their end."""
        slide, session = self.slide, self._session
        seen = isinstance(slide, Slide) and HARMS in slide.sections and slide.is_read
        if seen and not session.visit.discussion.risks_shown and not session.locked:
            session.set("discussion.risks_shown", value=True)
