"""Reminders on the start page, one line each; what was dismissed is not said again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.gui.custody.reminders import Reminder

ACTIONS = {
    "": t("Records and backup"),
    "restore": t("Restore a backup"),
    "settings": t("Set up the practice"),
}
"""What is offered beside a reminder, by the task it leads to."""


class ReminderList(QWidget):
    """Says what is to be done about the records.

    Attributes:
        acted: The records are to be looked after; carries what to begin with, such as `restore`,
            or nothing.
        notices: The lines, from the top.
    """

    acted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(t("About the records"))
        self._theme = theme
        self._dismissed: set[str] = set()
        self.notices: tuple[Notice, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, self._column, 8)
        self.hide()

    def show_all(self, reminders: Sequence[Reminder]) -> None:
        """Say these and nothing else."""
        for notice in self.notices:
            notice.hide()
            self._column.removeWidget(notice)
            notice.deleteLater()
        fresh = [it for it in reminders if it.text not in self._dismissed]
        self.notices = tuple(self._make(it) for it in fresh)
        for notice in self.notices:
            self._column.addWidget(notice)
            notice.show()
        self.setVisible(bool(fresh))

    def _make(self, reminder: Reminder) -> Notice:
        notice = Notice(self._theme, reminder.text, reminder.tone, parent=self)
        notice.set_action(ACTIONS[reminder.task])
        notice.acted.connect(lambda: self.acted.emit(reminder.task))
        notice.dismissed.connect(lambda: self._dismiss(reminder.text))
        return notice

    def _dismiss(self, text: str) -> None:
        self._dismissed.add(text)
        self.setVisible(any(notice.text() not in self._dismissed for notice in self.notices))
