"""The list of who is expected back: those about now, and on a press everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent

from consult_app.gui.desk import Directory
from consult_app.gui.start.listed import FollowUp, ListedPatient
from consult_app.gui.start.person_list import PersonList
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.wording import t

TITLE = t("Follow-ups due")
EVERY, NOW = t("Show all, also older ones"), t("Show only those about now")
NOBODY = t("Nobody is expected about now.")
NEAREST = 60
"""How many are listed of all: more would take the window seconds to read."""
LEAST = 6
"""Lines of one list that are worth scrolling for."""
NEARER = t("Follow-ups due: the {n} nearest to today")


class DueList(PersonList):
    """Lists those about now, so that who was missed long ago is no line for ever; nobody is lost.

    Attributes:
        every: Whether all are listed.
        expects: Whether somebody may be expected, now or at all.
        turned: Whether all are listed is another now.
    """

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)
        self.every = self.expects = False
        self._more = Button(theme, EVERY, "ghost", "history")
        self._more.set_flush()
        self._more.clicked.connect(self._turn)
        self.show_rows(())
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)  # beneath the lines

    def list_for(self, patients: Directory, today: date, limit: int) -> Sequence[FollowUp]:
        """Return who is expected, about now or at all."""
        return patients.list_due(today, NEAREST if self.every else limit, every=self.every)

    def cut(self, due: Sequence[FollowUp], today: date, lines: int) -> Sequence[FollowUp]:
        """Return those nearest to today where there is no room for all, earliest first."""
        if self.every:
            return due
        room = max(lines - 1, LEAST)  # for the way to all of them
        near = sorted(due, key=lambda it: abs(it.due - today))[:room]
        return [it for it in due if it in near]

    def show_due(self, rows: Sequence[PersonRow], patients: Sequence[ListedPatient]) -> None:
        """Show these lines, and the way to all where somebody may be expected.

        Args:
            rows: The lines.
            patients: Who was here last; of somebody who was seen more may be to come.
        """
        self.expects = any(it.last_visit is not None for it in patients)
        cut = self.every and len(rows) == NEAREST
        self.set_title(NEARER.format(n=NEAREST) if cut else TITLE)
        self.show_rows(rows, NOBODY if self.expects else "")
        self._more.set_text(NOW if self.every else EVERY)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Begin anew with those about now, once something else was shown or looked for."""
        super().hideEvent(event)
        self.every = False

    def _turn(self) -> None:
        self.every = not self.every
        self.turned.emit()
