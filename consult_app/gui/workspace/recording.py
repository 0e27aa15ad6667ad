"""Where a decision or clearance is recorded: right under the finding that asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.gaps import Gaps
from consult_app.wording import t

RECORD, CHANGE = t("Record the decision"), t("Change what it says")
IN_ADDENDUM = t("Add an addendum")
"""What a signed record offers instead: nothing in it changes any more."""
NO_REASON = t("Write who decided what, and why.")


class Recording(QWidget):
    """Opens a field for the decision and its reason; of a signed record it leads to an addendum.

    Args:
        theme: The look.
        about: What the finding is called.

    Attributes:
        given: The reason was recorded; an empty one takes back what was.
        begun: What is written and not recorded; empty where nothing is.
        addendum_wanted: The record is signed, and there is something to add.
    """

    given = Signal(str)
    begun = Signal(str)
    addendum_wanted = Signal()

    def __init__(self, theme: Theme, about: str) -> None:
        super().__init__()
        self._theme, self._about = theme, about
        self._recorded, self._locked = "", False
        column = QVBoxLayout(self)
        Gaps(theme, self, column, 6, (0, 6, 0, 0))
        self.button = Button(theme, RECORD, "secondary")
        self.button.clicked.connect(self._press)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = QWidget()
        self.form.hide()
        column.addWidget(self.form)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self.form, inside, 6)
        self.reason = TextField(theme, t("Decision or clearance, with the reason"))
        self.reason.line.returnPressed.connect(self._keep)
        self.reason.edited.connect(self._begin)
        keep = Button(theme, t("Record the reason"), "secondary")
        keep.clicked.connect(self._keep)
        inside.addWidget(self.reason)
        inside.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)

    def show_recorded(self, reason: str, *, locked: bool) -> None:
        """Offer what can be done: to record it, to change it, or to add it to a signed record.

        The words of a reason that holds no more stay in the field, to be recorded once more, and so
        do others that were begun over a recorded one.
        """
        begun = self.reason.pending() and self.reason.line.text().strip() != reason
        if reason and reason != self._recorded and not begun:
            self.reason.set_text(reason)
        self._recorded, self._locked = reason, locked
        words = IN_ADDENDUM if locked else CHANGE if reason else RECORD
        self.button.set_text(words)
        self.button.setAccessibleName(f"{words}: {self._about}")
        if locked:
            self.form.hide()
            self.button.show()

    def write_begun(self, reason: str) -> None:
        """Write again what was written and not recorded, in sight."""
        self.reason.line.setText(reason)
        if not self._locked:
            self.form.show()
            self.button.hide()

    def open(self) -> None:
        """Show the field and give it the keyboard; of a signed record, the way to an addendum."""
        if not self._locked:
            self.form.show()
            self.button.hide()
        field = self.button if self._locked else self.reason.control
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self) -> None:
        if self._locked:
            self.addendum_wanted.emit()
        else:
            self.open()

    def _begin(self, text: str) -> None:
        self.reason.set_error("")
        self.begun.emit("" if text.strip() == self._recorded else text)

    def _keep(self) -> None:
        """Record what is written, and go back to where it was asked for."""
        reason = self.reason.text().strip()
        if not reason and not self._recorded:
            self.reason.set_error(NO_REASON)
            self.reason.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.form.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit("")
        self.given.emit(reason)
