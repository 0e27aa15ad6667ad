"""What a signed record can be followed by: one row of buttons under its heading."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.commands import with_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.wording import t

OFFERED = (
    ("treatment", t("Treatment record"), "syringe", frozenset({"consultation"})),
    ("review", t("Review visit"), "star", frozenset({"consultation", "treatment"})),
    (
        "addendum",
        t("Add an addendum"),
        "pen-line",
        frozenset({"consultation", "treatment", "review"}),
    ),
)
"""Command, words, icon, and the kinds of records it follows."""


class WhatFollows(QWidget):
    """Begins what follows; hidden while a record can still be changed.

    Attributes:
        wanted: One of them is wanted; carries its command.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(t("What follows"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.buttons = {
            name: Button(theme, text, "secondary", icon) for name, text, icon, _ in OFFERED
        }
        for name, button in self.buttons.items():
            button.setToolTip(with_keys(button.text(), name))
            button.clicked.connect(lambda _=False, wish=name: self.wanted.emit(wish))
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def show_visit(self, visit: Consultation) -> None:
        """Offer what can follow a signed visit; a treatment only where it was agreed to."""
        for name, _, _, kinds in OFFERED:
            agreed = name != "treatment" or visit.agreement.decision == "go_ahead"
            self.buttons[name].setVisible(visit.kind in kinds and agreed)
        offered = any(visit.kind in kinds for _, _, _, kinds in OFFERED)
        self.setVisible(visit.state == "signed" and offered)
