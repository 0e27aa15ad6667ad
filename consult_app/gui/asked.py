"""One question of Safety on screen: its row and the details behind a *Yes*."""

from __future__ import annotations

from dataclasses import dataclass

from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.knowledge.pack import Pack, Question


@dataclass(slots=True)
class Asked:
    """A question, its row and, once made, its details."""

    question: Question
    row: AnswerRow
    details: EntryFields | None = None

    @property
    def told(self) -> bool:
        """Whether it is answered so that a *No* by the next key would take something told away.

        Such as dark marks after spots, which the Skin panel asks as well.
        """
        return self.row.answer() in {"yes", "unsure"}

    def open_details(self, theme: Theme, pack: Pack, session: Session) -> EntryFields:
        """Return the details, made when there are none yet; they are not shown by that."""
        if self.details is None:
            self.details = EntryFields(theme, pack, session, self.question)
            self.row.add_detail(self.details)
        return self.details

    def take_details(self) -> bool:
        """Give the keyboard to the first field that a *Yes* opened; return whether there is one."""
        if self.row.answer() != "yes" or self.details is None:
            return False
        return self.details.take_focus()
