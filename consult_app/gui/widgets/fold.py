"""A part that opens on request: a heading with its result, and what leads to it beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.opening import show_opened
from consult_app.wording import t

LONG = 41
"""Letters of a title that leaves no room beside it; the result then stands beneath."""


class Fold(QWidget):
    """Starts closed; closing hides and keeps everything.

    Attributes:
        body: Column for the content.
        turned: A person opened it (True) or closed it.
    """

    turned = Signal(bool)

    def __init__(self, theme: Theme, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.button = Button(theme, title, "ghost", "chevron-right")
        self.button.set_flush()
        self.button.setCheckable(True)
        self.button.clicked.connect(self._turn)
        self._summary = Label(theme, "", "label", "text2", wrap=True)
        row.addWidget(self.button)
        column.addLayout(row)
        if len(title) > LONG:
            row.addStretch(1)
            self._summary.setIndent(theme.px(26))
            column.setSpacing(0)
            column.addWidget(self._summary)
        else:
            self._summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(self._summary, 1)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, 0, theme.px(4))
        self.body.setSpacing(theme.px(8))
        self.inside.hide()
        column.addWidget(self.inside)
        self.show_summary("")

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.button.isChecked()

    @property
    def summary(self) -> str:
        """The result beside the heading."""
        return self._summary.text()

    def set_open(self, *, on: bool) -> None:
        """Open or close it, without a signal."""
        self.button.setChecked(on)
        self.button.set_icon("chevron-down" if on else "chevron-right")
        self.inside.setVisible(on)
        self._name()

    def show_summary(self, text: str) -> None:
        """Show the result beside the heading."""
        self._summary.setText(text)
        self._name()

    def take_focus(self) -> None:
        """Give the keyboard to the heading."""
        self.button.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn(self) -> None:
        self.set_open(on=self.button.isChecked())
        self.turned.emit(self.is_open)
        if self.is_open:
            show_opened(self.button, self.inside)

    def _name(self) -> None:
        summary = f": {self.summary}" if self.summary else ""
        state = t("open") if self.is_open else t("closed")
        self.button.setAccessibleName(f"{self._title}{summary}")
        self.button.setAccessibleDescription(state)
