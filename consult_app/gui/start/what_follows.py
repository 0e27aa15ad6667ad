"""What a signed record can be followed by: one row of buttons under its heading."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.commands import with_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.gaps import Gaps
from consult_app.wording import t

OFFERED = (
    ("treatment", t("Treatment record"), "syringe"),
    ("return", t("Return visit"), "plus"),
    ("review", t("Review visit"), "star"),
    ("addendum", t("Add an addendum"), "pen-line"),
)
"""Command, words and icon."""


def find_following(visit: Consultation) -> tuple[str, ...]:
    """Return the commands for what can follow a signed record; none for one still open.

    A treatment follows where the patient goes ahead, and where a review says to continue; else the
    plan is talked about again. After a review that says to stop, nothing more is offered.
    """
    if visit.state != "signed" or visit.kind == "addendum":
        return ()
    if visit.kind == "treatment":
        return ("review", "addendum")
    if visit.kind == "review":
        decided = visit.review.decision if visit.review is not None else None
        onward = {"continue": "treatment", "change": "return"}.get(decided or "")
        return (onward, "addendum") if onward else ("addendum",)
    agreed = visit.agreement.decision == "go_ahead"
    return ("treatment" if agreed else "return", "review", "addendum")


def find_offered(last: Consultation | None, review: Consultation | None) -> tuple[str, ...]:
    """Return the commands for what can follow a patient's last consultation.

    No treatment where the patient did not go ahead, nor where the latest review of it says to
    change the plan or to stop.
    """
    if last is None:
        return ()
    decided = review.review.decision if review is not None and review.review is not None else None
    stays = decided in {None, "continue"}
    return tuple(name for name in find_following(last) if stays or name != "treatment")


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
        Gaps(theme, self, row, 12)
        self.buttons = {
            name: Button(theme, text, "secondary", icon) for name, text, icon in OFFERED
        }
        for name, button in self.buttons.items():
            button.setToolTip(with_keys(button.text(), name))
            button.clicked.connect(lambda _=False, wish=name: self.wanted.emit(wish))
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def show_visit(self, visit: Consultation) -> None:
        """Offer what can follow it."""
        following = find_following(visit)
        for name, button in self.buttons.items():
            button.setVisible(name in following)
        self.setVisible(bool(following))
