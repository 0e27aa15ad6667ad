"""What the prescriber decided about tablets against cold sores (planning reference 3.3)."""

from __future__ import annotations

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label, held_to_measure
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.knowledge.antiviral import DECIDED, TITLE, asks_antiviral
from consult_app.wording import t

OPEN = "open"
HINT = t(
    "With Yes the sheet says to take the tablets as the doctor told. With No or Not needed it "
    "speaks of no tablets. No dose is printed."
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
        self.add(held_to_measure(Label(theme, hint, "caption", "text2", wrap=True)))

    def show_visit(self) -> None:
        """Show what is recorded; nothing is asked where it does not matter."""
        self.choice.set_value(self._session.visit.antiviral or OPEN)
        self.setVisible(asks_antiviral(self._session.judgement))

    def _decide(self, value: str) -> None:
        self._session.set("antiviral", None if value == OPEN else value)
