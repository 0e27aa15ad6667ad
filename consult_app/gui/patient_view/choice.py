"""The patient's own choice, at the end of what they read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.desk import Desk
from consult_app.gui.panels.agree import DECISIONS, AgreePanel
from consult_app.gui.patient_view.slide import widen_cards
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextArea
from consult_app.knowledge.visits.locking import DECISION, HARMS
from consult_app.knowledge.visits.obstacle import Obstacle, read_texts
from consult_app.wording import t

WIDEST = 600
"""Beyond this lines are too long to be read on the patient's screen."""
LOW = 300
"""Beneath this the cards need the room of the sentence above them."""
ASK = t("Please ask us.")
READ = t("Read it")


class OwnAgreePanel(AgreePanel):
    """*Agree* in the words said to the patient, without what the practitioner decides.

    Whether it was understood, whether the treatment suits, and what was signed on paper is theirs
    to record.

    Attributes:
        unread: Says which part has to be read before anything is signed.
        unread_wanted: The patient goes on reading there.
    """

    for_patient = True
    title = t("Your choice")
    subtitle = t("Say it in your own words, then decide. You sign only if you go ahead.")
    said = t("Your words")
    onward = ""  # the patient goes nowhere else
    on_sheet = t("What you say here can stand on your sheet, in your own words.")
    separate = t("Your photographs")
    letters = 75  # of a line, as in all that the patient reads
    choices = tuple(item for item in DECISIONS if item[0] != "not_suitable")
    unread = ""
    unread_wanted = Signal()

    def warn(self, field: TextArea, said: str) -> None:
        """Leave the patient's words alone: what is printed is for the practitioner to see to."""

    def show_judgement(self) -> None:
        """Lead to what is to be read, as long as that is told."""
        super().show_judgement()
        reads = bool(self.unread) and self.unread in self.notice.text()
        self.notice.set_action(READ if reads else "")

    def tell(self, obstacles: Sequence[Obstacle]) -> tuple[str, ...]:
        """Return what they can do about it themselves; all else is for the practitioner to say."""
        left = [it for it in obstacles if it.place != HARMS or not self.unread]
        told = (self.unread,) if len(left) < len(obstacles) else ()
        theirs = read_texts([it for it in left if it.place == DECISION])
        return (*told, *(theirs if len(theirs) == len(left) else (ASK,)))

    def build(self) -> None:
        """Make the cards."""
        super().build()
        self.notice.acted.connect(self.unread_wanted)
        for part in (self.outcome, self.on_paper):
            part.hide()

    def take_words(self) -> bool:
        """Give the keyboard to the first words that are not said yet; return whether it is here.

        Where somebody types already it stays.
        """
        held: QWidget | None = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            return True
        empty = (it for it in self.words.values() if not it.text().strip())
        if self.session.locked or (field := next(empty, None)) is None:
            return False
        field.control.setFocus()
        self.pane.begin()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep lines short enough to be read, in the middle."""
        super().resizeEvent(event)
        spare = max(0, self.width() - self.theme.px(WIDEST)) // 2
        if (column := self.layout()) is not None:
            column.setContentsMargins(spare, 0, spare, 0)
        self.lead.setHidden(self.height() < self.theme.px(LOW))


def make_choice(
    theme: Theme, session: Session, desk: Desk, lead: Callable[[], None]
) -> OwnAgreePanel:
    """Return it with the room that goes with large type; `lead` goes on to what is to be read."""
    panel = OwnAgreePanel(theme, session, desk)
    panel.unread_wanted.connect(lead)
    widen_cards(theme, panel.findChildren(Card))
    return panel
