"""A calm page in place of the work: a heading, a few words, fields, and one way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from consult_app.errors import ConsultError
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.reading_order import ReadPage
from consult_app.wording import t

WIDTH = 580


class GatePage(ReadPage):
    """One page of the gate.

    Args:
        theme: The look.
        title: Heading.
        lead: A sentence or two beneath it.
        icon: Stands before the heading.

    Attributes:
        title: The heading.
        lead: The words beneath it.
        card: Where the fields stand.
        onward: The one way on.
        notice: What went wrong, and perhaps a way out.
        pane: What scrolls where the window is too small.
        left: Nobody was here any more while something was done; what it opened stays closed.
    """

    def __init__(self, theme: Theme, title: str, lead: str, icon: str = "lock") -> None:
        super().__init__()
        self.left = False
        self.setObjectName("canvas")
        self.setAccessibleName(title)
        self.theme = theme
        self.title = Label(theme, title, "title", wrap=True)
        self.lead = Label(theme, lead, "body", "text2", wrap=True)
        self.card = Card(theme, name=title)
        self.notice = Notice(theme, tone="stop", speaks=True)
        self.notice.set_dismissible(on=False)
        self.onward = Button(theme, t("Continue"), "primary")
        self.busy = Label(theme, "", "label", "text2")
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self.busy)
        self._row.addStretch(1)
        self._row.addWidget(self.onward)
        self._lay_out(icon)

    def _lay_out(self, icon: str) -> None:
        theme = self.theme
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(20), theme.px(16), theme.px(10), theme.px(16))
        outer.addStretch(1)
        self.pane = pane = ScrollPane(theme)
        pane.setMaximumWidth(theme.px(WIDTH))
        outer.addWidget(pane, 100)
        outer.addStretch(1)
        column = pane.body
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(IconLabel(theme, icon, "accent", 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.lead)
        column.addWidget(self.card)
        self.card.hide()  # until something stands in it: empty it looks like a field to type into
        column.addWidget(self.notice)
        column.addLayout(self._row)
        self.foot = QVBoxLayout()
        column.addLayout(self.foot)
        column.addStretch(3)

    def add(self, item: QWidget | QLayout) -> None:
        """Put a field or a line at the end of the card."""
        self.card.add(item)
        self.card.show()

    def add_words(self, text: str, *, tone: str = "text2") -> Label:
        """Put a paragraph at the end of the card and return it."""
        label = Label(self.theme, text, "body", tone, wrap=True)
        self.add(label)
        return label

    def add_button(self, text: str, icon: str = "", kind: str = "ghost") -> Button:
        """Put another way on before the first one and return it."""
        button = Button(self.theme, text, kind, icon)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def show_error(self, error: Exception, way_out: str = "") -> None:
        """Say what went wrong, what is safe and what to do; `way_out` is offered as a button."""
        self.show_busy("")
        self.notice.show_text(describe(error), "stop")
        self.notice.set_action(way_out)

    def clear_error(self) -> None:
        """Take back what was said."""
        self.notice.show_text("")

    def show_busy(self, text: str) -> None:
        """Say what is being done and take no other wish meanwhile; an empty text ends that."""
        self.busy.setText(text)
        for button in self.findChildren(Button):
            button.setEnabled(not text)
        if text:
            self.left = False
            self.clear_error()
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        self.onward.setFocus()

    def forget(self) -> None:
        """Forget what was typed."""


def describe(error: Exception) -> str:
    """Return an error as sentences: what happened, what is safe, what to do."""
    if not isinstance(error, ConsultError):
        return t(
            "This should not have happened ({name}). Nothing was changed. Close the program and "
            "open it again.",
            name=type(error).__name__,
        )
    title = f"{error.title.rstrip('.')}."
    details = [f"{it[:1].upper()}{it[1:].rstrip('.')}." for it in error.details]
    return " ".join(part for part in (title, error.advice, *details) if part)
