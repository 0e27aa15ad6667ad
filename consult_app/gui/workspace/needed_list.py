"""The questions still needed, as the decision box lists them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.decision import Needed
from consult_app.gui.commands import write_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Rule
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

NEEDED_SHOWN = 6


class NeededList(QWidget):
    """The first of the questions still needed, each a way to its field.

    Attributes:
        go_wanted: Jump to the field of a screening item; carries the item id.
    """

    go_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, column, 10)
        column.addWidget(Rule(theme))
        column.addWidget(Label(theme, t("Still needed"), "strong"))
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        column.addLayout(self._questions)
        self._rest = Label(theme, "", "label", "text2")
        column.addWidget(self._rest)
        self._buttons: list[Button] = []
        self._against: list[Label] = []

    def show_needed(self, needed: tuple[Needed, ...]) -> None:
        """Show the first of them, and how many more; how many there are stands at the top."""
        shown = needed[:NEEDED_SHOWN]
        rest = len(needed) - len(shown)
        while len(self._buttons) < len(shown):
            self._add_button()
        self._items = tuple(question.item for question in shown)
        for number, button in enumerate(self._buttons):
            against = ""
            if number < len(shown):
                button.set_text(shown[number].label)
                against = shown[number].against
            button.setVisible(number < len(shown))
            button.setAccessibleDescription(against)
            self._against[number].setText(against)
            self._against[number].setVisible(bool(against))
        self._rest.setText(t("and {rest} more", rest=rest))
        self._rest.setVisible(bool(rest))

    def _add_button(self) -> None:
        place, keys = len(self._buttons), write_keys("next_needed")
        button = Button(self._theme, "", "ghost", "circle")
        button.set_flush(on=True)
        button.setToolTip(t("Go to this question ({keys} goes to the next one)", keys=keys))
        button.clicked.connect(lambda: self.go_wanted.emit(self._items[place]))
        self._questions.addWidget(button)
        self._buttons.append(button)
        against = Label(self._theme, "", "label", "text2", wrap=True)
        against.hide()
        self._questions.addWidget(against)
        self._against.append(against)
