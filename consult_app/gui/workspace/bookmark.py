"""Remembers where the work stands, and leads back to it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.panel import Panel
from consult_app.gui.session import Session
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.speaking import speak
from consult_app.gui.widgets.writing import Line
from consult_app.gui.workspace.decision_box import DecisionBox
from consult_app.gui.workspace.unread import (
    gather_begun,
    gather_unread,
    holds_unread,
    put_back_unread,
    read_begun,
)
from consult_app.gui.workspace.whereabouts import (
    CHOSEN,
    find_chosen,
    name_field,
    put_cursor,
    read_cursor,
    reveal_field,
)

AGREED = {
    "agreement.decision": "agree:decision",
    "agreement.signature": "agree:signature",
    "agreement.signed_on_paper": "agree:signature",
}
"""Where the patient's own choices are shown, by their fields."""


class Bookmark(QObject):
    """Knows which field of the panel shown has, or last had, the keyboard.

    Attributes:
        moved: The keyboard is in another field, another panel is shown, or something is written
            that is no value yet.
        return_wanted: Undo or redo leads back to a change; carries panel and field.
        nowhere: It was signed, and nothing on its panel takes the keyboard any more.
    """

    moved = Signal()
    return_wanted = Signal(str, str)
    nowhere = Signal()

    def __init__(self, session: Session, box: DecisionBox, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._box = session, box
        box.begun = read_begun(session.visit.unread)
        box.typed.connect(self.moved)
        self._panel: Panel | None = None
        self._known: tuple[QWidget | None, str] = (None, "")
        self._line: Line | None = None
        self._put_back: dict[str, Panel] = {}
        self._placeless: set[str] = set()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._put_focus)
        self._wanted: tuple[str, int] = ("", -1)
        session.locate = self.locate
        session.returned.connect(self._lead_back)
        session.changed.connect(self._look_again)
        session.changed.connect(self._look_shut)
        self._shut = session.locked
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def turn_to(self, panel: Panel, focus: str, cursor: int) -> None:
        """Take another panel as the one shown, and give a field of it the keyboard.

        What is no value yet in another one was to be noted before this one was shown.

        Args:
            panel: The panel.
            focus: Name of the field; empty for the first to fill in.
            cursor: Where the cursor goes in its text; negative where it stands.
        """
        if panel is self._panel:
            self.note_unread()
        self._panel, self._known = panel, (None, "")
        if self._session.visit.panel != panel.step:
            self._session.stay(panel=panel.step, focus="", cursor=0)
            self.moved.emit()
        if panel.step not in self._put_back:
            self._put_back[panel.step] = panel
            self._placeless |= put_back_unread(panel, self._session.visit.unread)
        self._wanted = (focus, cursor)
        self.settle()
        # A panel that is only just shown has yet to be laid out before the field comes into view.
        self._wait.start(0)

    def settle(self) -> None:
        """Give the field the keyboard now: what is typed next may wait in the queue already.

        The cursor is moved only as long as nothing was typed.
        """
        self._put_focus()
        field = self._field()
        if field is not None and field.hasFocus():
            self._wanted = (self._wanted[0], -1)

    def stay(self) -> None:
        """Leave the keyboard where it was put by now."""
        self._wait.stop()

    def note(self) -> None:
        """Let the session know where the keyboard is, and what is no value yet, to resume there."""
        self.note_unread()
        field = self._field()
        if field is not None and not self._wait.isActive():
            self._session.stay(focus=self._name(field), cursor=read_cursor(field))

    def let_go(self) -> None:
        """Note everything and forget the panels, which are about to go."""
        self.note()
        self._wait.stop()
        self._panel, self._known, self._line = None, (None, ""), None
        self._put_back, self._placeless = {}, set()

    def note_unread(self) -> None:
        """Let the session know what stands in the panel, or in the box, but is no value yet."""
        if self._panel is not None:
            self._note_unread_of(self._panel)
        self._keep(gather_begun(self._box.begun, self._session.visit.unread))

    def _note_unread_of(self, panel: Panel) -> None:
        self._keep(gather_unread(panel, self._session.visit.unread, self._placeless))

    def _keep(self, unread: dict[str, str]) -> None:
        if unread != self._session.visit.unread:
            self._session.stay(unread=unread)

    def _look_again(self, _path: str) -> None:
        """Forget what is a value by now, before the panel that follows a change tells of it.

        A date in a panel out of sight is one once the country lets it be read.
        """
        self._keep(gather_begun(self._box.begun, self._session.visit.unread))
        for panel in self._put_back.values():
            if holds_unread(panel, self._session.visit.unread):
                self._note_unread_of(panel)

    def _look_shut(self, _path: str) -> None:
        """Follow what was just signed, once the panel has followed it too."""
        if self._session.locked and not self._shut:
            self._shut = True
            QTimer.singleShot(0, self, self._begin_reading)

    def _begin_reading(self) -> None:
        """Have it said that it is signed, and give the keyboard to what is left to do or read."""
        panel = self._panel
        if panel is None:
            return
        speak(panel.lead, panel.lead.text())
        for go_on in (panel.begin, self.nowhere.emit):
            field: QWidget | None = panel.window().focusWidget()
            if field is None or not field.isEnabled():
                go_on()

    def locate(self, fields: frozenset[str]) -> str:
        """Return where a change of these fields is made, for the way back to it.

        What the patient chooses may be chosen on a page over the panel, or with the mouse while
        the keyboard is in a field: that is led back to by what it is.
        """
        if own := next((AGREED[it] for it in map(_read_name, fields) if it in AGREED), ""):
            return own
        field = self._field()
        return f"{self._panel.step}:{self._name(field)}" if field and self._panel else ""

    def _field(self) -> QWidget | None:
        """Return the field of the panel that has, or last had, the keyboard."""
        if self._panel is None:
            return None
        focused: QWidget | None = self._panel.focusWidget()
        return focused if focused is not None and self._panel.isAncestorOf(focused) else None

    def _name(self, field: QWidget) -> str:
        """Return the name of a field; finding it takes a look at the whole panel."""
        if self._known[0] is not field and self._panel is not None:
            self._known = (field, name_field(self._panel, field))
        return self._known[1]

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._panel is not None and self._panel.isAncestorOf(new):
            self._listen_to(new)
            self.moved.emit()

    def _listen_to(self, field: QWidget) -> None:
        if self._line is not None and shiboken6.isValid(self._line):
            self._line.typed.disconnect(self._hear)
        self._line = field if isinstance(field, Line) else None
        if self._line is not None:
            self._line.typed.connect(self._hear)

    def _hear(self, _text: str) -> None:
        """Have what is no value yet kept too; what is one changes the visit, and that is kept."""
        field = self._line.parentWidget() if self._line is not None else None
        if isinstance(field, Field) and field.pending():
            self.moved.emit()

    def _lead_back(self, place: str) -> None:
        panel, _, focus = place.partition(":")
        if panel:
            self.return_wanted.emit(panel, f"{focus}{CHOSEN}" if focus else "")

    def _put_focus(self) -> None:
        """Give a field the keyboard, or the first one where it is there no more."""
        panel, (focus, cursor) = self._panel, self._wanted
        if panel is None:
            return
        name = focus.removesuffix(CHOSEN)
        field = panel.find_field(name) if name else None
        if field is not None and name != focus:
            field = find_chosen(field)
        if field is None or not field.isEnabled():
            panel.begin()
            if field is not None and self._session.locked:  # it is to be read
                panel.pane.show_start(field)
                panel.pane.show_widget(field)
            return
        reveal_field(panel, field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        panel.pane.show_widget(field)
        if cursor >= 0:
            put_cursor(field, cursor)


def _read_name(field: str) -> str:
    """Return the name of a field, without which part of it changed."""
    return ".".join(field.partition("#")[0].split(".")[:2])
