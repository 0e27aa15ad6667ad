"""The line above a group: how many of its questions are answered, and ways to answer the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.gui.commands import with_keys
from consult_app.gui.panels.safety.questions import GROUPS, list_asked
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import find_held
from consult_app.wording import t

WITH_LAST = frozenset({GROUPS[0][0], "allergies"})
"""Above which the last visit stands: where it is begun, and what it says something of."""


class GroupHead(QWidget):
    """Says how far the group is, beside two buttons.

    Attributes:
        rest: Answers No for the rest.
        same: Says that the rest is as at the last visit.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._told = Label(theme, "", "label", "text2")
        self.rest = Button(theme, t("Rest of this group are No"), "ghost", "list-checks")
        leaves = t("Only questions that cannot stop the treatment, and of which nothing is told")
        self.rest.setToolTip(with_keys(leaves, "answer_rest"))
        self.same = Button(theme, t("Rest as last visit"), "ghost", "history")
        self.same.setToolTip(with_keys(leaves, "same"))
        ways = FlowBox(t("Answer the rest"), trailing=True)
        for way in (self.same, self.rest):
            ways.add(way)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told)
        row.addWidget(ways, 1)

    def show_count(self, answered: int, count: int) -> None:
        """Say how many of the questions are answered."""
        self._told.setText(t("{n} of {count} answered", n=answered, count=count))


def list_loose(pack: Pack, session: Session, group: str) -> list[str]:
    """Return what a bulk answer takes.

    That is no stop question, none to be asked anew, and none under which something is told: a *No*
    for the whole group denies nothing of that.
    """
    visit, said = session.visit, session.said
    held = pack.stop_items | (said.list_anew(pack) if said is not None else frozenset())
    left_out = held | visit.answers.keys() | find_held(pack, visit)
    return [it.id for it in list_asked(pack, visit, group) if it.id not in left_out]


def list_denied(pack: Pack, session: Session, group: str) -> list[str]:
    """Return what *Rest of this group are No* denies: nothing that the last visit did not deny."""
    last = session.last.answers if session.last is not None else {}
    told = {item for item, answer in last.items() if answer.state != "no"}
    return [it for it in list_loose(pack, session, group) if it not in told]
