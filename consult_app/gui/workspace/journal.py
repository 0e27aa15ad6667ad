"""The journal: every change of the consultation made durable within two seconds."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from consult_app.gui.desk import Records
from consult_app.gui.post import expect
from consult_app.gui.session import Session

PAUSE_MS = 400
LONGEST_MS = 1200


class Journal(QObject):
    """Hands the draft to the records a moment after each change.

    A change waits at most `PAUSE_MS` of quiet and never longer than `LONGEST_MS`, so with the time
    of one save it is durable within two seconds.

    Attributes:
        handing_over: The draft is taken from the session next; what is not in it yet can be put in.
        saving: A change waits to be saved.
        saved: Everything is durable; carries the time of the last save.
        failed: A save failed; carries the error. The change is still in the window.
    """

    handing_over = Signal()
    saving = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, records: Records, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._records = records
        self._change = 0
        self._open = True
        self._quiet = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        session.changed.connect(self._note)
        self._unread = session.visit.unread
        session.judged.connect(self._note_unread)

    def save_now(self) -> None:
        """Hand the draft over at once, as before closing, locking or making the handout."""
        shut = self._session.locked or self._session.held
        if not shut:
            self.handing_over.emit()
        self._quiet.stop()  # also where that noted something, which goes along
        self._longest.stop()
        if shut:
            return
        change = self._change
        # The records answer on their own thread.
        answer = expect(lambda outcome: self._settle(change, outcome))
        self._records.keep_draft(self._session.visit, answer, answer)

    def note_place(self) -> None:
        """Save soon where the work stands; nobody waits for that, so the footer says nothing."""
        if self._open and not self._session.locked:
            self._wait()

    def close(self) -> None:
        """Listen to the records no more, as before the visit's parts are deleted."""
        self._open = False
        self._session.changed.disconnect(self._note)
        self._session.judged.disconnect(self._note_unread)
        self._quiet.stop()
        self._longest.stop()

    def _timer(self, span: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(self.save_now)
        return timer

    def _note(self, _path: str) -> None:
        if self._session.locked:
            self._tell_signed()
            return
        self._change += 1
        self.saving.emit()
        self._wait()

    def _note_unread(self, _judgement: object) -> None:
        """Save soon what is no value yet, such as half a date, wherever it was typed."""
        before, self._unread = self._unread, self._session.visit.unread
        if self._unread != before:
            self.note_place()

    def _tell_signed(self) -> None:
        """Say that what was signed is durable, whatever became of the last draft of it."""
        if (at := self._session.visit.signed_at) is not None:
            self.saved.emit(at)

    def _wait(self) -> None:
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def _settle(self, change: int, outcome: object) -> None:
        if not (self._open and shiboken6.isValid(self)):
            return
        if isinstance(outcome, Exception):
            self.failed.emit(outcome)
        elif change == self._change:
            self.saved.emit(outcome)
