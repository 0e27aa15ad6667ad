"""What a case file told in codes that no rule knows, on the group of questions it belongs to."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.entries import LISTS
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.unknown_codes import UnknownCode, find_unknown_codes
from consult_app.wording import t

_GROUPS = {
    "conditions": "body",
    "medications": "medicines",
    "procedures": "procedures",
    "exposures": "today",
    "allergies": "allergies",
}
"""Where each list is asked about; the others belong to the plan."""
_TOLD = t(
    '"{code}" stands in the case file and is not known to the program, so no rule judges it. Ask '
    "what it is, and answer the question that asks for it."
)
_OUT = t("Take it out")


class UnknownCodes(QWidget):
    """One line for each such code, until somebody takes it out."""

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__()
        self._theme, self._pack, self._session = theme, pack, session
        self._shown: tuple[tuple[UnknownCode, ...], bool] = ((), False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.notices: list[Notice] = []
        self.hide()

    def show_group(self, group: str) -> None:
        """Show what belongs to a group of questions."""
        found = find_unknown_codes(self._pack, self._session.visit.facts)
        here = tuple(code for code in found if _GROUPS.get(code.list, "plan") == group)
        if self._shown == (here, self._session.locked):
            return
        self._shown = (here, self._session.locked)
        for notice in self.notices:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.notices = [self._make_notice(code) for code in here]
        for notice in self.notices:
            self._column.addWidget(notice)
            notice.show()
        self.setVisible(bool(here))

    def _make_notice(self, code: UnknownCode) -> Notice:
        notice = Notice(self._theme, _TOLD.format(code=code.code), "warn", parent=self)
        notice.set_dismissible(on=False)
        if code.list in LISTS and not self._session.locked:
            name = code.list
            notice.set_action(_OUT)
            notice.acted.connect(lambda: self._session.remove_entry(name, code.code))
        return notice
