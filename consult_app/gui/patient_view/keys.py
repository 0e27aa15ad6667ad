"""The keys with which the patient view is read, also while one of its buttons has the keyboard."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.gui.commands import with_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.stray_text import is_gap, is_text
from consult_app.gui.widgets.themed import ARROWS
from consult_app.wording import t

READS: dict[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_PageUp: -1,
}
"""The keys that read on or back."""
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""The keys that press what stands large beneath the page."""
UNHEARD = t("No text is written here.")
_TAB = Qt.FocusPolicy.TabFocus


class PageButton(Button):
    """A button beside a page: the arrows are for the page, and lead to no other button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the arrows to the view, and be pressed by no Space between words."""
        if event.key() in ARROWS:
            event.ignore()
        elif not (is_text(self.theme, self, event, answers=False, said=UNHEARD) or is_gap(event)):
            super().keyPressEvent(event)


class Head(QHBoxLayout):
    """The line above a page: whose it is, and what ends the view, of the usual size."""

    def __init__(
        self, theme: Theme, usual: Theme, clinic: str, sides: tuple[int, int, int, int]
    ) -> None:
        super().__init__()
        self.setContentsMargins(*sides)
        self.addWidget(Label(theme, clinic or t("Your plan"), "section", "text2"), 1)
        self.end = PageButton(usual, t("End patient view"), "ghost", "x")
        self.end.setToolTip(with_keys(t("Back to the practitioner's window"), "patient_view"))
        self.addWidget(self.end)


class Foot(QHBoxLayout):
    """The line beneath a page: back, where it stands among the others, and onward."""

    def __init__(self, theme: Theme, sides: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.setContentsMargins(*sides)
        self.back = PageButton(theme, t("Back"), "secondary", "chevron-left")
        self.place = Label(theme, "", "label", "text2")
        self.onward = PageButton(theme, t("Next"), "primary", "chevron-right", trailing=True)
        self.addWidget(self.back)
        self.addStretch(1)
        self.addWidget(self.place)
        self.addStretch(1)
        self.addWidget(self.onward)


def follow_page(page: QWidget, *buttons: QWidget) -> None:
    """Have Tab lead from the fields of a page to these buttons, and from the last to the fields."""
    fields = [it for it in page.findChildren(QWidget) if it.focusPolicy() & _TAB]
    for before, after in pairwise((*fields[-1:], *buttons)):
        QWidget.setTabOrder(before, after)
