"""What the prescriber decided about tablets against cold sores (planning reference 3.3)."""

from __future__ import annotations

from typing import cast

from consult_app.domain.consultation import Antiviral
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label, held_to_measure
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.knowledge.screening.tablets_decided import decide_tablets, find_tablets
from consult_app.knowledge.visits.antiviral import DECIDED, TITLE, asks_antiviral
from consult_app.wording import t

OPEN = "open"
HINT = t(
    "With Yes the sheet says to take the tablets as the doctor told. With No or Not needed it "
    "speaks of no tablets. No dose is printed."
)

LAPSED = t(
    "{decided} was decided for other cold sores, for other areas or for less depth. Ask again."
)


class Tablets(Card):
    """Asks for the decision where somebody has cold sores and a face area is planned.

    Attributes:
        choice: The decision.
    """

    def __init__(self, theme: Theme, session: Session, hint: str = HINT) -> None:
        super().__init__(theme, TITLE)
        self._session = session
        options = ((OPEN, t("Not recorded")), *DECIDED.items())
        self.choice = Segmented(theme, TITLE, [Option(*each) for each in options])
        self.choice.edited.connect(self._decide)
        self.add(self.choice)
        self._lapsed = Label(theme, "", "caption", "warn", wrap=True)
        self.add(held_to_measure(self._lapsed))
        self.add(held_to_measure(Label(theme, hint, "caption", "text2", wrap=True)))

    def show_visit(self) -> None:
        """Show what is recorded; nothing is asked where it does not matter."""
        visit = self._session.visit
        self.choice.set_value(find_tablets(visit) or OPEN)
        recorded = visit.antiviral if find_tablets(visit) is None else None
        self._lapsed.setText(LAPSED.format(decided=DECIDED[recorded]) if recorded else "")
        self._lapsed.setVisible(recorded is not None)
        self.setVisible(asks_antiviral(self._session.judgement))

    def take_focus(self) -> None:
        """Give the keyboard to the choice."""
        self.choice.take_focus()

    def _decide(self, value: str) -> None:
        decided = None if value == OPEN else cast("Antiviral", value)
        self._session.take(decide_tablets(self._session.visit, decided), "antiviral")
