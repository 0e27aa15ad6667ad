"""The middle of the workspace: rail, panel, and the decision box beside the panel or over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QWidget

from consult_app.gui.workspace.decision_box import DecisionBox


class Middle(QGridLayout):
    """Lays the three out; the decision box never takes room that the panel needs.

    Args:
        rail: The rail.
        frame: Around the panels.
        pages: The panels.
        box: The decision box.
    """

    def __init__(self, rail: QWidget, frame: QLayout, pages: QWidget, box: DecisionBox) -> None:
        super().__init__()
        self._pages, self._box = pages, box
        self.setSpacing(0)
        self.addWidget(rail, 0, 0)
        self.addLayout(frame, 0, 1)
        self.addWidget(box, 0, 2)
        self.setColumnStretch(1, 1)
        QApplication.instance().focusChanged.connect(self._uncover)  # type: ignore[union-attr] # exists while widgets do

    def float_box(self, *, on: bool) -> None:
        """Lay the decision box over the panel, or beside it again."""
        if on == self._box.floating:
            return
        self._box.set_floating(on=on)
        self.removeWidget(self._box)
        # In the cell of the panel it takes no room of its own, at whichever end reading ends.
        edge = Qt.AlignmentFlag.AlignRight if on else Qt.AlignmentFlag(0)
        self.addWidget(self._box, 0, 1 if on else 2, edge)
        self._box.raise_()

    def turn_box(self, opener: QWidget) -> None:
        """Open the decision box and give it the keyboard, or close it and give that back.

        Args:
            opener: What opens it.
        """
        opens, focused = self._box.isHidden(), QApplication.focusWidget()
        held = focused is not None and self._box.isAncestorOf(focused)
        self._box.setVisible(opens)
        if opens:
            self._box.close_box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif held:
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_box(self, opener: QWidget) -> None:
        """Open the decision box unless it is in sight."""
        if self._box.isHidden():
            self.turn_box(opener)

    def _uncover(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Close what lies over the panel once the work goes on there: the field may be beneath."""
        if now is not None and self._box.floating and self._pages.isAncestorOf(now):
            self._box.hide()
