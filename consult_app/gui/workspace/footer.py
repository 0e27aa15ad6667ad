"""The footer: whether the work is saved, the time, and the way on."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from consult_app.errors import ConsultError
from consult_app.gui.commands import with_keys
from consult_app.gui.phrases import write_clock, write_elapsed
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.speaking import speak
from consult_app.gui.widgets.status import StatusPill
from consult_app.gui.workspace.shape import Shape
from consult_app.wording import t

ROOMY, CLOSE, TIGHT = (12, (20, 10, 20, 10)), (6, (20, 10, 20, 10)), (6, (10, 10, 10, 10))
"""Spacing and margins of the row."""
LONGEST = time(22, 0)
"""A time that takes as much room as any."""


class StepButton(Button):
    """A button to the next panel: the second press of a double click is not one more panel."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take it for the click that went before it."""
        event.accept()


class Footer(QFrame):
    """Back, saved time, elapsed time, find, handout preview and the primary button.

    Attributes:
        back_wanted, onward_wanted: The panel before or after.
        close_wanted: Back to the start page; the draft is kept.
        find_wanted, handout_wanted: The finder or the handout preview.
        decision_wanted: The decision box, where the window is too narrow for it.
        retry_wanted: Save again after a failure.
    """

    back_wanted = Signal()
    onward_wanted = Signal()
    close_wanted = Signal()
    find_wanted = Signal()
    handout_wanted = Signal()
    decision_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAccessibleName(t("Actions"))
        self._row = QHBoxLayout(self)
        self._gaps = Gaps(theme, self, self._row, *ROOMY)
        self._times = QVBoxLayout()  # where the window is narrow one stands beneath the other
        self._times.setSpacing(0)
        self._compact, self._elapsed = False, ""
        self.back = StepButton(theme, t("Back"), "secondary", "chevron-left")
        self.pill = StatusPill(theme)
        self._saved_icon = IconLabel(theme, "clock", "text2", 18)
        self.saved = Label(theme, t("Nothing to save"), "label", "text2")
        self.retry = Button(theme, t("Save now"), "ghost", "refresh-cw")
        self.elapsed = Label(theme, "", "figures", "text2")
        self.close_visit = Button(theme, t("Finish later"), "ghost")
        self.finder = Button(theme, t("Find"), "ghost", "search")
        self.handout = Button(theme, t("Handout"), "ghost", "file-text")
        self.onward = StepButton(theme, t("Continue"), "primary", "chevron-right", trailing=True)
        self.finder.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # commands speak of the field before
        self.finder.setToolTip(with_keys(t("Find a field or a command"), "finder"))
        self.handout.setToolTip(with_keys(t("See the handout as it stands"), "handout"))
        self.elapsed.setToolTip(t("Since this visit was opened"))
        self.close_visit.setToolTip(
            with_keys(t("Back to the start page; everything is kept"), "start")
        )
        self.back.setToolTip(with_keys(t("Panel before"), "previous_panel"))
        self._lay_out()
        self.retry.hide()
        self.pill.hide()
        self._keep_room()
        self._connect()

    def _lay_out(self) -> None:
        row = self._row
        for widget in (self.back, self.pill, self._saved_icon):
            row.addWidget(widget)
        row.addLayout(self._times)
        self._times.addStretch()
        self._times.addWidget(self.saved)
        self._times.addStretch()
        row.addWidget(self.retry)
        row.addStretch(1)
        for other in (self.elapsed, self.finder, self.handout, self.close_visit, self.onward):
            row.addWidget(other)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.onward.clicked.connect(self.onward_wanted)
        self.close_visit.clicked.connect(self.close_wanted)
        self.finder.clicked.connect(self.find_wanted)
        self.handout.clicked.connect(self.handout_wanted)
        self.pill.clicked.connect(self.decision_wanted)
        self.retry.clicked.connect(self.retry_wanted)

    def show_way(self, onward: str, command: str) -> None:
        """Say where the way on leads; `command` is the one whose keys lead there too."""
        self.onward.set_text(onward)
        self.onward.setToolTip(with_keys(onward, command))

    def show_end(self, *, last: bool, locked: bool) -> None:
        """Offer what is left to do: of a locked visit nothing is to be finished later."""
        self.onward.setEnabled(not (last and locked))
        self.close_visit.set_text(t("Close") if locked else t("Finish later"))

    def show_saving(self) -> None:
        """Say that a change is not durable yet."""
        self._show_saved(t("Saving"), "clock", "text2", retry=False)

    def show_saved(self, at: datetime) -> None:
        """Say that everything is durable, and since when."""
        told = t("Saved {clock}", clock=_hold_together(write_clock(at)))
        self._show_saved(told, "check", "text2", retry=False)

    def show_save_failed(self, error: Exception) -> None:
        """Say that the last change could not be saved; it is still in the window."""
        title = error.title if isinstance(error, ConsultError) else t("Not saved")
        advice = error.advice if isinstance(error, ConsultError) else type(error).__name__
        self._show_saved(t("Not saved: {title}", title=title), "octagon-alert", "stop", retry=True)
        self.saved.setToolTip(advice)
        speak(self.saved, f"{self.saved.text()}. {advice}")

    def show_elapsed(self, span: timedelta | None) -> None:
        """Show how long the visit has run; None switches it off."""
        self._elapsed = "" if span is None else write_elapsed(span)
        self._tell_elapsed()

    def _tell_elapsed(self) -> None:
        """Beneath a time of day it has its unit, so that nobody takes it for another one."""
        told = self._elapsed
        if told and self._compact:
            told = t("{elapsed} min", elapsed=told).replace(" ", "\N{NO-BREAK SPACE}")
        self.elapsed.setText(told)
        self.elapsed.setVisible(bool(told) and not self._crowded)

    def set_compact(self, *, on: bool) -> None:
        """Keep the lesser buttons to their icons where the window is narrow."""
        for button in (self.finder, self.handout):
            button.set_compact(on=on)
        self.back.set_compact(on=on)
        if on != self._compact:
            self._compact = on
            self.elapsed.set_role("label" if on else "figures")
            if on:
                self._times.insertWidget(self._times.count() - 1, self.elapsed)
            else:
                self._row.insertWidget(self._row.indexOf(self.finder), self.elapsed)
            self._tell_elapsed()
        self._offer_leave()

    def leave_out(self, shape: Shape) -> None:
        """Leave out what has its key and the menu, so that the way out keeps its place.

        Without room for the handout what repeats words goes too, and the way on is said in two
        lines. The way out is where one line would take the room of the decision's words.
        """
        tight = not shape.handout
        self.finder.setVisible(shape.finder)
        self.close_visit.set_folded(on=not shape.way_out)
        self.handout.setVisible(not tight)
        self._saved_icon.setVisible(not tight)
        self.onward.set_folded(on=tight)  # its room is that of the decision's words
        self.saved.setWordWrap(tight)
        self._keep_room()
        self._gaps.use(*(TIGHT if tight else ROOMY if shape.decision_box else CLOSE))

    def _keep_room(self) -> None:
        """Keep room for the time, so that nothing moves whenever a draft is saved."""
        longest = t("Saved {clock}", clock=_hold_together(write_clock(LONGEST)))
        words = longest.split(" ") if self.saved.wordWrap() else [f"{longest} "]
        advance = self.saved.fontMetrics().horizontalAdvance
        self.saved.setMinimumWidth(max(advance(word) for word in words))

    def _show_saved(self, text: str, icon: str, tone: str, *, retry: bool) -> None:
        self._saved_icon.show_icon(icon, tone)
        self.saved.setText(text)
        self._keep_room()
        self.saved.set_tone(tone)
        self.saved.setToolTip("")
        self.retry.setVisible(retry)
        self._offer_leave()

    def _offer_leave(self) -> None:
        """Offer the way out, unless what could not be saved needs its room."""
        self.close_visit.setVisible(not self._crowded)
        self.elapsed.setVisible(bool(self._elapsed) and not self._crowded)

    @property
    def _crowded(self) -> bool:
        """Whether what could not be saved needs the room of a narrow window."""
        return self._compact and not self.retry.isHidden()


def name_end(session: Session) -> str:
    """Return what the last button does: under load the sheet of a visit takes a while."""
    if session.held:
        return t("Being locked")
    return t("Signed and locked") if session.locked else t("Sign and lock")


def _hold_together(clock: str) -> str:
    """Return a time of day that stands in one line, with *pm* beside it."""
    return clock.replace(" ", "\N{NO-BREAK SPACE}")
