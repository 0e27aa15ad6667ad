"""The finder: type a few letters, go to any command, question, patient or lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from consult_app.gui.dialogs import fit_screen
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

ID = Qt.ItemDataRole.UserRole
SHORTEST = 3
"""Letters from which the records are offered too."""


class Finder(QDialog):
    """Lists what matches; Enter goes there.

    Attributes:
        chosen: Carries the id of what was chosen.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str, str]], parent: QWidget
    ) -> None:
        """Make the finder; `choices` are id, text and further words to be found by."""
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Find"))
        fit_screen(self, theme.px(560), theme.px(480))
        self._choices = choices
        self._row = QSize(0, theme.px(TARGET))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        self.search = TextField(theme, t("Command, question, field, patient or lot"))
        self.list = QListWidget()
        self.list.setAccessibleName(t("Matches"))
        self.list.setFont(theme.font("body"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.edited.connect(self._show)
        self.search.control.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self._show("")
        self.search.control.setFocus()

    def take_more(self, more: Iterator[Sequence[tuple[str, str, str]]]) -> None:
        """Offer what follows too, one part after the other, each as soon as nothing else is due."""

        def take() -> None:
            part = next(more, None)
            if part is None or not self.isVisible():
                return
            moved = self.list.currentItem().data(ID) if self.list.currentRow() > 0 else None
            self._choices = [*self._choices, *part]
            self._show(self.search.text())
            rows = [self.list.item(row).data(ID) for row in range(self.list.count())]
            self.list.setCurrentRow(rows.index(moved) if moved in rows else 0)
            QTimer.singleShot(0, self, take)

        QTimer.singleShot(0, self, take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys and Enter work while the search line has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                last = self.list.count() - 1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        found = [
            (all(word in shown.casefold() for word in words), choice_id, shown)
            for choice_id, shown, also in self._choices
            if all(word in f"{shown} {also}".casefold() for word in words)
        ]
        for _, choice_id, shown in sorted(found, key=lambda it: not it[0]):  # what is read first
            self._add(choice_id, shown)
        wanted = text.strip()
        if len(wanted) >= SHORTEST:
            shown = t("Look for {text} among patients and lots", text=wanted)
            self._add(f"search:{wanted}", shown)
        self.list.setCurrentRow(0)

    def _add(self, choice_id: str, shown: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(ID, choice_id)
        item.setSizeHint(self._row)
        self.list.addItem(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(ID))
