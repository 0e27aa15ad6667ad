"""One question of Safety on screen: its row and the details behind a *Yes*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consult_app.domain.consultation import Answer
from consult_app.domain.entries import LISTS, ListName, find_entry
from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.gui.widgets.speaking import speak
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.contradicted import say_again
from consult_app.knowledge.visits.over_since import list_before
from consult_app.knowledge.visits.still_there import find_still, say_over_before
from consult_app.wording import t


@dataclass(slots=True)
class Asked:
    """A question, its row and, once made, its details.

    Attributes:
        offered: List and code that a *Yes* records, as long as `offer_told` stands beneath the row.
        offer_told: The words for it.
    """

    question: Question
    row: AnswerRow
    details: EntryFields | None = None
    offered: tuple[ListName, str] | None = None
    offer_told: str = ""

    @property
    def told(self) -> bool:
        """Whether it is answered so that a *No* by the next key would take something told away.

        Such as dark marks after spots, which the Skin panel asks as well.
        """
        return self.row.answer() in {"yes", "unsure"}

    def open_details(
        self, theme: Theme, pack: Pack, session: Session, lead: Callable[[str], None]
    ) -> EntryFields:
        """Return the details, made when there are none yet; they are not shown by that."""
        if self.details is None:
            self.details = EntryFields(theme, pack, session, self.question, lead)
            self.row.add_detail(self.details)
        return self.details

    def take_details(self) -> bool:
        """Give the keyboard to the first field that a *Yes* opened; return whether there is one."""
        if self.row.answer() != "yes" or self.details is None:
            return False
        return self.details.take_focus()

    def repeat(self, pack: Pack, session: Session) -> None:
        """Record that it was answered by itself after all, also against what was seen or told."""
        before, item = list_before(session.said, session.visit), self.question.id
        answer = session.visit.answers[item]
        # It may stand offered since before that Yes, which came by another way than by its row.
        self.take_offered(session, yes=answer.state == "yes")
        if answer.state == "no":
            session.take(say_again(pack, session.visit, item), f"answers.{item}")
        elif find_still(pack, before, session.visit, item) is not None:
            again = say_over_before(pack, before, session.visit, item)
            session.take(again, f"answers.{item}")
        elif answer != Answer(state=answer.state):
            session.answer(item, answer.state)

    def offer(self, theme: Theme, pack: Pack, session: Session, entry: str) -> None:
        """Say that a *Yes* records what was looked for, as LIST:CODE, unless it is recorded."""
        listed, _, code = entry.partition(":")
        name = next((it for it in LISTS if it == listed), None)
        known = pack.vocabulary.find(listed, code)
        if name is None or known is None or session.locked:
            return
        if self.row.answer() != "yes":
            self.offered = (name, code)
            self.offer_told = t("{name}: Yes (Y) records it.", name=known.label)
            self.row.set_caption(self.offer_told, "text")
            self.row.take_focus("yes")
            speak(self.row, self.offer_told)
        elif find_entry(session.visit.facts, name, code) is None:
            if self.details is not None:
                self.details.take_choice(entry)
            say_beside(theme, self.row, t("{name} is not chosen yet.", name=known.label))

    def take_offered(self, session: Session, *, yes: bool) -> None:
        """Record with a *Yes* what stands offered; with any other answer it is offered no more."""
        if self.offered is not None and yes:
            session.add_entry(*self.offered)
        self.offered, self.offer_told = None, ""
