"""Behind a *Yes*: what the question names that another one asks for, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.counted import find_askers, list_counted
from consult_app.knowledge.visits.details import name_counted
from consult_app.wording import t

TOLD = t("Told at another question, and counted here: {told}.")
ELSEWHERE = t("Or told at another question:")


class CountedToo(QWidget):
    """Says what is told elsewhere, and leads to the questions that ask for it.

    Args:
        theme: The look.
        pack: The content.
        session: The visit.
        question: The question.
        lead: Leads to what is named by `item:ID`.
    """

    def __init__(
        self,
        theme: Theme,
        pack: Pack,
        session: Session,
        question: Question,
        lead: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._pack, self._session, self._question = pack, session, question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.told = Label(theme, "", "label", "text2", wrap=True)
        column.addWidget(self.told)
        column.addWidget(Label(theme, ELSEWHERE, "label", "text2", wrap=True))
        ways = FlowBox(ELSEWHERE)
        for item in find_askers(pack, question):
            way = Button(theme, pack.question_by_id[item].label, "ghost", "arrow-right")
            way.clicked.connect(lambda _=False, item=item: lead(f"item:{item}"))
            ways.add(way)
        column.addWidget(ways)

    def refresh(self) -> None:
        """Say what is told, by what the answers amount to."""
        facts = self._session.judgement.facts or self._session.visit.facts
        told = [name_counted(self._pack, it) for it in list_counted(self._question, facts)]
        self.told.setText(TOLD.format(told=", ".join(told)))
        self.told.setVisible(bool(told))
