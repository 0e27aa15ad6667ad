"""What somebody dismissed beside its field, as long as it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.warned import list_noted
from consult_app.gui.widgets.cards import Rule
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t


class NotedList(QWidget):
    """Lists it beneath what is still needed; nothing is shown where nothing was dismissed."""

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, column, 10)
        column.addWidget(Rule(theme))
        column.addWidget(Label(theme, t("Noted"), "strong"))
        self.words = Label(theme, "", "label", "text2", wrap=True)
        column.addWidget(self.words)
        self.hide()

    def show_visit(self, session: Session) -> None:
        """Show what holds for the visit as it is now."""
        told = list_noted(self._pack, session.visit, session.judgement, session.today)
        self.words.setText("\n".join(told))
        self.setVisible(bool(told))
